// Results as an index would give them.

@testable import EvPassages
@testable import EvSearch

enum Fixtures {
  /// A passage whose matches are the given words, each at its first place after the last one.
  static func passage(
    _ text: String, lit words: [String], line: Int = 1, section: String? = nil
  ) -> Passage {
    var highlights: [Highlight] = []
    var start = text.startIndex
    for word in words {
      guard let range = text[start...].firstRange(of: word) else { continue }
      highlights.append(
        Highlight(
          range: text[..<range.lowerBound].utf8.count..<text[..<range.upperBound].utf8.count,
          utf16Range: text[..<range.lowerBound].utf16.count..<text[..<range.upperBound].utf16.count,
          start: place(line), end: place(line), query: word, kind: .exact))
      start = range.upperBound
    }
    return Passage(
      text: text, range: 0..<text.utf8.count, utf16Range: 0..<text.utf16.count,
      start: place(line), end: place(line), section: section, highlights: highlights)
  }

  static func hit(
    _ rank: Int, _ path: String, title: String, date: String? = nil, source: String? = nil,
    _ passages: [Passage]
  ) -> SearchHit {
    SearchHit(
      rank: rank, id: "00112233aabbccdd", path: path, title: title,
      metadata: .init(date: date, source: source), score: 7.412, passages: passages)
  }

  static func results(
    _ hits: [SearchHit], total: Int? = nil, isExact: Bool = true, offset: Int = 0,
    notes: [String] = []
  ) -> SearchResults {
    SearchResults(
      text: "lock-in rate", readAs: "lock-in AND rate", notes: notes,
      total: total ?? hits.count, totalIsExact: isExact, offset: offset, hits: hits)
  }

  private static func place(_ line: Int) -> SourcePosition {
    SourcePosition(byte: 0, utf16: 0, line: line, column: 1)
  }
}
