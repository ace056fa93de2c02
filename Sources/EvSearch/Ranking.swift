public import EvIndex
public import EvQuery

/// How documents are put in order.
public struct Ranking: Equatable, Sendable {
  /// How well a document answers a word.
  public var similarity: BM25

  /// Whether a word is also found in its other forms, such as `lock in` for `lockin`.
  public var findsVariants: Bool

  /// What these count.
  public var weights = MatchWeights()

  /// What the best documents gain by what BM25 does not look at.
  public var evidence: Evidence

  /// Above how many words a query is taken for a question, whose words need not all occur.
  ///
  /// Of a short query all words have to occur, as long as some document has them all. Of a question the
  /// documents with all words are seldom the best: they are the long ones.
  public var questionLength: Int

  /// Whether words that many documents hold count less than their idf says.
  public var discountsCommonWords: Bool

  /// Creates a ranking.
  public init(
    similarity: BM25, findsVariants: Bool, evidence: Evidence = .none, questionLength: Int = 5,
    discountsCommonWords: Bool = false
  ) {
    self.similarity = similarity
    self.findsVariants = findsVariants
    self.evidence = evidence
    self.questionLength = questionLength
    self.discountsCommonWords = discountsCommonWords
  }

  /// The ranking for people.
  public static let standard = Ranking(
    similarity: .standard, findsVariants: true,
    evidence: Evidence(
      depth: 200, adjacency: 0.3, title: 0.4, lead: 0.1, coverage: 0.1, spelling: 1),
    discountsCommonWords: true)

  /// Lets the best 200 documents gain by being young: one of `today` as much as all words of the query
  /// weigh, and half as much for each half-life that it is older.
  ///
  /// - Parameter halfLife: In days, above 0.
  public mutating func favorRecent(halfLife: Double, today: CalendarDate) {
    evidence.depth = max(evidence.depth, Self.standard.evidence.depth)
    evidence.recency = Recency(halfLife: halfLife, today: today)
  }

  /// BM25 of the words as they were typed, with nothing added: what Lucene would do.
  public static let bm25 = Ranking(similarity: .plain, findsVariants: false)
}
