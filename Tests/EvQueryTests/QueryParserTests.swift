import EvIndex
import EvQuery
import EvTestSupport
import Testing

@Suite struct QueryParserTests {
  private let snapshot: IndexSnapshot

  private static let lockIn = Query.variants([
    Variant(.phrase(["lock", "in"])),
    Variant(.term("lockin"), .variant, weight: MatchWeights().variant),
  ])

  init() throws {
    snapshot = try TestIndex([]).snapshot()
  }

  private func parse(_ text: String) throws -> ParsedQuery {
    var parser = try QueryParser(snapshot)
    return try parser.parse(text)
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
      ("lock-in", lockIn, "lock-in"),
      ("lock‑in", lockIn, "lock‑in"),
      ("\"lock-in rate\"", .phrase(["lock", "in", "rate"]), "\"lock-in rate\""),
      (
        "\"a b\"~5", .near(Near([.term("a"), .term("b")], distance: 5)), "\"a b\"~5"
      ),
      (
        "a NEAR/3 \"b c\"", .near(Near([.term("a"), .phrase(["b", "c"])], distance: 3)),
        "a NEAR/3 \"b c\""
      ),
      ("a NEAR b", .near(Near([.term("a"), .term("b")], distance: 10)), "a NEAR/10 b"),
      ("rate^2.5", .boosted(.term("rate"), by: 2.5), "rate^2.5"),
      ("(a b)^2", .boosted(.all([.term("a"), .term("b")]), by: 2), "(a AND b)^2"),
      ("title:rate", .inTitle(.term("rate")), "title:rate"),
      ("title:(a OR b)", .inTitle(.any([.term("a"), .term("b")])), "title:(a OR b)"),
      (
        "lock-in -lock", .boolean(.init(required: [lockIn], excluded: [.term("lock")])),
        "lock-in -lock"
      ),
      (
        "what is lock?", .all([.term("what"), .term("is"), .term("lock")]), "what AND is AND lock?"
      ),
      ("title:(~a)", .inTitle(.term("a")), "title:(~a)"),
      ("title:(title:(a))", .inTitle(.term("a")), "title:a"),
      (">=600 km", .nothing, ">=600km"), ("..600 km", .nothing, "<=600km"),
      ("foo::bar", .phrase(["foo", "bar"]), "foo::bar"),
      ("lang:en a", .all([.filter(.terms(["\u{1}len"])), .term("a")]), "lang:en AND a"),
      ("f(x)", .all([.term("f"), .term("x")]), "f AND x"),
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
      ("\"a\" tag:\"b", .all([.term("a"), .filter(.terms(["\u{1}tb"]))])),
      ("date:soon", .term("soon")),
      ("NEAR/5 x", .term("x")),
      ("price:low", .phrase(["price", "low"])),
      ("title:", .term("title")), ("a -", .term("a")),
    ] as [(String, Query)])
  func `what is no query is taken literally, and said`(text: String, query: Query) throws {
    let parsed = try parse(text)
    #expect(parsed.query == query)
    #expect(parsed.notes.count == 1)
  }

  @Test(arguments: ["it's", "a:b", "C++", "35%", "FF91", "https://www.ff.com/", "\\", "-", "a)b(c"])
  func `a word with marks in it is a word`(text: String) throws {
    let parsed = try parse(text)
    #expect(parsed.notes.allSatisfy { $0.contains("no word") || $0.contains("literally") })
  }

  @Test func `a very long query is read`() throws {
    let text = String(repeating: "lock-in ( \"rate ", count: 6000)
    #expect(try !parse(text).query.leaves.isEmpty)
  }

  @Test func `groups may be as deep as anybody types`() throws {
    let text =
      String(repeating: "(a OR ", count: 20_000) + "b" + String(repeating: ")", count: 20_000)
    #expect(try parse(text).query.leaves == [.term("a"), .term("b")])
  }

  @Test func `a word of a hundred kilobytes is read`() throws {
    #expect(try !parse(String(repeating: "x", count: 100_000)).query.leaves.isEmpty)
    #expect(try !parse(String(repeating: "/x.", count: 30_000)).query.leaves.isEmpty)
  }
}
