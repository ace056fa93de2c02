// A file of Markdown as a document: clean text, its headings, and the way back to the file.

import EvIndex

/// Makes documents of Markdown.
///
/// The text is that of the blocks, a blank line between them. Marks, targets of links, and tags are
/// not in it; what is, is a copy of the file's bytes wherever the file has them.
struct MarkdownDocument {
  /// The largest file that is parsed, in bytes; a larger one is plain text.
  ///
  /// It is far below the size at which the parser's own limits would end the process.
  private static let maximumBytes = 64 << 20

  private var placer: LiteralPlacer
  private var headings: [Heading] = []

  /// Where the heading that is being read starts in the text.
  private var headingStart = 0

  /// The cells of the table row that is being read, and how many of them were entered.
  private var row = MarkdownRow()
  private var cellCount = 0

  private struct Heading {
    let range: Range<Int>
    let level: Int
  }

  /// What a file of Markdown, or of HTML, comes to.
  struct Content {
    /// The text, the title in front where it was in the front matter.
    var text: MappedText

    /// Where the title is in the text; empty where there is none.
    var title: Range<Int>

    /// Where the headings are, the title among them.
    var headings: [Range<Int>]

    /// What the front matter says besides.
    var metadata = Document.Metadata()
  }

  /// The document of a file of Markdown.
  ///
  /// - Throws: ``SkipReason/empty`` where there is no text in it.
  static func document(path: String, text: DecodedText) throws(SkipReason) -> Document {
    guard text.bytes.count <= maximumBytes, MarkdownNesting.isModest(text.bytes) else {
      return try PlainText.document(path: path, text: text)
    }
    let content = content(of: text.bytes)
    guard content.text.bytes.contains(where: { !$0.isWhitespace }) else { throw .empty }
    return Document(
      path: path, text: String(decoding: content.text.bytes, as: UTF8.self), title: content.title,
      headings: content.headings.filter { $0 != content.title },
      sourceMap: content.text.sourceMap(text), metadata: content.metadata)
  }

  /// Parses a text of Markdown.
  static func content(of source: [UInt8]) -> Content {
    let frontMatter = FrontMatter(source)
    let start = frontMatter?.end ?? 0
    var body = MarkdownDocument(placer: LiteralPlacer(source: source, start: start))
    MarkdownTree.walk(source[start...]) { body.take($0) }
    var content = body.content(with: frontMatter?.title)
    if let frontMatter { content.metadata = frontMatter.metadata }
    return content
  }

  private init(placer: LiteralPlacer) {
    self.placer = placer
  }

  /// The text with its title.
  ///
  /// The title of the front matter is only added where the first heading does not say the same.
  private func content(with title: MappedText?) -> Content {
    let body = placer.text
    let ranges = headings.map(\.range)
    guard let title else {
      let first = headings.first { $0.level == 1 }
      let title = first?.range ?? PlainText.titleRange(in: body.bytes)
      return Content(text: body, title: title, headings: ranges)
    }
    if let first = ranges.first, body.bytes[first].hasSameWords(as: title.bytes[...]) {
      return Content(text: body, title: first, headings: ranges)
    }
    var whole = title
    whole.separate(by: Array("\n\n".utf8))
    let shift = whole.nextOffset
    whole.append(body)
    return Content(
      text: whole, title: 0..<title.bytes.count,
      headings: ranges.map { ($0.lowerBound + shift)..<($0.upperBound + shift) })
  }

  /// Takes a step of the walk through the tree.
  private mutating func take(_ event: MarkdownEvent) {
    switch event.kind {
    case .paragraph where event.isEnter: enterBlock(event)
    case .heading(let level): takeHeading(event, level)
    case .codeBlock(let isFenced): takeCode(event, isFenced: isFenced)
    case .htmlBlock: takeHTML(event)
    case .tableRow: takeRow(event)
    case .tableCell where event.isEnter: enterCell(event)
    case .text, .code:
      var isCode = false
      if case .code = event.kind { isCode = true }
      placer.place(
        event.literal, line: event.startLine, column: event.startColumn, isCode: isCode)
    case .softBreak, .lineBreak: placer.text.separate(by: [UInt8(ascii: "\n")])
    case .htmlInline where event.literal.isBreakTag:
      placer.text.separate(by: [UInt8(ascii: "\n")])
    default: break
    }
  }

  private mutating func enterBlock(_ event: MarkdownEvent) {
    placer.text.separate(by: Array("\n\n".utf8))
    placer.enterBlock(
      startLine: event.startLine, startColumn: event.startColumn, endLine: event.endLine)
  }

