/// What a document must hold to be found, and what adds to its score.
///
/// Terms are as the index has them: analysed. ``QueryParser`` makes a query out of what a person types.
public indirect enum Query: Hashable, Sendable {
  /// Documents with this term.
  case term(String)

  /// Documents with these terms at consecutive positions, in this order.
  case phrase([String])

  /// Documents with any of several spellings of one thing, terms or phrases.
  ///
  /// Scored as one term that occurs as often as all of them together.
  case spellings([Query])

  /// Documents chosen by several queries.
  case boolean(Boolean)

  /// All documents, with the score 0.
  case everything

  /// No document.
  case nothing

  /// Queries that must, may, and must not match.
  ///
  /// A document matches when all of `required` match, none of `excluded` does, and, where nothing is
  /// required, at least one of `optional` does. Its score is the sum of the scores of all required and
  /// optional queries that match.
  public struct Boolean: Hashable, Sendable {
    /// Queries of which each must match.
    public var required: [Query]
    /// Queries that add to the score where they match.
    public var optional: [Query]
    /// Queries of which none may match.
    public var excluded: [Query]

    /// Creates the parts of a Boolean query.
    public init(required: [Query] = [], optional: [Query] = [], excluded: [Query] = []) {
      self.required = required
      self.optional = optional
      self.excluded = excluded
    }
  }

  /// Documents that all of `queries` match.
  public static func all(_ queries: [Query]) -> Query {
    queries.count == 1 ? queries[0] : .boolean(Boolean(required: queries))
  }

  /// Documents that any of `queries` matches.
  public static func any(_ queries: [Query]) -> Query {
    queries.count == 1 ? queries[0] : .boolean(Boolean(optional: queries))
  }

  /// The terms and phrases that can make a document match: no excluded ones.
  ///
  /// They are in the order of the query, each once.
  public var leaves: [Query] {
    var found: [Query] = []
    collectLeaves(into: &found)
    return found
  }

  private func collectLeaves(into found: inout [Query]) {
    switch self {
    case .term, .phrase:
      if !found.contains(self) { found.append(self) }
    case .spellings(let queries):
      for query in queries { query.collectLeaves(into: &found) }
    case .boolean(let boolean):
      for query in boolean.required + boolean.optional { query.collectLeaves(into: &found) }
    case .everything, .nothing: break
    }
  }
}
