internal import EvIndex

/// Turns byte offsets of a document's text into the other units.
///
/// It counts from the start of the text, which may be one line of many megabytes; what is asked for in
/// ascending order is counted once.
struct TextRuler {
  private let text: StoredText
  /// The last place that was found.
  private var last: SourceMap.Run?

  init(_ text: StoredText) {
    self.text = text
  }

  /// The place of a byte in the document's file.
  mutating func source(_ offset: Int) -> SourcePosition {
    let place = text.sourceMap.position(of: offset, in: text.bytes.span, after: last)
    last = SourceMap.Run(textOffset: offset, source: place)
    return place
  }

  /// The page that a byte is on, from 1; nil where the text has no form feed.
  func page(_ offset: Int) -> Int? {
    let bytes = text.bytes.span
    var (page, count) = (1, 1)
    for index in bytes.indices where bytes[index] == 0x0C {
      count += 1
      if index < offset { page += 1 }
    }
    return count > 1 ? page : nil
  }

  /// How many UTF-16 code units a range of bytes is.
  func utf16Count(_ range: Range<Int>) -> Int {
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
