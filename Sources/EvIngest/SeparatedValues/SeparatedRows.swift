// The rows of a table as RFC 4180 has them, and as spreadsheets and people write them.

/// Cuts a table into rows and values.
struct SeparatedRows {
  /// What separates two values.
  let separator: UInt8

  private let text: [UInt8]
  private var index = 0

  /// The line that the next row starts on, from 1.
  private(set) var line = 1

  /// The line of the first row with a quote that is never closed.
  ///
  /// From there on a quote closes at the end of its line at the latest, so that one stray quote
  /// does not swallow the rest of the table.
  private(set) var openQuoteLine: Int?

  /// Starts at the front of a table.
  init(_ text: [UInt8], separator: UInt8) {
    self.text = text
    self.separator = separator
  }

  /// The values of the next row; nil at the end of the table.
  mutating func next() -> [[UInt8]]? {
    guard index < text.count else { return nil }
    let (start, startLine) = (index, line)
    if let row = row() { return row }
    openQuoteLine = startLine
    (index, line) = (start, startLine)
    return row()
  }

  /// The row at ``index``; nil where a quote in it is never closed and that was not known.
  private mutating func row() -> [[UInt8]]? {
    var row: [[UInt8]] = []
    while true {
      guard let value = value() else { return nil }
      row.append(value)
      guard index < text.count else { return row }
      let end = text[index]
      index += 1
      if end == separator { continue }
      if end == UInt8(ascii: "\r"), index < text.count, text[index] == UInt8(ascii: "\n") {
        index += 1
      }
      line += 1
      return row
    }
  }

  /// The value at ``index``, behind which come a separator, a line ending or the end of the table.
  private mutating func value() -> [UInt8]? {
    var value: [UInt8] = []
    if index < text.count, text[index] == UInt8(ascii: "\"") {
      index += 1
      guard takeQuoted(&value) else { return nil }
    }
    // Also what follows a closing quote, which nothing should.
    while index < text.count, !isEnd(text[index]) {
      value.append(text[index])
      index += 1
    }
    return value
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// Takes what is between quotes; false where the closing one is missing.
  private mutating func takeQuoted(_ value: inout [UInt8]) -> Bool {
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        guard index < text.count, text[index] == UInt8(ascii: "\"") else { return true }
      } else if byte == UInt8(ascii: "\n") {
        guard openQuoteLine == nil else { return true }
        line += 1
      }
      value.append(byte)
      index += 1
    }
    return openQuoteLine != nil
  }
}
