import EvAnalysis
import EvIndex
import EvQuery
import EvTestSupport
import Testing

/// The engine against the reference searcher: the same documents, in the same order, with the same
/// scores to the last bit.
@Suite struct SearcherTests {
  private static let space = Analyzer(.space)

  /// A random query of any kind.
  private static func query(
    _ corpus: inout RandomCorpus, _ random: inout SplitMix64, depth: Int = 2
  ) -> Query {
    switch Int.random(in: 0..<(depth > 0 ? 10 : 5), using: &random) {
    case 0, 1: return .term(corpus.word())
    case 2: return phrase(&corpus, &random)
    case 3: return variants(&corpus, &random)
    case 4:
      let operands = (0..<Int.random(in: 2...3, using: &random)).map { _ in
        switch Int.random(in: 0..<5, using: &random) {
        case 0: phrase(&corpus, &random)
        case 1: variants(&corpus, &random)
        default: Query.term(corpus.word())
        }
      }
      return .near(
        Near(
          operands, distance: Int.random(in: 0...6, using: &random),
          isOrdered: Bool.random(using: &random)))
    case 5:
      return .boosted(query(&corpus, &random, depth: depth - 1), by: 2.5)
    case 6:
      return .inTitle(query(&corpus, &random, depth: depth - 1))
    default:
      var parts: [[Query]] = (0..<3).map { _ in
        (0..<Int.random(in: 0...2, using: &random)).map { _ in
          query(&corpus, &random, depth: depth - 1)
        }
      }
      if parts[0].isEmpty, parts[1].isEmpty {
        parts[1].append(query(&corpus, &random, depth: depth - 1))
      }
      return .boolean(.init(required: parts[0], optional: parts[1], excluded: parts[2]))
    }
  }

  private static func phrase(_ corpus: inout RandomCorpus, _ random: inout SplitMix64) -> Query {
    let words = (0..<Int.random(in: 2...3, using: &random)).map { _ in corpus.word() }
    guard Bool.random(using: &random) else { return .phrase(Phrase(words)) }
    var offsets: [UInt32] = [0]
    for _ in words.dropFirst() {
      offsets.append((offsets.last ?? 0) + UInt32.random(in: 0...2, using: &random))
    }
    return .phrase(Phrase(words, offsets: offsets))
  }

  private static func variants(_ corpus: inout RandomCorpus, _ random: inout SplitMix64) -> Query {
    let kinds: [(MatchKind, Float)] = [(.exact, 1), (.stem, 0.75), (.fuzzy, 0.5)]
    return .variants(
      kinds.map { kind, weight in
        let isPhrase = Int.random(in: 0..<4, using: &random) == 0
        return Variant(
          isPhrase ? phrase(&corpus, &random) : .term(corpus.word()), kind, weight: weight)
      })
  }

  /// Documents of made-up words, every other one with a title.
  private static func documents(_ corpus: inout RandomCorpus, _ count: Int) -> [Document] {
    corpus.documents(count).enumerated().map { number, document in
      guard number % 2 == 0 else { return document }
      var document = document
      let words = document.text.split(separator: " ")
      document.title = 0..<words.prefix(number % 7).joined(separator: " ").utf8.count
      return document
    }
  }

