internal import CVectors
internal import EvBytes
internal import EvIndex

/// The postings of one term of a query in one segment, block by block; or those of several forms of one
/// thing, merged in memory.
///
/// Holds one decoded block and goes forward only, until ``rewind()``. A plain value without references:
/// kernels reach it by its address, and neither a call nor a copy counts references. Everything in here
/// works on whole blocks or on a few surviving documents, never on single postings.
@safe
struct TermList {
  /// Places in a block.
  static let blockSize = 128

  /// The factor by which bounds are raised, and thresholds lowered, so that rounding loses no document:
  /// a score is a few operations in 32 bits, each off by at most 6 × 10⁻⁸.
  static let slack: Float = 2e-6

  /// The term's blocks.
  let blocks: TermBlocks

  /// Which of the query's terms it is; of a form, which of its clause's.
  let term: Int

  /// The term's idf.
  let weight: Float

  /// How often the query has the term.
  let multiplicity: Float

  /// No document's score for this term is higher, all occurrences in the query together.
  private(set) var upperBound: Float = 0

  /// The block that is decoded; −1 for none.
  private(set) var block = -1
  /// How many postings it has.
  private(set) var count = 0

  /// The documents of the block; behind them, up to 128 places, `UInt32.max`.
  let documents: UnsafeMutablePointer<UInt32>
  /// Every eighth of the documents, from the eighth on.
  let samples: UnsafeMutablePointer<UInt32>
  /// Their frequencies, once ``loadFrequencies()`` was called.
  let frequencies: UnsafeMutablePointer<UInt32>
  /// The same, with the weights of the fields.
  let weighted: UnsafeMutablePointer<Float>
  /// How many of the occurrences are in titles, and in headings; only where ``hasFields`` is set.
  let titles: UnsafeMutablePointer<UInt32>
  let headings: UnsafeMutablePointer<UInt32>
  /// Whether the fields matter to the similarity, and any of the decoded frequencies is not all in the
  /// body.
  private(set) var hasFields = false
  /// Their scores, once ``scoreBlock()`` was called.
  let scores: UnsafeMutablePointer<Float>

  let norms: NormTable
  /// Where the frequencies of the block are in the payload; −1 once they are decoded.
  private var frequenciesOffset = -1
  /// The block of which some frequencies were read by themselves; −1 for none.
  var singlesBlock = -1
  /// The block whose frequencies are decoded; −1 for none.
  var frequencyBlock = -1
  /// The block that was probed last.
  var probed = 0
  /// What the blocks' bounds are shares of; infinite where they do not hold for the similarity.
  ///
  /// It may be above anything that the term can score: a block with half of the largest impact gains more by
  /// a longer average length than the one that has it.
  private(set) var highest: Float = 0
  /// Places that were found in the block; scratch of ``matchBlocks(_:_:_:gate:frequencies:_:)``.
  let matches: UnsafeMutablePointer<UInt32>

  /// What was done with the list since it was opened.
  struct Work: Equatable {
    /// Blocks whose documents were decoded.
    var documents = 0
    /// Blocks whose frequencies were decoded.
    var frequencies = 0
    /// Blocks that were scored.
    var scores = 0
  }

  var work = Work()

  /// What an occurrence counts, where the list is that of a form of something.
  let formWeight: Float
  /// Where the list was when it was marked.
  private var mark = 0

  /// Where merged postings are; nil for those of a term.
  private let merged: (documents: UnsafePointer<UInt32>, weighted: UnsafePointer<Float>)?

  /// Bytes of scratch memory that a list needs.
  static let scratchBytes = 7 * 4 * blockSize + 64

  /// The arrays of a block in a list's scratch memory.
  @safe
  private struct Arrays {
    let documents, frequencies, titles, headings, matches: UnsafeMutablePointer<UInt32>
    let samples: UnsafeMutablePointer<UInt32>
    let scores, weighted: UnsafeMutablePointer<Float>

