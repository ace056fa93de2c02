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
    let numbers = try numbers(for: query, statistics)
    let words = query.words
    var parts: [WordCounts] = []
    for segment in snapshot.segments {
      try Interruption.check()
      let matching = try executor(loosened, numbers).documents(in: segment)
      var sets: [DocumentBits] = []
      for word in words { sets.append(try executor(word, numbers).documents(in: segment)) }
      parts.append(WordCounts(matching, sets))
    }
    var result = LoosenedHits(
      total: parts.reduce(0) { $0 + $1.matching.count }, hits: [], missing: [])
    // Those with more of the words come first, so that of those with fewer only some are needed, if any.
    for count in (0...words.count).reversed() where result.hits.count < limit {
      let best = BestHits(limit: min(limit, result.total) - result.hits.count)
      for (number, segment) in snapshot.segments.enumerated() {
        best.begin(deleted: [])
        guard let documents = parts[number].documents(with: count) else { continue }
        try executor(loosened, numbers).score(documents, of: segment) { document, score in
          best.add(Hit(segment: number, document: document, score: score))
        }
      }
      let hits = best.sorted()
      result.hits += hits
      result.missing += hits.map { hit in
        words.indices.filter { !parts[hit.segment].sets[$0].contains(hit.document) }
      }
    }
    return result
  }

  private func executor(_ query: Query, _ numbers: CollectionStatistics) -> OperatorExecutor {
    OperatorExecutor(
      snapshot: snapshot, query: query, statistics: numbers, similarity: similarity, hidden: nil)
  }
}

/// How many of some words each document of a segment has.
private struct WordCounts {
  /// The documents that match at all.
  let matching: DocumentBits
  /// The documents that have each word.
  let sets: [DocumentBits]
  /// The documents by how many of the words they have.
  private let byCount: [DocumentBits]

  init(_ matching: DocumentBits, _ sets: [DocumentBits]) {
    self.matching = matching
    self.sets = sets
    // With each word, those that have it move to the next set.
    var byCount = [DocumentBits(like: matching)]
    byCount[0].insert(matching)
    for set in sets {
      byCount.append(DocumentBits(like: matching))
      for count in byCount.indices.dropLast().reversed() {
        byCount[count].move(set, to: byCount[count + 1])
      }
    }
    self.byCount = byCount
  }

  /// The documents that have so many words; nil for none.
  func documents(with count: Int) -> DocumentBits? {
    byCount[count].count > 0 ? byCount[count] : nil
  }
}
