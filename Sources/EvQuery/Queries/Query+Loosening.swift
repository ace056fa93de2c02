public import EvIndex

extension Query {
  /// The things that all must occur, where the query asks for several: without filters, and without what
  /// is excluded.
  public var words: [Query] { conjunction?.words ?? [self] }

  /// The words and the filters of a query all of which must match; nil where it is something else.
  ///
  /// Groups of the same kind are a part of it.
  private var conjunction: (words: [Query], filters: [Query], excluded: [Query])? {
    guard case .boolean(let boolean) = self, boolean.optional.isEmpty else { return nil }
    var words: [Query] = []
    var filters: [Query] = []
    for query in boolean.required {
      if case .filter = query {
        filters.append(query)
      } else if let inner = query.conjunction, inner.excluded.isEmpty {
        words += inner.words
        filters += inner.filters
      } else {
        words.append(query)
      }
    }
    return (words, filters, boolean.excluded)
  }

  /// The query with "all of these" as "any of these", or nil where that would change nothing.
  ///
  /// What is excluded stays so, and filters stay required. For queries whose
  /// ``ParsedQuery/mayBeLoosened`` is set.
  public var loosened: Query? {
    guard let conjunction, conjunction.words.count > 1 else { return nil }
    return Self.any(of: conjunction.words, conjunction.filters, excluding: conjunction.excluded)
  }

  /// The query that adds up the scores of all words, of which any may match; nil where the query is not
  /// one of several words that must all occur, or of one that is several.
  ///
  /// What is excluded stays so, and filters stay required. Words that are several are taken apart, and
  /// count as a whole too; the wholes come behind all words, so that neighbours stay neighbours.
  func withAnyWord(_ compounds: [Query: Compound]) -> Query? {
    let (words, filters, excluded) = conjunction ?? ([self], [], [])
    guard words.count > 1 || compounds[words.first ?? .nothing] != nil else { return nil }
    var parts: [Query] = []
    var wholes: [Query] = []
    for word in words { word.takeApart(compounds, &parts, &wholes) }
    return Self.any(of: parts + wholes, filters, excluding: excluded)
  }

  /// Adds the words of a word, and what they are together.
  private func takeApart(
    _ compounds: [Query: Compound], _ parts: inout [Query], _ wholes: inout [Query]
  ) {
    guard let compound = compounds[self] else {
      parts += self.parts
      return
    }
    for part in compound.parts where part != self {
      part.takeApart(compounds, &parts, &wholes)
    }
    guard compound.weight > 0 else { return }
    wholes.append(
      compound.weight == 1 ? compound.whole : .boosted(compound.whole, by: compound.weight))
  }

  private static func any(
    of words: [Query], _ filters: [Query], excluding excluded: [Query]
  ) -> Query {
    guard !filters.isEmpty else { return .boolean(Boolean(optional: words, excluded: excluded)) }
    return .boolean(Boolean(required: filters + [.any(words)], excluded: excluded))
  }

  /// What is added up where it is enough that any of it matches.
  private var parts: [Query] {
    guard case .boolean(let boolean) = self, boolean.excluded.isEmpty else { return [self] }
    // What restricts does so for what stands beside it.
    for case .filter in boolean.required + boolean.optional { return [self] }
    return (boolean.required + boolean.optional).flatMap(\.parts)
  }
}

/// A part of a query that is several words: `lock-in`, or neighbours that may be one word.
struct Compound: Equatable, Sendable {
  /// The words, each by itself.
  var parts: [Query]
  /// The words together.
  var whole: Query
  /// What the score of the whole counts beside those of the parts; 0 for nothing.
  var weight: Float
  /// Whether it is a sentence of a script without spaces, whose words nobody typed as one word.
  var isSentence = false
}

extension ParsedQuery {
  /// The query that adds up the scores of all words, of which any may match; nil where it is not one of
  /// several words that must all occur.
  ///
  /// - Parameter query: This one, perhaps with filters.
  public func withAnyWord(of query: Query) -> Query? { query.withAnyWord(compounds) }

  /// The query with those sentences taken apart that are in no document as they stand.
  ///
  /// - Parameter query: This one, perhaps with filters, for which nothing is found.
  public func takingSentencesApart(
    in query: Query, _ searcher: Searcher
  ) throws(IndexError) -> Query {
    guard compounds.values.contains(where: \.isSentence) else { return query }
    switch query {
    case .boolean(var boolean):
      for place in boolean.required.indices {
        boolean.required[place] = try takingSentencesApart(
          in: boolean.required[place], searcher)
      }
      return .boolean(boolean)
    default:
      guard let compound = compounds[query], compound.isSentence,
        try searcher.search(query, limit: 1, counts: false).hits.isEmpty
      else { return query }
      return .all(compound.parts)
    }
  }
}
