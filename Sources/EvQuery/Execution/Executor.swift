internal import EvBytes
internal import EvIndex
internal import Glibc

/// Runs a plan over the segments of a snapshot.
struct Executor {
  private let snapshot: IndexSnapshot
  private let plan: Plan
  private let similarity: BM25
  /// What each segment knows of each word of the plan.
  private let infos: [[TermInfo?]]
  private let statistics: CollectionStatistics
  /// The documents of each segment that are not shown, a bit each; those that are deleted where nil.
  private let hidden: [[UInt64]]?
  /// The idf of each clause, times its boost.
  private let weights: [Float]

  /// Looks up the words of a plan.
  ///
  /// - Parameters:
  ///   - statistics: Numbers of the collection; the snapshot's own where nil.
  ///   - hidden: Documents of each segment that are not shown, a bit each, deleted ones among them;
  ///     those alone where nil.
  init(
    _ snapshot: IndexSnapshot, _ plan: Plan, _ similarity: BM25,
    _ statistics: CollectionStatistics?, hidden: [[UInt64]]? = nil
  ) throws(IndexError) {
    self.snapshot = snapshot
    self.plan = plan
    self.similarity = similarity
    self.hidden = hidden
    var infos: [[TermInfo?]] = []
    var own = CollectionStatistics(
      documentCount: snapshot.nonEmptyDocumentCount, totalLength: snapshot.totalLength,
      documentFrequencies: [:])
    for segment in snapshot.segments {
      var found: [TermInfo?] = []
      for word in plan.words {
        let info = try segment.terms.find(word)
        found.append(info)
        guard let info else { continue }
        own.documentFrequencies[word, default: 0] += segment.liveDocumentFrequency(of: info)
      }
      infos.append(found)
    }
    self.infos = infos
    let numbers = statistics ?? own
    self.statistics = numbers
    weights = plan.clauses.map { numbers.idf(of: $0.query) * $0.boost }
  }

  /// The best documents, and how many match where that is wanted.
  ///
  /// - Parameter limit: How many documents; 0 for a count alone.
  func run(_ limit: Int, counts: Bool) throws(IndexError) -> TopHits {
    let best = BestHits(limit: limit)
    var total = 0
    for (number, segment) in snapshot.segments.enumerated() {
      let lists = SegmentLists(
        segment, similarity, averageLength: statistics.averageLength, drift: drift(segment))
      do throws(FormatError) {
        let withheld = try withheld(number, lists)
        best.begin(deleted: withheld)
        // What a list promises, an exclusion, a filter or a deletion may take away.
        if limit > 0, plan.kind == .union, !plan.excludes, withheld.isEmpty {
          raise(best, to: limit, number)
        }
        if case .phrase(let form) = plan.kind {
          total += try runPhrase(form, best, number, lists, counts: counts, limit)
        } else {
          try withGroups(number, lists) { groups throws(FormatError) in
            if limit > 0 { try findBest(groups, best, number) }
            guard counts else { return }
            groups.rewind()
            total += try CountKernel(
              groups, documentCount: segment.info.documentCount, deleted: withheld
            ).count()
          }
        }
      } catch {
        throw segment.postings.postings.corrupt(PostingsFile.Section.payload.rawValue, error)
      }
      withExtendedLifetime((segment, lists)) {}
    }
    return TopHits(total: counts ? total : nil, hits: best.sorted())
  }

  private func hiddenWords(_ number: Int) -> [UInt64] {
    hidden?[number] ?? snapshot.segments[number].deletions.words
  }

  private func findBest(
    _ groups: ListGroups, _ best: BestHits, _ number: Int
  ) throws(FormatError) {
    if plan.kind == .union {
      try UnionKernel(groups, segment: number, best: best).run()
    } else {
      try IntersectionKernel(groups, segment: number, best: best).run()
    }
  }

  /// - Returns: How many documents match, where that is wanted; they are counted on the way.
  private func runPhrase(
    _ form: Plan.Form, _ best: BestHits, _ number: Int, _ lists: SegmentLists, counts: Bool,
    _ limit: Int
  ) throws(FormatError) -> Int {
    guard form.words.allSatisfy({ infos[number][$0] != nil }) else { return 0 }
    return try lists.withPhrase(form, infos[number], weight: weights[0], segment: number) {
      kernel throws(FormatError) in
      if counts {
        return try kernel.count(deleted: hiddenWords(number), showing: limit > 0 ? best : nil)
      }
      try kernel.run(best)
      return 0
    }
  }

