internal import EvBytes
internal import EvIndex

/// Opens lists of one segment for a search, and keeps the memory that they point into.
///
/// Whoever holds a list keeps this value.
@safe
final class SegmentLists {
  private let segment: SegmentReader
  private let similarity: BM25
  private let norms: NormTable
  private let drift: Float?
  private let isScored: Bool
  private let table: UnsafeMutablePointer<Float>
  private var scratch: [ListScratch] = []
  private var forms: [FormsList] = []
  private var formMemory: [FormMemory] = []

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
      var list: TermList?
      if let word = plan.clauses[place].word {
        if let info = infos[infos.startIndex + word] {
          list = unsafe try self.list(
            info, term: place, weight: weight, multiplicity: multiplicity, scratch: scratch)
        }
      } else {
        list = unsafe try self.list(
          plan.clauses[place].forms, infos: infos, term: place, weight: weight,
          multiplicity: multiplicity, scratch: scratch)
      }
      guard let list else {
        if role == .required { return }
        continue
      }
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
        optional: counts.optional, owner: self))
  }

  /// The list of several forms of a thing; nil where no document of the segment has any.
  ///
  /// - Parameters:
  ///   - infos: What the segment knows of each word of the plan.
  ///   - weight: The idf of the thing.
  func list(
    _ all: [Plan.Form], infos: ArraySlice<TermInfo?>, term: Int, weight: Float, multiplicity: Int,
    scratch: UnsafeMutableRawPointer
  ) throws(FormatError) -> TermList? {
    let found = all.filter { form in form.words.allSatisfy { infos[infos.startIndex + $0] != nil } }
    if found.isEmpty { return nil }
    if found.count <= Self.mostListed, found.allSatisfy({ $0.words.count == 1 }) {
      return unsafe try list(
        ofWords: all, found.count, infos, term: term, weight: weight, multiplicity: multiplicity,
        scratch: scratch)
    }
    var merged = FormPostings()
    if found.count > Self.mostMerged {
      var sums = FormSums(documentCount: segment.info.documentCount)
      for form in found { sums.add(try postings(form, infos), weight: form.weight) }
      merged = sums.postings
    } else {
      for form in found { merged.add(try postings(form, infos), weight: form.weight) }
    }
    guard !merged.documents.isEmpty else { return nil }
    let list = FormsList(merged)
    forms.append(list)
    return unsafe try TermList(
      list, term: term, weight: weight, multiplicity: multiplicity, norms: norms, scratch: scratch)
  }

  /// The list of several words that are forms of a thing, none of which is read.
  private func list(
    ofWords all: [Plan.Form], _ count: Int, _ infos: ArraySlice<TermInfo?>, term: Int,
    weight: Float, multiplicity: Int, scratch: UnsafeMutableRawPointer
  ) throws(FormatError) -> TermList? {
    let memory = unsafe reserve(count)
    let own = FormMemory(count)
    var opened = 0
    for (number, form) in all.enumerated() {
      guard form.words.count == 1, let info = infos[infos.startIndex + form.words[0]] else {
        continue
      }
      if count == 1 {
        return unsafe try list(
          info, term: term, weight: weight, multiplicity: multiplicity, formWeight: form.weight,
          scratch: scratch)
      }
      let list = unsafe try list(
        info, term: number, weight: weight, multiplicity: multiplicity, formWeight: form.weight,
        scratch: memory + opened * TermList.scratchBytes)
      // Safe: TermList is a plain value, so its memory needs no deinitialization.
      unsafe (own.forms.lists + opened).initialize(to: list)
      opened += 1
    }
    formMemory.append(own)
    return unsafe TermList(
      own.forms, term: term, weight: weight, multiplicity: multiplicity, norms: norms,
      scratch: scratch)
  }

  /// Merges the forms of a list, where it has several, so that it can be walked.
  func merge(_ list: UnsafeMutablePointer<TermList>) throws(FormatError) {
    guard let forms = unsafe list.pointee.forms else { return }
    let merged = try FormsList(forms)
    self.forms.append(merged)
    // Safe: the list's own memory goes on to be its own.
    unsafe list.pointee = try TermList(
      merged, term: list.pointee.term, weight: list.pointee.weight,
      multiplicity: Int(list.pointee.multiplicity), norms: norms,
      scratch: UnsafeMutableRawPointer(list.pointee.documents))
  }

  /// Forms whose lists are kept apart; more are merged, since a document has to be looked up in all.
  private static let mostListed = 8

  /// Forms that are merged one after the other; of more a table of all documents is cheaper.
  private static let mostMerged = 4

  /// All postings of a form.
  private func postings(
    _ form: Plan.Form, _ infos: ArraySlice<TermInfo?>
  ) throws(FormatError) -> FormPostings {
    if form.words.count > 1 {
      return try withPhrase(form, infos, weight: 1) { kernel throws(FormatError) in
        try kernel.postings()
      }
    }
    var postings = FormPostings()
    guard let info = infos[infos.startIndex + form.words[0]] else { return postings }
    postings.documents.reserveCapacity(info.documentFrequency)
    postings.weighted.reserveCapacity(info.documentFrequency)
    var list = unsafe try list(info, term: 0, weight: 1, scratch: reserve(1))
    for block in 0..<list.blocks.count {
      try list.load(block)
      try list.loadFrequencies()
      // Safe: the block has so many postings.
      for place in 0..<list.count {
        unsafe postings.append(list.documents[place], list.weighted[place])
      }
    }
    return postings
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

/// Memory of the lists of forms.
@safe
private final class FormMemory {
  let forms: FormLists

  init(_ count: Int) {
    // Safe: freed in deinit.
    unsafe forms = FormLists(
      lists: .allocate(capacity: count), count: count,
      rows: .allocate(capacity: count * TermList.blockSize))
  }

  deinit {
    unsafe forms.lists.deallocate()
    unsafe forms.rows.deallocate()
  }
}
