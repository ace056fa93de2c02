internal import EvBytes
internal import EvIndex

/// The best documents that hold several words side by side, and how many do.
///
/// The rarest list leads, as in an intersection: all documents of one of its blocks are looked up in the
/// other lists together (PhraseKernel+Locating). Of three words and more the two rarest have to stand right
/// before those are looked for that most documents have. A document that holds all the words is scored as
/// if each occurrence of its least frequent word were one of the phrase; only if that reaches the threshold
/// are positions looked at (PhraseKernel+Matching).
@safe
struct PhraseKernel: ~Copyable {
  let lists: UnsafeMutableBufferPointer<TermList>
  private let segment: Int
  /// The idf of the phrase.
  private let weight: Float
  let similarity: BM25
  /// For each list the words of the phrase that are its term.
  let offsets: [[UInt32]]
  private let scratch: UnsafeMutableRawPointer
  let positions: UnsafeMutablePointer<TermPositions>
  /// What is added to the positions of the two rarest words, so that they are equal where both stand right.
  let pairBases: (UInt32, UInt32)
  /// Whether the phrase is two different words.
  let isPair: Bool
  /// How many lists are looked at before positions: those that not every fourth document has, two at least.
  let listsBeforePositions: Int

  /// Where a list has a document.
  struct Entry {
    var block: Int
    /// Occurrences in the block in front of the document's.
    var before: Int
    var frequency: FieldFrequency
  }

  // For each place of the lead's block: an entry for each list, and the least weighted frequency.
  let entries: UnsafeMutablePointer<Entry>
  let least: UnsafeMutablePointer<Float>
  /// The places of the lead's block that are left.
  let places: UnsafeMutablePointer<UInt32>
  /// Occurrences in front of those in the documents that were found in a block.
  let sums: UnsafeMutablePointer<UInt32>
  /// 128 zeros: what a phrase may score depends on no more than the one list.
  let zeros: UnsafeMutablePointer<Float>
  /// Whether the lead's block may hold one of the best.
  private var isLive = false
  /// The lists, that with the fewest occurrences in the document first.
  var order: [Int]
  var starts = PositionBuffer()

