// Reading a text that may be anything: scalars of UTF-8, and several bytes at a time.

internal import CVectors

extension Span where Element == UInt8 {
  /// Eight bytes, the first in the lowest bits.
  ///
  /// - Precondition: `offset` is at least 0 and at most `count - 8`.
  @inline(always)
  func word(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset <= count - 8)
    // Safe: the precondition keeps all eight bytes inside the span.
    return unsafe withUnsafeBytes { bytes in
      unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }

  /// The bytes of `offset..<end`, at most eight of them, zeros after them; none if that is empty.
  func word(at offset: Int, end: Int) -> UInt64 {
    if offset + 8 <= end { return word(at: offset) }
    var value: UInt64 = 0
    for index in stride(from: end - 1, through: offset, by: -1) {
      value = value << 8 | UInt64(self[index])
    }
    return value
  }

  /// The scalar at `offset`, and its length in bytes.
  ///
  /// A byte that does not begin a well-formed sequence is U+FFFD, of one byte. A sequence that is
  /// cut off by `end` is not well-formed.
  @inline(always)
  func scalar(at offset: Int, end: Int) -> (value: UInt32, length: Int) {
    let first = self[offset]
    return first < 0x80 ? (UInt32(first), 1) : longScalar(at: offset, end: end)
  }

  private func longScalar(at offset: Int, end: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(self[offset])
    let replacement: (UInt32, Int) = (0xFFFD, 1)
    guard first >= 0xC2, offset + 1 < end else { return replacement }
    let second = UInt32(self[offset + 1])
    guard second & 0xC0 == 0x80 else { return replacement }
    if first < 0xE0 { return ((first & 0x1F) << 6 | second & 0x3F, 2) }

    guard offset + 2 < end else { return replacement }
    let third = UInt32(self[offset + 2])
    guard third & 0xC0 == 0x80 else { return replacement }
    if first < 0xF0 {
      let value = (first & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F
      let isSurrogate = value >= 0xD800 && value < 0xE000
      return value < 0x800 || isSurrogate ? replacement : (value, 3)
    }

    guard first < 0xF5, offset + 3 < end else { return replacement }
    let fourth = UInt32(self[offset + 3])
    guard fourth & 0xC0 == 0x80 else { return replacement }
    let value =
      (first & 0x07) << 18 | (second & 0x3F) << 12 | (third & 0x3F) << 6 | fourth & 0x3F
    return value < 0x10000 || value > 0x10FFFF ? replacement : (value, 4)
  }

  /// Where the scalar that ends at `end` begins; not in front of `start`.
  ///
  /// - Precondition: `start < end`.
  func scalarStart(before end: Int, start: Int) -> Int {
    var index = end - 1
    let limit = Swift.max(start, end - 4)
    while index > limit, self[index] & 0xC0 == 0x80 { index -= 1 }
    // A run of stray bytes is read forward as one scalar a byte, so it has to be backward as well.
    return index + scalar(at: index, end: end).length == end ? index : end - 1
  }

  /// What the first byte of a range may be that is looked for.
  enum Target {
    /// A byte that is not ASCII.
    case foreign
    /// A full stop, a question or exclamation mark, or a byte that is not ASCII.
    case stopOrForeign
    case lineFeed
    /// A line feed, or the byte that U+2029 begins with.
    case lineFeedOrE2
  }

  /// The first byte of `offset..<end` that is a target, or `end`.
  @inline(always)
  func first(_ target: Target, from offset: Int, end: Int) -> Int {
    guard offset < end else { return end }
    precondition(offset >= 0 && end <= count)
    // Safe: the precondition keeps what is looked at, and what may be read, inside the span.
    return unsafe withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return end }
      let start = unsafe base + offset
      let (length, readable) = (end - offset, count - offset)
      return switch target {
      case .foreign: unsafe offset + ev_find_foreign(start, length, readable)
      case .stopOrForeign: unsafe offset + ev_find_stop_or_foreign(start, length, readable)
      case .lineFeed: unsafe offset + ev_find_line_feed(start, length, readable)
      case .lineFeedOrE2: unsafe offset + ev_find_line_feed_or_e2(start, length, readable)
      }
    }
  }
}

/// Marks the bytes of `word` that equal `byte` by their highest bit.
///
/// Bytes above the lowest marked one may be marked wrongly where `word` is not all ASCII.
@inline(always)
func bytes(of word: UInt64, equalTo byte: UInt8) -> UInt64 {
  let difference = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
  return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
}

/// Whether a byte is one of the six white-space characters of ASCII.
@inline(always)
func isASCIISpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
}

/// Whether a byte is a letter or digit of ASCII.
@inline(always)
func isASCIIAlphanumeric(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
}
