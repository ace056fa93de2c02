/// Why bytes could not be read as what they should be.
///
/// Offsets are in bytes from the start of the span that was read. The reader of a file turns one of
/// these into an error that names the file.
public enum FormatError: Error, Equatable, Sendable {
  /// The bytes end before the value does.
  case truncated(offset: Int)

  /// A variable-length integer does not fit its type.
  case varintOverflow(offset: Int)

  /// A value is outside its range.
  case invalidValue(field: String, value: UInt64, offset: Int)

  /// The bytes are not those that the checksum was made of.
  case checksumMismatch(expected: UInt64, found: UInt64, offset: Int)

  /// Where in the span the fault is.
  public var offset: Int {
    switch self {
    case .truncated(let offset), .varintOverflow(let offset): offset
    case .invalidValue(_, _, let offset), .checksumMismatch(_, _, let offset): offset
    }
  }

  /// The same error for a span that starts at `base` of a larger one.
  public func shifted(by base: Int) -> FormatError {
    switch self {
    case .truncated(let offset): .truncated(offset: base + offset)
    case .varintOverflow(let offset): .varintOverflow(offset: base + offset)
    case .invalidValue(let field, let value, let offset):
      .invalidValue(field: field, value: value, offset: base + offset)
    case .checksumMismatch(let expected, let found, let offset):
      .checksumMismatch(expected: expected, found: found, offset: base + offset)
    }
  }
}

extension FormatError: CustomStringConvertible {
  /// What is wrong, without the place.
  public var description: String {
    switch self {
    case .truncated: "the bytes end too early"
    case .varintOverflow: "a number is too large for its field"
    case .invalidValue(let field, let value, _): "\(field) is \(value), which cannot be"
    case .checksumMismatch(let expected, let found, _):
      "the checksum is \(hexadecimal(found)) where \(hexadecimal(expected)) was written"
    }
  }
}

/// Sixteen hexadecimal digits.
public func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
