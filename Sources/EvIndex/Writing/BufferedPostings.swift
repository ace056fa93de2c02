/// The postings of the batches of a segment, in the order in which they are written.
struct BufferedPostings: Sendable {
  /// A batch's postings, and the segment's number of its first document.
  struct Batch: Sendable {
    var postings: BatchPostings
    /// The segment's number of each of the batch's terms, in the order of its postings.
    var terms: [UInt32]
    var firstDocument: UInt32
  }

  private let batches: [Batch]

  /// The terms in the order of their bytes.
  let order: [UInt32]

  /// Where the runs of each term begin in `runs`, and at the end where the last end.
  private let starts: [Int]

  /// The batches of each term, ascending: the batch in the upper half, the place of the term among the
  /// batch's in the lower.
  private let runs: [UInt64]

  /// - Parameter order: The segment's terms in the order of their bytes.
  init(_ batches: [Batch], order: [UInt32]) {
    self.batches = batches
    self.order = order
    var starts = [Int](repeating: 0, count: order.count + 1)
    for batch in batches {
      for term in batch.terms { starts[Int(term) + 1] += 1 }
    }
    for term in order.indices { starts[term + 1] += starts[term] }
    self.starts = starts
    var next = starts
    var runs = [UInt64](repeating: 0, count: starts[order.count])
    do {
      var places = runs.mutableSpan
      var next = next.mutableSpan
      for (number, batch) in batches.enumerated() {
        for (local, term) in batch.terms.enumerated() {
          places[next[Int(term)]] = UInt64(number) << 32 | UInt64(local)
          next[Int(term)] += 1
        }
      }
    }
    self.runs = runs
  }

  /// Runs in a group, roughly: enough work to hand to another thread, and a few megabytes at most
  /// unless a term alone has more.
  private static let runsInGroup = 1 << 14

  /// Cuts the terms into groups, each enough to be worth handing to another thread.
  func groups() -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    var count = 0
    for (place, term) in order.enumerated() {
      count += starts[Int(term) + 1] - starts[Int(term)]
      if count >= Self.runsInGroup || place == order.count - 1 {
        groups.append(start..<place + 1)
        start = place + 1
        count = 0
      }
    }
    return groups
  }

  /// Encodes the postings of a group of terms.
  func encode(
    _ terms: Range<Int>, norms: [UInt8], averageLength: Float
  ) throws(IndexError) -> EncodedPostings {
    let encoder = PostingsEncoder(norms: norms, averageLength: averageLength)
    var unpacker = PostingsUnpacker()
    var list = PostingsList()
    for place in terms {
      var byteCount = 0
      forEachRun(of: place) { _, range in byteCount += range.count }
      unpacker.begin(byteCount: byteCount)
      forEachRun(of: place) { batch, range in
        unpacker.append(batches[batch].postings, range, base: batches[batch].firstDocument)
      }
      unpacker.copy(to: &list)
      try encoder.add(list)
    }
    return encoder.encoded
  }

  @inline(__always)
  private func forEachRun(of place: Int, _ body: (_ batch: Int, _ range: Range<Int>) -> Void) {
    let term = Int(order[place])
    for index in starts[term]..<starts[term + 1] {
      let batch = Int(runs[index] >> 32)
      body(batch, batches[batch].postings.range(of: Int(runs[index] & 0xFFFF_FFFF)))
    }
  }
}
