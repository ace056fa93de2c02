import ArgumentParser
import EvIndex

/// How much of the lists is left to look at, at the threshold that is known first and at the last one.
struct LiveBlocksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "live",
    abstract: "The share of blocks and postings that bounds leave.",
    discussion: """
      Seeded: at the threshold that the stored k-th best impacts promise before anything is decoded \
      (terms and unions; 0 for others). Final: at the score of the k-th best document. Whole lists: a \
      block is live if its stored bound and the largest bounds of the other lists reach the threshold. \
      Same range: instead of their largest, the bounds of the blocks of the other lists that hold \
      documents in the block's range. Unions are walked list by list, the strongest first, and only \
      weaker lists may add; of intersections and phrases only the shortest list is walked.
      """)

  @Argument(help: "The folder of the index; one segment.")
  var folder: String

  @Argument(help: "A file of queries.")
  var queries: String

  @Option(help: "How many documents are wanted; at most 1000.")
  var k = 10

  /// What is left, over all queries of a kind.
  private struct Sums {
    var queries = 0
    var seeded = 0
    var shareOfFinal = 0.0
    var blocks = 0
    var postings = 0
    var live: [Live] = []
    var liveShares = [Double](repeating: 0, count: 4)
  }

  private struct Live {
    var blocks = 0
    var postings = 0
  }

  func run() throws {
    let index = try ExperimentIndex(folder)
    var sums: [BenchQuery.Kind: Sums] = [:]
    for query in try BenchQuery.read(queries) {
      guard let lists = try index.lists(query) else { continue }
      var sum = sums[query.kind] ?? Sums(live: Array(repeating: Live(), count: 4))
      try add(query, lists, index, to: &sum)
      sums[query.kind] = sum
    }
    report(sums)
  }

  private func add(
    _ query: BenchQuery, _ lists: [ExperimentIndex.List], _ index: ExperimentIndex,
    to sum: inout Sums
  ) throws {
    let last = try index.finalThreshold(query, k: k)
    var seed: Float = 0
    if query.kind == .term || query.kind == .union {
      for list in lists where list.info.blockCount > 0 {
        let share = ImpactCode.share(of: list.info.plainImpacts.code(forBest: k))
        seed = max(seed, list.weight * list.info.plainImpacts.maximum * share)
      }
    }
    let bounded = try lists.map { try BoundedList($0, index.segment) }
      .sorted { $0.highest > $1.highest }
    let shortest = bounded.min { $0.documentFrequency < $1.documentFrequency }
    let walked: [BoundedList]
    var factor: Float = 1
    switch query.kind {
    case .term, .union: walked = bounded
    case .intersection: walked = shortest.map { [$0] } ?? []
    case .phrase:
      walked = shortest.map { [$0] } ?? []
      if let shortest { factor = lists.reduce(0) { $0 + $1.weight } / shortest.weight }
    }
    sum.queries += 1
    if seed > 0 { sum.seeded += 1 }
    if last > 0 { sum.shareOfFinal += Double(min(1, seed / last)) }
    var own = [Live](repeating: Live(), count: 4)
    var all = Live()
    for (number, list) in walked.enumerated() {
      let others =
        switch query.kind {
        case .term, .union: Array(bounded[(number + 1)...])
        case .intersection: bounded.filter { $0.term != list.term }
        case .phrase: [BoundedList]()
        }
      let most = others.reduce(0) { $0 + $1.highest }
      for block in list.bounds.indices {
        let bound = list.bounds[block] * factor
        let near = others.reduce(Float(0)) { $0 + $1.bound(in: list.range(block)) }
        // An intersection needs something of every list.
        let possible =
          query.kind != .intersection
          || others.allSatisfy { $0.bound(in: list.range(block)) > 0 }
        all.blocks += 1
        all.postings += list.count(block)
        let reach = [
          bound + most >= seed, possible && bound + near >= seed, bound + most >= last,
          possible && bound + near >= last,
        ]
        for (number, isLive) in reach.enumerated() where isLive {
          own[number].blocks += 1
          own[number].postings += list.count(block)
        }
      }
    }
    sum.blocks += all.blocks
    sum.postings += all.postings
    for number in own.indices {
      sum.live[number].blocks += own[number].blocks
      sum.live[number].postings += own[number].postings
      sum.liveShares[number] += Double(own[number].blocks) / Double(max(1, all.blocks))
    }
  }

  private func report(_ sums: [BenchQuery.Kind: Sums]) {
    print(
      row([
        "kind", "queries", "with a seed", "seed / final, mean", "blocks", "", "seeded, whole lists",
        "seeded, same range", "final, whole lists", "final, same range",
      ]))
    print("|---|--:|--:|--:|--:|---|--:|--:|--:|--:|")
    for kind in BenchQuery.Kind.all {
      guard let sum = sums[kind] else { continue }
      let head = [
        "\(kind)", "\(sum.queries)", "\(sum.seeded)",
        decimal(sum.shareOfFinal / Double(sum.queries)), "\(sum.blocks)",
      ]
      let share = { (part: Int, all: Int) in
        decimal(100 * Double(part) / Double(max(1, all)), 1) + " %"
      }
      print(row(head + ["blocks"] + sum.live.map { share($0.blocks, sum.blocks) }))
      let blank = [String](repeating: "", count: head.count)
      print(row(blank + ["postings"] + sum.live.map { share($0.postings, sum.postings) }))
      print(
        row(
          blank + ["blocks, mean of queries"]
            + sum.liveShares.map { decimal(100 * $0 / Double(sum.queries), 1) + " %" }))
    }
  }
}

/// A list's blocks as the index describes them.
struct BoundedList {
  /// Where its postings are, which tells the lists of a query apart.
  let term: Int
  let documentFrequency: Int
  /// The term's idf, times how often the query has it.
  let weight: Float
  /// The most that a posting of each block adds to a score.
  private(set) var bounds: [Float] = []
  /// The most that any posting adds.
  let highest: Float
  private var lastDocuments: [UInt32] = []
  private let firstDocument: UInt32

  init(_ list: ExperimentIndex.List, _ segment: SegmentReader) throws {
    term = list.info.postingsOffset
    documentFrequency = list.info.documentFrequency
    weight = list.weight
    firstDocument = list.documents[0]
    let blocks = try TermBlocks(segment.postings, list.info)
    if blocks.hasMetadata {
      let most = list.weight * list.info.plainImpacts.maximum
      for block in 0..<blocks.count {
        // Safe: there is an entry for each block.
        bounds.append(unsafe most * ImpactCode.share(of: blocks.bounds[block]))
        lastDocuments.append(unsafe blocks.lastDocuments[block])
      }
    } else {
      bounds = [list.highest]
      lastDocuments = [list.documents[list.documents.count - 1]]
    }
    highest = bounds.max() ?? 0
  }

  /// Postings of a block.
  func count(_ block: Int) -> Int { min(128, documentFrequency - 128 * block) }

  /// The documents that a block may hold.
  func range(_ block: Int) -> ClosedRange<UInt32> {
    (block > 0 ? lastDocuments[block - 1] + 1 : firstDocument)...lastDocuments[block]
  }

  /// The most that a document of a range can have from this list.
  func bound(in range: ClosedRange<UInt32>) -> Float {
    var (low, high) = (0, lastDocuments.count)
    while low < high {
      let middle = (low + high) / 2
      if lastDocuments[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    var most: Float = 0
    while low < bounds.count, self.range(low).lowerBound <= range.upperBound {
      most = max(most, bounds[low])
      low += 1
    }
    return most
  }
}
