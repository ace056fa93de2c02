import ArgumentParser
import EvBytes
import EvCodecs
import EvIndex
import EvQuery

/// What lists of frequent pairs of words would cost, and which phrases they would answer.
struct BigramsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bigrams",
    abstract: "What lists of frequent pairs of words cost, and the phrases that they cover.",
    discussion: """
      A pair is listed when both words are among the most frequent ones. A list has a document and how \
      often the pair is in it, in blocks as any list, without positions. A phrase is covered where all \
      its neighbours are such pairs, and helped where some are. The share of time is that of the \
      phrases when they are run now, the best of five rounds each.
      """)

  @Argument(help: "The folder of the index; one segment.")
  var folder: String

  @Argument(help: "A file of queries.")
  var queries: String

  private static let sizes = [64, 128, 256, 512, 1024]

  func run() throws {
    let index = try ExperimentIndex(folder)
    let frequent = try mostFrequent(index, Self.sizes.max() ?? 0)
    let ranks = Dictionary(uniqueKeysWithValues: zip(frequent.map(\.term), 0...))
    let costs = try pairs(index, frequent)
    let phrases = try timedPhrases(index)
    let time = phrases.reduce(0) { $0 + $1.time }
    let indexBytes = index.segment.info.byteCount
    print("\(phrases.count) phrases; the index has \(indexBytes) bytes\n")
    print(
      row([
        "words", "pairs", "postings", "bytes", "of the index", "phrases covered", "their time",
        "phrases helped", "their time",
      ]))
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for (size, cost) in zip(Self.sizes, costs) {
      var covered = (count: 0, time: 0.0)
      var helped = (count: 0, time: 0.0)
      for phrase in phrases {
        let isFrequent = phrase.terms.map { ranks[$0].map { $0 < size } ?? false }
        let neighbours = zip(isFrequent, isFrequent.dropFirst()).map { $0 && $1 }
        if neighbours.allSatisfy({ $0 }) {
          covered = (covered.count + 1, covered.time + phrase.time)
        } else if neighbours.contains(true) {
          helped = (helped.count + 1, helped.time + phrase.time)
        }
      }
      let percent = { (part: Double, all: Double) in decimal(100 * part / all, 1) + " %" }
      let count = Double(phrases.count)
      print(
        row([
          "\(size)", "\(cost.pairs)", "\(cost.postings)", "\(cost.bytes)",
          percent(Double(cost.bytes), Double(indexBytes)),
          percent(Double(covered.count), count), percent(covered.time, time),
          percent(Double(helped.count), count), percent(helped.time, time),
        ]))
    }
  }

  /// The terms in the most documents, the most frequent first.
  private func mostFrequent(
    _ index: ExperimentIndex, _ count: Int
  ) throws -> [(term: String, info: TermInfo)] {
    var terms: [(term: String, info: TermInfo)] = []
    var cursor = TermCursor(index.segment.terms)
    while try cursor.next() {
      guard cursor.info.blockCount > 0 else { continue }
      terms.append((String(decoding: cursor.term, as: UTF8.self), cursor.info))
    }
    terms.sort { ($0.info.documentFrequency, $1.term) > ($1.info.documentFrequency, $0.term) }
    return Array(terms.prefix(count))
  }

  /// What lists of pairs cost.
  private struct Cost {
    var pairs = 0
    var postings = 0
    var bytes = 0

    /// Counts the list of one pair as the index would write it.
    mutating func add(_ documents: [UInt32], _ frequencies: [UInt32]) {
      pairs += 1
      postings += documents.count
      var writer = ByteWriter()
      var base = DocumentBlock.noBase
      var start = 0
      while start < documents.count {
        let range = start..<min(start + 128, documents.count)
        let (own, counts) = (documents.span.extracting(range), frequencies.span.extracting(range))
        if range.count == 128 {
          _ = DocumentBlock.encode(own, base: base, to: &writer)
          let less = frequencies[range].map { $0 - 1 }
          PatchedBlock.encode(less.span, to: &writer)
        } else {
          let none: [UInt32] = []
          TailBlock.encode(
            own, counts, titles: none.span, headings: none.span, base: base, to: &writer)
        }
        base = documents[range.upperBound - 1]
        start = range.upperBound
      }
      // Of a block: its last document, offset, encoding and bound; of a pair: an entry in a dictionary.
      let blocks = documents.count < 128 ? 0 : (documents.count + 127) / 128
      bytes += writer.count + 10 * blocks + 12
    }
  }

  /// What pairs of the first so many words cost, for each of the sizes.
  private func pairs(
    _ index: ExperimentIndex, _ frequent: [(term: String, info: TermInfo)]
  ) throws -> [Cost] {
    let readers = frequent.map { PositionsReader(index.segment, $0.info) }
    var lists: [Int: (documents: [UInt32], frequencies: [UInt32])] = [:]
    var rankAt: [Int32] = []
    for document in 0..<UInt32(index.segment.info.documentCount) {
      var places: [(position: Int, rank: Int32)] = []
      for (rank, reader) in readers.enumerated() {
        for position in try reader.positions(of: document) {
          places.append((Int(position), Int32(rank)))
        }
      }
      let length = (places.map(\.position).max() ?? 0) + 2
      rankAt = [Int32](repeating: -1, count: length)
      for place in places { rankAt[place.position] = place.rank }
      var counts: [Int: UInt32] = [:]
      for place in places where rankAt[place.position + 1] >= 0 {
        counts[Int(place.rank) << 16 | Int(rankAt[place.position + 1]), default: 0] += 1
      }
      for (pair, count) in counts {
        lists[pair, default: ([], [])].documents.append(document)
        lists[pair, default: ([], [])].frequencies.append(count)
      }
    }
    var costs = Self.sizes.map { _ in Cost() }
    for (pair, list) in lists {
      for (number, size) in Self.sizes.enumerated() where max(pair >> 16, pair & 0xFFFF) < size {
        costs[number].add(list.documents, list.frequencies)
      }
    }
    return costs
  }

  private func timedPhrases(
    _ index: ExperimentIndex
  ) throws -> [(terms: [String], time: Double)] {
    let searcher = Searcher(index.snapshot)
    return try BenchQuery.read(queries).filter { $0.kind == .phrase && $0.terms.count > 1 }
      .map { query in
        let asked = query.query
        var least = Double.infinity
        for _ in 0..<5 {
          let start = processorNanoseconds()
          _ = try searcher.search(asked, limit: 10, counts: false)
          least = min(least, processorNanoseconds() - start)
        }
        return (query.terms, least)
      }
  }
}

/// Steps through the documents of a term together with others.
private final class PositionsReader {
  private var cursor: PostingsCursor
  private var buffer: [UInt32] = []
  private var isStarted = false

  init(_ segment: SegmentReader, _ info: TermInfo) {
    cursor = PostingsCursor(segment.postings, info)
  }

  /// The positions of the term in a document; documents are asked for in ascending order.
  func positions(of document: UInt32) throws -> [UInt32] {
    if !isStarted || cursor.document < document {
      isStarted = true
      _ = try cursor.seek(to: document)
    }
    guard cursor.document == document else { return [] }
    try cursor.readPositions(into: &buffer)
    return buffer
  }
}
