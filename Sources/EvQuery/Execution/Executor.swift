internal import EvBytes
internal import EvIndex
internal import Glibc

/// Runs a plan over the segments of a snapshot.
struct Executor {
  private let snapshot: IndexSnapshot
  private let plan: Plan
  private let similarity: BM25
  /// What each segment knows of each term of the plan.
  private let infos: [[TermInfo?]]
  private let statistics: CollectionStatistics
  /// The documents of each segment that are not shown, a bit each; those that are deleted where nil.
  private let hidden: [[UInt64]]?

  /// Looks up the terms of a plan.
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
      // A term may have several roles.
      var counted: Set<String> = []
      for term in plan.terms {
        let info = try segment.terms.find(term.text)
        found.append(info)
        guard let info, counted.insert(term.text).inserted else { continue }
        own.documentFrequencies[term.text, default: 0] += segment.liveDocumentFrequency(of: info)
      }
      infos.append(found)
    }
    self.infos = infos
    self.statistics = statistics ?? own
  }

  /// The best documents, and how many match where that is wanted.
  ///
  /// - Parameter limit: How many documents; 0 for a count alone.
  func run(_ limit: Int, counts: Bool) throws(IndexError) -> TopHits {
    let best = BestHits(limit: limit)
    var total = 0
    for number in snapshot.segments.indices {
      let hidden = hiddenWords(number)
      best.begin(deleted: hidden)
      // What a list promises, an exclusion or a deletion may take away.
      if limit > 0, plan.kind == .union, !plan.excludes, hidden.isEmpty {
        raise(best, to: limit, number)
      }
      try withLists(number) { groups throws(FormatError) in
        if limit > 0 { try findBest(groups, best, number, counts: counts) }
        if counts { total += try count(groups, best, number, showsBest: limit > 0) }
      }
    }
    return TopHits(total: counts ? total : nil, hits: best.sorted())
  }

  private func hiddenWords(_ number: Int) -> [UInt64] {
    hidden?[number] ?? snapshot.segments[number].deletions.words
  }

  private func findBest(
    _ groups: ListGroups, _ best: BestHits, _ number: Int, counts: Bool
  ) throws(FormatError) {
    switch plan.kind {
    case .union: try UnionKernel(groups, segment: number, best: best).run()
    case .intersection: try IntersectionKernel(groups, segment: number, best: best).run()
    case .phrase(let words):
      // A count finds them on its way.
      guard !counts else { return }
      var kernel = unsafe try phraseKernel(groups.required, words, number)
      try kernel.run(best)
    }
  }

  private func count(
    _ groups: ListGroups, _ best: BestHits, _ number: Int, showsBest: Bool
  ) throws(FormatError) -> Int {
    let segment = snapshot.segments[number]
    if case .phrase(let words) = plan.kind {
      var kernel = unsafe try phraseKernel(groups.required, words, number)
      return try kernel.count(deleted: hiddenWords(number), showing: showsBest ? best : nil)
    }
    groups.rewind()
    return try CountKernel(
      groups, documentCount: segment.info.documentCount, deleted: hiddenWords(number)
    ).count()
  }

  private func phraseKernel(
    _ lists: UnsafeMutableBufferPointer<TermList>, _ words: [Int], _ number: Int
  ) throws(FormatError) -> PhraseKernel {
    let weight = words.reduce(Float(0)) { $0 + statistics.idf(of: .term(plan.terms[$1].text)) }
    return unsafe try PhraseKernel(
      lists, words: words, infos: infos[number].compactMap { $0 }, weight: weight,
      similarity: similarity, segment: (number, snapshot.segments[number]))
  }

  /// Opens the lists of a segment for `body`; not at all where nothing can match.
  private func withLists(
    _ number: Int,
    _ body: (ListGroups) throws(FormatError) -> Void
  ) throws(IndexError) {
    let segment = snapshot.segments[number]
    let found = infos[number].indices.filter { infos[number][$0] != nil }
    // The terms come in the order of the roles.
    let counts = [Plan.Role.required, .optional, .excluded].map { role in
      found.count { plan.terms[$0].role == role }
    }
    let needed = plan.terms.count { $0.role == .required }
    guard counts[0] == needed, needed > 0 || counts[1] > 0 else { return }

    // One piece of memory for the table of 1/K and the scratch of all lists.
    let tableBytes = 256 * MemoryLayout<Float>.stride
    // Safe: freed at the end, and nothing that points into it leaves this function.
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: tableBytes + found.count * TermList.scratchBytes, alignment: 64)
    defer { unsafe memory.deallocate() }
    let table = unsafe memory.bindMemory(to: Float.self, capacity: 256)
    let saturation = similarity.inverseSaturation(averageLength: statistics.averageLength)
    for code in 0..<256 { unsafe table[code] = saturation[code] }
    let codes = unsafe segment.norms.address + segment.norms.sections[0].lowerBound
    let norms = unsafe NormTable(
      codes: codes.assumingMemoryBound(to: UInt8.self), inverse: UnsafePointer(table),
      titleBonus: similarity.titleWeight - 1, headingBonus: similarity.headingWeight - 1,
      weighsFields: similarity.weighsFields)

    let lists = UnsafeMutableBufferPointer<TermList>.allocate(capacity: found.count)
    defer { unsafe lists.deallocate() }
    let drift = drift(segment)
    do throws(FormatError) {
      for (place, term) in found.enumerated() {
        guard let info = infos[number][term] else { continue }
        let list = unsafe try openList(
          segment, info, term, norms, drift,
          memory + tableBytes + place * TermList.scratchBytes)
        // Safe: TermList is a plain value, so its memory needs no deinitialization.
        unsafe (lists.baseAddress.unsafelyUnwrapped + place).initialize(to: list)
      }
      unsafe try body(ListGroups(lists, counts: counts))
    } catch {
      throw segment.postings.postings.corrupt(
        PostingsFile.Section.payload.rawValue, error)
    }
    withExtendedLifetime(segment) {}
  }

  private func openList(
    _ segment: SegmentReader, _ info: TermInfo, _ term: Int, _ norms: NormTable, _ drift: Float?,
    _ scratch: UnsafeMutableRawPointer
  ) throws(FormatError) -> TermList {
    let blocks: TermBlocks
    let kind = similarity.impactKind ?? .plain
    do throws(IndexError) { blocks = try TermBlocks(segment.postings, info, bounds: kind) } catch {
      throw .invalidValue(field: "first block", value: UInt64(info.firstBlock), offset: 0)
    }
    return unsafe try TermList(
      blocks, maximumImpact: info.impacts(kind).maximum, term: term,
      weight: statistics.idf(of: .term(plan.terms[term].text)),
      multiplicity: plan.terms[term].multiplicity, norms: norms, drift: drift, scratch: scratch)
  }

  /// Raises the threshold to what the stored k-th best impacts of a segment's terms promise.
  private func raise(_ best: BestHits, to limit: Int, _ number: Int) {
    let segment = snapshot.segments[number]
    guard let kind = similarity.impactKind else { return }
    let ratio = growth(segment)
    let shrink = min(1, ratio) * (1 - 4 * TermList.slack)
    for (term, info) in zip(plan.terms, infos[number]) {
      guard let info, info.blockCount > 0 else { continue }
      let impacts = info.impacts(kind)
      let code = impacts.code(forBest: limit)
      guard code > 0 else { continue }
      let weight = statistics.idf(of: .term(term.text)) * Float(term.multiplicity)
      best.raise(to: weight * impacts.maximum * Float(code) / 255 * shrink)
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
