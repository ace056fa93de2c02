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
    try search(query, limit: limit, counts: counts, statistics: statistics, trace: nil)
  }

  /// The same; `trace` is told what was done.
  func search(
    _ query: Query, limit: Int, counts: Bool, statistics: CollectionStatistics?,
    trace: ExecutionTrace?
  ) throws(IndexError) -> TopHits {
    // The commonest count is in the dictionary, and needs no plan.
    if limit <= 0, trace == nil, case .term(let term) = query {
      var total = 0
      for segment in snapshot.segments {
        if let info = try segment.terms.find(term) {
          total += segment.liveDocumentFrequency(of: info)
        }
      }
      return TopHits(total: total, hits: [])
    }
    let (rest, filters) = query.separatingFilters()
    let hidden = try hidden(by: filters)
    let query = filters.isEmpty || hidden != nil ? rest : query
    let limit = max(0, limit)
    let counts = counts || limit == 0
    if let plan = Plan(query) {
      let executor = try Executor(
        snapshot, plan, similarity, statistics, hidden: hidden, isScored: limit > 0)
      trace?.plan = plan
      return try executor.run(limit, counts: counts, trace: trace)
    }
    let numbers = try numbers(for: query, statistics)
    let executor = OperatorExecutor(
      snapshot: snapshot, query: query, statistics: numbers, similarity: similarity,
      hidden: hidden)
    return try executor.run(limit, counts: counts, trace: trace)
  }

  /// The same answers by scorers alone, document by document: what the kernels and lists are compared with.
  package func searchByScorers(
    _ query: Query, limit: Int, statistics: CollectionStatistics? = nil
  ) throws(IndexError) -> TopHits {
    let numbers = try numbers(for: query, statistics)
    let weight = Weight(query, numbers, similarity)
    let best = BestHits(limit: limit)
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

  /// The statistics that are given, or the snapshot's own.
  func numbers(
    for query: Query, _ statistics: CollectionStatistics?
  ) throws(IndexError) -> CollectionStatistics {
    if let statistics { return statistics }
    return try CollectionStatistics(snapshot, for: query)
  }

  /// With fewer documents than this share left, it is faster to look at these than to run a kernel
  /// over all.
  private static let fewDocuments = 64

  /// The documents of each segment that filters hide, deleted ones among them; nil where there are no
  /// filters, or where few documents pass.
  private func hidden(by filters: FilterConditions) throws(IndexError) -> [[UInt64]]? {
    guard !filters.isEmpty else { return nil }
    var hidden: [[UInt64]] = []
    var count = 0
    for segment in snapshot.segments {
      let documents = try filters.documents(in: segment)
      count += documents.count
      let others = documents.complement
      hidden.append(others.allSatisfy { $0 == 0 } ? [] : others)
    }
    return count * Self.fewDocuments < snapshot.documentCount ? nil : hidden
  }
}