    init(_ scratch: UnsafeMutableRawPointer) {
      let places = TermList.blockSize
      // Safe: seven arrays of 128 places of four bytes each, and one of 16.
      unsafe documents = scratch.bindMemory(to: UInt32.self, capacity: places)
      unsafe frequencies = (scratch + 4 * places).bindMemory(to: UInt32.self, capacity: places)
      unsafe scores = (scratch + 8 * places).bindMemory(to: Float.self, capacity: places)
      unsafe weighted = (scratch + 12 * places).bindMemory(to: Float.self, capacity: places)
      unsafe titles = (scratch + 16 * places).bindMemory(to: UInt32.self, capacity: places)
      unsafe headings = (scratch + 20 * places).bindMemory(to: UInt32.self, capacity: places)
      unsafe matches = (scratch + 24 * places).bindMemory(to: UInt32.self, capacity: places)
      unsafe samples = (scratch + 28 * places).bindMemory(to: UInt32.self, capacity: 16)
    }
  }

  /// Opens a term's list.
  ///
  /// - Parameters:
  ///   - maximumImpact: What the blocks' bounds are relative to.
  ///   - formWeight: What an occurrence counts.
  ///   - drift: By how much bounds must be raised because the collection's average length is not that
  ///     of the segment; nil where the bounds do not hold for the similarity at all.
  ///   - isScored: Whether scores and bounds are asked for.
  ///   - scratch: ``scratchBytes`` of memory, aligned for numbers, that outlives the list.
  init(
    _ blocks: TermBlocks, maximumImpact: Float, term: Int, weight: Float, multiplicity: Int,
    formWeight: Float = 1, norms: NormTable, drift: Float?, isScored: Bool,
    scratch: UnsafeMutableRawPointer
  ) throws(FormatError) {
    self.blocks = blocks
    unsafe merged = nil
    self.formWeight = formWeight
    self.term = term
    self.weight = weight
    self.multiplicity = Float(multiplicity)
    self.norms = norms
    let arrays = unsafe Arrays(scratch)
    unsafe (documents, frequencies, scores) = (arrays.documents, arrays.frequencies, arrays.scores)
    unsafe (weighted, titles) = (arrays.weighted, arrays.titles)
    unsafe (headings, matches, samples) = (arrays.headings, arrays.matches, arrays.samples)
    if blocks.hasMetadata {
      let most = weight * self.multiplicity * (1 + Self.slack)
      highest = drift.map { most * maximumImpact * $0 } ?? .infinity
      upperBound = ofForm(min(most, highest))
    } else if isScored {
      try load(0)
      try scoreBlock()
      upperBound = bestScore * (1 + Self.slack)
    }
  }

  /// Opens the merged list of several forms, which has at least one document.
  ///
  /// The bounds of its blocks are made here; they are exact.
  init(
    _ forms: FormsList, term: Int, weight: Float, multiplicity: Int, norms: NormTable,
    scratch: UnsafeMutableRawPointer
  ) throws(FormatError) {
    unsafe blocks = TermBlocks(
      count: forms.blockCount, documentFrequency: forms.count,
      bounds: UnsafePointer(forms.bounds), lastDocuments: UnsafePointer(forms.lastDocuments))
    unsafe merged = (UnsafePointer(forms.documents), UnsafePointer(forms.weighted))
    formWeight = 1
    self.term = term
    self.weight = weight
    self.multiplicity = Float(multiplicity)
    self.norms = norms
    let arrays = unsafe Arrays(scratch)
    unsafe (documents, frequencies, scores) = (arrays.documents, arrays.frequencies, arrays.scores)
    unsafe (weighted, titles) = (arrays.weighted, arrays.titles)
    unsafe (headings, matches, samples) = (arrays.headings, arrays.matches, arrays.samples)
    var largest: [Float] = []
    for number in 0..<blocks.count {
      try load(number)
      try scoreBlock()
      largest.append(bestScore)
    }
    let most = largest.max() ?? 0
    forms.setBounds(largest, relativeTo: most)
    upperBound = most * (1 + Self.slack)
    highest = upperBound
    rewind()
  }

