import EvTestSupport
import Testing

@testable import EvSearch

/// Why hits have their scores.
@Suite struct ExplanationTests {
  private let folder: TemporaryDirectory
  private let index: SearchIndex

  init() throws {
    folder = try TemporaryDirectory()
    let builder = try IndexBuilder(indexPath: folder.path("Index"), root: folder.path)
    var random = SplitMix64(seed: 7)
    let words = [
      "lock", "in", "rate", "lock-in", "order", "deposit", "battery", "range", "rates", "locked",
      "600 km", "800V", "35%", "锁单率", "Škoda", "C++",
    ]
    for number in 0..<60 {
      let text = (0..<Int.random(in: 3...40, using: &random))
        .map { _ in words.randomElement(using: &random) ?? "rate" }
      let title = text.prefix(3).joined(separator: " ")
      try builder.add(
        Document(
          path: "\(number).txt", text: title + "\n" + text.joined(separator: " "),
          title: 0..<title.utf8.count))
    }
    try builder.commit()
    index = try SearchIndex.open(at: folder.path("Index"))
  }

  private func explained(_ text: String, _ ranking: Ranking = .standard) throws -> [SearchHit] {
    var options = SearchOptions()
    options.explains = true
    options.limit = 20
    options.ranking = ranking
    return try index.search(text, options).hits
  }

  static let queries = [
    "lock-in rate", "rate", "\"lock rate\" order", "+battery range^2.5 deposit",
    "title:rate battery", "lock OR (order battery) OR range", "rate -range", "rate nothing",
    "lock in rate order deposit battery range",
  ]

  /// Expects that the parts of each hit's score make the score, also as they are printed.
  ///
  /// - Returns: How many hits there were.
  private func expectSums(_ text: String, _ ranking: Ranking) throws -> Int {
    let hits = try explained(text, ranking)
    for hit in hits {
      let explanation = try #require(hit.explanation)
      #expect(explanation.score == hit.score)
      let sum = explanation.lines.reduce(0.0) { $0 + Double($1.contribution) }
      #expect(abs(sum - Double(hit.score)) <= Double(hit.score) * 3e-7, "\(text)")
      let units = try explanation.text.map { line in
        let number = line.split(separator: " ")[0]
        return try #require(Int(number.filter { $0 != "." }))
      }
      #expect(units.first == units.dropFirst().reduce(0, +), "\(text)")
    }
    return hits.count
  }

  @Test(arguments: queries)
  func `the contributions add up to the score, printed or not`(text: String) throws {
    for ranking in [Ranking.standard, .bm25] {
      #expect(try expectSums(text, ranking) > 0)
    }
  }

  /// What random queries are made of: each kind of operator, spellings, and words that nothing holds.
  private static let pieces = [
    "lock", "rate", "lock-in", "lockin", "order", "battery", "range", "rates", "locking", "skoda",
    "锁单率", "单率", "600km", "800 V", "35%", ">=500km", "500..700km", "C++", "nothing", "lo*", "r?te",
    "lokc~", "/ra.*/", "\"lock in\"", "\"lock rate\"~3", "lock NEAR/4 rate", "title:lock",
    "title:\"lock in\"", "lang:en", "path:1*", "(lock OR rate)^2", "order^0.5",
    "(battery (range lock))",
  ]

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `the contributions of random queries add up`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var count = 0
    for _ in 0..<(runsLongTests ? 2000 : 20) {
      let text = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        let sign = ["", "", "", "", "+", "-", "NOT ", "OR "].randomElement(using: &random) ?? ""
        return sign + (Self.pieces.randomElement(using: &random) ?? "rate")
      }
      count += try expectSums(
        text.joined(separator: " "), Bool.random(using: &random) ? .standard : .bm25)
    }
    #expect(count > 50)
  }

  @Test func `an explanation names the words as they were typed`() throws {
    let hit = try #require(try explained("Lock-In rate").first)
    let text = try #require(hit.explanation).text.joined(separator: "\n")
    #expect(text.contains("Lock-In: weight "))
    #expect(text.contains("rate: weight "))
  }
}
