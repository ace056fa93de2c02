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
  private let table: UnsafeMutablePointer<Float>
  private var scratch: [ListScratch] = []
  private var forms: [FormsList] = []
  private var opened: [ListMemory] = []

  /// - Parameters:
  ///   - averageLength: Positions a document of the collection; nil where nothing is scored.
  ///   - drift: By how much the segment's bounds must be raised; nil where they do not hold.
  init(
    _ segment: SegmentReader, _ similarity: BM25, averageLength: Float?, drift: Float?
  ) {
    self.segment = segment
    self.similarity = similarity
    self.drift = drift
    isScored = averageLength != nil
    // Safe: freed in deinit, and the segment keeps the codes.
    unsafe table = .allocate(capacity: 256)
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
    unsafe table.deallocate()
  }

  /// A piece of memory for several lists, of ``TermList/scratchBytes`` each.
  func reserve(_ count: Int) -> UnsafeMutableRawPointer {
    let memory = ListScratch(max(1, count))
    scratch.append(memory)
    return unsafe memory.start
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
    let memory = ListMemory(infos.count)
    opened.append(memory)
    for (place, info) in infos.enumerated() {
      let list = unsafe try list(
        info, term: terms?[place] ?? place, weight: weight, multiplicity: multiplicity,
        formWeight: formWeight, scratch: memory.scratch + place * TermList.scratchBytes)
      // Safe: TermList is a plain value, so its memory needs no deinitialization.
      unsafe (memory.lists.baseAddress.unsafelyUnwrapped + place).initialize(to: list)
    }
    return unsafe memory.lists
  }

  /// Opens a list of postings that are in memory; nil where there are none.
  func open(
    _ postings: consuming FormPostings, _ weight: Float, _ multiplicity: Int
  ) throws(FormatError) -> UnsafeMutablePointer<TermList>? {
    guard !postings.documents.isEmpty else { return nil }
    let memory = ListMemory(1)
    opened.append(memory)
    let merged = FormsList(postings)
    forms.append(merged)
    let list = unsafe try TermList(
      merged, term: 0, weight: weight, multiplicity: multiplicity, norms: norms,
      scratch: memory.scratch)
    let place = unsafe memory.lists.baseAddress.unsafelyUnwrapped
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
    let lists = UnsafeMutableBufferPointer<TermList>.allocate(capacity: plan.clauses.count)
    defer { unsafe lists.deallocate() }
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
      guard let info = infos[infos.startIndex + plan.clauses[place].words[0]] else {
        if role == .required { return }
        continue
      }
      let list = unsafe try self.list(
        info, term: place, weight: weight, multiplicity: multiplicity, scratch: scratch)
      // Safe: TermList is a plain value, so its memory needs no deinitialization.
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
        optional: counts.optional))
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
    let memory = unsafe reserve(words.count)
    let lists = UnsafeMutableBufferPointer<TermList>.allocate(capacity: words.count)
    defer { unsafe lists.deallocate() }
    for (place, word) in words.enumerated() {
      guard let info = infos[infos.startIndex + word] else {
        throw .invalidValue(field: "word", value: UInt64(word), offset: 0)
      }
      let list = unsafe try list(
        info, term: word, weight: weight, scratch: memory + place * TermList.scratchBytes)
      // Safe: TermList is a plain value, so its memory needs no deinitialization.
      unsafe (lists.baseAddress.unsafelyUnwrapped + place).initialize(to: list)
    }
    var kernel = unsafe try PhraseKernel(
      lists, form, infos: infos, weight: weight, similarity: similarity, segment: (number, segment))
    return try body(&kernel)
  }
}

/// Memory of lists.
@safe
private final class ListScratch {
  let start: UnsafeMutableRawPointer

  init(_ count: Int) {
    // Safe: freed in deinit.
    unsafe start = .allocate(byteCount: count * TermList.scratchBytes, alignment: 64)
  }

  deinit { unsafe start.deallocate() }
}

/// Lists, and their memory.
@safe
private final class ListMemory {
  let lists: UnsafeMutableBufferPointer<TermList>
  let scratch: UnsafeMutableRawPointer

  init(_ count: Int) {
    // Safe: freed in deinit.
    unsafe lists = .allocate(capacity: count)
    unsafe scratch = .allocate(byteCount: count * TermList.scratchBytes, alignment: 64)
  }

  deinit {
    unsafe lists.deallocate()
    unsafe scratch.deallocate()
  }
}
