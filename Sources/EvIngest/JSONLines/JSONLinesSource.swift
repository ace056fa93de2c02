// A file of JSON objects, one a line, each of which is a document.
//
// The fields: `id` (a string or an integer; else the number of the line), `title`, `text` (else
// `body`, `content` or `contents`), `date`, `source`, `lang` or `language`, `url`, `tags`. Offsets
// in such a document are offsets in its text; its source map leads to the start of the record.

import EvIndex

/// Reads JSON lines.
struct JSONLinesSource: ~Copyable {
  /// Malformed records of one file that are listed one by one; of more, only the number is kept.
  static let maximumListedRecords = 10_000

  private let path: String
  private var lines: LineReader
  private var position = SourcePosition.start
  private var skipped: [Skipped] = []
  private var unlistedCount = 0

  /// Starts at the front of a file.
  init(_ file: consuming OpenedFile, path: String, maximumRecordBytes: Int) {
    self.path = path
    lines = LineReader(file, maximum: maximumRecordBytes)
  }

  /// Hands out the file's documents in order.
  ///
  /// - Returns: The records that are no documents, and why.
  consuming func read<Failure: Error>(
    _ body: (Document) throws(Failure) -> Void
  ) throws(Failure) -> [Skipped] {
    guard let parser = JSONRecordParser() else {
      return [Skipped(path: path, reason: .malformedRecord("no memory for it"))]
    }
    guard skipStart() else { return skipped }
    while let line = nextLine() {
      let start = position
      switch line {
      case .bytes(let range):
        advance(range.count, lines.bytes.span.extracting(range).utf16Count)
        guard lines.bytes[range].contains(where: { !$0.isWhitespace }) else { continue }
        let document: Document
        do throws(SkipReason) {
          document = try self.document(parser.parse(lines.bytes, range), at: start)
        } catch {
          // It may not be UTF-8; then there is one unit for each U+FFFD that stands for bad bytes.
          position.utf16 =
            start.utf16 + String(decoding: lines.bytes[range], as: UTF8.self).utf16.count + 1
          skip(error, line: start.line)
          continue
        }
        try body(document)
      case .tooLong(let byteCount, let utf16Count):
        advance(byteCount, utf16Count)
        skip(.tooLarge, line: start.line)
      }
    }
    if unlistedCount > 0 {
      skipped.append(
        Skipped(path: path, reason: .malformedRecord("\(unlistedCount) more that are not listed")))
    }
    return skipped
  }

  private func document(_ record: JSONRecordParser.Record, at start: SourcePosition) -> Document {
    Document(
      path: path + "#" + (record.identifier ?? String(start.line)),
      text: record.text, title: record.title,
      sourceMap: SourceMap(runs: [SourceMap.Run(textOffset: 0, source: start)]),
      metadata: record.metadata)
  }

  /// Looks at the first bytes: leaves out a byte order mark, and refuses what is no text.
  private mutating func skipStart() -> Bool {
    do throws(SkipReason) {
      let first = try lines.peek()
      let head = Array(lines.bytes[first.prefix(1 << 16)])
      if head.isMarkedUTF16 { throw .notSupportedYet("UTF-16") }
      if head.contains(0) { throw .binary }
      if head.starts(with: [0xEF, 0xBB, 0xBF]) {
        for byte in head.prefix(3) { position.advance(past: byte) }
        lines.skip(3)
      }
      return true
    } catch {
      skipped.append(Skipped(path: path, reason: error))
      return false
    }
  }

  /// The next line; nil at the end, which a reading error is too, on the record.
  private mutating func nextLine() -> LineReader.Line? {
    do throws(SkipReason) {
      return try lines.next()
    } catch {
      skipped.append(Skipped(path: path, reason: error))
      return nil
    }
  }

  /// Moves to the start of the next line.
  private mutating func advance(_ byteCount: Int, _ utf16Count: Int) {
    position.byte += byteCount + 1
    position.utf16 += utf16Count + 1
    position.line += 1
    position.column = 1
  }

  private mutating func skip(_ reason: SkipReason, line: Int) {
    if skipped.count < Self.maximumListedRecords {
      skipped.append(Skipped(path: "\(path):\(line)", reason: reason))
    } else {
      unlistedCount += 1
    }
  }
}
