internal import EvBytes
internal import EvIndex

/// Opens lists of one segment for a search, and keeps the memory that they point into.
///
/// Whoever holds a list keeps this value.
@safe
final class SegmentLists {
  private let segment: SegmentReader
  private let similarity: BM25
  let norms: NormTable
  private let drift: Float?
  private let isScored: Bool
  private var forms: [FormsList] = []
  /// One piece of memory for all that a search of usual size needs, and further ones.
  private let memory: UnsafeMutableRawPointer
  private let byteCount: Int
  private var used: Int
  private var more = unsafe [UnsafeMutableRawPointer]()

  /// - Parameters:
  ///   - averageLength: Positions a document of the collection; nil where nothing is scored.
  ///   - drift: By how much the segment's bounds must be raised; nil where they do not hold.
  ///   - listCount: How many lists there is room for at first.
  init(
    _ segment: SegmentReader, _ similarity: BM25, averageLength: Float?, drift: Float?,
    listCount: Int = 0
  ) {
    self.segment = segment
    self.similarity = similarity
    self.drift = drift
    isScored = averageLength != nil
    let tableBytes = 4 * 256
    byteCount =
      2 * 64 + tableBytes + ListGroups.scratchBytes(listCount)
      + listCount * (TermList.scratchBytes + MemoryLayout<TermList>.stride + 64)
    // Safe: freed in deinit, and the segment keeps the codes. An allocation that is aligned further is a
    // slow one.
    unsafe memory = .allocate(byteCount: byteCount, alignment: 16)
    let start = unsafe memory.alignedUp(toMultipleOf: 64)
    used = unsafe start - memory + tableBytes
    let table = unsafe start.bindMemory(to: Float.self, capacity: 256)
    if let averageLength {
      unsafe table.initialize(
        from: similarity.inverseSaturation(averageLength: averageLength), count: 256)
    } else {
      unsafe table.initialize(repeating: 0, count: 256)
    }
    let codes = unsafe segment.norms.address + segment.norms.sections[0].lowerBound
    unsafe norms = NormTable(
      codes: codes.assumingMemoryBound(to: UInt8.self), inverse: UnsafePointer(table),
      titleBonus: similarity.titleWeight - 1, headingBonus: similarity.headingWeight - 1,
      weighsFields: similarity.weighsFields)
  }

  deinit {
    unsafe memory.deallocate()
    for place in unsafe more.indices { unsafe more[place].deallocate() }
  }

  /// Memory that lives as long as this value, from a multiple of 64 bytes on.
  private func reserve(bytes: Int) -> UnsafeMutableRawPointer {
    let count = (bytes + 63) & ~63
    if count <= byteCount - used {
      defer { used += count }
      return unsafe memory + used
    }
    // Safe: freed in deinit.
    let piece = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
    unsafe more.append(piece)
    return unsafe piece
  }

  /// A piece of memory for several lists, of ``TermList/scratchBytes`` each.
  func reserve(_ count: Int) -> UnsafeMutableRawPointer {
    unsafe reserve(bytes: count * TermList.scratchBytes)
  }

  /// Room for lists, which are plain values and need no deinitialization.
  private func reserveLists(_ count: Int) -> UnsafeMutableBufferPointer<TermList> {
    let memory = unsafe reserve(bytes: count * MemoryLayout<TermList>.stride)
    return unsafe UnsafeMutableBufferPointer(
      start: memory.bindMemory(to: TermList.self, capacity: count), count: count)
  }

  /// The list of a word.
  ///
  /// - Parameters:
  ///   - formWeight: What an occurrence counts.
  ///   - scratch: ``TermList/scratchBytes`` of memory.
  func list(
    _ info: TermInfo, term: Int, weight: Float, multiplicity: Int = 1, formWeight: Float = 1,
    scratch: UnsafeMutableRawPointer
  ) throws(FormatError) -> TermList {
    let kind = similarity.impactKind ?? .plain
    let blocks: TermBlocks
    do throws(IndexError) { blocks = try TermBlocks(segment.postings, info, bounds: kind) } catch {
      throw .invalidValue(field: "first block", value: UInt64(info.firstBlock), offset: 0)
    }
    return unsafe try TermList(
      blocks, maximumImpact: info.impacts(kind).maximum, term: term, weight: weight,
      multiplicity: multiplicity, formWeight: formWeight, norms: norms, drift: drift,
      isScored: isScored, scratch: scratch)
  }

  /// Opens the lists of words, one behind the other; they live as long as this value.
  ///
  /// - Parameters:
  ///   - weight: The idf of what is scored with them, times its boost.
  ///   - terms: A number for each; their places where nil.
  ///   - formWeight: What an occurrence counts.
  func open(
    _ infos: [TermInfo], terms: [Int]? = nil, _ weight: Float, _ multiplicity: Int,
    formWeight: Float
  ) throws(FormatError) -> UnsafeMutableBufferPointer<TermList> {
    let (lists, scratch) = unsafe (reserveLists(infos.count), reserve(infos.count))
    for (place, info) in infos.enumerated() {
      let list = unsafe try list(
        info, term: terms?[place] ?? place, weight: weight, multiplicity: multiplicity,
        formWeight: formWeight, scratch: scratch + place * TermList.scratchBytes)
      unsafe (lists.baseAddress.unsafelyUnwrapped + place).initialize(to: list)
    }
    return unsafe lists
  }

