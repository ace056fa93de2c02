import EvAnalysis
import EvIndex
import EvQuery
import EvTestSupport
import Foundation
import Testing

/// All 962 queries of the search-benchmark-game over articles of Wikipedia: what kernels answer, with one
/// segment and with several, with and without deletions, is what the reference searcher answers, which
/// looks at every document.
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

  private static func queries() throws -> (queries: [Query], words: Set<String>) {
    let path = SharedData.path("corpora/search-benchmark-game/queries.txt")
    let decoder = JSONDecoder()
    let texts = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      try decoder.decode(GameQuery.self, from: Data($0.utf8)).query
    }
    let words = texts.flatMap { $0.split { !$0.isLetter }.map(String.init) }
    return (texts.map(query), Set(words))
  }

  /// What the reference searcher says of a query: the best thousand, and how many there are.
  private struct Answer {
    var best: [ReferenceSearcher.Hit]
    var total: Int
  }

  /// Asks the reference searcher once for all limits and all indexes of the same documents.
  private static func answers(
    _ documents: [Document], _ queries: [Query], knowing words: Set<String>
  ) throws -> [Answer] {
    let reference = try ReferenceSearcher(documents, Analyzer(.space), knowing: words)
    return queries.map { query in
      let hits = reference.search(query)
      return Answer(best: Array(hits.prefix(1000)), total: hits.count)
    }
  }

  /// Compares kernels with the reference; returns how many queries had a hit.
  private static func compare(
    _ snapshot: IndexSnapshot, _ queries: [Query], _ answers: [Answer]
  ) throws -> Int {
    // The documents that are left are the reference's, in the same order.
    let places = snapshot.segments.indices.flatMap { number in
      let segment = snapshot.segments[number]
      return (0..<UInt32(segment.info.documentCount)).filter { !segment.isDeleted($0) }.map {
        (number, $0)
      }
    }
    let searcher = Searcher(snapshot)
    var matched = 0
    for (query, answer) in zip(queries, answers) {
      let expected = answer.best.map { hit in
        Hit(segment: places[hit.document].0, document: places[hit.document].1, score: hit.score)
      }
      for limit in [1, 10, 100, 1000] {
        let best = Array(expected.prefix(limit))
        #expect(try searcher.search(query, limit: limit, counts: false).hits == best, "\(query)")
        let counted = try searcher.search(query, limit: limit)
        #expect(counted.hits == best && counted.total == answer.total, "\(query)")
      }
      #expect(try searcher.search(query, limit: 0).total == answer.total, "\(query)")
      let scored = try searcher.searchByScorers(query, limit: 1000)
      #expect(scored.hits == expected && scored.total == answer.total, "\(query)")
      matched += expected.isEmpty ? 0 : 1
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
    writer.mergePolicy.smallBytes = 0
    writer.mergePolicy.deletedShare = 1
    for document in replacements(articles, replaced) { try writer.add(document) }
    _ = try writer.commit()
    return index
  }

  private static func replacements(_ articles: [Document], _ replaced: Int) -> [Document] {
    stride(from: 0, to: articles.count, by: replaced).map { number in
      Document(path: articles[number].path, text: "griffith observatory the who")
    }
  }

  @Test func `kernels answer as the reference does on every query of the game`() throws {
    let articles = try Self.articles()
    let (queries, words) = try Self.queries()
    #expect(queries.count == 962)
    let bytes = articles.reduce(0) { $0 + $1.text.utf8.count }
    let answers = try Self.answers(articles, queries, knowing: words)
    let whole = try Self.index(articles, segmentBytes: .max / 4, replaced: nil)
    let one = try whole.snapshot()
    #expect(one.segments.count == 1)
    #expect(try Self.compare(one, queries, answers) >= Self.fewestMatched)

    let parts = try Self.index(articles, segmentBytes: bytes / 4 + 1, replaced: nil)
    let four = try parts.snapshot()
    #expect(four.segments.count >= 4)
    #expect(try Self.compare(four, queries, answers) >= Self.fewestMatched)
    for share in [100, 2] {
      let index = try Self.index(articles, segmentBytes: bytes / 4 + 1, replaced: share)
      let snapshot = try index.snapshot()
      let deleted = snapshot.segments.reduce(0) {
        $0 + $1.info.documentCount - $1.liveDocumentCount
      }
      #expect(deleted == (articles.count + share - 1) / share)
      let left = articles.enumerated().filter { $0.offset % share != 0 }.map(\.element)
      let documents = left + Self.replacements(articles, share)
      let answers = try Self.answers(documents, queries, knowing: words)
      #expect(try Self.compare(snapshot, queries, answers) >= Self.fewestMatched)
    }
  }
}