  /// - Parameters:
  ///   - lists: One for each different word of the form, whose number is its `term`, opened with the
  ///     phrase's weight; they are reordered, the rarest first.
  ///   - infos: What is known of each word, by its number.
  ///   - weight: The idf of the phrase, times its boost.
  init(
    _ lists: UnsafeMutableBufferPointer<TermList>, _ form: Plan.Form, infos: ArraySlice<TermInfo?>,
    weight: Float,
    similarity: BM25, segment: (number: Int, reader: SegmentReader)
  ) throws(FormatError) {
    var lists = unsafe lists
    unsafe lists.sortLists { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
    unsafe self.lists = lists
    self.segment = segment.number
    self.weight = weight
    self.similarity = similarity
    offsets = unsafe lists.map { list in
      form.words.indices.filter { form.words[$0] == list.term }.map { form.offsets[$0] }
    }
    order = Array(lists.indices)
    let count = lists.count
    let (first, second) = (offsets[0][0], count > 1 ? offsets[1][0] : 0)
    pairBases = (max(first, second) - first, max(first, second) - second)
    isPair = count == 2 && form.words.count == 2
    let manyDocuments = segment.reader.info.documentCount / 4
    listsBeforePositions = unsafe max(
      2, lists.count { $0.blocks.documentFrequency <= manyDocuments })
    let size = TermList.blockSize
    // Safe: freed in deinit; all are plain values. Each piece begins at a multiple of 64 bytes, since
    // blocks have 128 places.
    let positionBytes = TermPositions.scratchBytes * count
    let entryBytes = MemoryLayout<Entry>.stride * size * count
    let scratch = UnsafeMutableRawPointer.allocate(
      byteCount: positionBytes + entryBytes + 4 * 4 * size, alignment: 64)
    let positions = UnsafeMutablePointer<TermPositions>.allocate(capacity: count)
    // In front of the last properties: were all there, an error would run deinit as well.
    for number in lists.indices {
      let info = unsafe infos[infos.startIndex + lists[number].term] ?? .none
      do throws(IndexError) {
        let opened = unsafe try TermPositions(
          segment.reader.postings, info, scratch: scratch + number * TermPositions.scratchBytes)
        unsafe (positions + number).initialize(to: opened)
      } catch {
        unsafe positions.deinitialize(count: number)
        unsafe scratch.deallocate()
        unsafe positions.deallocate()
        throw .invalidValue(field: "positions", value: UInt64(info.positionsOffset), offset: 0)
      }
    }
    unsafe self.scratch = scratch
    unsafe self.positions = positions
    let rest = unsafe scratch + positionBytes
    unsafe entries = rest.bindMemory(to: Entry.self, capacity: size * count)
    unsafe least = (rest + entryBytes).bindMemory(to: Float.self, capacity: size)
    unsafe places = (rest + entryBytes + 4 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe zeros = (rest + entryBytes + 8 * size).bindMemory(to: Float.self, capacity: size)
    unsafe sums = (rest + entryBytes + 12 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe zeros.initialize(repeating: 0, count: size)
  }

  deinit {
    unsafe positions.deinitialize(count: lists.count)
    unsafe scratch.deallocate()
    unsafe positions.deallocate()
  }

  /// What was done with each list.
  var traced: [ExecutionTrace.List] {
    unsafe lists.indices.map { number in
      var list = unsafe lists[number].tracedWork
      list.positionGroups = unsafe positions[number].decodedGroups
      return list
    }
  }

  /// Shows the best documents to `best`.
  mutating func run(_ best: BestHits) throws(FormatError) {
    // Safe: the lists outlive the kernel.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    var block = 0
    while true {
      block = unsafe lead.pointee.liveBlock(from: block, reaching: best.safeThreshold)
      guard unsafe block < lead.pointee.blocks.count else { return }
      unsafe try lead.pointee.loadInOrder(block)
      unsafe try lead.pointee.scoreBlock()
      let live = unsafe lead.pointee.places(reaching: best.safeThreshold, into: places)
      let count = try locate(live, block, above: best.safeThreshold)
      weighLeast(count)
      for index in 0..<count {
        let place = unsafe Int(places[index])
        let document = unsafe lead.pointee.documents[place]
        // The threshold rises on the way.
        guard unsafe score(document, least[place]) >= best.safeThreshold,
          case let found = try matchPositions(place), found.count > 0
        else { continue }
        best.add(Hit(segment: segment, document: document, score: score(document, found)))
      }
      block += 1
    }
  }

  /// How many documents hold the phrase.
  ///
  /// All of them have to be found for that, so the best are found on the way: a second pass would cost
  /// more than it skips.
  ///
  /// - Parameters:
  ///   - deleted: Documents that do not count.
  ///   - best: Is shown those documents that may be among the best; nil where none are wanted.
  mutating func count(
    deleted: [UInt64], showing best: BestHits?
  ) throws(FormatError) -> Int {
    var total = 0
    try forEachCandidate(showing: best) { kernel, document, place throws(FormatError) in
      if !deleted.isEmpty, deleted.hasBit(document) { return }
      let found = try kernel.matchPositions(place)
      guard found.count > 0 else { return }
      total += 1
      guard kernel.isLive, let best else { return }
      best.add(
        Hit(segment: kernel.segment, document: document, score: kernel.score(document, found)))
    }
    return total
  }

  /// Hands out the documents that hold all words, and their places in the lead's block.
  ///
  /// - Parameter best: Who is shown documents of blocks that are ``isLive``.
  @inline(__always)
  private mutating func forEachCandidate(
    showing best: BestHits?, _ body: (inout PhraseKernel, UInt32, Int) throws(FormatError) -> Void
  ) throws(FormatError) {
    // Safe: the lists outlive the kernel.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    for block in unsafe 0..<lead.pointee.blocks.count {
      unsafe try lead.pointee.loadInOrder(block)
      let all = unsafe lead.pointee.count
      for place in 0..<all { unsafe places[place] = UInt32(truncatingIfNeeded: place) }
      let count = try locate(all, block, above: nil)
      isLive = best.map { unsafe lead.pointee.limit(ofBlock: block) >= $0.safeThreshold } ?? false
      for index in 0..<count {
        let place = unsafe Int(places[index])
        try body(&self, unsafe lead.pointee.documents[place], place)
      }
    }
  }

  private func score(_ document: UInt32, _ frequency: FieldFrequency) -> Float {
    score(document, similarity.weighted(frequency))
  }

  func score(_ document: UInt32, _ weighted: Float) -> Float {
    unsafe lists[0].score(document, frequency: weighted, weight: weight)
  }
}
