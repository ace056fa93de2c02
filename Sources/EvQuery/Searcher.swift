public import EvIndex

/// Finds the best documents of a snapshot for a query, segment by segment.
///
/// A searcher is a value; any number of threads may use it at once.
public struct Searcher: Sendable {
  /// What is searched.
  public let snapshot: IndexSnapshot

  /// How documents are scored.
  public let similarity: BM25

  /// Creates a searcher.
  public init(_ snapshot: IndexSnapshot, similarity: BM25 = BM25()) {
    self.snapshot = snapshot
    self.similarity = similarity
  }

  /// The best `limit` documents, and how many match in all.
  ///
  /// Documents of equal score come in the order of the snapshot.
  ///
  /// - Parameters:
  ///   - limit: At least 0; with 0 matches are only counted.
  ///   - counts: Whether the number of all matches is wanted; without it most are not looked at.
  ///   - statistics: Numbers of the collection, where this index is a part of a larger one; else the
  ///     snapshot's own.
  public func search(
    _ query: Query, limit: Int, counts: Bool = true, statistics: CollectionStatistics? = nil
  ) throws(IndexError) -> TopHits {
    if let plan = Plan(query) {
      let executor = try Executor(snapshot, plan, similarity, statistics)
      return try executor.run(max(0, limit), counts: counts || limit <= 0)
    }
    let numbers: CollectionStatistics
    if let statistics {
      numbers = statistics
    } else {
      numbers = try CollectionStatistics(snapshot, for: query)
    }
    let weight = Weight(query, numbers, similarity)
    let best = BestHits(limit: max(0, limit))
    var total = 0
    for (number, segment) in snapshot.segments.enumerated() {
      guard let scorer = try weight.scorer(segment) else { continue }
      while try scorer.next() != Scorer.end {
        if segment.isDeleted(scorer.document) { continue }
        total += 1
        guard limit > 0 else { continue }
        let score = Float(try scorer.score())
        best.add(Hit(segment: number, document: scorer.document, score: score))
      }
    }
    return TopHits(total: total, hits: best.sorted())
  }
}
