import ArgumentParser
import EvIndex

/// How many postings a block should have.
struct BlockSizesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blocks",
    abstract: "How tight bounds of blocks of 64 to 512 postings are.",
    discussion: """
      For each query: the postings of its lists that are in blocks which may reach the score of the k-th \
      best document, if that were known from the start. Unions and terms: list by list, the strongest \
      first, with what the weaker lists may add. Intersections and phrases: the shortest list alone.
      """)

  @Argument(help: "The folder of the index; one segment.")
  var folder: String

  @Argument(help: "A file of queries.")
  var queries: String

  @Option(help: "How many documents are wanted.")
  var k = 10

  private static let sizes = [1, 64, 128, 256, 512]

  /// Postings over all queries of a kind.
  private struct Sums {
    var queries = 0
    var all = 0
    var live = [Int](repeating: 0, count: BlockSizesCommand.sizes.count)
  }

  func run() throws {
    let index = try ExperimentIndex(folder)
    var sums: [BenchQuery.Kind: Sums] = [:]
    for query in try BenchQuery.read(queries) {
      guard let lists = try index.lists(query) else { continue }
      let threshold = try index.finalThreshold(query, k: k)
      sums[query.kind, default: Sums()].queries += 1
      for scan in Scan.all(query.kind, lists) {
        sums[query.kind, default: Sums()].all += scan.scores.count
        for (number, size) in Self.sizes.enumerated() {
          sums[query.kind, default: Sums()].live[number] += scan.live(threshold, blockSize: size)
        }
      }
    }
    print(
      row(["kind", "queries", "postings"] + Self.sizes.map { $0 == 1 ? "alone" : "in \($0)" }))
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for kind in BenchQuery.Kind.all {
      guard let sum = sums[kind] else { continue }
      let shares = sum.live.map { decimal(100 * Double($0) / Double(sum.all), 2) + " %" }
      print(row(["\(kind)", "\(sum.queries)", "\(sum.all)"] + shares))
    }
  }

  /// A walk over one list: its scores, and what other lists may add to any of them.
  private struct Scan {
    var scores: [Float]
    var rest: Float

    /// The walks that a query takes.
    static func all(_ kind: BenchQuery.Kind, _ lists: [ExperimentIndex.List]) -> [Scan] {
      switch kind {
      case .term, .union:
        let ordered = lists.sorted { $0.highest > $1.highest }
        return ordered.indices.map { number in
          let rest = ordered[(number + 1)...].reduce(0) { $0 + $1.highest }
          return Scan(scores: ordered[number].scores, rest: rest)
        }
      case .intersection:
        let ordered = lists.sorted { $0.scores.count < $1.scores.count }
        let rest = ordered.dropFirst().reduce(0) { $0 + $1.highest }
        return [Scan(scores: ordered[0].scores, rest: rest)]
      case .phrase:
        // A phrase weighs as much as its words together, and is as frequent as its rarest at most.
        let ordered = lists.sorted { $0.scores.count < $1.scores.count }
        let factor = ordered.reduce(0) { $0 + $1.weight } / ordered[0].weight
        return [Scan(scores: ordered[0].scores.map { $0 * factor }, rest: 0)]
      }
    }

    /// Postings in blocks whose best may reach the threshold.
    func live(_ threshold: Float, blockSize: Int) -> Int {
      var live = 0
      for start in stride(from: 0, to: scores.count, by: blockSize) {
        let block = scores[start..<min(start + blockSize, scores.count)]
        if (block.max() ?? 0) + rest >= threshold { live += block.count }
      }
      return live
    }
  }
}
