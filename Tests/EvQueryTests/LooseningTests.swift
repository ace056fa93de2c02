import EvIndex
import EvQuery
import EvTestSupport
import Testing

@Suite struct LooseningTests {
  private static func snapshot(_ texts: [String]) throws -> (TestIndex, IndexSnapshot) {
    let index = try TestIndex(
      texts.enumerated().map { Document(path: "\($0.offset)", text: $0.element) })
    return (index, try index.snapshot())
  }

  @Test func `documents with more of the words come first, and what they lack is said`() throws {
    let (_, snapshot) = try Self.snapshot([
      "rate rate rate rate rate", "lock and rate", "lock and key", "nothing", "key rate lock",
    ])
    var parser = try QueryParser(snapshot)
    let parsed = try parser.parse("lock key rate submarine")
    let found = try #require(try Searcher(snapshot).searchLoosened(parsed.query, limit: 10))
    #expect(found.total == 4)
    #expect(found.hits.map(\.document).first == 4)
    #expect(found.hits.map(\.document).last == 0)
    let words = parsed.query.words
    let missing = found.missing.map { $0.map { parsed.text(of: words[$0]) } }
    #expect(missing.first == ["submarine"])
    #expect(missing.last == ["lock", "key", "submarine"])
    #expect(missing.map(\.count) == [1, 2, 2, 3])
  }

  @Test(arguments: 0..<4)
  func `a loosened search is that for any word, in order of the words that are there`(seed: UInt64)
    throws
  {
    var corpus = RandomCorpus(seed: seed)
    let documents = corpus.documents(600, longest: 30)
    let index = try TestIndex(documents, configuration: .init(segmentTextBytes: 20_000))
    let snapshot = try index.snapshot()
    let searcher = Searcher(snapshot)
    for _ in 0..<10 {
      let words = Array(Set((0..<4).map { _ in corpus.word() })).sorted()
      guard words.count > 1 else { continue }
      let query = Query.all(words.map(Query.term))
      let any = try searcher.search(.any(words.map(Query.term)), limit: 10_000)
      let found = try #require(try searcher.searchLoosened(query, limit: 10_000))
      #expect(found.total == any.total)
      let missing = found.missing.map(\.count)
      #expect(missing == missing.sorted())
      #expect(
        Set(found.hits.map { "\($0)" }) == Set(any.hits.map { "\($0)" }), "\(words)")
      let best = try #require(try searcher.searchLoosened(query, limit: 5))
      #expect(best.hits == Array(found.hits.prefix(5)))
    }
  }

  @Test(
    arguments: [
      ("lokc-in rate", "lock-in rate"), ("Lokc rate", "lock rate"), ("raet", "rate"),
      ("+inventroy -raet", "+inventory -raet"), ("submarnie \"raet\"", nil),
      ("submarin", "submarine"),
      ("ff92", nil), ("rate lock", nil), ("zzzzqqq", nil), ("xock", "lock"), ("", nil), ("zz", nil),
    ] as [(String, String?)])
  func `what was meant is found in the collection`(typed: String, meant: String?) throws {
    let (_, snapshot) = try Self.snapshot([
      "The lock-in rate of the FF91", "rate of a lock", "inventory",
      meant == nil ? "x" : "submarine",
    ])
    #expect(try QueryParser(snapshot).suggestion(for: typed)?.text == meant)
  }
}
