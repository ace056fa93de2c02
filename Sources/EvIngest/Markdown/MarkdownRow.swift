// A row of a table in a Markdown file, cut where the parser cuts it.

/// The cells of a row.
struct MarkdownRow {
  /// Where the cells are in the source, from bar to bar, without the bars.
  private(set) var cells: [Range<Int>] = []

  /// A row without cells.
  init() {}

  /// Cuts a row at its bars; a backslash in front of a bar keeps it in its cell.
  ///
  /// A bar at either end of the row only closes it.
  init(_ range: Range<Int>, in source: [UInt8]) {
    var end = range.upperBound
    while end > range.lowerBound, source[end - 1].isBlank { end -= 1 }
    var index = range.lowerBound
    while index < end, source[index].isBlank { index += 1 }
    if index < end, source[index] == UInt8(ascii: "|") { index += 1 }
    var start = index
    while index < end {
      switch source[index] {
      case UInt8(ascii: "\\") where index + 1 < end && source[index + 1].isPunctuation: index += 2
      case UInt8(ascii: "|"):
        cells.append(start..<index)
        index += 1
        start = index
      default: index += 1
      }
    }
    if start < end { cells.append(start..<end) }
  }
}