  /// The highest score of the block.
  private var bestScore: Float {
    var best: Float = 0
    // Safe: there are `count` scores.
    for place in 0..<count { best = unsafe max(best, scores[place]) }
    return best
  }

  /// What a bound on the score of occurrences that count 1 says of those that count ``formWeight``.
  ///
  /// With tf / K = x the score is weight × x / (1 + x); a form's occurrences make it
  /// weight × wx / (1 + wx).
  @inline(__always)
  func ofForm(_ bound: Float) -> Float {
    guard formWeight != 1, weight > 0 else { return bound }
    let most = weight * multiplicity
    let share = min(1, bound / most)
    return most * formWeight * share / (1 - share + formWeight * share) * (1 + Self.slack)
  }

  /// The reverse of ``ofForm(_:)``: what occurrences that count 1 have to score.
  func ofWhole(_ threshold: Float) -> Float {
    guard formWeight != 1, weight > 0 else { return threshold }
    let most = weight * multiplicity
    let share = threshold / most
    guard share < 1 else { return threshold }
    return most * share / (formWeight + share * (1 - formWeight)) * (1 - Self.slack)
  }

  /// Notes where the list is, for ``returnToMark()``.
  mutating func setMark() { mark = probed }

  /// Goes back to where ``setMark()`` was called.
  mutating func returnToMark() { probed = mark }

  /// What was done with the list, for a trace.
  var tracedWork: ExecutionTrace.List {
    ExecutionTrace.List(
      term: term, documentFrequency: blocks.documentFrequency, blockCount: blocks.count, work: work)
  }

  /// Goes back to the first block.
  mutating func rewind() {
    probed = 0
    if blocks.hasMetadata { block = -1 }
  }

  /// Decodes the documents of a block, unless they are.
  @inline(__always)
  mutating func load(_ number: Int) throws(FormatError) {
    if number != block { try decode(number) }
  }

  /// The same where most blocks are decoded one after the other: one behind is asked for ahead.
  @inline(__always)
  mutating func loadInOrder(_ number: Int) throws(FormatError) {
    if number + 2 < blocks.count, unsafe merged == nil { blocks.prefetchDocuments(number + 2) }
    try load(number)
  }

  mutating func decode(_ number: Int) throws(FormatError) {
    work.documents += 1
    if let merged = unsafe merged {
      count = min(Self.blockSize, blocks.documentFrequency - Self.blockSize * number)
      // Safe: merged lists have 128 places a block, and all buffers here have 128.
      unsafe documents.update(
        from: merged.documents + Self.blockSize * number, count: Self.blockSize)
      unsafe weighted.update(
        from: merged.weighted + Self.blockSize * number, count: Self.blockSize)
      sample()
      block = number
      frequencyBlock = number
      return
    }
    // Safe: all buffers have 128 places.
    var documentSpan = unsafe MutableSpan(_unsafeStart: documents, count: Self.blockSize)
    var frequencySpan = unsafe MutableSpan(_unsafeStart: frequencies, count: Self.blockSize)
    var titleSpan = unsafe MutableSpan(_unsafeStart: titles, count: Self.blockSize)
    var headingSpan = unsafe MutableSpan(_unsafeStart: headings, count: Self.blockSize)
    block = -1
    let decoded = try blocks.decodeDocuments(
      number, into: &documentSpan, tailFrequencies: &frequencySpan, tailTitles: &titleSpan,
      tailHeadings: &headingSpan)
    block = number
    (count, frequenciesOffset) = (decoded.count, decoded.frequencies)
    frequencyBlock = -1
    if frequenciesOffset < 0 {
      frequencyBlock = number
      hasFields = decoded.hasFields && norms.weighsFields
      weigh()
    }
    var place = count
    while place < Self.blockSize {
      unsafe documents[place] = .max
      place += 1
    }
    sample()
  }

