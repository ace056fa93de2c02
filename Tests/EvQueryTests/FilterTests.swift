import EvAnalysis
@testable import EvIndex
@testable import EvQuery
import EvTestSupport
import Testing

/// Filters restrict, add nothing to scores, and mean what is typed.
@Suite struct FilterTests {
  /// 1 May 2024, a Wednesday.
  private static func today() throws -> CalendarDate {
    try #require(CalendarDate(year: 2024, month: 5, day: 1))
  }

  private static func filter(_ field: String, _ value: String) throws -> Query {
    .filter(try #require(Filter(field: field, value: value, today: try today())))
  }

  private static let documents = [
    Document(
      path: "en/a.md", text: "rate one",
      metadata: .init(
        date: "2024-03-31", source: "EV Daily", language: "en", tags: ["NIO", "orders"])),
    Document(
      path: "en/sub/b.txt", text: "rate two rate",
      metadata: .init(date: "2024-04-30", source: "Wire", language: "en-GB", tags: ["nio"])),
    Document(path: "misc/c.md", text: "rate", metadata: .init(date: "2023", language: "de")),
    Document(path: "misc/all.jsonl", record: "1", text: "rate rate rate"),
    Document(path: "misc", text: "nothing", metadata: .init(date: "2024-05-01")),
  ]

  /// The paths of the hits, in the order of the documents.
  private static func paths(_ query: Query) throws -> [String] {
    let snapshot = try TestIndex(documents).snapshot()
    let hits = try Searcher(snapshot).search(query, limit: 100)
    #expect(hits.total == hits.hits.count)
    #expect(hits.hits.allSatisfy { $0.score == 0 })
    return try hits.hits.map(\.document).sorted().map {
      try snapshot.segments[0].document($0).path
    }
  }

  @Test(arguments: [
    ("lang", "en", [0, 1]), ("lang", "EN-gb", [1]), ("lang", "en_GB", [1]), ("lang", "fr", []),
    ("source", "ev daily", [0]), ("source", "ev*", [0]), ("source", "ev", []),
    ("tag", "nio", [0, 1]), ("tag", "N?O", [0, 1]), ("tag", "[m-p]*", [0, 1]),
    ("path", "en/", [0, 1]), ("path", "./en", [0, 1]), ("path", "en/sub", [1]),
    ("path", "en/a.md", [0]), ("path", "a.md", []), ("path", "misc", [2, 3, 4]),
    ("path", "misc/all.jsonl", [3]), ("path", "*.md", [0, 2]), ("path", "en/*", [0, 1]),
    ("path", "**/sub/*.txt", [1]), ("path", "sub*", [1]), ("path", "**/a.md", [0]),
    ("path", "/en", []), ("ext", "md", [0, 2]), ("ext", ".jsonl", [3]),
    ("date", "2024-03", [0]), ("date", "2024", [0, 1, 4]), ("date", "2024-03..2024-04", [0, 1]),
    ("date", ">=2024-04", [1, 4]), ("date", ">2024-04", [4]), ("date", "<2024", [2]),
    ("date", "<=2023", [2]), ("date", "..2024-03-31", [0, 2]), ("date", "yesterday", [1]),
    ("date", "2024-04-30..", [1, 4]), ("date", "last month", [1]),
    ("date", "last-month..", [1, 4]),
    ("date", "today", [4]), ("date", "..", [0, 1, 2, 4]),
  ])
  func `a filter finds the documents that have the value`(
    field: String, value: String, expected: [Int]
  ) throws {
    let found = try Self.paths(try Self.filter(field, value))
    #expect(found == expected.map { Self.documents[$0].path })
  }

  @Test(arguments: [
    ("date", "some day"), ("date", ""), ("date", "2024-04..2024-03"), ("date", "1/5/2024"),
    ("date", ">9999"), ("date", "<0001"), ("tag", ""), ("tag", "  "), ("path", "/"), ("path", ""),
    ("ext", ""), ("ext", "a/b"), ("nosuch", "x"), ("date", "5000000 days ago"),
    ("date", "..some day"),
  ])
  func `what means nothing is no filter`(field: String, value: String) throws {
    #expect(Filter(field: field, value: value, today: try Self.today()) == nil)
  }

  @Test(arguments: [
    ("2 weeks ago", "2024-04-17"), ("3.days.ago", "2024-04-28"), ("a month ago", "2024-04-01"),
    ("1 year ago", "2023-05-01"), ("monday", "2024-04-29"), ("last wednesday", "2024-04-24"),
    ("now", "2024-05-01"), ("2 days", "2024-04-29"), ("last week", "2024-04-22"),
    ("this week", "2024-04-29"), ("last-year", "2023-01-01"), ("this month", "2024-05-01"),
  ])
  func `the recent past is said in git's words`(text: String, first: String) throws {
    let days = try #require(DatePeriod.days(text, today: try Self.today()))
    #expect(days.lowerBound.description == first)
  }

  @Test(arguments: [
    ("*", "a", true), ("*", "a/b", true), ("a*c", "abbbc", true), ("a*c", "ab", false),
    ("a/*", "a/b/c", false), ("a/**", "a/b/c", true), ("**/c", "c", true), ("**/c", "a/b/c", true),
    ("**/c", "a/bc", false), ("a/**/c", "a/c", true), ("a/**/c", "a/x/y/c", true),
    ("a/**/c", "ac", false), ("[!a]x", "bx", true), ("[!a]x", "ax", false), ("[]]", "]", true),
    ("[", "[", true), ("\\*", "*", true), ("\\*", "a", false), ("?", "é", true), ("?", "", false),
    ("[^/]", "/", false), ("x?z", "x/z", false),
  ])
  func `a pattern of paths keeps to components`(pattern: String, value: String, matches: Bool) {
    #expect(Glob(pattern, isPath: true).matches(value) == matches)
  }

  @Test func `a long pattern takes no more than its product with the value`() {
    let pattern = Glob(String(repeating: "*a", count: 200) + "b", isPath: false)
    #expect(!pattern.matches(String(repeating: "a", count: 1000)))
  }

  @Test(arguments: 0..<6)
  func `a filter is a required query that scores nothing, in every kind of query`(
    seed: UInt64
  ) throws {
    var corpus = RandomCorpus(seed: seed)
    var random = SplitMix64(seed: seed)
    let documents = corpus.describedDocuments(600, seed: seed)
    let index = try TestIndex(
      documents, configuration: IndexConfiguration(segmentTextBytes: 40_000))
    let snapshot = try index.snapshot()
    let searcher = Searcher(snapshot)
    let today = try Self.today()
    let filters = try [
      ("lang", "en"), ("source", "ev daily"), ("tag", "nio"), ("path", "en"), ("path", "*.jsonl"),
      ("path", "en/news/00*"), ("date", "2022..2023"), ("lang", "zh-hant"), ("tag", "nosuch"),
    ].map { Query.filter(try #require(Filter(field: $0, value: $1, today: today))) }
    for filter in filters {
      let allowed = Set(try searcher.search(filter, limit: .max).hits.map(\.place))
      #expect(try allowed.count == documents.count { try Self.passes($0, filter) })
      let words = (0..<3).map { _ in Query.term(corpus.word()) }
      let queries: [Query] = [
        words[0], .any(words), .all(words), .phrase(Phrase([corpus.words[0], corpus.words[1]])),
        .boolean(.init(required: [words[0]], optional: [words[1]], excluded: [words[2]])),
        .variants([Variant(words[0]), Variant(words[1])]),
      ]
      for query in queries {
        let limit = Int.random(in: 1...50, using: &random)
        let all = try searcher.search(query, limit: .max).hits
        for isExcluded in [false, true] {
          let restricted: Query =
            isExcluded
            ? .boolean(.init(required: [query], excluded: [filter])) : .all([filter, query])
          let found = try searcher.search(restricted, limit: limit)
          let expected = all.filter { allowed.contains($0.place) != isExcluded }
          #expect(found.total == expected.count)
          #expect(found.hits == Array(expected.prefix(limit)))
        }
      }
    }
  }

  /// What a filter means, by the document itself.
  private static func passes(_ document: Document, _ filter: Query) throws -> Bool {
    guard case .filter(let filter) = filter else { return false }
    switch filter {
    case .terms(let terms):
      var language = document.metadata.language
      if language == nil {
        let tokenizer = try Tokenizer(Analyzer())
        var analyzed = AnalyzedText()
        tokenizer.analyze(
          document.text.utf8.span, breaks: [], wantsSentences: false, into: &analyzed)
        language = LanguageDetector.language(of: analyzed)
      }
      let fields = DocumentFields(
        document.metadata, filePath: document.filePath, language: language)
      return terms.contains { fields.terms.contains($0) }
    case .matching(_, let glob):
      return glob.text == "*.jsonl"
        ? document.filePath.hasSuffix(".jsonl") : document.path.hasPrefix("en/news/00")
    case .dates(let days):
      guard let date = document.metadata.date.flatMap({ CalendarDate(parsing: $0) }) else {
        return false
      }
      return days.contains(date.day)
    }
  }
}

extension Hit {
  /// Where the document is.
  fileprivate var place: [Int] { [segment, Int(document)] }
}
