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
    let words = ["lock", "in", "rate", "lock-in", "order", "deposit", "battery", "range"]
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

  @Test(arguments: queries)
  func `the contributions add up to the score`(text: String) throws {
    for ranking in [Ranking.standard, .bm25] {
      let hits = try explained(text, ranking)
      #expect(!hits.isEmpty)
      for hit in hits {
        let explanation = try #require(hit.explanation)
        #expect(explanation.score == hit.score)
        let sum = explanation.lines.reduce(0.0) { $0 + Double($1.contribution) }
        #expect(abs(sum - Double(hit.score)) <= Double(hit.score) * 3e-7, "\(text)")
      }
    }
  }

  @Test(arguments: queries)
  func `the printed contributions add up to the printed score`(text: String) throws {
    for hit in try explained(text) {
      let lines = try #require(hit.explanation).text
      let units = try lines.map { line in
        let number = line.split(separator: " ")[0]
        return try #require(Int(number.filter { $0 != "." }))
      }
      #expect(units.first == units.dropFirst().reduce(0, +))
    }
  }

  @Test func `an explanation names the words as they were typed`() throws {
    let hit = try #require(try explained("Lock-In rate").first)
    let text = try #require(hit.explanation).text.joined(separator: "\n")
    #expect(text.contains("Lock-In: weight "))
    #expect(text.contains("rate: weight "))
  }
}
