public import EvIndex

extension Searcher {
  /// The parts of a hit's score, in the order of the query.
  ///
  /// They add up to the score: exactly in 64 bits where nothing is rescored, else within the rounding of
  /// one sum.
  ///
  /// - Parameters:
  ///   - query: The query that found the hit.
  ///   - evidence: What the hit gained by, where it is among the first ``Evidence/depth``.
  public func explain(
    _ hit: Hit, for query: Query, _ evidence: Evidence = .none,
    statistics: CollectionStatistics? = nil
  ) throws(IndexError) -> [ScorePart] {
    let numbers: CollectionStatistics
    if let statistics {
      numbers = statistics
    } else {
      numbers = try CollectionStatistics(snapshot, for: query)
    }
    let weight = Weight(query, numbers, similarity)
    let segment = snapshot.segments[hit.segment]
    var parts = try weight.parts(of: hit.document, in: segment)
    guard evidence.isUsed else { return parts }
    let gain = try weight.evidenceScorer(evidence, segment).gain(of: hit.document)
    let gains: [(ScorePart.Reason, Float)] = [
      (.adjacency, gain.adjacency), (.title, gain.title), (.lead, gain.lead),
      (.coverage, gain.coverage), (.spelling, gain.spelling), (.recency, gain.recency),
    ]
    for (reason, contribution) in gains where contribution > 0 {
      parts.append(ScorePart(reason: reason, contribution: contribution))
    }
    return parts
  }
}

extension Searcher {
  /// Whether a document matches a query.
  public func matches(_ hit: Hit, _ query: Query) throws(IndexError) -> Bool {
    let numbers = try CollectionStatistics(snapshot, for: query)
    let segment = snapshot.segments[hit.segment]
    guard let scorer = try Weight(query, numbers, similarity).scorer(segment) else { return false }
    return try scorer.seek(to: hit.document) == hit.document
  }
}
