public import EvIndex

/// What scores depend on besides the document: numbers of the whole collection.
///
/// They are of all segments together, so that a document's score does not depend on how the collection
/// is cut into segments; and they can come from outside, where a collection is on several machines.
public struct CollectionStatistics: Equatable, Sendable {
  /// Documents with at least one word.
  public var documentCount: Int

  /// Positions of all documents.
  public var totalLength: UInt64

  /// Documents that hold a term, for the terms of the query.
  public var documentFrequencies: [String: Int]

  /// Whether the idf of a term is multiplied by the square of the share of documents without it.
  ///
  /// Nothing changes for rare words. It is what others have lists of stop words for: in a long question
  /// the words that most documents hold add up, and drown those that matter.
  public var discountsCommonWords = false

  /// Creates statistics.
  public init(
    documentCount: Int, totalLength: UInt64, documentFrequencies: [String: Int]
  ) {
    self.documentCount = documentCount
    self.totalLength = totalLength
    self.documentFrequencies = documentFrequencies
  }

  /// Gathers the statistics that `query` needs from a snapshot.
  public init(_ snapshot: IndexSnapshot, for query: Query) throws(IndexError) {
    documentCount = snapshot.nonEmptyDocumentCount
    totalLength = snapshot.totalLength
    documentFrequencies = [:]
    for term in query.positiveTerms {
      documentFrequencies[term] = try snapshot.documentFrequency(of: term)
    }
  }

  /// Positions a document, on average.
  public var averageLength: Float {
    Float(Double(totalLength) / Double(max(1, documentCount)))
  }

  /// The idf of what is scored as one: a term, a phrase, things near each other, or variants.
  ///
  /// Of a phrase, and of things near each other, it is the sum of the parts', as Lucene has it; these
  /// are not discounted, because words that are common apart may be rare together. Of variants it is the
  /// lowest, so that a rare form of a common word is not taken for something rare; forms that no
  /// document has are not counted, nor, where there are others, those that are other words.
  public func idf(of query: Query) -> Float { idf(of: query, discountsCommonWords) }

  private func idf(of query: Query, _ discounts: Bool) -> Float {
    switch query {
    case .term(let term): return idf(of: term, discounts)
    case .phrase(let phrase):
      return idf(documentFrequencies: phrase.terms.map { documentFrequencies[$0] ?? 0 }, discounts)
    case .near(let near): return near.operands.reduce(0) { $0 + idf(of: $1, false) }
    case .variants(let variants):
      let forms = variants.filter { mayOccur($0.query) }
      let own = forms.filter { !$0.isOtherWord }
      return (own.isEmpty ? forms : own).map { idf(of: $0.query, discounts) }.min() ?? 0
    case .boosted(let query, _), .inTitle(let query): return idf(of: query, discounts)
    case .boolean, .filter, .everything, .nothing: return 0
    }
  }

  private func idf(of term: String, _ discounts: Bool) -> Float {
    idf(documentFrequency: documentFrequencies[term] ?? 0, discounts)
  }

  /// The idf of a term that so many documents hold.
  func idf(documentFrequency frequency: Int) -> Float {
    idf(documentFrequency: frequency, discountsCommonWords)
  }

  /// The idf of a phrase of terms that so many documents hold.
  func idf(documentFrequencies frequencies: [Int]) -> Float {
    idf(documentFrequencies: frequencies, discountsCommonWords)
  }

  private func idf(documentFrequencies frequencies: [Int], _ discounts: Bool) -> Float {
    frequencies.reduce(0) {
      $0 + idf(documentFrequency: $1, discounts && frequencies.count == 1)
    }
  }

  private func idf(documentFrequency frequency: Int, _ discounts: Bool) -> Float {
    let idf = BM25.idf(documentCount: documentCount, documentFrequency: frequency)
    guard discounts else { return idf }
    // A word of all documents keeps a little: something must tell them apart.
    let without = 1 - Float(frequency) / Float(documentCount + 1)
    return idf * without * without
  }

  /// Whether every term that a query needs is in some document.
  func mayOccur(_ query: Query) -> Bool {
    switch query {
    case .term(let term): documentFrequencies[term] ?? 0 > 0
    case .phrase(let phrase): phrase.terms.allSatisfy { documentFrequencies[$0] ?? 0 > 0 }
    case .near(let near): near.operands.allSatisfy(mayOccur)
    case .variants(let variants): variants.contains { mayOccur($0.query) }
    case .boosted(let query, _), .inTitle(let query): mayOccur(query)
    case .boolean, .filter, .everything: true
    case .nothing: false
    }
  }
}
