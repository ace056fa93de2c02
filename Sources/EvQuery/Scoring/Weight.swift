internal import EvIndex

/// A query with the collection's statistics folded in; makes a scorer for each segment.
struct Weight {
  let query: Query
  let statistics: CollectionStatistics
  private let similarity: BM25
  let inverseSaturation: [Float]

  /// What the queries around a query say of it.
  struct Context {
    /// What scores are multiplied by.
    var boost: Float = 1
    /// Whether only titles count.
    var isInTitle = false
  }

  init(_ query: Query, _ statistics: CollectionStatistics, _ similarity: BM25) {
    self.query = query
    self.statistics = statistics
    self.similarity = similarity
    inverseSaturation = similarity.inverseSaturation(averageLength: statistics.averageLength)
  }

  /// The scorer of a segment, or nil where nothing in it can match.
  func scorer(_ segment: SegmentReader) throws(IndexError) -> Scorer? {
    try scorer(query, segment, Context())
  }

  func scorer(
    _ query: Query, _ segment: SegmentReader, _ context: Context
  ) throws(IndexError) -> Scorer? {
    var context = context
    switch query {
    case .nothing: return nil
    case .everything: return EverythingScorer(documentCount: segment.info.documentCount)
    case .filter(let filter): return try filter.scorer(segment)
    case .boolean(let boolean): return try scorer(boolean, segment, context)
    case .boosted(let query, let factor):
      context.boost *= factor
      return try scorer(query, segment, context)
    case .inTitle(let query):
      context.isInTitle = true
      return try scorer(query, segment, context)
    case .term, .phrase, .near, .variants:
      guard let occurrences = try occurrences(of: query, in: segment, context.isInTitle) else {
        return nil
      }
      return LeafScorer(
        occurrences, weight: statistics.idf(of: query) * context.boost,
        inverseSaturation: inverseSaturation, segment: segment)
    }
  }

  private func scorer(
    _ boolean: Query.Boolean, _ segment: SegmentReader, _ context: Context
  ) throws(IndexError) -> Scorer? {
    var required: [Scorer] = []
    for query in boolean.required {
      guard let scorer = try scorer(query, segment, context) else { return nil }
      required.append(scorer)
    }
    let optional = try scorers(boolean.optional, segment, context)
    let excluded = try scorers(boolean.excluded, segment, context)
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
    _ queries: [Query], _ segment: SegmentReader, _ context: Context
  ) throws(IndexError) -> [Scorer] {
    var scorers: [Scorer] = []
    for query in queries {
      if let scorer = try scorer(query, segment, context) { scorers.append(scorer) }
    }
    return scorers
  }

  private static func disjunction(_ scorers: [Scorer]) -> Scorer? {
    scorers.count > 1 ? DisjunctionScorer(scorers) : scorers.first
  }

  func occurrences(
    of query: Query, in segment: SegmentReader, _ isInTitle: Bool
  ) throws(IndexError) -> (any OccurrenceCursor)? {
    switch query {
    case .term(let term):
      return try segment.terms.find(term).map {
        TermOccurrences(segment, $0, similarity, inTitle: isInTitle)
      }
    case .phrase(let phrase):
      var cursors: [(cursor: TermOccurrences, offset: UInt32)] = []
      for (term, offset) in zip(phrase.terms, phrase.offsets) {
        guard let info = try segment.terms.find(term) else { return nil }
        let cursor = TermOccurrences(segment, info, similarity, inTitle: isInTitle)
        cursors.append((cursor, offset))
      }
      return cursors.isEmpty
        ? nil : PhraseOccurrences(cursors, length: phrase.length, similarity)
    case .near(let near):
      var cursors: [any OccurrenceCursor] = []
      for operand in near.operands {
        guard let cursor = try occurrences(of: operand, in: segment, isInTitle) else { return nil }
        cursors.append(cursor)
      }
      return cursors.isEmpty ? nil : NearOccurrences(near, cursors)
    case .variants(let variants):
      var found: [(cursor: any OccurrenceCursor, weight: Float)] = []
      for variant in variants {
        if let cursor = try occurrences(of: variant.query, in: segment, isInTitle) {
          found.append((cursor, variant.weight))
        }
      }
      return found.isEmpty ? nil : VariantOccurrences(found)
    case .boolean, .boosted, .inTitle, .filter, .everything, .nothing: return nil
    }
  }
}
