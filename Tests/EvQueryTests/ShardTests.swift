import EvIndex
import EvTestSupport
import Testing

@testable import EvQuery

/// A collection in several indexes answers as one index of it.
@Suite struct ShardTests {
  /// A document that was found, by name.
  private struct Found: Equatable {
    var path: String
    var score: Float
  }

  private static func found(_ hit: Hit, in snapshot: IndexSnapshot) throws -> Found {
    Found(path: try snapshot.segments[hit.segment].document(hit.document).path, score: hit.score)
  }

  private static func queries(_ corpus: RandomCorpus, _ random: inout SplitMix64) -> [Query] {
    func word() -> String { corpus.words[Int.random(in: 0..<40, using: &random)] }
    return (0..<4).flatMap { _ -> [Query] in
      [
        .term(word()), .any([.term(word()), .term(word()), .term(word())]),
        .all([.term(word()), .term(word())]), .phrase([word(), word()]),
        .variants([Variant(.term(word())), Variant(.phrase([word(), word()]))]),
        .all([.any([.term(word()), .term(word())]), .boosted(.term(word()), by: 2)]),
      ]
    }
  }

  /// Documents many of which have the same text as another, so that their scores are equal.
  private static func documents(_ corpus: inout RandomCorpus) -> [Document] {
    let texts = corpus.documents(150, longest: 40, hasFields: true)
    return (0..<400).map { number in
      var document = texts[number * number % texts.count]
      document.path = "document \(number)"
      return document
    }
  }

  @Test(arguments: 0..<6)
  func `the best of all shards are the best of one index, with the same scores`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    var corpus = RandomCorpus(seed: seed)
    let documents = Self.documents(&corpus)
    let whole = try TestIndex(documents).snapshot()
    // From two shards to twelve, of any size, some empty and some of several segments.
    let count = 2 + Int(seed) * 2
    let cuts = (0..<count - 1).map { _ in Int.random(in: 0...documents.count, using: &random) }
    let edges = [0] + cuts.sorted() + [documents.count]
    let shards = try zip(edges, edges.dropFirst()).enumerated().map { number, range in
      let configuration = IndexConfiguration(segmentTextBytes: number % 2 == 0 ? 1 << 20 : 2000)
      return try TestIndex(Array(documents[range.0..<range.1]), configuration: configuration)
        .snapshot()
    }
    for query in Self.queries(corpus, &random) {
      var own = try shards.map { try CollectionStatistics($0, for: query) }
      let sum = CollectionStatistics(summing: own)
      #expect(try sum == CollectionStatistics(whole, for: query), "\(query)")
      for discounts in [false, true] {
        for shard in own.indices { own[shard].discountsCommonWords = discounts }
        let statistics = CollectionStatistics(summing: own)
        for limit in [1, 10, 1000] {
          let expected = try Searcher(whole).search(query, limit: limit, statistics: statistics)
          let found = try shards.map {
            try Searcher($0).search(query, limit: limit, statistics: statistics)
          }
          let merged = try TopHits.merged(found, limit: limit).map {
            try Self.found($0.hit, in: shards[$0.shard])
          }
          let wanted = try expected.hits.map { try Self.found($0, in: whole) }
          #expect(merged == wanted, "\(query), the best \(limit)")
          #expect(found.compactMap(\.total).reduce(0, +) == expected.total, "\(query)")
        }
      }
    }
  }
}
