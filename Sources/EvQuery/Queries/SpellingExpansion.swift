internal import EvIndex

/// Finds the ways to write a word as two, as the collection has them: `lock in` for `lockin`.
struct SpellingExpansion {
  private let snapshot: IndexSnapshot

  /// The least length of a half of a word, in characters.
  private static let shortestHalf = 2

  /// The length above which a word is not cut: each cut is looked up.
  private static let longestWord = 40

  init(_ snapshot: IndexSnapshot) {
    self.snapshot = snapshot
  }

  /// The ways to write `term` as two words that stand side by side in some document.
  func halves(of term: String) throws(IndexError) -> [Query] {
    let characters = Array(term)
    guard characters.count >= 2 * Self.shortestHalf, characters.count <= Self.longestWord,
      characters.allSatisfy(\.isLetter)
    else { return [] }
    var found: [Query] = []
    for cut in Self.shortestHalf...characters.count - Self.shortestHalf {
      let pair = [String(characters[..<cut]), String(characters[cut...])]
      guard try snapshot.documentFrequency(of: pair[0]) > 0,
        try snapshot.documentFrequency(of: pair[1]) > 0,
        try occurs(.phrase(Phrase(pair)))
      else { continue }
      found.append(.phrase(Phrase(pair)))
    }
    return found
  }

  private func occurs(_ phrase: Query) throws(IndexError) -> Bool {
    try Searcher(snapshot).search(phrase, limit: 1, counts: false).hits.first != nil
  }
}
