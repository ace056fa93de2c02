import EvSearch
import EvTestSupport
import Testing

/// Orders, dates and facets, as a user of the library asks for them.
@Suite struct ArrangingTests {
  private static func index(_ folder: TemporaryDirectory) throws -> SearchIndex {
    let path = folder.path("Index")
    let builder = try IndexBuilder(indexPath: path)
    let documents: [(path: String, text: String, date: String?, source: String?)] = [
      ("c.md", "NIO rate rate rate", "2024-05-01", "EV Daily"),
      ("a.md", "NIO rate", "2023-11-02", "Wire"),
      ("b.md", "NIO rate rate and other words", nil, "ev daily"),
      ("d.md", "orders", "2024-05-02", nil),
      ("e.md", "NIO", "Thu, 2 May 2024", nil),
    ]
    for document in documents {
      try builder.add(
        Document(
          path: document.path, text: document.text,
          metadata: .init(date: document.date, source: document.source)))
    }
    try builder.commit()
    return try SearchIndex.open(at: path)
  }

  private static func paths(
    _ text: String, _ change: (inout SearchOptions) -> Void
  ) throws -> [String] {
    let folder = try TemporaryDirectory()
    var options = SearchOptions()
    change(&options)
    return try index(folder).search(text, options).hits.map(\.path)
  }

  @Test func `young documents gain where that is asked for, and the gain is explained`() throws {
    let folder = try TemporaryDirectory()
    let index = try Self.index(folder)
    let today = try #require(CalendarDate(parsing: "2024-05-02"))
    for ranking in [Ranking.standard, .bm25] {
      var options = SearchOptions()
      options.ranking = ranking
      options.explains = true
      let plain = try index.search("NIO", options).hits
      options.ranking.favorRecent(halfLife: 30, today: today)
      let hits = try index.search("NIO", options).hits
      // Half a year ago is hardly young, no date is not, and tomorrow is no younger than today.
      #expect(hits.map(\.path) == ["e.md", "c.md", "a.md", "b.md"])
      for hit in hits {
        let before = try #require(plain.first { $0.path == hit.path })
        let gain = hit.explanation?.lines.first { $0.text == "how young it is" }?.contribution ?? 0
        #expect(abs(hit.score - before.score - gain) < 1e-5)
        #expect((gain > 0) == (hit.path != "b.md"))
      }
    }
  }

  @Test func `hits come by date, the newest first and those without a date last`() throws {
    #expect(try Self.paths("NIO") { $0.sort = .date } == ["e.md", "c.md", "a.md", "b.md"])
    #expect(
      try Self.paths("NIO") { ($0.sort, $0.reverse) = (.date, true) }
        == ["a.md", "c.md", "e.md", "b.md"])
    #expect(
      try Self.paths("NIO") { ($0.sort, $0.limit, $0.offset) = (.date, 2, 1) } == ["c.md", "a.md"])
    let folder = try TemporaryDirectory()
    var options = SearchOptions()
    options.sort = .date
    let results = try Self.index(folder).search("NIO", options)
    #expect(results.undated == 1)
    #expect(results.total == 4)
    #expect(results.hits.map(\.rank) == [1, 2, 3, 4])
    #expect(results.hits.allSatisfy { $0.score > 0 && !$0.passages.isEmpty })
  }

  @Test func `hits come by path, and in reverse`() throws {
    #expect(try Self.paths("NIO") { $0.sort = .path } == ["a.md", "b.md", "c.md", "e.md"])
    #expect(
      try Self.paths("NIO") { ($0.sort, $0.reverse) = (.path, true) }
        == ["e.md", "c.md", "b.md", "a.md"])
    let best = try Self.paths("NIO rate") { _ in }
    #expect(best.count == 3)
    #expect(try Self.paths("NIO rate") { $0.reverse = true } == best.reversed())
  }

  @Test func `only documents of the days asked for are found`() throws {
    let day = CalendarDate(year: 2024, month: 5, day: 1)
    #expect(try Self.paths("NIO") { ($0.sort, $0.since) = (.path, day) } == ["c.md", "e.md"])
    #expect(try Self.paths("NIO") { ($0.sort, $0.until) = (.path, day) } == ["a.md", "c.md"])
    #expect(try Self.paths("NIO") { ($0.since, $0.until) = (day, day) } == ["c.md"])
    let before = day?.adding(days: -1)
    #expect(try Self.paths("NIO") { ($0.since, $0.until) = (day, before) } == [])
    // Loosened, the range still holds.
    #expect(
      try Self.paths("NIO submarine") { ($0.sort, $0.since) = (.path, day) } == ["c.md", "e.md"])
  }

  @Test func `facets count all matches, whatever the limit is`() throws {
    let folder = try TemporaryDirectory()
    var options = SearchOptions()
    options.limit = 1
    options.facets = [.source, .month, .tag]
    let results = try Self.index(folder).search("NIO", options)
    #expect(results.hits.count == 1)
    #expect(
      results.facets == [
        FacetCounts(
          facet: .source,
          values: [.init(name: "EV Daily", count: 2), .init(name: "Wire", count: 1)],
          valueCount: 2, missing: 1),
        FacetCounts(
          facet: .month,
          values: [.init(name: "2024-05", count: 2), .init(name: "2023-11", count: 1)],
          valueCount: 2, missing: 1),
        FacetCounts(facet: .tag, values: [], valueCount: 0, missing: 4),
      ])
    #expect(results.undated == nil)
  }
}
