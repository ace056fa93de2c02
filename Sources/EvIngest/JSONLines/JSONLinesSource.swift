// A file of JSON objects, one a line, each of which is a document.
//
// The fields: `id` (a string or an integer; else the number of the line), `title`, `text` (else
// `body`, `content` or `contents`), `date`, `source`, `lang` or `language`, `url`, `tags`. Offsets
// in such a document are offsets in its text; its source map leads to the record's line.

import EvIndex

/// Reads JSON lines.
struct JSONLinesSource<Stream: ByteStream & ~Copyable>: ~Copyable {
  private let path: String
  private var lines: LineReader<Stream>
  /// The line that is read next, from 1.
  private var line = 1
  private var skipped: SkipList

  /// Starts at the front of a file.
  init(_ file: consuming Stream, path: String, maximumRecordBytes: Int) {
    self.path = path
    skipped = SkipList(path: path)
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
    guard skipStart() else { return skipped.all }
    while let next = nextLine() {
      defer { line += 1 }
      switch next {
      case .bytes(let range):
        guard lines.bytes[range].contains(where: { !$0.isWhitespace }) else { continue }
        let document: Document
        do throws(SkipReason) {
          document = try self.document(parser.parse(lines.bytes, range))
        } catch {
          skipped.add(line: line, error)
          continue
        }
        try body(document)
      case .tooLong: skipped.add(line: line, .tooLarge)
      }
    }
    return skipped.all
  }

  private func document(_ record: JSONRecordParser.Record) -> Document {
    Document(
      path: path, record: record.identifier ?? String(line),
      text: record.text, title: record.title,
      sourceMap: .record(line: line),
      metadata: record.metadata)
  }

  /// Looks at the first bytes: leaves out a byte order mark, and refuses what is no text.
  private mutating func skipStart() -> Bool {
    do throws(SkipReason) {
      let first = try lines.peek()
      let head = Array(lines.bytes[first.prefix(1 << 16)])
      if head.mayHoldZeros { throw .notSupportedYet("UTF-16") }
      if head.contains(0) { throw .binary }
      if head.starts(with: [0xEF, 0xBB, 0xBF]) { lines.skip(3) }
      return true
    } catch {
      skipped.add(error)
      return false
    }
  }

  /// The next line; nil at the end, which a reading error is too, on the record.
  private mutating func nextLine() -> LineReader<Stream>.Line? {
    do throws(SkipReason) {
      return try lines.next()
    } catch {
      skipped.add(error)
      return nil
    }
  }
}
