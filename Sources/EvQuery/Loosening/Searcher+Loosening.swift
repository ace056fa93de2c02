public import EvIndex

/// The best documents of a query that no document answers in full.
public struct LoosenedHits: Equatable, Sendable {
  /// Documents that hold any of the words.
  public var total: Int

  /// The best of them: those with more of the words first, of those with equally many the higher score.
  public var hits: [Hit]

  /// For each hit which words it lacks, as places in ``Query/words``.
  public var missing: [[Int]]
}

extension Searcher {
  /// The best documents for as many of a query's words as possible.
  ///
  /// A document with more words always precedes one with fewer. What is excluded stays excluded, and
  /// filters stay.
  ///
  /// - Parameter limit: The most hits.
  /// - Returns: Nil where the query is not one of several words that must all occur.
  public func searchLoosened(
    _ query: Query, limit: Int, statistics: CollectionStatistics? = nil
  ) throws(IndexError) -> LoosenedHits? {
    guard let loosened = query.loosened else { return nil }
    let numbers: CollectionStatistics
    if let statistics {
      numbers = statistics
    } else {
      numbers = try CollectionStatistics(snapshot, for: query)
    }
    let weight = Weight(loosened, numbers, similarity)
    let words = query.words.map { Weight($0, numbers, similarity) }
    var found: [(hit: Hit, missing: [Int])] = []
    var total = 0
    // Twice as many as are wanted, then the better half: the cost of a sort is shared by them.
    let enough = limit < 1 << 30 ? 2 * max(limit, 512) : Int.max
    for (number, segment) in snapshot.segments.enumerated() {
      guard let scorer = try weight.scorer(segment) else { continue }
      var parts: [Scorer?] = []
      for word in words { parts.append(try word.scorer(segment)) }
      while try scorer.next() != Scorer.end {
        let document = scorer.document
        if segment.isDeleted(document) { continue }
        total += 1
        guard limit > 0 else { continue }
        var missing: [Int] = []
        for (place, part) in parts.enumerated() where try part?.seek(to: document) != document {
          missing.append(place)
        }
        let score = Float(try scorer.score())
        found.append((Hit(segment: number, document: document, score: score), missing))
        if found.count >= enough { Self.keepBest(&found, limit) }
      }
    }
    Self.keepBest(&found, limit)
    return LoosenedHits(total: total, hits: found.map(\.hit), missing: found.map(\.missing))
  }

  private static func keepBest(_ found: inout [(hit: Hit, missing: [Int])], _ limit: Int) {
    found.sort { left, right in
      left.missing.count != right.missing.count
        ? left.missing.count < right.missing.count : left.hit.precedes(right.hit)
    }
    if found.count > limit { found.removeLast(found.count - limit) }
  }
}
