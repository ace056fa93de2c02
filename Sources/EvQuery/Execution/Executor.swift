internal import EvBytes
internal import EvIndex
internal import Glibc

/// Runs a plan over the segments of a snapshot.
struct Executor: ~Copyable {
  private let snapshot: IndexSnapshot
  private let plan: Plan
  private let similarity: BM25
  /// Whether documents are scored, and not only counted.
  private let isScored: Bool
  /// What each segment knows of each word of the plan, segment by segment.
  private let infos: [TermInfo?]
  /// Positions a document, on average.
  private let averageLength: Float
  /// The documents of each segment that are not shown, a bit each; those that are deleted where nil.
  private let hidden: [[UInt64]]?
  /// The idf of each clause, times its boost; none where nothing is scored.
  private let weights: [Float]

  /// Looks up the words of a plan.
  ///
  /// - Parameters:
  ///   - statistics: Numbers of the collection; the snapshot's own where nil.
  ///   - hidden: Documents of each segment that are not shown, a bit each, deleted ones among them;
  ///     those alone where nil.
  init(
    _ snapshot: IndexSnapshot, _ plan: Plan, _ similarity: BM25,
    _ statistics: CollectionStatistics?, hidden: [[UInt64]]? = nil, isScored: Bool = true
  ) throws(IndexError) {
    self.snapshot = snapshot
    self.plan = plan
    self.similarity = similarity
    self.hidden = hidden
    self.isScored = isScored
    var infos: [TermInfo?] = []
    for segment in snapshot.segments {
      let found = try segment.terms.find(plan.words)
      for info in found { if let info { segment.postings.prefetch(info) } }
      infos += found
    }
    self.infos = infos
    guard isScored else {
      (averageLength, weights) = (1, [])
      return
    }
    var frequencies = [Int](repeating: 0, count: plan.words.count)
    if let statistics {
      for (place, word) in plan.words.enumerated() {
        frequencies[place] = statistics.documentFrequencies[word] ?? 0
      }
    } else {
      for (number, segment) in snapshot.segments.enumerated() {
        for place in frequencies.indices {
          guard let info = infos[number * frequencies.count + place] else { continue }
          frequencies[place] += segment.liveDocumentFrequency(of: info)
        }
      }
    }
    let numbers =
      statistics
      ?? CollectionStatistics(
        documentCount: snapshot.nonEmptyDocumentCount, totalLength: snapshot.totalLength,
        documentFrequencies: [:])
    averageLength = numbers.averageLength
    weights = plan.clauses.map { $0.idf(numbers, frequencies) * $0.boost }
  }

  /// What a segment knows of a word of the plan.
  private func info(_ number: Int, _ word: Int) -> TermInfo? {
    infos[number * plan.words.count + word]
  }

  /// The best documents, and how many match where that is wanted.
  ///
  /// - Parameter limit: How many documents; 0 for a count alone, which nothing need be scored for.
  func run(
    _ limit: Int, counts: Bool, trace: ExecutionTrace? = nil
  ) throws(IndexError) -> TopHits {
    precondition(isScored || limit == 0, "documents that are not scored are only counted")
    let best = BestHits(limit: limit)
    var total = 0
    for (number, segment) in snapshot.segments.enumerated() {
      try Interruption.check()
      if limit == 0, let count = knownCount(number) {
        total += count
        trace?.add(number, kernel: "number of documents of the term, from the dictionary", [])
        continue
      }
      let lists = SegmentLists(
        segment, similarity, averageLength: isScored ? averageLength : nil,
        drift: isScored ? similarity.drift(segment, averageLength: averageLength) : nil,
        listCount: plan.words.count)
      do throws(FormatError) {
        let hidden = hiddenWords(number)
        best.begin(deleted: hidden)
        // What a list promises, an exclusion, a filter or a deletion may take away.
        if limit > 0, plan.kind == .union, !plan.excludes, hidden.isEmpty {
          raise(best, to: limit, number)
        }
        total += try run(best, limit, number, lists, hidden, counts: counts, trace)
      } catch {
        throw segment.postings.postings.corrupt(PostingsFile.Section.payload.rawValue, error)
      }
      withExtendedLifetime((segment, lists)) {}
    }
    return TopHits(total: counts ? total : nil, hits: best.sorted())
  }

