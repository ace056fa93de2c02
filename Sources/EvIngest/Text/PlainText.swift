// A file of plain text as a document.

import EvIndex

/// Makes documents of plain text.
enum PlainText {
  /// The longest first line that is taken for a title, in bytes.
  static let maximumTitleBytes = 200

  /// The document of a file of plain text.
  ///
  /// - Throws: ``SkipReason/empty`` where there is nothing but white space.
  static func document(path: String, text: DecodedText) throws(SkipReason) -> Document {
    guard text.bytes.contains(where: { !$0.isWhitespace }) else { throw .empty }
    let mapped = MappedText(whole: text.bytes)
    return Document(
      path: path, text: String(decoding: text.bytes, as: UTF8.self),
      title: titleRange(in: text.bytes), sourceMap: mapped.sourceMap(text))
  }

  /// Where the title is: the first line that is not blank, if it is short and stands alone above
  /// more text; empty where there is none.
  static func titleRange(in text: [UInt8]) -> Range<Int> {
    guard let start = text.firstIndex(where: { !$0.isWhitespace }) else { return 0..<0 }
    let window = start..<min(text.count, start + maximumTitleBytes + 1)
    guard let lineEnd = text.firstIndex(of: UInt8(ascii: "\n"), in: window) else { return 0..<0 }
    let next = lineEnd + 1
    let nextEnd = text.firstIndex(of: UInt8(ascii: "\n"), in: next..<text.count) ?? text.count
    guard text[next..<nextEnd].allSatisfy(\.isWhitespace),
      text[nextEnd...].contains(where: { !$0.isWhitespace })
    else { return 0..<0 }
    let end = text[start..<lineEnd].lastIndex { !$0.isWhitespace } ?? start
    return start..<(end + 1)
  }
}

extension UInt8 {
  /// Whether the byte is white space in ASCII.
  var isWhitespace: Bool {
    self == 0x20 || (0x09...0x0D).contains(self)
  }

  /// Whether the byte is a space or a tab.
  var isBlank: Bool {
    self == 0x20 || self == 0x09
  }
}
