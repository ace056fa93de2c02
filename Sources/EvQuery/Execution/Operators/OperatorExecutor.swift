internal import EvBytes
internal import EvIndex

/// Runs the lists of a query over the segments of a snapshot.
struct OperatorExecutor {
  let snapshot: IndexSnapshot
  let query: Query
  let statistics: CollectionStatistics
  let similarity: BM25
  /// The documents of each segment that are not shown, a bit each; those that are deleted where nil.
  let hidden: [[UInt64]]?

  /// The best documents, and how many match where that is wanted.
  ///
  /// - Parameter limit: How many documents; 0 for a count alone, which nothing is scored for.
  func run(
    _ limit: Int, counts: Bool, trace: ExecutionTrace?
  ) throws(IndexError) -> TopHits {
    let weight = Weight(query, statistics, similarity)
    let best = BestHits(limit: limit)
    var total = 0
    for (number, segment) in snapshot.segments.enumerated() {
      try Interruption.check()
      let hidden = hidden?[number] ?? segment.deletions.words
      let lists = lists(segment, isScored: limit > 0)
      guard let root = try list(segment, lists, weight, hidden.isEmpty ? limit : 0, limit > 0)
      else { continue }
      best.begin(deleted: hidden)
      if limit > 0 {
        best.raise(to: root.promise)
        try search(root, number, best)
      }
      if counts {
        if limit > 0 { root.rewind() }
        let found = DocumentBits(segment.info.documentCount)
        try root.insert(into: found)
        found.remove(words: hidden)
        total += found.count
      }
      trace?.add(number, kernel: root.name, root.traced(""))
      withExtendedLifetime((segment, lists)) {}
    }
    return TopHits(total: counts ? total : nil, hits: best.sorted())
  }

  /// The documents of a segment that match and are not deleted.
  func documents(in segment: SegmentReader) throws(IndexError) -> DocumentBits {
    let found = DocumentBits(segment.info.documentCount)
    let weight = Weight(query, statistics, similarity)
    let lists = lists(segment, isScored: false)
    try list(segment, lists, weight, 0, false)?.insert(into: found)
    found.remove(words: segment.deletions.words)
    withExtendedLifetime((segment, lists)) {}
    return found
  }

  /// Hands out the scores of some documents of a segment, all of which match.
  func score(
    _ documents: DocumentBits, of segment: SegmentReader, _ body: (UInt32, Float) -> Void
  ) throws(IndexError) {
    let lists = lists(segment, isScored: true)
    let weight = Weight(query, statistics, similarity)
    guard let root = try list(segment, lists, weight, 0, true) else { return }
    let size = ListOperator.size
    let batch = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    let places = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    let zeros = UnsafeMutablePointer<Float>.allocate(capacity: size)
    unsafe zeros.initialize(repeating: 0, count: size)
    defer {
      unsafe batch.deallocate()
      unsafe places.deallocate()
      unsafe zeros.deallocate()
    }
    let gate = unsafe TermList.Gate(partial: UnsafePointer(zeros), needed: -.infinity)
    var word = 0
    while case let count = unsafe documents.next(from: &word, into: batch), count > 0 {
      try Interruption.check()
      for place in 0..<count { unsafe places[place] = UInt32(truncatingIfNeeded: place) }
      let found = unsafe try root.match(batch, places, count, gate)
      for index in 0..<found {
        // Safe: places are below 128.
        let place = unsafe Int(places[index])
        body(unsafe batch[place], unsafe Float(root.sums[place]))
      }
    }
    withExtendedLifetime((segment, lists)) {}
  }

  private func lists(_ segment: SegmentReader, isScored: Bool) -> SegmentLists {
    let average = statistics.averageLength
    return SegmentLists(
      segment, similarity, averageLength: isScored ? average : nil,
      drift: isScored ? similarity.drift(segment, averageLength: average) : nil)
  }

  private func list(
    _ segment: SegmentReader, _ lists: SegmentLists, _ weight: Weight, _ promised: Int,
    _ isScored: Bool
  ) throws(IndexError) -> ListOperator? {
    let growth = similarity.growth(segment, averageLength: statistics.averageLength)
    let builder = OperatorBuilder(
      segment, lists, weight, similarity, isScored: isScored, limit: promised,
      shrink: min(1, growth) * (1 - 4 * TermList.slack))
    return try builder.list(of: query)
  }

  private func search(
    _ root: ListOperator, _ number: Int, _ best: BestHits
  ) throws(IndexError) {
    var batches = 0
    while let count = try root.next(reaching: best.safeThreshold) {
      for index in 0..<count {
        // Safe: places are below 128.
        let place = unsafe Int(root.places[index])
        let score = unsafe Float(root.sums[place])
        guard score >= best.threshold else { continue }
        best.add(Hit(segment: number, document: unsafe root.documents[place], score: score))
      }
      batches += 1
      if batches & 31 == 0 { try Interruption.check() }
    }
  }
}