  /// How many documents of a segment match, where that is known without its postings.
  private func knownCount(_ number: Int) -> Int? {
    guard hidden == nil, plan.kind == .union, plan.clauses.count == 1,
      case let word = plan.clauses[0].word
    else { return nil }
    guard let info = info(number, word) else { return 0 }
    return snapshot.segments[number].liveDocumentFrequency(of: info)
  }

  private func hiddenWords(_ number: Int) -> [UInt64] {
    hidden?[number] ?? snapshot.segments[number].deletions.words
  }

  /// Runs the kernels of a segment.
  ///
  /// - Returns: How many documents match, where that is wanted.
  private func run(
    _ best: BestHits, _ limit: Int, _ number: Int, _ lists: SegmentLists, _ hidden: [UInt64],
    counts: Bool, _ trace: ExecutionTrace?
  ) throws(FormatError) -> Int {
    let words = plan.words.count
    let own = infos[number * words..<(number + 1) * words]
    if case .phrase(let form) = plan.kind {
      guard form.words.allSatisfy({ own[own.startIndex + $0] != nil }) else { return 0 }
      return try lists.withPhrase(
        form, own, weight: weights.first ?? 1, segment: number
      ) { kernel throws(FormatError) in
        defer { trace?.add(number, kernel: "phrase", kernel.traced) }
        if counts { return try kernel.count(deleted: hidden, showing: limit > 0 ? best : nil) }
        try kernel.run(best)
        return 0
      }
    }
    var total = 0
    try lists.withGroups(plan, own, weights) { groups throws(FormatError) in
      let documents = snapshot.segments[number].info.documentCount
      if plan.kind == .intersection, limit > 0 {
        let kernel = IntersectionKernel(groups, segment: number, best: best)
        defer { trace?.add(number, kernel: "intersection", groups.traced) }
        guard counts else { return try kernel.run() }
        let left = unsafe try CountKernel.left(groups.excluded, documents, hidden)
        groups.rewind()
        total = try kernel.runCounting(documents, without: left)
        return
      }
      if limit > 0, unsafe groups.optional.count == 1, unsafe groups.excluded.isEmpty {
        let list = unsafe groups.optional.baseAddress.unsafelyUnwrapped
        unsafe try TermKernel(list, segment: number, best: best).run()
        trace?.add(number, kernel: "term, best blocks first", groups.traced)
      } else if limit > 0 {
        try UnionKernel(groups, segment: number, best: best).run()
        trace?.add(number, kernel: "union, list by list", groups.traced)
      }
      guard counts else { return }
      groups.rewind()
      total = try CountKernel(groups, documentCount: documents, deleted: hidden).count()
      trace?.add(number, kernel: "count", groups.traced)
    }
    return total
  }

  /// Raises the threshold to what the stored k-th best impacts of a segment's words promise.
  private func raise(_ best: BestHits, to limit: Int, _ number: Int) {
    guard let kind = similarity.impactKind else { return }
    let growth = similarity.growth(snapshot.segments[number], averageLength: averageLength)
    let shrink = min(1, growth) * (1 - 4 * TermList.slack)
    for (clause, weight) in zip(plan.clauses, weights) {
      guard let info = info(number, clause.word), info.blockCount > 0 else { continue }
      let impacts = info.impacts(kind)
      let code = impacts.code(forBest: limit)
      guard code > 0 else { continue }
      let most = weight * Float(clause.multiplicity) * impacts.maximum
      best.raise(to: most * ImpactCode.share(of: code) * shrink)
    }
  }
}

extension BM25 {
  /// How much larger an impact may be because the collection's average length is not the one that the
  /// segment's bounds were made with; below 1, how much smaller.
  func growth(_ segment: SegmentReader, averageLength: Float) -> Float {
    let own = Float(
      Double(segment.info.totalLength) / Double(max(1, segment.info.nonEmptyDocumentCount)))
    let ratio = averageLength / own
    guard lengthExponent != 1 else { return ratio }
    return Float(pow(Double(ratio), Double(lengthExponent)))
  }

  /// By how much stored bounds must be raised; nil where they were made for another similarity.
  func drift(_ segment: SegmentReader, averageLength: Float) -> Float? {
    guard impactKind != nil else { return nil }
    return max(1, growth(segment, averageLength: averageLength)) * (1 + TermList.slack)
  }
}