  /// Opens a list of postings that are in memory; nil where there are none.
  func open(
    _ postings: consuming FormPostings, _ weight: Float, _ multiplicity: Int
  ) throws(FormatError) -> UnsafeMutablePointer<TermList>? {
    guard !postings.documents.isEmpty else { return nil }
    let merged = FormsList(postings)
    forms.append(merged)
    let list = unsafe try TermList(
      merged, term: 0, weight: weight, multiplicity: multiplicity, norms: norms,
      scratch: reserve(1))
    let place = unsafe reserveLists(1).baseAddress.unsafelyUnwrapped
    unsafe place.initialize(to: list)
    return unsafe place
  }

  /// The kernel of a phrase.
  func phrase(
    _ infos: [TermInfo], _ form: Plan.Form, _ weight: Float, _ multiplicity: Int
  ) throws(FormatError) -> PhraseKernel {
    let words = form.words.indices.filter { !form.words[..<$0].contains(form.words[$0]) }
    let opened = unsafe try open(
      words.map { infos[form.words[$0]] }, terms: words.map { form.words[$0] }, weight,
      multiplicity, formWeight: form.weight)
    return unsafe try PhraseKernel(
      opened, form, infos: infos.map { $0 }[...], weight: weight, similarity: similarity,
      segment: (0, segment))
  }

  /// What an error in the postings is.
  func corrupt(_ error: FormatError) -> IndexError {
    segment.postings.postings.corrupt(PostingsFile.Section.payload.rawValue, error)
  }

  /// Opens the lists of a plan's clauses for `body`; not at all where nothing can match.
  ///
  /// - Parameters:
  ///   - infos: What the segment knows of each word of the plan.
  ///   - weights: The idf of each clause; none where nothing is scored.
  func withGroups(
    _ plan: Plan, _ infos: ArraySlice<TermInfo?>, _ weights: [Float],
    _ body: (ListGroups) throws(FormatError) -> Void
  ) throws(FormatError) {
    let memory = unsafe reserve(plan.clauses.count)
    let lists = unsafe reserveLists(plan.clauses.count)
    // The clauses come in the order of the roles.
    var counts: (required: Int, optional: Int, excluded: Int) = (0, 0, 0)
    for place in plan.clauses.indices {
      let role = plan.clauses[place].role
      let count = counts.required + counts.optional + counts.excluded
      // Where only excluded clauses are left, nothing can match.
      if role == .excluded, count == 0 { return }
      let weight = weights.isEmpty ? 1 : weights[place]
      let multiplicity = plan.clauses[place].multiplicity
      let scratch = unsafe memory + count * TermList.scratchBytes
      guard let info = infos[infos.startIndex + plan.clauses[place].word] else {
        if role == .required { return }
        continue
      }
      let list = unsafe try self.list(
        info, term: place, weight: weight, multiplicity: multiplicity, scratch: scratch)
      unsafe (lists.baseAddress.unsafelyUnwrapped + count).initialize(to: list)
      switch role {
      case .required: counts.required += 1
      case .optional: counts.optional += 1
      case .excluded: counts.excluded += 1
      }
    }
    guard counts.required > 0 || counts.optional > 0 else { return }
    let count = counts.required + counts.optional + counts.excluded
    unsafe try body(
      ListGroups(
        UnsafeMutableBufferPointer(rebasing: lists[..<count]), required: counts.required,
        optional: counts.optional, scratch: reserve(bytes: ListGroups.scratchBytes(count))))
  }

  /// Hands out the kernel of a phrase whose words all are in the segment.
  ///
  /// - Parameter weight: The idf of the phrase.
  func withPhrase<Result>(
    _ form: Plan.Form, _ infos: ArraySlice<TermInfo?>, weight: Float, segment number: Int = 0,
    _ body: (inout PhraseKernel) throws(FormatError) -> Result
  ) throws(FormatError) -> Result {
    var words: [Int] = []
    for word in form.words where !words.contains(word) { words.append(word) }
    let (lists, memory) = unsafe (reserveLists(words.count), reserve(words.count))
    for (place, word) in words.enumerated() {
      guard let info = infos[infos.startIndex + word] else {
        throw .invalidValue(field: "word", value: UInt64(word), offset: 0)
      }
      let list = unsafe try list(
        info, term: word, weight: weight, scratch: memory + place * TermList.scratchBytes)
      unsafe (lists.baseAddress.unsafelyUnwrapped + place).initialize(to: list)
    }
    var kernel = unsafe try PhraseKernel(
      lists, form, infos: infos, weight: weight, similarity: similarity, segment: (number, segment))
    return try body(&kernel)
  }
}
