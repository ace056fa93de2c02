public import EvIndex

extension Searcher {
  /// Adds to the scores of hits what they gain by evidence, and puts them in order again.
  ///
  /// - Parameter hits: The best hits of `query`, best first; only the first ``Evidence/depth`` gain.
  public func rescored(
    _ hits: [Hit], for query: Query, _ evidence: Evidence,
    statistics: CollectionStatistics? = nil
  ) throws(IndexError) -> [Hit] {
    let count = min(hits.count, evidence.depth)
    guard count > 1, evidence.isUsed else { return hits }
    let weight = Weight(query, try numbers(for: query, statistics), similarity)
    var best = Array(hits.prefix(count))
    best.sort { ($0.segment, $0.document) < ($1.segment, $1.document) }
    var current: (segment: Int, scorer: EvidenceScorer)?
    for index in best.indices {
      let hit = best[index]
      if current?.segment != hit.segment {
        let segment = snapshot.segments[hit.segment]
        current = (hit.segment, try weight.evidenceScorer(evidence, segment))
      }
      guard let gain = try current?.scorer.gain(of: hit.document) else { continue }
      best[index].score = Self.sum(hit.score, gain)
    }
    best.sort { $0.precedes($1) }
    return best + hits.dropFirst(count)
  }

  /// A score and what is gained, rounded once.
  static func sum(_ score: Float, _ gain: EvidenceScorer.Gain) -> Float {
    Float(Double(score) + gain.sum)
  }
}
