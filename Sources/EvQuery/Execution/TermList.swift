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
  var block = -1
  /// How many postings it has.
  var count = 0

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
  var hasFields = false
  /// Their scores, once ``scoreBlock()`` was called.
  let scores: UnsafeMutablePointer<Float>

  let norms: NormTable
  /// Where the frequencies of the block are in the payload; −1 once they are decoded.
  var frequenciesOffset = -1
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
  let merged: (documents: UnsafePointer<UInt32>, weighted: UnsafePointer<Float>)?

  /// Bytes of scratch memory that a list needs.
  static let scratchBytes = 7 * 4 * blockSize + 64

  /// Sets what lists of all kinds have.
  private init(
    _ blocks: TermBlocks, merged: (UnsafePointer<UInt32>, UnsafePointer<Float>)?, term: Int,
    weight: Float, multiplicity: Int, formWeight: Float, norms: NormTable,
    scratch: UnsafeMutableRawPointer
  ) {
    self.blocks = blocks
    unsafe self.merged = merged
    self.formWeight = formWeight
    self.term = term
    self.weight = weight
    self.multiplicity = Float(multiplicity)
    self.norms = norms
    let size = Self.blockSize
    // Safe: seven arrays of 128 places of four bytes each, and one of 16.
    unsafe documents = scratch.bindMemory(to: UInt32.self, capacity: size)
    unsafe frequencies = (scratch + 4 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe scores = (scratch + 8 * size).bindMemory(to: Float.self, capacity: size)
    unsafe weighted = (scratch + 12 * size).bindMemory(to: Float.self, capacity: size)
    unsafe titles = (scratch + 16 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe headings = (scratch + 20 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe matches = (scratch + 24 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe samples = (scratch + 28 * size).bindMemory(to: UInt32.self, capacity: 16)
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
    unsafe self.init(
      blocks, merged: nil, term: term, weight: weight, multiplicity: multiplicity,
      formWeight: formWeight, norms: norms, scratch: scratch)
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
    let blocks = unsafe TermBlocks(
      count: forms.blockCount, documentFrequency: forms.count,
      bounds: UnsafePointer(forms.bounds), lastDocuments: UnsafePointer(forms.lastDocuments))
    unsafe self.init(
      blocks, merged: (UnsafePointer(forms.documents), UnsafePointer(forms.weighted)), term: term,
      weight: weight, multiplicity: multiplicity, formWeight: 1, norms: norms, scratch: scratch)
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
}
