// The bytes of terms.

/// What holds for every term.
enum Terms {
  /// The most bytes that a term has; a longer word is cut into pieces.
  static let maximumLength = 255

  /// The most bytes that all terms of a text have, with room for one more sentence's.
  static let maximumTotal = Int(UInt32.max) - (1 << 24)

  /// Where the first piece of `start..<end` ends: after at most ``maximumLength`` bytes, in front of
  /// a scalar.
  static func pieceEnd(in bytes: Span<UInt8>, start: Int, end: Int) -> Int {
    let limit = start + maximumLength
    guard limit < end else { return end }
    var index = limit
    while index > limit - 4, bytes[index] & 0xC0 == 0x80 { index -= 1 }
    return bytes[index] & 0xC0 == 0x80 ? limit : index
  }

  /// How many bytes a scalar has in UTF-8.
  static func width(of scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
  }

  /// Appends a scalar in UTF-8.
  @inline(always)
  static func append(_ scalar: UInt32, to output: inout OutputSpan<UInt8>) {
    if scalar < 0x80 {
      output.append(UInt8(truncatingIfNeeded: scalar))
      return
    }
    if scalar < 0x800 {
      output.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
    } else {
      if scalar < 0x10000 {
        output.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      } else {
        output.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
        output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
      }
      output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
    }
    output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
  }
}
