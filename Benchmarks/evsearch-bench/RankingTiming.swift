import EvIndex
import EvQuery
import EvSearch
import Foundation
import Glibc

/// Times searches as people make them: words are read, searched and rescored.
///
/// What is counted is the time of the processor, so that what else runs on the machine matters little.
struct RankingTiming {
  let index: SearchIndex
  let ranking: Ranking
  /// How many documents are shown.
  let limit: Int

  /// What a query took, in microseconds; of each part the least of all rounds.
  private struct Row: Codable {
    var kind: String
    var query: String
    var min_us = Double.infinity
    var read_us = 0.0
    var search_us = Double.infinity
    var rescore_us = Double.infinity
    /// What ran over the first segment that has anything.
    var kernels: [String] = []
    var total = 0
    var hits: [UInt32] = []
    var scores: [Float] = []
  }

  /// Runs the whole file `rounds` times after a warm-up, and writes a row for each query.
  func run(_ queries: [BenchQuery], rounds: Int, out: String) throws {
    var rows = queries.map { Row(kind: $0.kind.rawValue, query: $0.text) }
    for round in 0...rounds {
      for (number, query) in queries.enumerated() {
        try time(query, &rows[number], isWarmUp: round == 0)
      }
    }
    for number in rows.indices {
      rows[number].read_us = max(
        0, rows[number].min_us - rows[number].search_us - rows[number].rescore_us)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let lines = try rows.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
    try lines.joined().write(toFile: out, atomically: true, encoding: .utf8)
    print("kind          count  whole us:    mean      p50      p99 | mean: read  search  rescore")
    for kind in ["term", "intersection", "union", "phrase", ""] {
      let own = rows.filter { kind.isEmpty || $0.kind == kind }
      guard !own.isEmpty else { continue }
      let whole = own.map(\.min_us).sorted()
      func mean(_ value: (Row) -> Double) -> Double {
        own.reduce(0) { $0 + value($1) } / Double(own.count)
      }
      print(
        String(
          format: "%-12@ %6d            %9.1f %8.1f %8.1f | %10.1f %7.1f %8.1f",
          kind.isEmpty ? "all" : kind, own.count, mean(\.min_us), whole[whole.count / 2],
          whole[whole.count * 99 / 100], mean(\.read_us), mean(\.search_us), mean(\.rescore_us)))
    }
  }

  private func time(_ query: BenchQuery, _ row: inout Row, isWarmUp: Bool) throws {
    var options = SearchOptions()
    options.ranking = ranking
    options.limit = limit
    // Any of the words will do, as the other engines' unions have it.
    options.ranksPartialMatches = query.kind == .union
    let start = Self.now()
    let found = try index.find(query.text, options)
    let whole = Self.now() - start
    let searcher = Searcher(index.snapshot, similarity: ranking.similarity)
    let depth = max(limit, ranking.evidence.depth)
    let counts = query.kind != .union
    if isWarmUp {
      row.total = found.total
      row.hits = found.hits.prefix(limit).map(\.document)
      row.scores = found.hits.prefix(limit).map(\.score)
      row.kernels = try searcher.explainPlan(
        found.query, limit: depth, counts: counts, statistics: found.statistics
      ).steps.map(\.kernel)
      return
    }
    let searching = Self.now()
    let hits = try searcher.search(
      found.query, limit: depth, counts: counts, statistics: found.statistics)
    let searched = Self.now()
    _ = try searcher.rescored(
      hits.hits, for: found.query, ranking.evidence, statistics: found.statistics)
    let rescored = Self.now()
    row.min_us = min(row.min_us, whole)
    row.search_us = min(row.search_us, searched - searching)
    row.rescore_us = min(row.rescore_us, rescored - searched)
  }

  /// The processor's time of this thread, in microseconds.
  private static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }
}
