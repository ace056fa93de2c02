// A table of comma- or tab-separated values, each row of which is a document.
//
// The first row names the columns, by the names of the fields of JSON lines: `id`, `title`, `text`
// (else `body`, `content` or `contents`), `date`, `source`, `lang` or `language`, `url`, `tags`.
// Without a column for the text or the title the file is plain text.

import EvIndex

/// Reads a table.
struct SeparatedValues {
  private let path: String
  private let encoding: String?
  private var rows: SeparatedRows
  private let columns: SeparatedColumns

  /// A table; nil where the first row does not say which column is the text.
  ///
  /// - Parameters:
  ///   - path: The file's name.
  ///   - text: The file.
  ///   - isTabbed: Whether tabs separate the values, as the file's name says.
  init?(path: String, text: DecodedText, isTabbed: Bool) {
    self.path = path
    encoding = text.encoding
    // Where a comma is the decimal mark, spreadsheets write semicolons.
    for separator in isTabbed ? [0x09] : [0x2C, 0x3B, 0x09] as [UInt8] {
      var rows = SeparatedRows(text.bytes, separator: separator)
      guard let header = rows.next(), let columns = SeparatedColumns(header) else { continue }
      self.rows = rows
      self.columns = columns
      return
    }
    return nil
  }

  /// Hands out the rows as documents, in order.
  ///
  /// - Returns: The rows that are no documents, and why.
  consuming func read<Failure: Error>(
    _ body: (Document) throws(Failure) -> Void
  ) throws(Failure) -> [Skipped] {
    var skipped = SkipList(path: path)
    while true {
      let line = rows.line
      guard let fields = rows.next() else { break }
      // A blank line is one empty field.
      guard fields.count > 1 || !(fields.first ?? []).allSatisfy(\.isWhitespace) else { continue }
      if let document = columns.document(
        fields, path: path, line: line, separator: rows.separator, encoding: encoding)
      {
        try body(document)
      } else {
        skipped.add(line: line, .empty)
      }
    }
    if let line = rows.openQuoteLine {
      skipped.add(line: line, .malformedRecord("a quote that is never closed"))
    }
    return skipped.all
  }
}

/// What the columns of a table mean.
private struct SeparatedColumns {
  private enum Field: String {
    case id, title, text, body, content, contents, date, source, lang, language, url, tags
  }

  private let fields: [Field?]
  private let text: Int?

  /// The columns that a first row names; nil where none of them is the text or the title.
  init?(_ header: [[UInt8]]) {
    let fields = header.map {
      Field(rawValue: String(decoding: $0.trimmed, as: UTF8.self).lowercased())
    }
    let best = [Field.text, .body, .content, .contents].first { fields.contains($0) }
    self.fields = fields
    text = best.flatMap { fields.firstIndex(of: $0) }
    guard text != nil || fields.contains(.title) else { return nil }
  }

  /// The document of a row; nil where it has no text.
  func document(
    _ row: [[UInt8]], path: String, line: Int, separator: UInt8, encoding: String?
  ) -> Document? {
    var row = row
    if row.count > fields.count, text == fields.count - 1 {
      // A separator in a text without quotes.
      row[fields.count - 1] = Array(
        row[(fields.count - 1)...].joined(separator: [separator]))
    }
    let title = value(.title, row) ?? ""
    let body = text.flatMap { $0 < row.count ? row[$0] : nil } ?? []
    let isBlank = body.allSatisfy(\.isWhitespace)
    guard !title.isEmpty || !isBlank else { return nil }
    let text = title + (title.isEmpty || isBlank ? "" : "\n")
    let tags = value(.tags, row)?.utf8.split { $0 == 0x2C || $0 == 0x3B } ?? []
    return Document(
      path: path, record: value(.id, row) ?? String(line),
      text: isBlank ? text : text + String(decoding: body, as: UTF8.self),
      title: 0..<title.utf8.count, sourceMap: .record(line: line),
      metadata: Document.Metadata(
        date: value(.date, row), source: value(.source, row),
        language: value(.lang, row) ?? value(.language, row), url: value(.url, row),
        tags: tags.map { String(decoding: Array($0).trimmed, as: UTF8.self) }.filter {
          !$0.isEmpty
        },
        encoding: encoding))
  }

  /// A value without white space at its ends; nil where there is none.
  private func value(_ field: Field, _ row: [[UInt8]]) -> String? {
    guard let index = fields.firstIndex(of: field), index < row.count else { return nil }
    let bytes = row[index].trimmed
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }
}