  private mutating func takeHeading(_ event: MarkdownEvent, _ level: Int) {
    if event.isEnter {
      enterBlock(event)
      headingStart = placer.text.nextOffset
    } else if placer.text.bytes.count > headingStart {
      headings.append(Heading(range: headingStart..<placer.text.bytes.count, level: level))
    }
  }

  /// Copies code line by line: each is the end of a line of the file, behind the indentation.
  private mutating func takeCode(_ event: MarkdownEvent, isFenced: Bool) {
    enterBlock(event)
    var line = event.startLine + (isFenced ? 1 : 0)
    for part in event.literal.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      if let range = range(of: part, endingLine: line) {
        placer.copy(range)
      } else {
        // A tab that is partly indentation becomes spaces.
        placer.text.substitute(part, at: max(placer.lineStart(line), placer.cursor))
      }
      placer.text.separate(by: [UInt8(ascii: "\n")])
      line += 1
    }
  }

  /// Copies the text between the tags, line by line.
  private mutating func takeHTML(_ event: MarkdownEvent) {
    enterBlock(event)
    var tags = HTMLTags()
    var line = event.startLine
    for part in event.literal.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      let range = range(of: part, endingLine: line) ?? placer.lineEnd(line)..<placer.lineEnd(line)
      for piece in tags.parts(of: trimmed(range, of: placer.text.source), in: placer.text.source) {
        switch piece {
        case .text(let range):
          let isSpace = placer.text.source[range].allSatisfy(\.isWhitespace)
          if !isSpace || !placer.text.isAtSeparator { placer.copy(range) }
        case .lineBreak: placer.text.separate(by: [UInt8(ascii: "\n")])
        }
      }
      placer.text.separate(by: [UInt8(ascii: "\n")])
      line += 1
    }
  }

  /// Where a line of the file ends with `text`, or nil where it does not.
  private func range(of text: ArraySlice<UInt8>, endingLine line: Int) -> Range<Int>? {
    let end = placer.lineEnd(line)
    let start = end - text.count
    guard start >= placer.lineStart(line), placer.text.source.hasBytes(text, at: start) else {
      return nil
    }
    return start..<end
  }

  private mutating func takeRow(_ event: MarkdownEvent) {
    if event.isEnter {
      enterBlock(event)
      row = MarkdownRow(placer.rowRange(event), in: placer.text.source)
      cellCount = 0
      return
    }
    // A row may have more cells than its table has columns. The parser drops them; we do not.
    guard cellCount < row.cells.count, let end = row.cells.last?.upperBound else { return }
    let rest = trimmed(row.cells[cellCount].lowerBound..<end, of: placer.text.source)
    guard let kept = placer.text.source[rest].lastIndex(where: { $0 != UInt8(ascii: "|") }) else {
      return
    }
    placer.text.separate(by: [UInt8(ascii: "\t")])
    placer.copy(trimmed(rest.lowerBound..<(kept + 1), of: placer.text.source))
  }

  private mutating func enterCell(_ event: MarkdownEvent) {
    placer.text.separate(by: [UInt8(ascii: "\t")])
    defer { cellCount += 1 }
    guard cellCount < row.cells.count else { return }
    let cell = row.cells[cellCount]
    // The parser's start of the first cell may be that of the row, its end is right.
    placer.enterCell(
      cell, line: event.startLine,
      shift: cellCount == 0
        ? cell.upperBound - placer.lineStart(event.startLine) - event.endColumn
        : cell.lowerBound - placer.lineStart(event.startLine) - event.startColumn + 1)
  }

  /// The range without white space at its ends; empty where there is nothing else.
  private func trimmed(_ range: Range<Int>, of source: [UInt8]) -> Range<Int> {
    guard let first = source[range].firstIndex(where: { !$0.isWhitespace }),
      let last = source[range].lastIndex(where: { !$0.isWhitespace })
    else { return range.lowerBound..<range.lowerBound }
    return first..<(last + 1)
  }
}

extension [UInt8] {
  /// Whether the bytes are the tag `<br>`.
  fileprivate var isBreakTag: Bool {
    let lowered = prefix(4).map { $0 | 0x20 }
    return lowered.starts(with: Array("<br".utf8)) && !(lowered.last ?? 0).isLetterOrDigit
  }
}

extension ArraySlice<UInt8> {
  /// Whether both hold the same bytes but for the amount of white space.
  func hasSameWords(as other: ArraySlice<UInt8>) -> Bool {
    split(whereSeparator: \.isWhitespace) == other.split(whereSeparator: \.isWhitespace)
  }
}
