// Where in a Markdown file the words of its tree are.
//
// The parser gives each stretch of text a line and a column, but the column is wrong where lines
// of a block are indented differently, and the text is not the file's where there are escapes and
// entities. So a place is taken only after comparing bytes.

/// Puts the texts of a Markdown tree, one after another, at their places in the file.
struct LiteralPlacer {
  /// How far a text is searched for, in bytes, where the parser's place for it is wrong.
  private static let window = 4096

  /// The text of the document so far.
  var text: MappedText

  /// The start of each line, as the parser counts lines, and the end of the source.
  private let lineStarts: [Int]

  /// The end of what was placed last; nothing is placed in front of it.
  private(set) var cursor = 0

  /// The end of the current block.
  private var limit = 0

  /// How wrong the parser's columns are in a line: as the last search in that line found, and
  /// before there was one, as the indentation of the line says.
  private var shift: (line: Int, bytes: Int) = (0, 0)

  /// The byte of its line, from 1, at which the current block starts.
  private var blockColumn = 1

  /// Comparisons that searches may still make, so that no file takes time without bound.
  private var budget: Int

  /// A part of a text, and the place for it.
  private enum Part {
    case copy(Range<Int>)
    case substitute(Range<Int>, at: Int)
  }

  /// Starts at `start` of a source whose line 1 begins there.
  init(source: [UInt8], start: Int) {
    text = MappedText(source: source)
    cursor = start
    budget = 16 * source.count + (1 << 16)
    var starts = [start]
    var index = start
    while index < source.count {
      let byte = source[index]
      index += 1
      if byte == UInt8(ascii: "\n") {
        starts.append(index)
      } else if byte == UInt8(ascii: "\r"), index == source.count || source[index] != 0x0A {
        starts.append(index)
      }
    }
    starts.append(source.count)
    lineStarts = starts
  }

  /// Where a line starts; the end of the source behind the last line.
  func lineStart(_ line: Int) -> Int {
    lineStarts[min(max(line - 1, 0), lineStarts.count - 1)]
  }

  /// Where a line ends, in front of its line ending.
  func lineEnd(_ line: Int) -> Int {
    let start = lineStart(line)
    var end = lineStart(line + 1)
    while end > start, text.source[end - 1] == 0x0A || text.source[end - 1] == 0x0D { end -= 1 }
    return end
  }

  /// Starts a block that covers these lines.
  mutating func enterBlock(startLine: Int, startColumn: Int, endLine: Int) {
    blockColumn = startColumn
    cursor = max(cursor, startLine > 0 ? lineStart(startLine) : cursor)
    limit = endLine >= startLine ? lineEnd(endLine) : text.source.count
    if limit < cursor { limit = text.source.count }
    shift = (startLine, 0)
  }

  /// Where the row of a table is in the source, without what is in front of it in its line.
  func rowRange(_ event: MarkdownEvent) -> Range<Int> {
    let end = lineEnd(event.startLine)
    // The row may follow the mark of a list on its own line; else only indentation and quotes.
    let start = lineStart(event.startLine) + indentation(of: event.startLine)
    let stated = lineStart(event.startLine) + event.startColumn - 1
    return max(min(start, end), min(stated, end))..<end
  }

  /// Starts a cell of a table.
  ///
  /// - Parameters:
  ///   - range: Where the cell is in the source, from bar to bar.
  ///   - line: The line that the parser says it is on.
  ///   - shift: What to add to the parser's columns there.
  mutating func enterCell(_ range: Range<Int>, line: Int, shift: Int) {
    cursor = max(cursor, range.lowerBound)
    limit = max(cursor, range.upperBound)
    self.shift = (line, shift)
  }

  /// Copies a stretch of the source that starts at or behind ``cursor``.
  mutating func copy(_ range: Range<Int>) {
    // An empty line of code may be the line behind it, whose words are yet to be placed.
    guard !range.isEmpty, range.lowerBound >= cursor, range.upperBound <= text.source.count else {
      return
    }
    text.copy(range)
    cursor = range.upperBound
  }

