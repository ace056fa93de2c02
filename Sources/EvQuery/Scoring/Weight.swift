internal import EvIndex

/// A query with the collection's statistics folded in; makes a scorer for each segment.
struct Weight {
  private let query: Query
  private let statistics: CollectionStatistics
  private let inverseSaturation: [Float]

  init(_ query: Query, _ statistics: CollectionStatistics, _ similarity: BM25) {
    self.query = query
    self.statistics = statistics
    inverseSaturation = similarity.inverseSaturation(averageLength: statistics.averageLength)
  }

  /// The scorer of a segment, or nil where nothing in it can match.
  func scorer(_ segment: SegmentReader) throws(IndexError) -> Scorer? {
    try scorer(query, segment)
  }

  private func scorer(_ query: Query, _ segment: SegmentReader) throws(IndexError) -> Scorer? {
    switch query {
    case .nothing: return nil
    case .everything: return EverythingScorer(documentCount: segment.info.documentCount)
    case .boolean(let boolean): return try scorer(boolean, segment)
    case .term, .phrase, .spellings:
      guard let occurrences = try occurrences(of: query, in: segment) else { return nil }
      return LeafScorer(
        occurrences, weight: statistics.idf(of: query), inverseSaturation: inverseSaturation,
        segment: segment)
    }
  }

  private func scorer(
    _ boolean: Query.Boolean, _ segment: SegmentReader
  ) throws(IndexError) -> Scorer? {
    var required: [Scorer] = []
    for query in boolean.required {
      guard let scorer = try scorer(query, segment) else { return nil }
      required.append(scorer)
    }
    let optional = try scorers(boolean.optional, segment)
    let excluded = try scorers(boolean.excluded, segment)
    let included: Scorer
    if let disjunction = Self.disjunction(optional) {
      included =
        required.isEmpty
        ? disjunction
        : OptionalScorer(required: ConjunctionScorer(required), optional: disjunction)
    } else if !required.isEmpty {
      included = ConjunctionScorer(required)
    } else if boolean.optional.isEmpty, !boolean.excluded.isEmpty {
      included = EverythingScorer(documentCount: segment.info.documentCount)
    } else {
      return nil
    }
    guard let excluded = Self.disjunction(excluded) else { return included }
    return ExclusionScorer(included, excluding: excluded)
  }

  private func scorers(
    _ queries: [Query], _ segment: SegmentReader
  ) throws(IndexError) -> [Scorer] {
    var scorers: [Scorer] = []
    for query in queries {
      if let scorer = try scorer(query, segment) { scorers.append(scorer) }
    }
    return scorers
  }

  private static func disjunction(_ scorers: [Scorer]) -> Scorer? {
    scorers.count > 1 ? DisjunctionScorer(scorers) : scorers.first
  }

  private func occurrences(
    of query: Query, in segment: SegmentReader
  ) throws(IndexError) -> (any OccurrenceCursor)? {
    switch query {
    case .term(let term):
      return try segment.terms.find(term).map { TermOccurrences(segment, $0) }
    case .phrase(let terms):
      var cursors: [TermOccurrences] = []
      for term in terms {
        guard let info = try segment.terms.find(term) else { return nil }
        cursors.append(TermOccurrences(segment, info))
      }
      return cursors.isEmpty ? nil : PhraseOccurrences(cursors)
    case .spellings(let queries):
      var found: [any OccurrenceCursor] = []
      for query in queries {
        if let cursor = try occurrences(of: query, in: segment) { found.append(cursor) }
      }
      return found.isEmpty ? nil : SpellingOccurrences(found)
    case .boolean, .everything, .nothing: return nil
    }
  }
}
