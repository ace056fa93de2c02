import EvIndex
import EvQuery
import EvTestSupport
import Testing

@Suite struct QueryParserTests {
  private let snapshot: IndexSnapshot

  private static let lockIn = Query.variants([
    Variant(.phrase(["lock", "in"])), Variant(.term("lockin"), .variant),
  ])

  init() throws {
    snapshot = try TestIndex([]).snapshot()
  }

  private func parse(_ text: String) throws -> ParsedQuery {
    var parser = try QueryParser(snapshot)
    return parser.parse(text)
  }

  @Test(
    arguments: [
      ("rate", Query.term("rate"), "rate"),
      ("Factory inventory", .all([.term("factory"), .term("inventory")]), "Factory AND inventory"),
      ("\"physical limits\"", .phrase(["physical", "limits"]), "\"physical limits\""),
      ("“physical limits”", .phrase(["physical", "limits"]), "\"physical limits\""),
      ("a OR b", .any([.term("a"), .term("b")]), "a OR b"),
      ("a b OR c", .any([.all([.term("a"), .term("b")]), .term("c")]), "(a AND b) OR c"),
      ("a AND b", .all([.term("a"), .term("b")]), "a AND b"),
      (
        "+Weibo +MEGA",
        .boolean(.init(required: [.term("weibo"), .term("mega")])), "+Weibo +MEGA"
      ),
      ("+a b", .boolean(.init(required: [.term("a")], optional: [.term("b")])), "+a b"),
      ("a -b", .boolean(.init(required: [.term("a")], excluded: [.term("b")])), "a -b"),
      ("a NOT b", .boolean(.init(required: [.term("a")], excluded: [.term("b")])), "a -b"),
      ("NOT b", .boolean(.init(excluded: [.term("b")])), "-b"),
      (
        "(a OR b) c", .all([.any([.term("a"), .term("b")]), .term("c")]), "(a OR b) AND c"
      ),
      (
        "lock-in", lockIn, "lock-in"
      ),
      ("lock‑in", lockIn, "lock‑in"),
      ("\"lock-in rate\"", .phrase(["lock", "in", "rate"]), "\"lock-in rate\""),
      ("", .nothing, ""),
    ] as [(String, Query, String)])
  func `what is typed is read`(text: String, query: Query, readAs: String) throws {
    let parsed = try parse(text)
    #expect(parsed.query == query)
    #expect(parsed.readAs == readAs)
    #expect(parsed.notes.isEmpty)
  }

  @Test(
    arguments: [
      ("(", Query.nothing), ("\"", .nothing), ("foo AND", .term("foo")), ("OR foo", .term("foo")),
      ("***", .nothing), ("a ( b", .all([.term("a"), .term("b")])), ("AND", .nothing),
      ("foo \"bar", .all([.term("foo"), .term("bar")])), ("NOT", .nothing),
    ] as [(String, Query)])
  func `what is no query is taken literally, and said`(text: String, query: Query) throws {
    let parsed = try parse(text)
    #expect(parsed.query == query)
    #expect(!parsed.notes.isEmpty)
  }

  @Test(arguments: ["it's", "a:b", "C++", "35%", "FF91", "https://www.ff.com/", "\\", "-", "a)b(c"])
  func `a word with marks in it is a word`(text: String) throws {
    let parsed = try parse(text)
    #expect(parsed.notes.allSatisfy { $0.contains("no word") || $0.contains("literally") })
  }

  @Test(arguments: 0..<50)
  func `any text can be read`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let pieces = [
      "(", ")", "\"", "“", "+", "-", " ", " AND ", " OR ", " NOT ", "rate", "lock-in", "锁单率",
      "*", "\\", "👨‍👩‍👧", "\u{0}", "e\u{301}", "\n", "a.b@c", "FF-91",
    ]
    for _ in 0..<100 {
      let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      let parsed = try parse(text)
      _ = try Searcher(snapshot).search(parsed.query, limit: 3)
    }
  }

  @Test func `a very long query is read`() throws {
    let text = String(repeating: "lock-in ( \"rate ", count: 6000)
    #expect(try !parse(text).query.leaves.isEmpty)
  }
}

@Suite struct SpellingExpansionTests {
  private static let documents = [
    Document(path: "hyphen", text: "The lock-in rate rose."),
    Document(path: "apart", text: "The lock in rate fell."),
    Document(path: "one", text: "The lockin rate stayed."),
    Document(path: "other", text: "A lock. In time the rate changed."),
    Document(path: "none", text: "The rate of returns."),
  ]

  @Test(arguments: ["lock-in rate", "lock in rate", "lockin rate", "LOCK-IN RATE"])
  func `each spelling finds all spellings`(text: String) throws {
    let snapshot = try TestIndex(Self.documents).snapshot()
    var parser = try QueryParser(snapshot)
    let query = try SpellingExpansion(snapshot).expand(parser.parse(text).query)
    let found = try Searcher(snapshot).search(query, limit: 10)
    let paths = try found.hits.map { try snapshot.segments[0].document($0.document).path }
    #expect(Set(paths).isSuperset(of: ["hyphen", "apart", "one"]), "\(paths)")
    #expect(!paths.contains("none"))
  }

  @Test func `a quotation is found as it stands`() throws {
    let snapshot = try TestIndex(Self.documents).snapshot()
    var parser = try QueryParser(snapshot)
    let query = try SpellingExpansion(snapshot).expand(parser.parse("\"lockin rate\"").query)
    #expect(try Searcher(snapshot).search(query, limit: 10).total == 1)
  }
}
