// Where paragraphs end: at blank lines, at U+2029, and where the caller says so.

/// Finds the ends of paragraphs.
enum Paragraphs {
  /// Where the paragraph that begins at `start` ends.
  ///
  /// It ends behind the line feed of its last line where a blank line follows, and behind U+2029
  /// unless only the white space of ASCII counts.
  static func end(in text: Span<UInt8>, from start: Int, end: Int, _ kind: Analyzer.Kind) -> Int {
    var index = start
    while true {
      index = text.first(kind == .standard ? .lineFeedOrE2 : .lineFeed, from: index, end: end)
      guard index < end else { return end }
      switch text[index] {
      case 0x0A where blankLineFollows(in: text, at: index, end: end):
        return index + 1
      case 0xE2 where kind == .standard && text.scalar(at: index, end: end) == (0x2029, 3):
        return index + 3
      default:
        index += 1
      }
    }
  }

  private static func blankLineFollows(in text: Span<UInt8>, at offset: Int, end: Int) -> Bool {
    var index = offset + 1
    while index < end, text[index] == 0x20 || text[index] == 0x09 || text[index] == 0x0D {
      index += 1
    }
    return index < end && text[index] == 0x0A
  }
}
