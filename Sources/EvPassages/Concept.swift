internal import EvQuery

/// One thing that a query asks for: a term, a phrase, or several spellings of one.
struct Concept {
  /// Its spellings, the typed one first.
  var spellings: [Query]

  /// How much a passage gains by holding it: the idf of its typed spelling.
  var weight: Float

  /// The concepts of a query, without what is excluded; in the order of the query.
  static func of(_ query: Query, _ statistics: CollectionStatistics) -> [Concept] {
    switch query {
    case .term, .phrase:
      return [Concept(spellings: [query], weight: statistics.idf(of: query))]
    case .spellings(let spellings):
      return [Concept(spellings: spellings, weight: statistics.idf(of: query))]
    case .boolean(let boolean):
      return (boolean.required + boolean.optional).flatMap { of($0, statistics) }
    case .everything, .nothing: return []
    }
  }
}

/// An occurrence of a concept in a document.
struct Match: Equatable {
  /// Its positions, first and last.
  var positions: ClosedRange<UInt32>
  /// Which concept occurs.
  var concept: Int
  /// In which of its spellings.
  var spelling: Int
}
