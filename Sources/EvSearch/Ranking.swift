public import EvQuery

/// How documents are put in order.
public struct Ranking: Equatable, Sendable {
  /// How well a document answers a word.
  public var similarity: BM25

  /// Whether a word is also found in its other forms, such as `lock in` for `lockin`.
  public var findsVariants: Bool

  /// Creates a ranking.
  public init(similarity: BM25, findsVariants: Bool) {
    self.similarity = similarity
    self.findsVariants = findsVariants
  }

  /// The ranking for people.
  public static let standard = Ranking(similarity: BM25(), findsVariants: true)

  /// BM25 of the words as they were typed, with nothing added: what Lucene would do.
  public static let bm25 = Ranking(similarity: BM25(), findsVariants: false)
}
