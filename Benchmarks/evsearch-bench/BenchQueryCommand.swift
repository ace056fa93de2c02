import ArgumentParser
import CProcessor
import EvIndex
import EvQuery
import EvSearch
import Foundation

/// Times a file of queries, and writes a row for each.
struct BenchQueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Time the queries of a JSON lines file.",
    discussion: """
      A row of the queries is {"kind", "terms"}: kind is term, intersection, union or phrase; terms \
      are as the index has them. The whole file is run once a round, after a warm-up. A row of the \
      output is {"count", "ids", "scores", "min_us", "med_us", "postings"}, in the order of the \
      queries; postings is how many the lists of its terms have together. With --ranking the \
      words are typed, as a person would, and read, searched and rescored; rows then tell where \
      the time went: {"read_us", "search_us", "rescore_us", "kernels"}, each of the best round.
      """)

  /// What is asked for.
  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case top10, top10count, count
  }

  @Argument(help: "The folder of the index.")
  var folder: String

  @Argument(help: "A file of queries.")
  var queries: String

  @Option(help: "How many documents are wanted.")
  var k = 10

  @Option(help: "top10: the best k. top10count: these and the number of all. count: the number.")
  var mode = Mode.top10

  @Option(help: "How often the whole file is run.")
  var rounds = 10

  @Option(help: "Where the rows are written.")
  var out: String

  @Option(help: "standard or bm25: time what a person's search does, up to the passages.")
  var ranking: String?

  @Flag(help: "Let the system move the process from one processor to another.")
  var noPin = false

  func run() throws {
    // The peers' driver takes the same processor.
    if !noPin, ev_hold_to_one_processor() < 0 {
      throw ValidationError("The system does not hold the process to one processor; see --no-pin.")
    }
    let rows = try BenchQuery.read(self.queries)
    if let ranking {
      let timing = RankingTiming(
        index: try SearchIndex.open(at: folder), ranking: try Ranking(notation: ranking), limit: k)
      try timing.run(rows, rounds: rounds, out: out)
      return
    }
    let queries = rows.map(\.query)
    let snapshot = try IndexSnapshot(path: folder)
    let searcher = Searcher(snapshot)
    let limit = mode == .count ? 0 : k
    var times = [[Double]](repeating: [], count: queries.count)
    var answers: [TopHits] = []
    let clock = ContinuousClock()
    for round in 0...rounds {
      for (number, query) in queries.enumerated() {
        let start = clock.now
        let found = try searcher.search(query, limit: limit, counts: mode != .top10)
        let took = clock.now - start
        if round == 0 {
          // The warm-up, and the answers.
          answers.append(found)
        } else {
          times[number].append(Double(took.components.attoseconds) / 1e12)
        }
      }
    }
    var output = ""
    for (number, answer) in answers.enumerated() {
      let postings = try rows[number].terms.reduce(0) {
        $0 + (try snapshot.documentFrequency(of: $1))
      }
      output += try row(answer, times[number].sorted(), postings, snapshot) + "\n"
    }
    try output.write(toFile: out, atomically: true, encoding: .utf8)
    let best = times.map { $0.min() ?? 0 }
    let mean = best.reduce(0, +) / Double(max(1, best.count))
    print("\(queries.count) queries, mean of the best rounds \(mean) us")
  }

  private func row(
    _ answer: TopHits, _ times: [Double], _ postings: Int, _ snapshot: IndexSnapshot
  ) throws -> String {
    var ids: [String] = []
    for hit in answer.hits {
      let path = try snapshot.segments[hit.segment].document(hit.document).path
      ids.append(path.split(separator: "#", maxSplits: 1).last.map(String.init) ?? path)
    }
    let row: [String: Any] = [
      "count": answer.total.map { $0 as Any } ?? NSNull(), "ids": ids,
      "scores": answer.hits.map { Double($0.score) }, "min_us": times.first ?? 0,
      "med_us": times.isEmpty ? 0 : times[times.count / 2], "postings": postings,
    ]
    return String(
      decoding: try JSONSerialization.data(withJSONObject: row, options: .sortedKeys),
      as: UTF8.self)
  }
}