  /// The documents that cannot be answers, a bit each: the hidden ones, and those that a filter does
  /// not let through; empty where there are none.
  private func withheld(_ number: Int, _ lists: SegmentLists) throws(FormatError) -> [UInt64] {
    let segment = snapshot.segments[number]
    var withheld = hiddenWords(number)
    let count = segment.info.documentCount
    for filter in plan.filters {
      let bits = DocumentBits(count)
      for word in filter {
        guard let info = infos[number][word] else { continue }
        var list = unsafe try lists.list(info, term: 0, weight: 1, scratch: lists.reserve(1))
        try bits.insert(&list)
      }
      if withheld.isEmpty { withheld = [UInt64](repeating: 0, count: (count + 63) / 64) }
      bits.withhold(&withheld)
    }
    return withheld
  }

  /// Opens the lists of a segment for `body`; not at all where nothing can match.
  private func withGroups(
    _ number: Int, _ opened: SegmentLists, _ body: (ListGroups) throws(FormatError) -> Void
  ) throws(FormatError) {
    let own = infos[number]
    let possible = plan.clauses.indices.filter { clause in
      plan.clauses[clause].forms.contains { $0.words.allSatisfy { own[$0] != nil } }
    }
    let needed = plan.clauses.count { $0.role == .required }
    guard possible.count(where: { plan.clauses[$0].role == .required }) == needed,
      needed > 0 || possible.contains(where: { plan.clauses[$0].role == .optional })
    else { return }
    let memory = unsafe opened.reserve(possible.count)
    let lists = UnsafeMutableBufferPointer<TermList>.allocate(capacity: possible.count)
    defer { unsafe lists.deallocate() }
    // The clauses come in the order of the roles.
    var counts = [0, 0, 0]
    var count = 0
    for place in possible {
      let clause = plan.clauses[place]
      let scratch = unsafe memory + count * TermList.scratchBytes
      let list: TermList?
      if let word = clause.word, let info = own[word] {
        list = unsafe try opened.list(
          info, term: place, weight: weights[place], multiplicity: clause.multiplicity,
          scratch: scratch)
      } else {
        list = unsafe try opened.list(
          clause.forms, infos: own, term: place, weight: weights[place],
          multiplicity: clause.multiplicity, scratch: scratch)
      }
      guard let list else {
        if clause.role == .required { return }
        continue
      }
      // Safe: TermList is a plain value, so its memory needs no deinitialization.
      unsafe (lists.baseAddress.unsafelyUnwrapped + count).initialize(to: list)
      count += 1
      counts[clause.role.rawValue] += 1
    }
    guard counts[0] > 0 || counts[1] > 0 else { return }
    unsafe try body(
      ListGroups(UnsafeMutableBufferPointer(rebasing: lists[..<count]), counts: counts))
  }

  /// Raises the threshold to what the stored k-th best impacts of a segment's words promise.
  private func raise(_ best: BestHits, to limit: Int, _ number: Int) {
    guard let kind = similarity.impactKind else { return }
    let shrink = min(1, growth(snapshot.segments[number])) * (1 - 4 * TermList.slack)
    for (clause, weight) in zip(plan.clauses, weights) {
      guard let word = clause.word, let info = infos[number][word], info.blockCount > 0 else {
        continue
      }
      let impacts = info.impacts(kind)
      let code = impacts.code(forBest: limit)
      guard code > 0 else { continue }
      let most = weight * Float(clause.multiplicity) * impacts.maximum
      best.raise(to: most * Float(code) / 255 * shrink)
    }
  }

  /// How much larger an impact may be because the collection's average length is not the one that the
  /// segment's bounds were made with; below 1, how much smaller.
  private func growth(_ segment: SegmentReader) -> Float {
    let own = Float(
      Double(segment.info.totalLength) / Double(max(1, segment.info.nonEmptyDocumentCount)))
    let ratio = statistics.averageLength / own
    guard similarity.lengthExponent != 1 else { return ratio }
    return Float(pow(Double(ratio), Double(similarity.lengthExponent)))
  }

  /// By how much stored bounds must be raised; nil where they were made for another similarity.
  private func drift(_ segment: SegmentReader) -> Float? {
    guard similarity.impactKind != nil else { return nil }
    return max(1, growth(segment)) * (1 + TermList.slack)
  }
}
