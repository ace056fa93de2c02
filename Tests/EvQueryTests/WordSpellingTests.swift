import EvIndex
import EvQuery
import EvTestSupport
import Testing

@Suite struct WordSpellingTests {
  /// The paths of the documents that typed text finds.
  private static func paths(_ text: String, in index: TestIndex) throws -> Set<String> {
    let snapshot = try index.snapshot()
    var parser = try QueryParser(snapshot)
    let found = try Searcher(snapshot).search(parser.parse(text).query, limit: 10)
    return Set(try found.hits.map { try snapshot.segments[0].document($0.document).path })
  }

  private static let documents = [
    Document(path: "hyphen", text: "The lock-in rate rose."),
    Document(path: "apart", text: "The lock in rate fell."),
    Document(path: "one", text: "The lockin rate stayed."),
    Document(path: "other", text: "A lock. In time the rate changed."),
    Document(path: "none", text: "The rate of returns."),
    Document(path: "ff91", text: "An FF91 car."),
    Document(path: "ff-91", text: "An FF-91 car."),
    Document(path: "ff 91", text: "An FF 91 car."),
    Document(path: "91", text: "In 91 cars."),
  ]

  private func paths(_ text: String) throws -> Set<String> {
    let index = try TestIndex(Self.documents)
    let snapshot = try index.snapshot()
    var parser = try QueryParser(snapshot)
    let found = try Searcher(snapshot).search(parser.parse(text).query, limit: 100)
    return Set(try found.hits.map { try snapshot.segments[0].document($0.document).path })
  }

  @Test(arguments: [
    "lock-in rate", "lock in rate", "lockin rate", "LOCK-IN RATE", "LOCK\u{2011}IN RATE",
  ])
  func `each spelling finds all spellings`(text: String) throws {
    let paths = try paths(text)
    #expect(paths.isSuperset(of: ["hyphen", "apart", "one"]), "\(paths)")
    #expect(!paths.contains("none"))
  }

  @Test(arguments: [
    ("lock-in rate", "hyphen"), ("lock in rate", "apart"), ("lockin rate", "one"),
    ("FF91", "ff91"), ("FF-91", "ff-91"), ("ff 91", "ff 91"),
  ])
  func `the spelling that was typed comes first`(text: String, first: String) throws {
    let snapshot = try TestIndex(Self.documents).snapshot()
    var parser = try QueryParser(snapshot)
    let query = try parser.parse(text).query
    let searcher = Searcher(snapshot)
    let plain = try searcher.search(query, limit: 10).hits
    let hits = try searcher.rescored(plain, for: query, Evidence(depth: 10, spelling: 1))
    func path(_ hit: Hit) throws -> String {
      try snapshot.segments[0].document(hit.document).path
    }
    #expect(try path(hits[0]) == first)
    #expect(hits[0].score > hits[1].score)
    // All others are as they were, but for one in which a sentence begins between the words.
    for hit in hits.dropFirst() where try path(hit) != "other" {
      #expect(plain.contains(hit))
    }
  }

  @Test func `a word that is joined somewhere counts no more than its parts`() throws {
    let words = ["lock", "in", "rate", "door", "key", "car", "price", "order"]
    let documents = words.map { Document(path: $0, text: "the \($0) of a lock in a rate") }
    let snapshot = try TestIndex(documents + [Document(path: "one", text: "lockin rate now here")])
      .snapshot()
    var parser = try QueryParser(snapshot)
    let query = try parser.parse("lock in").query
    let hits = try Searcher(snapshot).search(query, limit: 20).hits
    #expect(hits.count == documents.count + 1)
    let joined = try #require(hits.first { Int($0.document) == documents.count })
    #expect(hits.allSatisfy { $0.score > joined.score / 2 && $0.score < joined.score * 2 })
  }

  @Test(arguments: ["FF91", "ff 91", "FF-91"])
  func `letters and digits are found joined and apart`(text: String) throws {
    #expect(try paths(text) == ["ff91", "ff-91", "ff 91"])
  }

  @Test func `who types marks on one word means none on the others`() throws {
    let documents = [
      Document(path: "in", text: "Trong nhà."), Document(path: "empty", text: "Trống nhà."),
    ]
    let snapshot = try TestIndex(documents).snapshot()
    func count(_ text: String) throws -> Int {
      var parser = try QueryParser(snapshot)
      return try Searcher(snapshot).search(parser.parse(text).query, limit: 10).hits.count
    }
    #expect(try count("trong nha") == 2)
    #expect(try count("trong nhà") == 1)
    #expect(try count("trong nha\u{300}") == 1)
  }

  @Test func `a word without marks that is another word counts by how rare it is`() throws {
    var documents = (0..<30).map { Document(path: "\($0)", text: "schon schon \($0)") }
    documents.append(Document(path: "both", text: "schön wie oft"))
    let snapshot = try TestIndex(documents).snapshot()
    var parser = try QueryParser(snapshot)
    let query = try parser.parse("schön").query
    let found = try Searcher(snapshot).search(query, limit: 40)
    #expect(found.total == 31)
    #expect(found.hits.first?.document == 30)
    let statistics = try CollectionStatistics(snapshot, for: query)
    #expect(statistics.idf(of: query) == statistics.idf(of: .term("schön")))
    // Where no document has the marks, there is one word only.
    let other = try parser.parse("schòn").query
    let numbers = try CollectionStatistics(snapshot, for: other)
    #expect(numbers.idf(of: other) == numbers.idf(of: .term("schon")))
  }

