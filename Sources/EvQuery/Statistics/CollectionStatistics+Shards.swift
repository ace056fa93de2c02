// A collection in several indexes, each searched by itself.

extension CollectionStatistics {
  /// The statistics of a collection from those of its parts, gathered for the same query.
  ///
  /// With them each part scores its documents as an index of all documents would, so that
  /// ``TopHits/merged(_:limit:)`` gives the hits of that index, scores included. No document may be in
  /// two parts. A query that was made with the dictionary of one part, as patterns are, is not the same
  /// query in another: its forms have to be gathered from all parts first.
  ///
  /// - Parameter parts: At least one; all discount common words, or none does.
  public init(summing parts: [CollectionStatistics]) {
    self.init(documentCount: 0, totalLength: 0, documentFrequencies: [:])
    discountsCommonWords = parts.first?.discountsCommonWords ?? false
    for part in parts {
      precondition(
        part.discountsCommonWords == discountsCommonWords, "the parts rank in different ways")
      documentCount += part.documentCount
      totalLength += part.totalLength
      documentFrequencies.merge(part.documentFrequencies, uniquingKeysWith: +)
    }
  }
}

/// A hit in one of several indexes.
public struct ShardHit: Equatable, Sendable {
  /// The index's place among all of them.
  public var shard: Int

  /// The hit, with its place in that index.
  public var hit: Hit

  /// Creates a hit.
  public init(shard: Int, hit: Hit) {
    self.shard = shard
    self.hit = hit
  }
}

extension TopHits {
  /// The best hits of several indexes together, best first; those of equal score in the order of the
  /// indexes, and in each as its documents come.
  ///
  /// - Parameters:
  ///   - shards: What was found in each, with ``CollectionStatistics/init(summing:)`` of all and with the
  ///     same limit, or a higher one.
  ///   - limit: The most hits, at least 0.
  /// - Complexity: n log n in the number of hits.
  public static func merged(_ shards: [TopHits], limit: Int) -> [ShardHit] {
    var hits: [ShardHit] = []
    for (shard, found) in shards.enumerated() {
      hits += found.hits.prefix(max(0, limit)).map { ShardHit(shard: shard, hit: $0) }
    }
    hits.sort { left, right in
      if left.hit.score != right.hit.score || left.shard == right.shard {
        return left.hit.precedes(right.hit)
      }
      return left.shard < right.shard
    }
    return Array(hits.prefix(max(0, limit)))
  }
}
