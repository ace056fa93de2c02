import EvAnalysis
import EvIndex
import EvQuery
import EvTestSupport
import Foundation
import Testing

/// All 962 queries of the search-benchmark-game over articles of Wikipedia: what kernels answer, with one
/// segment and with several, with and without deletions, is what the scorers answer that look at every
/// document. (That scorers answer as the reference searcher does is shown by other tests.)
@Suite(
  .enabled(
    if: runsLongTests && SharedData.has("corpora/wiki-en-200k/corpus.jsonl.zst"),
    "takes minutes, and needs the shared corpora"))
struct LongSearchTests {
  private struct Article: Decodable {
    var title: String
    var text: String
  }

  private struct GameQuery: Decodable {
    var query: String
  }

  /// How many articles are indexed; `EV_LONG` may say how many.
  private static var articleCount: Int {
    let value = ProcessInfo.processInfo.environment["EV_LONG"].flatMap { Int($0) } ?? 0
    return value > 1 ? value : 200_000
  }

  /// How many of the queries have a hit at least.
  private static var fewestMatched: Int { articleCount < 10_000 ? 10 : 481 }

  private static func articles() throws -> [Document] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["zstd", "-dc", SharedData.path("corpora/wiki-en-200k/corpus.jsonl.zst")]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let decoder = JSONDecoder()
    return try data.split(separator: UInt8(ascii: "\n")).prefix(articleCount).enumerated().map {
      number, line in
      let article = try decoder.decode(Article.self, from: line)
      // As the peers have it: letters alone, in lower case.
      let text = "\(article.title) \(article.text)".lowercased().unicodeScalars.map { scalar in
        scalar.isASCII && scalar.properties.isAlphabetic ? Character(scalar) : " "
      }
      return Document(path: "\(number)", text: String(text))
    }
  }

  /// A query of the game: `+a` must be there, `-a` must not, "a b" is a phrase.
  private static func query(_ text: String) -> Query {
    var parts = Query.Boolean()
    var rest = text[...]
    while let first = rest.first {
      guard first != " " else {
        rest.removeFirst()
        continue
      }
      let sign = first == "+" || first == "-" ? rest.removeFirst() : nil
      let part: Query
      if rest.first == "\"" {
        let words = rest.dropFirst().prefix { $0 != "\"" }
        rest = rest.dropFirst(words.count + 2)
        part = .phrase(Phrase(words.split(separator: " ").map(String.init)))
      } else {
        let word = rest.prefix { $0 != " " }
        rest = rest.dropFirst(word.count)
        part = .term(String(word))
      }
      switch sign {
      case "+": parts.required.append(part)
      case "-": parts.excluded.append(part)
      default: parts.optional.append(part)
      }
    }
    if parts.required.isEmpty, parts.excluded.isEmpty, parts.optional.count == 1 {
      return parts.optional[0]
    }
    return .boolean(parts)
  }

  private static func queries() throws -> [Query] {
    let path = SharedData.path("corpora/search-benchmark-game/queries.txt")
    let decoder = JSONDecoder()
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      query(try decoder.decode(GameQuery.self, from: Data(line.utf8)).query)
    }
  }

  /// Compares kernels and scorers; returns how many queries had a hit.
  private static func compare(_ snapshot: IndexSnapshot, _ queries: [Query]) throws -> Int {
    let searcher = Searcher(snapshot)
    var matched = 0
    for query in queries {
      // A conjunction with everything has no plan, and the same scores.
      let slow = Query.boolean(.init(required: [query, .everything]))
      let expected = try searcher.search(slow, limit: 1000)
      for limit in [1, 10, 100, 1000] {
        let best = Array(expected.hits.prefix(limit))
        #expect(try searcher.search(query, limit: limit, counts: false).hits == best, "\(query)")
        let counted = try searcher.search(query, limit: limit)
        #expect(counted.hits == best && counted.total == expected.total, "\(query)")
      }
      #expect(try searcher.search(query, limit: 0).total == expected.total, "\(query)")
      matched += expected.hits.isEmpty ? 0 : 1
    }
    return matched
  }

  /// An index of the articles, every `replaced`-th of which is replaced by another text.
  private static func index(
    _ articles: [Document], segmentBytes: Int, replaced: Int?
  ) throws -> TestIndex {
    let configuration = IndexConfiguration(
      analyzer: Analyzer(.space), segmentTextBytes: segmentBytes)
    let index = try TestIndex(articles, configuration: configuration)
    guard let replaced else { return index }
    let writer = try IndexWriter(path: index.path, configuration: configuration, mode: .update)
    for number in stride(from: 0, to: articles.count, by: replaced) {
      try writer.add(Document(path: articles[number].path, text: "griffith observatory the who"))
    }
    _ = try writer.commit()
    return index
  }

  @Test func `kernels answer as scorers do on every query of the game`() throws {
    let articles = try Self.articles()
    let queries = try Self.queries()
    #expect(queries.count == 962)
    let bytes = articles.reduce(0) { $0 + $1.text.utf8.count }
    let whole = try Self.index(articles, segmentBytes: .max / 4, replaced: nil)
    let one = try whole.snapshot()
    #expect(one.segments.count == 1)
    #expect(try Self.compare(one, queries) >= Self.fewestMatched)

    let parts = try Self.index(articles, segmentBytes: bytes / 4 + 1, replaced: nil)
    let four = try parts.snapshot()
    #expect(four.segments.count >= 4)
    for query in queries {
      let left = try Searcher(one).search(query, limit: 100)
      let right = try Searcher(four).search(query, limit: 100)
      #expect(left.total == right.total && left.hits.map(\.score) == right.hits.map(\.score))
      let paths = try right.hits.map { try four.segments[$0.segment].document($0.document).path }
      #expect(try left.hits.map { try one.segments[0].document($0.document).path } == paths)
    }
    for share in [100, 2] {
      let index = try Self.index(articles, segmentBytes: bytes / 4 + 1, replaced: share)
      let snapshot = try index.snapshot()
      #expect(try Self.compare(snapshot, queries) >= Self.fewestMatched)
    }
  }
}