  @Test(
    arguments: [
      ("전기차", ["a", "b"]), ("전기차를", ["a", "b"]), ("전기차까지", ["a", "b"]),
      ("\"전기차를\"", ["a"]), ("-전기차 많다", ["b"]), ("차", []),
      // Compounds are written as one word: whoever types what they are made of means them too, in
      // quotation marks as in scripts without spaces.
      ("전기", ["a", "b"]), ("자동차", ["c"]), ("운전자", ["c"]), ("동차운전", ["c"]), ("\"전기차\"", ["a", "b"]),
      ("\"자동차 자동차운전\"", ["c"]), ("\"그는 전기차\"", ["a"]),
      // Over a space nothing is one word, and all of it must be in one.
      ("차자동", []), ("전기자동차", []), ("\"전기차 그는\"", []),
      // Other letters and digits are words of their own.
      ("LG", ["d"]), ("LG에너지", ["d"]), ("솔루션", ["d"]), ("2021", ["d"]),
      ("2021년", ["d"]), ("\"은 2021년\"", []), ("\"솔루션은 2021년\"", ["d"]), ("21년", []), ("2021 년", []),
    ] as [(String, Set<String>)])
  func `a Korean noun is found with any particle, and in longer words`(
    text: String, expected: Set<String>
  ) throws {
    let index = try TestIndex([
      Document(path: "a", text: "그는 전기차를 샀다."), Document(path: "b", text: "전기차가 많다."),
      Document(path: "c", text: "자동차 자동차운전자"),
      Document(path: "d", text: "LG에너지솔루션은 2021년에 상장"),
    ])
    #expect(try Self.paths(text, in: index) == expected)
  }

  @Test(arguments: ["현대", "현대자", "전기차", "배터리관리"])
  func `a Korean word comes first, then with a particle, then as a part`(word: String) throws {
    let texts = ["신\(word)공장", "\(word)공장", "\(word)를", "\(word)"]
    let documents = texts.enumerated().map { number, text in
      Document(path: String(number), text: "그는 \(text) 샀다")
    }
    let snapshot = try TestIndex(documents).snapshot()
    var parser = try QueryParser(snapshot)
    let found = try Searcher(snapshot).search(try parser.parse(word).query, limit: 10)
    #expect(found.hits.map(\.document).suffix(2).sorted() == [0, 1])
    #expect(found.hits.map(\.document).prefix(2) == [3, 2])
    let scores = found.hits.map(\.score)
    #expect(scores[0] > scores[1] && scores[1] > scores[2])
  }

  @Test(
    arguments: [
      // The end of a word, and the beginning of one, in front of and behind something else.
      ("事、家", ["a"]), ("\"事、家\"", ["a"]), ("私事、家", ["a", "b"]), ("私、家", []), ("事、宅", []),
      // Longer than a word: the first character belongs to one that is not seen.
      ("何人的私事家庭住宅", ["b"]), ("合國合作以促進", ["c"]),
    ] as [(String, Set<String>)])
  func `whatever piece of a text without spaces is typed finds it`(
    text: String, expected: Set<String>
  ) throws {
    let index = try TestIndex([
      Document(path: "a", text: "その私事、家族、家庭。"), Document(path: "b", text: "任何人的私事家庭住宅不得"),
      Document(path: "c", text: "同聯合國合作以促進對"),
    ])
    #expect(try Self.paths(text, in: index) == expected)
  }

  @Test func `what no dictionary knows is asked for in characters too where any word may do`()
    throws
  {
    let snapshot = try TestIndex([Document(path: "a", text: "卢克贡献了多少次擒抱。")]).snapshot()
    var parser = try QueryParser(snapshot)
    let parsed = try parser.parse("卢克·坎克利贡献了多少次擒抱")
    let any = try #require(parsed.withAnyWord(of: parsed.query))
    #expect(any.leaves.contains(.term("擒")))
    #expect(!parsed.query.leaves.contains(.term("擒")))
    #expect(any.leaves.contains(.phrase(["次", "擒", "抱"])))
  }

  @Test func `a quotation is found as it stands`() throws {
    #expect(try paths("\"lockin rate\"") == ["one"])
    // A word with a hyphen is in the index as one word too.
    #expect(try paths("\"lockin\"") == ["one", "hyphen"])
    #expect(try paths("\"rate lock-in\"").isEmpty)
    #expect(try paths("\"lock-in rate\"") == ["hyphen", "apart"])
  }

  @Test(
    arguments: [
      ("lockin*", ["one", "hyphen"]), ("lo?kin", ["one", "hyphen"]), ("*kin", ["one", "hyphen"]),
      ("lock-i*", ["one", "hyphen"]), ("lokcin~", ["one", "hyphen"]),
      ("/lo[ck]{2}in/", ["one", "hyphen"]),
      ("retrns~", ["none"]), ("ff92~", []), ("90..92", ["91", "ff-91", "ff 91"]),
      (">90 car", ["91", "ff-91", "ff 91"]),
      ("\"lock rate\"~1", ["hyphen", "apart"]), ("lock NEAR/0 rate", []),
      ("rate NEAR/1 lock", ["hyphen", "apart"]), ("zz*", []),
    ] as [(String, Set<String>)])
  func `one word may stand for many`(text: String, expected: Set<String>) throws {
    #expect(try paths(text) == expected)
  }
}
