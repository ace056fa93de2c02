import EvIndex
import EvQuery
import EvTestSupport
import Testing

/// Random text as queries: nothing that is typed is an error.
@Suite struct QueryFuzzTests {
  private static let pieces = [
    "(", ")", "((", "))", "\"", "“", "”", "+", "-", "--", " ", " ", " ", "\n", "AND", "OR", "NOT",
    "NEAR", "NEAR/2", "title:", "lang:", "tag:", "date:2024", "path:\"a b\"", "x:", "^2", "^", "~",
    "~1",
    "~5", "*", "?", "/", "/a.c/", "/(a|b)+/", "\\", ">=", "<", "..", "5..7km", ">=600km", "35%",
    "$3", "-5", "-5°C", "..5", "5..", "°C", "€", "35",
    "rate", "lock-in", "锁单率", "小米SU7", "テスラ", "ทดสอบ", "FF91", "it's", "a.b@c", "C++", ".NET",
    "👨‍👩‍👧", "e\u{301}", "\u{301}", "\u{600}", "\u{0}", "\u{1}", "\u{202E}", "\u{200D}", "\u{FFFD}",
    "ß", "İ",
    "'", ":", ",", ".", "_", "=", "#", "@", "&", "%", "[", "]", "{", "}", "|", "!", "`",
  ]

  private static let documents = [
    Document(path: "a", text: "The lock-in rate of the FF91 rose 35%. C++ and .NET."),
    Document(path: "b", text: "小米汽车锁单率。テスラモデル。A rate, 650 km."),
    Document(path: "c", text: ""),
  ]

  /// Text of operators and words, or of random bytes.
  private static func text(_ random: inout SplitMix64) -> String {
    if Int.random(in: 0..<3, using: &random) == 0 {
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    return (0..<Int.random(in: 0...10, using: &random)).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &random)]
        + (Bool.random(using: &random) ? " " : "")
    }.joined()
  }

  /// Reads, prints and reads again; searches some.
  private static func check(seed: UInt64, count: Int) throws {
    let index = try TestIndex(documents)
    let snapshot = try index.snapshot()
    var parser = try QueryParser(snapshot)
    let searcher = Searcher(snapshot)
    var random = SplitMix64(seed: seed)
    for number in 0..<count {
      let text = text(&random)
      let parsed = try parser.parse(text)
      let again = try parser.parse(parsed.readAs)
      if again.query != parsed.query || again.readAs != parsed.readAs {
        Issue.record("\(text.debugDescription) reads as \(parsed.readAs.debugDescription)")
      }
      if number % 8 == 0 { _ = try searcher.search(parsed.query, limit: 3) }
    }
  }

  @Test(arguments: 0..<10)
  func `what is read prints so that it reads the same`(seed: UInt64) throws {
    try Self.check(seed: seed, count: 2000)
  }

  /// Found by the fuzz target `query`: what stands inside was printed twice at each level.
  @Test(arguments: [
    "(", "+(", "-(", "+(a -(", "title:", "+title:", "(a OR ", "(a AND (", "NOT ", "-title:(",
    "(a b)^2 +(", "a NEAR (", "\"a\" +(b ", "(>=600km +(",
  ])
  func `what is nested deeply is read at once`(piece: String) throws {
    let index = try TestIndex(Self.documents)
    var parser = try QueryParser(try index.snapshot())
    for count in [10, 40, 400] {
      let text = String(repeating: piece, count: count) + "rate"
      let parsed = try parser.parse(text)
      let again = try parser.parse(parsed.readAs)
      #expect(again.query == parsed.query)
    }
  }

  @Test(.enabled(if: runsLongTests, "EV_LONG=1 runs it"), arguments: 0..<10)
  func `a million random queries are read`(seed: UInt64) throws {
    try Self.check(seed: seed &+ 1000, count: 100_000)
  }
}
