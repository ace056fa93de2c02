import EvSearch
import EvTestSupport
import Testing

/// The library as its users see it: only what `import EvSearch` brings.
@Suite struct SearchIndexTests {
  private func index(_ texts: [String]) throws -> (SearchIndex, TemporaryDirectory) {
    let folder = try TemporaryDirectory()
    let builder = try IndexBuilder(indexPath: folder.path("Index"), root: folder.path)
    for (number, text) in texts.enumerated() {
      try builder.add(Document(path: "\(number).txt", text: text))
    }
    try builder.commit(skipped: [SkippedFile(path: "image.png", reason: "binary")])
    return (try SearchIndex.open(at: folder.path("Index")), folder)
  }

  @Test func `a folder of texts is indexed and searched in five lines`() throws {
    let (index, folder) = try index(["The lock-in rate rose to 40%.", "The rate of returns fell."])
    let results = try index.search("lock-in rate")
    #expect(results.total == 1)
    #expect(results.readAs == "lock-in AND rate")
    let hit = try #require(results.hits.first)
    #expect(hit.path == "0.txt")
    #expect(hit.passages.first?.text == "The lock-in rate rose to 40%.")
    #expect(index.collectionRoot.hasSuffix(folder.path.split(separator: "/").last ?? "?"))
    withExtendedLifetime(folder) {}
  }

  @Test func `the sentence with the word that was typed goes before others with one without marks`()
    throws
  {
    let (index, folder) = try index(["Das ist schon schon so. Es ist wirklich schön hier."])
    let hit = try #require(try index.search("schön").hits.first)
    #expect(hit.passages.first?.text == "Es ist wirklich schön hier.")
    withExtendedLifetime(folder) {}
  }

  @Test func `words that no document has together are loosened, and it is said`() throws {
    let (index, folder) = try index(["Alpha and beta.", "Beta and gamma."])
    let results = try index.search("alpha gamma")
    #expect(results.total == 2)
    #expect(results.notes.count == 1)
    var strict = SearchOptions()
    strict.strict = true
    #expect(try index.search("alpha gamma", strict).total == 0)
    #expect(try index.search("+alpha +gamma").total == 0)
    #expect(try index.search("zzzqqq").total == 0)
    withExtendedLifetime(folder) {}
  }

  @Test func `pages follow each other`() throws {
    let (index, folder) = try index((0..<25).map { "rate number \($0)" })
    var options = SearchOptions()
    options.offset = 20
    let results = try index.search("rate", options)
    #expect(results.total == 25)
    #expect(results.hits.map(\.rank) == [21, 22, 23, 24, 25])
    options.offset = 0
    options.limit = 0
    #expect(try index.search("rate", options).hits.count == 25)
    withExtendedLifetime(folder) {}
  }

  /// Words side by side are looked for among the best by BM25, which is another document here.
  @Test func `the first hits are the same however many are wanted`() throws {
    let (index, folder) = try index([
      "The rate of one, the lock of two.", "Of one and of two, the lock rate is said here.",
      "Words stand here before a lock and the rate are named.", "Another rate.",
    ])
    var options = SearchOptions()
    for query in ["lock rate", "rate", "lock OR rate", "\"lock in\" rate"] {
      options.limit = 10
      let all = try index.search(query, options).hits
      for limit in 1...4 {
        options.limit = limit
        let hits = try index.search(query, options).hits
        #expect(hits.map(\.path) == all.prefix(limit).map(\.path))
        #expect(hits.map(\.score) == all.prefix(limit).map(\.score))
      }
    }
    let looked = try index.search("lock rate").hits.first
    options.ranking.evidence = .none
    #expect(try index.search("lock rate", options).hits.first?.path != looked?.path)
    withExtendedLifetime(folder) {}
  }

  @Test func `the status tells what the index consists of`() throws {
    let (index, folder) = try index(["one two", "three"])
    let status = index.status
    #expect((status.documents, status.words, status.segments) == (2, 3, 1))
    #expect(status.skipped == [SkippedFile(path: "image.png", reason: "binary")])
    #expect(SearchIndex.check(at: index.path).problems.isEmpty)
    withExtendedLifetime(folder) {}
  }

  @Test func `an index is found from a folder below`() throws {
    let (_, folder) = try index(["one"])
    try folder.write("a/b/c.txt", "x")
    let found = try #require(SearchIndex.locate(from: folder.path("a/b")))
    #expect(try SearchIndex.open(at: found).status.documents == 1)
    withExtendedLifetime(folder) {}
  }

  @Test func `no index is an error that says what to do`() throws {
    let error = #expect(throws: IndexError.self) { try SearchIndex.open(at: "/nonexistent") }
    #expect(error?.description == "No index at /nonexistent.")
    #expect(error?.hint == "Create one: evsearch index DIR --index /nonexistent")
  }

  @Test(
    .enabled(if: SharedData.has("seeds"), "needs the two original articles"),
    arguments: [
      ("lock-in rate", "1,800 to 2,000 firm orders per store, with a lock-in rate of 35% to 40%"),
      ("lock in rate", "with a lock-in rate of 35% to 40%"),
      ("lockin rate", "with a lock-in rate of 35% to 40%"),
      ("29 delivery centers", "the first batch of 29 delivery centers"),
      ("Jilin-1 satellite", "taken by the Jilin-1 satellite"),
      ("firm orders per store", "1,800 to 2,000 firm orders per store"),
      ("\"physical limits\"", "compare it with the physical limits"),
      ("Model Y price increase", "the Model Y officially increased its price by 5,000 yuan"),
      ("FF91 debut", "the FF91, made its debut"),
      ("+Weibo +MEGA", "MEGA"),
    ])
  func `the original articles answer with the right sentence`(
    query: String, expected: String
  ) throws {
    let folder = try TemporaryDirectory()
    let builder = try IndexBuilder(indexPath: folder.path("Index"))
    for name in ["000_dfeeba9e13e3e41b.txt", "003_7128739da0158d50.txt"] {
      let bytes = try folder.read(SharedData.path("seeds/\(name)"))
      try builder.add(Document(path: name, text: String(decoding: bytes, as: UTF8.self)))
    }
    try builder.commit()
    let hit = try #require(try SearchIndex.open(at: folder.path("Index")).search(query).hits.first)
    let passage = try #require(hit.passages.first)
    #expect(passage.text.contains(expected), "\(passage.text)")
  }
}
