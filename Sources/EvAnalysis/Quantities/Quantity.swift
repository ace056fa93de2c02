// Numbers with units: what is equal, and how they are ordered as terms.

/// A number with its unit, such as `800 V`, `1,200 km`, `35 percent`, `$309,000`.
///
/// Units are not converted into each other: `1 km` is not `1000 m`.
public struct Quantity: Sendable, Hashable {
  /// The number.
  public var value: Double

  /// The unit by the shortest of its names in small letters, such as `km`, `v`, `%`, `$`.
  public var unit: String

  /// Creates a quantity of a unit as ``unit`` has it.
  public init(_ value: Double, unit: String) {
    self.value = value
    self.unit = unit
  }

  /// Reads a text that is one quantity and nothing else, white space at its edges aside.
  ///
  /// - Returns: nil where it is something else.
  public static func parse(_ typed: String) -> Quantity? {
    let bytes = trimmed(typed)
    let found = QuantityReader.quantity(in: bytes.span, 0..<bytes.count)
    return found.flatMap { $0.range == 0..<bytes.count ? $0.quantity : nil }
  }

  /// The term that stands for the quantity in an index, UTF-8.
  ///
  /// It is ``ReservedTerm/quantity``, the unit, a zero byte, and eleven characters of ASCII. Terms of
  /// one unit are, by their bytes, in the order of their values.
  public var term: String { String(decoding: termBytes, as: UTF8.self) }

  /// The bytes of ``term``.
  var termBytes: [UInt8] {
    // Zero of either sign is one number.
    let bits = (value == 0 ? 0 : value).bitPattern
    let ordered = bits >> 63 == 1 ? ~bits : bits | 1 << 63
    let digits = stride(from: 60, through: 0, by: -6).map { shift in
      Self.digits[Int(ordered >> UInt64(shift) & 63)]
    }
    return [ReservedTerm.quantity] + unit.utf8 + [0] + digits
  }

  /// 64 characters in ascending order.
  private static let digits = Array(
    "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz".utf8)

  /// The first and last term of a unit's values in a range, both included, to be compared by bytes.
  ///
  /// - Parameter values: The values; infinite for a range without an end.
  public static func termRange(
    unit: String, _ values: ClosedRange<Double>
  ) -> (first: [UInt8], last: [UInt8]) {
    (
      Quantity(values.lowerBound, unit: unit).termBytes,
      Quantity(values.upperBound, unit: unit).termBytes
    )
  }

  static func trimmed(_ typed: String) -> [UInt8] {
    Array(typed.utf8.drop { isASCIISpace($0) }.reversed().drop { isASCIISpace($0) }.reversed())
  }
}

/// Values of one unit between two limits, such as `>=600km` or `500..700 km`.
public struct QuantityRange: Sendable, Hashable {
  /// The values, limits included.
  public var values: ClosedRange<Double>

  /// The unit, as in ``Quantity/unit``.
  public var unit: String

  /// Reads `>=`, `<=`, `>`, `<`, `≥` or `≤` and a quantity, or two numbers with `..` between them,
  /// of which the second has a unit.
  ///
  /// - Returns: nil where it is something else, or a range of nothing.
  public static func parse(_ typed: String) -> QuantityRange? {
    let text = String(decoding: Quantity.trimmed(typed), as: UTF8.self)
    for (sign, isLower, isStrict) in [
      (">=", true, false), ("<=", false, false), ("≥", true, false), ("≤", false, false),
      (">", true, true), ("<", false, true),
    ] where text.hasPrefix(sign) {
      guard let limit = Quantity.parse(String(text.dropFirst(sign.count))) else { return nil }
      let value = isStrict ? (isLower ? limit.value.nextUp : limit.value.nextDown) : limit.value
      let values = isLower ? value...Double.infinity : -Double.infinity...value
      return QuantityRange(values: values, unit: limit.unit)
    }
    guard let dots = text.firstRange(of: ".."),
      let upper = Quantity.parse(String(text[dots.upperBound...]))
    else { return nil }
    let first = String(text[..<dots.lowerBound])
    let lower: Double? =
      if let quantity = Quantity.parse(first) {
        quantity.unit == upper.unit ? quantity.value : nil
      } else {
        QuantityReader.value(of: first)
      }
    guard let lower, lower <= upper.value else { return nil }
    return QuantityRange(values: lower...upper.value, unit: upper.unit)
  }

  /// The first and last term in the range; see ``Quantity/termRange(unit:_:)``.
  public var termRange: (first: [UInt8], last: [UInt8]) {
    Quantity.termRange(unit: unit, values)
  }
}
