internal import EvIndex
internal import EvQuery

/// Finds where the concepts of a query are in a document, from the index's positions.
struct MatchFinder {
  let concepts: [Concept]
  let segment: SegmentReader

  /// The matches in a document, by their first position.
  func matches(in document: UInt32) throws(IndexError) -> [Match] {
    var matches: [Match] = []
    for (number, concept) in concepts.enumerated() {
      for (spelling, query) in concept.spellings.enumerated() {
        let length: UInt32
        let starts: [UInt32]
        switch query {
        case .term(let term):
          length = 1
          starts = try positions(of: term, in: document)
        case .phrase(let terms):
          length = UInt32(terms.count)
          starts = try phraseStarts(terms, in: document)
        default: continue
        }
        for start in starts {
          matches.append(
            Match(
              positions: start...(start + length - 1), concept: number, spelling: spelling))
        }
      }
    }
    matches.sort {
      ($0.positions.lowerBound, $0.concept, $0.spelling)
        < ($1.positions.lowerBound, $1.concept, $1.spelling)
    }
    return matches
  }

  private func positions(
    of term: String, in document: UInt32
  ) throws(IndexError) -> [UInt32] {
    guard let info = try segment.terms.find(term) else { return [] }
    var cursor = PostingsCursor(segment.postings, info)
    guard try cursor.seek(to: document) == document else { return [] }
    var positions: [UInt32] = []
    try cursor.readPositions(into: &positions)
    return positions
  }

  private func phraseStarts(
    _ terms: [String], in document: UInt32
  ) throws(IndexError) -> [UInt32] {
    var starts: [UInt32]?
    for (offset, term) in terms.enumerated() {
      let offset = UInt32(offset)
      let possible = Set(
        try positions(of: term, in: document).filter { $0 >= offset }.map { $0 - offset })
      starts = starts.map { $0.filter(possible.contains) } ?? possible.sorted()
    }
    return starts ?? []
  }
}
