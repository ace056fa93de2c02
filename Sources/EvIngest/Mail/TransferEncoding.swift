// How bytes are written in mail: base64 and quoted-printable, RFC 2045 section 6.

/// Decodes what mail encodes.
enum TransferEncoding {
  /// The bytes that a text in base64 stands for; what is no digit of it is left out, as the
  /// specification asks.
  static func base64(_ text: some Sequence<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text {
      guard let digit = digit(byte) else {
        // Padding ends a stretch; another may follow.
        if byte == UInt8(ascii: "=") { count = 0 }
        continue
      }
      bits = bits << 6 | digit
      count += 1
      if count == 2 { bytes.append(UInt8(truncatingIfNeeded: bits >> 4)) }
      if count == 3 { bytes.append(UInt8(truncatingIfNeeded: bits >> 2)) }
      if count == 4 {
        bytes.append(UInt8(truncatingIfNeeded: bits))
        count = 0
      }
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte) - 0x41
    case 0x61...0x7A: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  /// The bytes that quoted-printable text stands for; an `=` that means nothing stands for itself.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - isHeader: Whether it is a word of a header, in which `_` is a space (RFC 2047).
  static func quotedPrintable(_ text: ArraySlice<UInt8>, isHeader: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "_"), isHeader {
        bytes.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "=") {
        if index + 1 < text.endIndex, let high = text[index].hexDigit,
          let low = text[index + 1].hexDigit
        {
          bytes.append(high << 4 | low)
          index += 2
        } else if let end = lineEnd(text, from: index) {
          index = end
        } else {
          bytes.append(byte)
        }
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  /// Where the next line starts, if only blanks are in front of it: a line feed that is not meant.
  private static func lineEnd(_ text: ArraySlice<UInt8>, from start: Int) -> Int? {
    var index = start
    // Blanks at the end of a line may have been added on the way.
    while index < text.endIndex, text[index].isBlank, index - start < 100 { index += 1 }
    guard index < text.endIndex else { return index }
    if text[index] == UInt8(ascii: "\r") { index += 1 }
    guard index < text.endIndex else { return index }
    return text[index] == UInt8(ascii: "\n") ? index + 1 : nil
  }
}
