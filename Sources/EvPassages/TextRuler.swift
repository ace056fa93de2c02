internal import EvIndex

/// Turns byte offsets of a document's text into the other units.
struct TextRuler {
  private let text: StoredText

  init(_ text: StoredText) {
    self.text = text
  }

  /// A range of bytes as UTF-16 code units from the start of the text.
  func utf16(_ range: Range<Int>) -> Range<Int> {
    let start = utf16Count(0..<range.lowerBound)
    return start..<start + utf16Count(range)
  }

  /// The place of a byte in the document's file.
  func source(_ offset: Int) -> SourcePosition {
    text.sourceMap.position(of: offset, in: text.bytes.span)
  }

  private func utf16Count(_ range: Range<Int>) -> Int {
    let bytes = text.bytes.span
    var count = 0
    for index in range {
      let byte = bytes[index]
      // Every scalar counts at its first byte: those of four bytes are two units.
      if byte & 0xC0 != 0x80 { count += byte >= 0xF0 ? 2 : 1 }
    }
    return count
  }
}
