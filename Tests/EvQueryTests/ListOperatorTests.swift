import EvAnalysis
import EvIndex
import EvQuery
import EvTestSupport
import Testing

/// Lists that are put together against scorers, which look at every document: the same documents, in the
/// same order, with the same scores to the last bit.
@Suite struct ListOperatorTests {
  private static let configuration = IndexConfiguration(
    analyzer: Analyzer(.space), segmentTextBytes: 60_000)

  /// A tree of words, phrases, forms of these, and Boolean queries of them.
  private static func tree(
    _ corpus: inout RandomCorpus, _ random: inout SplitMix64, depth: Int
  ) -> Query {
    guard depth > 0, Int.random(in: 0..<4, using: &random) > 0 else {
      return leaf(&corpus, &random)
    }
    func parts(_ counts: ClosedRange<Int>) -> [Query] {
      (0..<Int.random(in: counts, using: &random)).map { _ in
        tree(&corpus, &random, depth: depth - 1)
      }
    }
    let query: Query =
      switch Int.random(in: 0..<5, using: &random) {
      case 0: .any(parts(2...5))
      case 1: .all(parts(2...3))
      case 2: .boolean(.init(required: parts(1...2), optional: parts(0...2)))
      case 3: .boolean(.init(optional: parts(1...3), excluded: parts(1...2)))
      default:
        .boolean(
          .init(required: parts(0...2), optional: parts(0...2), excluded: parts(0...1)))
      }
    return Int.random(in: 0..<6, using: &random) == 0 ? .boosted(query, by: 1.7) : query
  }

  private static func leaf(_ corpus: inout RandomCorpus, _ random: inout SplitMix64) -> Query {
    func phrase() -> Query {
      .phrase(Phrase((0..<Int.random(in: 1...3, using: &random)).map { _ in corpus.word() }))
    }
    switch Int.random(in: 0..<12, using: &random) {
    case 0...4: return .term(corpus.word())
    case 5: return phrase()
    case 6: return .everything
    case 7: return .inTitle(.term(corpus.word()))
    case 8: return .near(Near([.term(corpus.word()), .term(corpus.word())], distance: 3))
    default:
      let count = Int.random(in: 1...(Bool.random(using: &random) ? 4 : 40), using: &random)
      return .variants(
        (0..<count).map { number in
          let isPhrase = Int.random(in: 0..<4, using: &random) == 0
          return Variant(
            isPhrase ? phrase() : .term(corpus.word()), .stem, weight: Float(1 + number % 5) / 5)
        })
    }
  }

  private static func compare(
    _ snapshot: IndexSnapshot, _ corpus: inout RandomCorpus, _ random: inout SplitMix64,
    count: Int
  ) throws {
    var found = 0
    for number in 0..<count {
      let query = tree(&corpus, &random, depth: 3)
      let searcher = Searcher(snapshot, similarity: number % 2 == 0 ? .plain : .standard)
      let expected = try searcher.searchByScorers(query, limit: 1000)
      found += expected.hits.isEmpty ? 0 : 1
      for limit in [1, 10, 100, 1000] {
        let hits = try searcher.search(query, limit: limit, counts: false).hits
        let isSame = hits == Array(expected.hits.prefix(limit))
        #expect(isSame, "\(query), \(limit)")
      }
      let counted = try searcher.search(query, limit: 10)
      #expect(counted.total == expected.total, "\(query)")
      #expect(counted.hits == Array(expected.hits.prefix(10)), "\(query)")
      #expect(try searcher.search(query, limit: 0).total == expected.total, "\(query)")
    }
    #expect(found > count / 2)
  }

  @Test(arguments: 0..<4)
  func `trees of lists answer as scorers do, in one segment and in several, with deletions`(
    seed: UInt64
  ) throws {
    var corpus = RandomCorpus(seed: seed, wordCount: seed % 2 == 0 ? 40 : 300)
    var random = SplitMix64(seed: seed &+ 7000)
    let documents = corpus.documents(seed % 2 == 0 ? 500 : 1500, hasFields: true)
    let index = try TestIndex(documents, configuration: Self.configuration)
    if seed > 1 {
      let writer = try IndexWriter(
        path: index.path, configuration: Self.configuration, mode: .update)
      for number in stride(from: 0, to: documents.count, by: 3) {
        try writer.add(Document(path: documents[number].path, text: "nothing else"))
      }
      _ = try writer.commit()
    }
    try Self.compare(try index.snapshot(), &corpus, &random, count: runsLongTests ? 500 : 12)
  }
}