  @Test(arguments: 0..<8)
  func `hits, order and scores are the reference's`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    var random = SplitMix64(seed: seed &+ 1000)
    let documents = Self.documents(&corpus, 700)
    let reference = try ReferenceSearcher(documents, Self.space)
    let snapshot = try TestIndex(documents, configuration: .init(analyzer: Self.space)).snapshot()
    let searcher = Searcher(snapshot)
    var matched = 0
    for _ in 0..<80 {
      let query = Self.query(&corpus, &random)
      let expected = reference.search(query)
      for limit in [1, 10, 1000] {
        let found = try searcher.search(query, limit: limit)
        #expect(found.total == expected.count, "\(query)")
        #expect(
          found.hits.map { ReferenceSearcher.Hit(document: Int($0.document), score: $0.score) }
            == Array(expected.prefix(limit)), "\(query)")
      }
      matched += expected.isEmpty ? 0 : 1
    }
    #expect(matched > 20)
  }

  /// A Boolean query of terms only, which the kernels execute.
  private static func flatQuery(
    _ corpus: inout RandomCorpus, _ random: inout SplitMix64
  ) -> Query {
    var parts = (0..<3).map { part in
      (0..<Int.random(in: 0...(part == 1 ? 5 : 2), using: &random)).map { _ in corpus.word() }
    }
    if parts[0].isEmpty, parts[1].isEmpty { parts[1] = [corpus.word(), corpus.word()] }
    return .boolean(
      .init(
        required: parts[0].map(Query.term), optional: parts[1].map(Query.term),
        excluded: parts[2].map(Query.term)))
  }

  @Test(arguments: 0..<6)
  func `kernels answer as the reference does, with and without a count`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed, wordCount: seed % 2 == 0 ? 40 : 400)
    var random = SplitMix64(seed: seed &+ 3000)
    let documents = corpus.documents(700, longest: 40)
    let reference = try ReferenceSearcher(documents, Self.space)
    let snapshot = try TestIndex(documents, configuration: .init(analyzer: Self.space)).snapshot()
    let searcher = Searcher(snapshot)
    for _ in 0..<25 {
      let query = Self.flatQuery(&corpus, &random)
      let expected = reference.search(query)
      #expect(try searcher.search(query, limit: 0).total == expected.count, "\(query)")
      for limit in [1, 10, 1000] {
        let found = try searcher.search(query, limit: limit, counts: false)
        #expect(
          found.hits.map { ReferenceSearcher.Hit(document: Int($0.document), score: $0.score) }
            == Array(expected.prefix(limit)), "\(query), \(limit)")
      }
    }
  }

  @Test func `a similarity that the stored bounds are not made for gives the reference's answers`()
    throws
  {
    var corpus = RandomCorpus(seed: 9)
    var random = SplitMix64(seed: 9)
    let documents = corpus.documents(700, hasFields: true)
    let reference = try ReferenceSearcher(documents, Self.space)
    let snapshot = try TestIndex(documents, configuration: .init(analyzer: Self.space)).snapshot()
    let others = [
      BM25(k1: 0.9, b: 0.4), BM25(k1: 2, b: 1), BM25(k1: 1.2, b: 0),
      BM25(k1: 2, b: 0.9, lengthExponent: 0.5, titleWeight: 5, headingWeight: 2),
    ]
    for similarity in others {
      for _ in 0..<15 {
        let query = Self.flatQuery(&corpus, &random)
        let expected = reference.search(query, similarity)
        let found = try Searcher(snapshot, similarity: similarity)
          .search(query, limit: 10, counts: false)
        #expect(
          found.hits.map { ReferenceSearcher.Hit(document: Int($0.document), score: $0.score) }
            == Array(expected.prefix(10)), "\(query), \(similarity)")
      }
    }
  }

  /// What a default query becomes: words in several forms, phrases among them, boosts.
  private static func groupQuery(
    _ corpus: inout RandomCorpus, _ random: inout SplitMix64
  ) -> Query {
    func clause() -> Query {
      let query: Query =
        switch Int.random(in: 0..<5, using: &random) {
        case 0: .term(corpus.word())
        case 1: phrase(&corpus, &random)
        case 2:
          .variants(
            (0..<7).map { Variant(.term(corpus.word()), .fuzzy, weight: Float($0 + 1) / 9) })
        default: variants(&corpus, &random)
        }
      return Int.random(in: 0..<4, using: &random) == 0 ? .boosted(query, by: 1.7) : query
    }
    func clauses(_ counts: ClosedRange<Int>) -> [Query] {
      (0..<Int.random(in: counts, using: &random)).map { _ in clause() }
    }
    let excluded = clauses(0...1)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return clause()
    case 1:
      return .boolean(
        .init(required: [.any(clauses(2...4))], excluded: excluded))
    case 2:
      return .boolean(
        .init(
          required: [.all(clauses(2...2)), clause()], optional: clauses(0...2),
          excluded: excluded))
    default:
      return .boolean(
        .init(required: clauses(1...3), optional: clauses(0...2), excluded: excluded))
    }
  }

  @Test(arguments: 0..<2, [BM25.plain, .standard])
  func `groups of forms answer as the reference does`(seed: UInt64, similarity: BM25) throws {
    var corpus = RandomCorpus(seed: seed, wordCount: seed % 2 == 0 ? 40 : 400)
    var random = SplitMix64(seed: seed &+ 5000)
    let documents = corpus.documents(700, longest: 60, hasFields: true)
    let reference = try ReferenceSearcher(documents, Self.space)
    let snapshot = try TestIndex(documents, configuration: .init(analyzer: Self.space)).snapshot()
    let searcher = Searcher(snapshot, similarity: similarity)
    for _ in 0..<30 {
      let query = Self.groupQuery(&corpus, &random)
      let expected = reference.search(query, similarity)
      for limit in [1, 10, 1000] {
        let found = try searcher.search(query, limit: limit, counts: limit == 10)
        if limit == 10 { #expect(found.total == expected.count, "\(query)") }
        let hits = found.hits.map {
          ReferenceSearcher.Hit(document: Int($0.document), score: $0.score)
        }
        let isSame = hits == Array(expected.prefix(limit))
        #expect(isSame, "\(query), \(limit)")
      }
    }
  }

  @Test(arguments: 0..<4, [BM25.plain, .standard])
  func `occurrences in titles and headings count with their weights`(
    seed: UInt64, similarity: BM25
  ) throws {
    var corpus = RandomCorpus(seed: seed, wordCount: seed % 2 == 0 ? 40 : 400)
    var random = SplitMix64(seed: seed &+ 4000)
    let documents = corpus.documents(900, longest: 80, hasFields: true)
    let reference = try ReferenceSearcher(documents, Self.space)
    let snapshot = try TestIndex(documents, configuration: .init(analyzer: Self.space)).snapshot()
    let searcher = Searcher(snapshot, similarity: similarity)
    for number in 0..<40 {
      let query =
        number % 2 == 0
        ? Self.flatQuery(&corpus, &random) : Self.query(&corpus, &random, depth: number % 3)
      let expected = reference.search(query, similarity)
      for limit in [1, 10, 1000] {
        let found = try searcher.search(query, limit: limit, counts: limit == 10)
        #expect(
          found.hits.map { ReferenceSearcher.Hit(document: Int($0.document), score: $0.score) }
            == Array(expected.prefix(limit)), "\(query), \(limit)")
      }
    }
  }

  @Test(arguments: 0..<3)
  func `several segments answer as one does`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    var random = SplitMix64(seed: seed &+ 2000)
    let documents = corpus.documents(3000, hasFields: true)
    let one = try TestIndex(documents, configuration: .init(analyzer: Self.space)).snapshot()
    let several = try TestIndex(
      documents, configuration: .init(analyzer: Self.space, segmentTextBytes: 70_000)
    ).snapshot()
    #expect(one.segments.count == 1)
    #expect(several.segments.count >= 3)
    var firsts: [Int] = []
    for segment in several.segments {
      firsts.append(
        (firsts.last ?? 0)
          + (firsts.isEmpty ? 0 : several.segments[firsts.count - 1].info.documentCount))
      _ = segment
    }
    for _ in 0..<40 {
      let query = Self.query(&corpus, &random)
      let similarity = Bool.random(using: &random) ? BM25.plain : .standard
      let expected = try Searcher(one, similarity: similarity).search(query, limit: 20)
      let found = try Searcher(several, similarity: similarity).search(query, limit: 20)
      #expect(found.total == expected.total)
      #expect(found.hits.map(\.score) == expected.hits.map(\.score))
      #expect(
        found.hits.map { firsts[$0.segment] + Int($0.document) }
          == expected.hits.map { Int($0.document) })
    }
  }

  @Test func `documents of equal score come in their own order`() throws {
    let documents = (0..<50).map { Document(path: "d\($0)", text: "same words here") }
    let snapshot = try TestIndex(documents).snapshot()
    let found = try Searcher(snapshot).search(.term("words"), limit: 7)
    #expect(found.hits.map(\.document) == Array(0..<7))
    #expect(found.total == 50)
  }

  @Test func `variants score as one term that occurs as often as all of them`() throws {
    let snapshot = try TestIndex([
      Document(path: "0", text: "lockin here and more words"),
      Document(path: "1", text: "lock in here and words"),
      Document(path: "2", text: "nothing of the kind is here"),
    ]).snapshot()
    let query = Query.variants([Variant(.term("lockin")), Variant(.phrase(["lock", "in"]))])
    let found = try Searcher(snapshot).search(query, limit: 10)
    #expect(found.hits.map(\.document) == [0, 1])
    #expect(found.hits[0].score == found.hits[1].score)
  }

  @Test func `statistics from outside change scores as a larger collection would`() throws {
    var corpus = RandomCorpus(seed: 5)
    let documents = corpus.documents(400)
    let whole = try TestIndex(documents).snapshot()
    let part = try TestIndex(Array(documents[..<200])).snapshot()
    let query = Query.any([.term(corpus.words[3]), .term(corpus.words[20])])
    let statistics = try CollectionStatistics(whole, for: query)
    let expected = try Searcher(whole).search(query, limit: 400).hits.filter { $0.document < 200 }
    let found = try Searcher(part).search(query, limit: 400, statistics: statistics).hits
    #expect(found == expected)
    #expect(!found.isEmpty)
  }
}
