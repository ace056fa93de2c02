// The one place of the package that reads typed values out of raw bytes; every reader goes through it.

extension RawSpan {
  /// Loads a little-endian integer, or returns nil when it would end past the span.
  @inlinable
  public func load<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type, at offset: Int
  ) -> Integer? {
    guard offset >= 0, offset <= byteCount - MemoryLayout<Integer>.size else { return nil }
    // Safe: the guard keeps `offset + size` inside the span.
    return unsafe Integer(
      littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: type))
  }

  /// The bytes of `range`, or nil when they are not all inside the span.
  @inlinable
  @_lifetime(copy self)
  public func slice(_ range: Range<Int>) -> RawSpan? {
    guard range.lowerBound >= 0, range.upperBound <= byteCount else { return nil }
    return extracting(range)
  }
}

extension RawSpan {
  /// A copy of the bytes.
  public func copied() -> [UInt8] {
    // Safe: the buffer is used inside the closure only.
    unsafe withUnsafeBytes { unsafe [UInt8]($0) }
  }

  /// The bytes as text, or nil where they are not UTF-8.
  public func string(_ range: Range<Int>) -> String? {
    guard let bytes = slice(range) else { return nil }
    // Safe: the buffer is used inside the closure only.
    return unsafe bytes.withUnsafeBytes { unsafe String(validating: $0, as: UTF8.self) }
  }

  /// The first place in front of which all bytes equal those of `other`; the shorter length if all do.
  public func commonPrefixLength(with other: RawSpan) -> Int {
    let limit = Swift.min(byteCount, other.byteCount)
    var index = 0
    while index + 8 <= limit, let left = load(UInt64.self, at: index),
      let right = other.load(UInt64.self, at: index)
    {
      if left != right { return index + (left ^ right).trailingZeroBitCount / 8 }
      index += 8
    }
    while index < limit, load(UInt8.self, at: index) == other.load(UInt8.self, at: index) {
      index += 1
    }
    return index
  }
}
