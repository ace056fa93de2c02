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
      for (form, query) in concept.forms.map(\.query).enumerated() {
        let length: UInt32
        let starts: [UInt32]
        switch query {
        case .term(let term):
          length = 1
          starts = try positions(of: term, in: document)
        case .phrase(let phrase):
          length = phrase.length
          starts = try phraseStarts(phrase, in: document)
        default: continue
        }
        for start in starts {
          matches.append(
            Match(positions: start...(start + length - 1), concept: number, form: form))
        }
      }
    }
    try keepTitles(&matches, document)
    keepNear(&matches)
    matches.sort {
      ($0.positions.lowerBound, $0.concept, $0.form)
        < ($1.positions.lowerBound, $1.concept, $1.form)
    }
    return matches
  }

  /// Takes out what counts in the title alone and is not in it.
  private func keepTitles(_ matches: inout [Match], _ document: UInt32) throws(IndexError) {
    guard concepts.contains(where: \.isInTitle) else { return }
    let end = try segment.titlePositionCount(of: document)
    matches.removeAll { concepts[$0.concept].isInTitle && $0.positions.upperBound >= end }
  }

  /// Takes out what must be near others and is not.
  private func keepNear(_ matches: inout [Match]) {
    var stretches: [Int: [ClosedRange<UInt32>]] = [:]
    for place in concepts.compactMap(\.near) where stretches[place.number] == nil {
      let operands = concepts.indices.filter { concepts[$0].near?.number == place.number }
      stretches[place.number] = NearMatcher(place.near).stretches(
        operands.map { operand in
          matches.filter { $0.concept == operand }.map(\.positions)
        })
    }
    guard !stretches.isEmpty else { return }
    matches.removeAll { match in
      guard let place = concepts[match.concept].near else { return false }
      return stretches[place.number]?.contains { stretch in
        stretch.lowerBound <= match.positions.lowerBound
          && match.positions.upperBound <= stretch.upperBound
      } != true
    }
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
    _ phrase: Phrase, in document: UInt32
  ) throws(IndexError) -> [UInt32] {
    var starts: [UInt32]?
    for (term, offset) in zip(phrase.terms, phrase.offsets) {
      let possible = Set(
        try positions(of: term, in: document).filter { $0 >= offset }.map { $0 - offset })
      starts = starts.map { $0.filter(possible.contains) } ?? possible.sorted()
    }
    return starts ?? []
  }
}
