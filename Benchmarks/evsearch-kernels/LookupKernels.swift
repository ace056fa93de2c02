import EvAnalysis
import EvBytes
import EvIndex
import EvTestSupport

/// The dictionary of terms, and the best hits.
func measureLookups(_ table: KernelTable) throws {
  try measureDictionary(table)
  for limit in [10, 1000] { try measureBest(table, limit) }
}

private func measureDictionary(_ table: KernelTable) throws {
  // A vocabulary of words that share beginnings, as those of a language do.
  var random = SplitMix64(seed: 21)
  let syllables = ["an", "be", "con", "der", "el", "for", "ing", "lo", "ment", "ra", "ti", "un"]
  let words = Set(
    (0..<60_000).map { _ in
      (0..<Int.random(in: 1...5, using: &random))
        .map { _ in syllables[Int.random(in: 0..<syllables.count, using: &random)] }.joined()
    }
  ).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  let folder = try TemporaryDirectory()
  let configuration = IndexConfiguration(analyzer: Analyzer(.space), storesText: false)
  let writer = try IndexWriter(path: folder.path, configuration: configuration, threads: 1)
  try writer.add(Document(path: "all", text: words.joined(separator: " ")))
  _ = try writer.commit()
  let segment = try IndexSnapshot(path: folder.path).segments[0]

  let bytes = words.map { Array($0.utf8) }
  let asked = (0..<4096).map { _ in Int.random(in: 0..<words.count, using: &random) }
  // Each word occurs once, so its positions begin where its rank tells; the twin needs no more.
  var offsets: [[UInt8]: Int] = [:]
  for (word, text) in zip(words, bytes) {
    offsets[text] = try segment.terms.find(word)?.positionsOffset
  }
  let places = bytes.map { offsets[$0] ?? -1 }
  try table.measure(
    "look up a term of \(words.count)", "term", items: Double(asked.count), calls: 1
  ) { _ in
    var found = 0
    for rank in asked {
      found = found &* 31 &+ (try segment.terms.find(words[rank])?.positionsOffset ?? -1)
    }
    return found
  } twin: { _ in
    var plain = 0
    for rank in asked {
      // A binary search in an array of all words.
      let wanted = Array(words[rank].utf8)
      var (low, high) = (0, bytes.count)
      while low < high {
        let middle = (low + high) / 2
        if bytes[middle].lexicographicallyPrecedes(wanted) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      plain = plain &* 31 &+ places[low]
    }
    return plain
  }
}

private func measureBest(_ table: KernelTable, _ limit: Int) throws {
  var random = SplitMix64(seed: 31)
  let offered = (0..<16_384).map { number in
    // Few different scores, so that ties are met too.
    Hit(
      segment: 0, document: UInt32(number),
      score: Float(Int.random(in: 0..<4096, using: &random)) / 256)
  }
  var (found, plain) = ([Hit](), [Hit]())
  try table.measure(
    "best \(limit) of \(offered.count) hits", "hit", items: Double(offered.count), calls: 1
  ) { _ in
    let best = BestHits(limit: limit)
    for hit in offered { best.add(hit) }
    found = best.sorted()
    return found.count
  } twin: { _ in
    plain = Array(offered.sorted { $0.precedes($1) }.prefix(limit))
    return plain.count
  } same: {
    found == plain
  }
}