  /// Notes every eighth document.
  @inline(__always)
  private func sample() {
    // Safe: there are 16 samples, and 128 documents.
    for place in 0..<16 { unsafe samples[place] = documents[8 &* place &+ 7] }
  }

  /// Where the frequencies of the block are, if each can be read by itself: fields do not matter, and the
  /// block is no tail.
  var unweightedFrequencies: Int? {
    frequenciesOffset >= 0 && !norms.weighsFields ? frequenciesOffset : nil
  }

  /// Decodes the frequencies of the block, unless they are.
  @inline(__always)
  mutating func loadFrequencies() throws(FormatError) {
    guard frequencyBlock != block else { return }
    if frequenciesOffset < 0 {
      // A tail, or a merged list, whose frequencies come with its documents; a probe of a set of bits put
      // others in their place.
      try decode(block)
    } else {
      try decodeFrequencies(at: frequenciesOffset, of: block)
    }
  }

  mutating func decodeFrequencies(at offset: Int, of number: Int) throws(FormatError) {
    work.frequencies += 1
    // Safe: all buffers have 128 places.
    var span = unsafe MutableSpan(_unsafeStart: frequencies, count: Self.blockSize)
    frequencyBlock = -1
    let end = try blocks.decodeFrequenciesLessOne(at: offset, into: &span)
    hasFields = false
    if norms.weighsFields {
      var titleSpan = unsafe MutableSpan(_unsafeStart: titles, count: Self.blockSize)
      var headingSpan = unsafe MutableSpan(_unsafeStart: headings, count: Self.blockSize)
      hasFields = try blocks.decodeFields(at: end, titles: &titleSpan, headings: &headingSpan)
    }
    if hasFields || formWeight != 1 {
      for place in 0..<Self.blockSize { unsafe frequencies[place] &+= 1 }
      weigh()
    } else {
      for place in 0..<Self.blockSize {
        let frequency = unsafe frequencies[place] &+ 1
        unsafe frequencies[place] = frequency
        unsafe weighted[place] = Float(Int32(bitPattern: frequency))
      }
    }
    frequencyBlock = number
  }

  /// Computes the weighted frequencies.
  private func weigh() {
    // Safe: all buffers have 128 places.
    for place in 0..<Self.blockSize {
      unsafe weighted[place] = Float(Int32(bitPattern: frequencies[place]))
    }
    if hasFields {
      for place in 0..<Self.blockSize {
        let title = unsafe norms.titleBonus * Float(Int32(bitPattern: titles[place]))
        let heading = unsafe norms.headingBonus * Float(Int32(bitPattern: headings[place]))
        unsafe weighted[place] = weighted[place] + title + heading
      }
    }
    guard formWeight != 1 else { return }
    for place in 0..<Self.blockSize { unsafe weighted[place] = formWeight * weighted[place] }
  }

  /// Where the occurrences of a posting of the decoded frequencies are.
  @inline(__always)
  func fieldFrequency(at place: Int) -> FieldFrequency {
    // Safe: `place` is below 128.
    let count = unsafe frequencies[place]
    guard hasFields else { return FieldFrequency(count: count) }
    return unsafe FieldFrequency(count: count, title: titles[place], heading: headings[place])
  }
}

/// What scores need of a segment's documents: the length codes, and 1 / K of each code.
///
/// Bare addresses; the executor keeps what they point into.
@safe
struct NormTable {
  /// A byte a document.
  let codes: UnsafePointer<UInt8>
  /// A number for each of the 256 codes.
  let inverse: UnsafePointer<Float>
  /// What an occurrence in a title counts more than one in the body.
  let titleBonus: Float
  /// What one in a heading counts more.
  let headingBonus: Float
  /// Whether either is not 0.
  let weighsFields: Bool
}