  /// Puts a text at its place.
  ///
  /// - Parameters:
  ///   - literal: The text.
  ///   - line: The line that the parser says it is on, from 1.
  ///   - column: The byte of the line, from 1.
  ///   - isCode: Whether it is a code span, which has no escapes and can run over lines.
  mutating func place(_ literal: [UInt8], line: Int, column: Int, isCode: Bool) {
    guard let first = literal.first else { return }
    let unshifted = lineStart(line) + column - 1
    if line != shift.line { shift = (line, indentation(of: line) - (blockColumn - 1)) }
    let hint = unshifted + shift.bytes
    if hint >= cursor, let parts = align(literal, at: hint, isCode: isCode) {
      return write(literal, parts)
    }
    let start = max(cursor, min(lineStart(line), limit))
    var candidate = start
    while candidate < min(limit, start + Self.window), budget > 0 {
      budget -= 1
      let byte = text.source[candidate]
      if byte == first || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&"),
        let parts = align(literal, at: candidate, isCode: isCode)
      {
        shift = (line, candidate - unshifted)
        return write(literal, parts)
      }
      candidate += 1
    }
    var place = min(max(hint, cursor), max(limit, cursor))
    while place > cursor, place < text.source.count, text.source[place] & 0xC0 == 0x80 {
      place -= 1
    }
    write(literal, [.substitute(0..<literal.count, at: place)])
  }

  /// How many bytes of a line are indentation or marks of the quotes that it is in.
  private func indentation(of line: Int) -> Int {
    let start = lineStart(line)
    var index = start
    while index < lineEnd(line),
      text.source[index].isBlank || text.source[index] == UInt8(ascii: ">")
    {
      index += 1
    }
    return index - start
  }

  private mutating func write(_ literal: [UInt8], _ parts: [Part]) {
    for part in parts {
      switch part {
      case .copy(let range):
        text.copy(range)
        cursor = range.upperBound
      case .substitute(let range, let place):
        text.substitute(literal[range], at: place)
        cursor = max(cursor, place)
      }
    }
  }

  /// Compares a text with the source from `start` on, over escapes, entities and line endings.
  ///
  /// - Returns: The parts of the text with their places, or nil where the source says otherwise.
  private mutating func align(_ literal: [UInt8], at start: Int, isCode: Bool) -> [Part]? {
    let source = text.source
    var parts: [Part] = []
    var index = 0
    var place = start
    var copied = start
    func flush(_ parts: inout [Part]) {
      if copied < place { parts.append(.copy(copied..<place)) }
    }
    while index < literal.count {
      guard place < limit else { return nil }
      budget -= 1
      let byte = source[place]
      if !isCode, byte == UInt8(ascii: "&"),
        let entity = MarkdownEntity(source, at: place, limit: limit),
        let length = entity.length(in: literal, at: index)
      {
        flush(&parts)
        parts.append(.substitute(index..<(index + length), at: place))
        index += length
        place = entity.end
        copied = place
      } else if byte == literal[index],
        byte != UInt8(ascii: "\\") || isCode
          || !escapes(source, place, literal, index)
      {
        index += 1
        place += 1
      } else if !isCode, byte == UInt8(ascii: "\\"), place + 1 < limit,
        source[place + 1] == literal[index]
      {
        flush(&parts)
        place += 1
        copied = place
        index += 1
        place += 1
      } else if isCode, byte == UInt8(ascii: "\\"), place + 1 < limit,
        source[place + 1] == UInt8(ascii: "|"), literal[index] == UInt8(ascii: "|")
      {
        // In a table even code escapes the bar that would end its cell.
        flush(&parts)
        place += 1
        copied = place
      } else if isCode, literal[index] == UInt8(ascii: " "), byte == 0x0A || byte == 0x0D {
        flush(&parts)
        parts.append(.substitute(index..<(index + 1), at: place))
        index += 1
        place += byte == 0x0D && place + 1 < limit && source[place + 1] == 0x0A ? 2 : 1
        // The next line's indentation, and the marks of the quotes it is in, are not of the code.
        while place < limit, index < literal.count, source[place] != literal[index],
          source[place].isBlank || source[place] == UInt8(ascii: ">")
        {
          place += 1
        }
        copied = place
      } else {
        return nil
      }
    }
    flush(&parts)
    return parts
  }

  /// Whether a backslash of the source escapes what follows, rather than being text itself.
  private func escapes(_ source: [UInt8], _ place: Int, _ literal: [UInt8], _ index: Int) -> Bool {
    guard place + 1 < limit, source[place + 1].isPunctuation else { return false }
    return source[place + 1] == literal[index]
  }
}

extension UInt8 {
  /// Whether a backslash escapes this byte in Markdown.
  var isPunctuation: Bool {
    switch self {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
