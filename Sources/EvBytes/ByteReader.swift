/// Reads values front to back from bytes that someone else owns.
///
/// A reader copies nothing and cannot outlive the bytes. It does not move when it throws.
public struct ByteReader: ~Escapable {
  @usableFromInline let bytes: RawSpan

  /// Bytes read so far; what the offset of a thrown ``FormatError`` counts from.
  public var offset: Int { position }

  @usableFromInline var position: Int

  /// Creates a reader at `offset` of `bytes`.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan, at offset: Int = 0) {
    self.bytes = bytes
    position = offset
  }

  /// Whether every byte was read.
  public var isAtEnd: Bool { offset >= bytes.byteCount }

  /// Reads a little-endian integer of fixed width.
  @inlinable
  @inline(__always)
  @_lifetime(self: copy self)
  public mutating func read<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type
  ) throws(FormatError) -> Integer {
    guard let value = bytes.load(type, at: offset) else { throw .truncated(offset: offset) }
    move(by: MemoryLayout<Integer>.size)
    return value
  }

  /// Reads an unsigned LEB128 integer.
  @inlinable
  @inline(__always)
  @_lifetime(self: copy self)
  public mutating func readVarint() throws(FormatError) -> UInt64 {
    // Most numbers are small: one byte is read here, more in a call.
    if let byte = bytes.load(UInt8.self, at: offset), byte < 0x80 {
      move(by: 1)
      return UInt64(byte)
    }
    return try readLongVarint()
  }

  @usableFromInline
  @_lifetime(self: copy self)
  mutating func readLongVarint() throws(FormatError) -> UInt64 {
    // Up to eight bytes are taken together: those up to the first whose highest bit is 0, and of each of
    // them seven bits, pair by pair.
    if let word = bytes.load(UInt64.self, at: offset) {
      let ends = ~word & 0x8080_8080_8080_8080
      if ends != 0 {
        var value = word & (ends ^ (ends &- 1)) & 0x7F7F_7F7F_7F7F_7F7F
        value = value & 0x007F_007F_007F_007F | (value & 0x7F00_7F00_7F00_7F00) >> 1
        value = value & 0x0000_3FFF_0000_3FFF | (value & 0x3FFF_0000_3FFF_0000) >> 2
        value = value & 0x0FFF_FFFF | (value & 0x0FFF_FFFF_0000_0000) >> 4
        position += ends.trailingZeroBitCount / 8 + 1
        return value
      }
    }
    var value: UInt64 = 0
    var shift: UInt64 = 0
    var index = offset
    while true {
      guard let byte = bytes.load(UInt8.self, at: index) else { throw .truncated(offset: index) }
      // The tenth byte holds the last of 64 bits.
      guard shift < 63 || byte <= 1 else { throw .varintOverflow(offset: offset) }
      value |= UInt64(byte & 0x7F) << shift
      index += 1
      guard byte >= 0x80 else { break }
      shift += 7
    }
    position = index
    return value
  }

  /// Reads an unsigned LEB128 integer of at most 32 bits.
  @inlinable
  @inline(__always)
  @_lifetime(self: copy self)
  public mutating func readVarint32() throws(FormatError) -> UInt32 {
    let start = offset
    let value = try readVarint()
    guard let result = UInt32(exactly: value) else {
      position = start
      throw .varintOverflow(offset: start)
    }
    return result
  }

  /// Reads a count or an offset that must be at most `limit`.
  @inlinable
  @inline(__always)
  @_lifetime(self: copy self)
  public mutating func readCount(_ field: String, atMost limit: Int) throws(FormatError) -> Int {
    let start = offset
    let value = try readVarint()
    guard let result = Int(exactly: value), result <= limit else {
      position = start
      throw .invalidValue(field: field, value: value, offset: start)
    }
    return result
  }

  /// Reads `count` bytes and returns their range.
  @inlinable
  @inline(__always)
  @_lifetime(self: copy self)
  public mutating func readRange(count: Int) throws(FormatError) -> Range<Int> {
    guard count >= 0, count <= bytes.byteCount - offset else { throw .truncated(offset: offset) }
    let range = offset..<offset + count
    position += count
    return range
  }

  /// Reads a text that its length in bytes precedes.
  @_lifetime(self: copy self)
  public mutating func readString(_ field: String) throws(FormatError) -> String {
    let start = offset
    let count = try readCount(field, atMost: bytes.byteCount)
    let range: Range<Int>
    do throws(FormatError) { range = try readRange(count: count) } catch {
      position = start
      throw error
    }
    guard let text = bytes.string(range) else {
      position = start
      throw .invalidValue(field: field, value: UInt64(count), offset: start)
    }
    return text
  }

  @inlinable
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func move(by count: Int) {
    position += count
  }
}
