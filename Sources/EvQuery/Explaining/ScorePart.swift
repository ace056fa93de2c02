/// A part of the score of a document; the parts of a score add up to it.
public struct ScorePart: Equatable, Sendable {
  /// What a part is for.
  public enum Reason: Equatable, Sendable {
    /// For a word of the query, or what else is scored as one.
    case word(Query, Details)
    /// For words side by side: ``Evidence/adjacency``.
    case adjacency
    /// For words in the title: ``Evidence/title``.
    case title
    /// For words at the beginning: ``Evidence/lead``.
    case lead
    /// For having all words: ``Evidence/coverage``.
    case coverage
    /// For words in the spelling that was typed: ``Evidence/spelling``.
    case spelling
    /// For being young: ``Evidence/recency``.
    case recency
  }

  /// How the part of a word came to be: `weight × frequency / (frequency + saturation)`.
  public struct Details: Equatable, Sendable {
    /// The idf of the word times its boost.
    public var weight: Float

    /// How often it occurs, with the weights of its forms and of where it stands.
    public var frequency: Float

    /// The K of BM25 for the document's length.
    public var saturation: Float

    /// The document's length as it is stored: positions, exact below 40, else rounded down.
    public var length: Int
  }

  /// What the part is for.
  public var reason: Reason

  /// What it adds to the score.
  public var contribution: Float
}
