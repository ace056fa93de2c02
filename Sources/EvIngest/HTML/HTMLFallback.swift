// A page that is too large or too deep to be parsed: its text without the tags, and no more.

/// Takes the tags out of a page, in one pass and without a tree.
enum HTMLFallback {
  /// The text of a page, the commonest references to characters resolved.
  static func content(of source: [UInt8]) -> MarkdownDocument.Content {
    var tags = HTMLTags()
    var writer = HTMLWriter(source: source)
    var separator = HTMLLeaf.Break.none
    for part in tags.parts(of: 0..<source.count, in: source) {
      switch part {
      case .lineBreak: separator = .block
      case .text(let range):
        writer.write(
          HTMLLeaf(
            text: resolved(source[range]), range: range, separator: separator,
            isPreformatted: false, heading: nil))
        if !source[range].allSatisfy(\.isWhitespace) { separator = .none }
      }
    }
    return MarkdownDocument.Content(
      text: writer.text, title: PlainText.titleRange(in: writer.text.bytes), headings: [])
  }

  /// A text with the references resolved that Markdown knows of too.
  private static func resolved(_ slice: ArraySlice<UInt8>) -> [UInt8] {
    let bytes = Array(slice)
    var text: [UInt8] = []
    var index = 0
    while let sign = bytes.firstIndex(of: UInt8(ascii: "&"), in: index..<bytes.count) {
      text += bytes[index..<sign]
      let entity = MarkdownEntity(bytes, at: sign, limit: bytes.count)
      text += entity?.value ?? [UInt8(ascii: "&")]
      index = entity.flatMap { $0.value == nil ? nil : $0.end } ?? sign + 1
    }
    return text + bytes[index...]
  }
}
