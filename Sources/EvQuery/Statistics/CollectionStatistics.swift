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
    for leaf in query.leaves {
      let terms =
        switch leaf {
        case .term(let term): [term]
        case .phrase(let terms): terms
        default: [String]()
        }
      for term in terms where documentFrequencies[term] == nil {
        documentFrequencies[term] = try snapshot.documentFrequency(of: term)
      }
    }
  }

  /// Positions a document, on average.
  public var averageLength: Float {
    Float(Double(totalLength) / Double(max(1, documentCount)))
  }

  /// The idf of a term or phrase; of a phrase the sum of its terms', as Lucene has it.
  ///
  /// Of several spellings it is the lowest, so that a rare spelling of a common word is not taken for
  /// something rare; spellings that no document has are not counted.
  public func idf(of query: Query) -> Float {
    switch query {
    case .term(let term): return idf(of: term)
    case .phrase(let terms): return terms.reduce(0) { $0 + idf(of: $1) }
    case .spellings(let queries):
      return queries.filter(mayOccur).map { idf(of: $0) }.min() ?? 0
    case .boolean, .everything, .nothing: return 0
    }
  }

  private func idf(of term: String) -> Float {
    BM25.idf(
      documentCount: documentCount, documentFrequency: documentFrequencies[term] ?? 0)
  }

  /// Whether every term of a term or phrase is in some document.
  func mayOccur(_ query: Query) -> Bool {
    switch query {
    case .term(let term): documentFrequencies[term] ?? 0 > 0
    case .phrase(let terms): terms.allSatisfy { documentFrequencies[$0] ?? 0 > 0 }
    case .spellings(let queries): queries.contains(where: mayOccur)
    case .boolean, .everything: true
    case .nothing: false
    }
  }
}
