/// What a document must hold to be found, and what adds to its score.
///
/// Terms are as the index has them: analysed. ``QueryParser`` makes a query out of what a person types.
public indirect enum Query: Hashable, Sendable {
  /// Documents with this term.
  case term(String)

  /// Documents with these terms at these distances from each other.
  case phrase(Phrase)

  /// Documents in which several things stand near each other.
  case near(Near)

  /// Documents with any of several forms of one thing.
  ///
  /// Scored as one term: its frequency is the sum of the forms' frequencies, each times its weight, and
  /// its idf the lowest of theirs, ``Variant/isOtherWord`` apart.
  case variants([Variant])

  /// Documents chosen by several queries.
  case boolean(Boolean)

  /// What another query finds, with its score times a number above 0.
  case boosted(Query, by: Float)

  /// Documents that another query matches in their titles alone.
  case inTitle(Query)

  /// Documents with some metadata, with the score 0.
  case filter(Filter)

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
}
