internal import EvBytes
internal import EvIndex

/// The best documents that hold several words side by side, and how many do.
///
/// The rarest list leads, as in an intersection: all documents of one of its blocks are looked up in the
/// other lists together. Of three words and more the two rarest have to stand right before the others are
/// looked for, which are frequent words most of the time. A document that holds all the words is scored as
/// if each occurrence of its least frequent word were one of the phrase; only if that reaches the threshold
/// are positions read, those of the word with the fewest first.
@safe
struct PhraseKernel: ~Copyable {
  let lists: UnsafeMutableBufferPointer<TermList>
  private let segment: Int
  /// The idf of the phrase.
  private let weight: Float
  private let similarity: BM25
  /// For each list the words of the phrase that are its term.
  private let offsets: [[UInt32]]
  private let scratch: UnsafeMutableRawPointer
  private let positions: UnsafeMutablePointer<TermPositions>

  /// Where a list has a document.
  struct Entry {
    var block: Int
    /// Occurrences in the block in front of the document's.
    var before: Int
    var frequency: FieldFrequency
  }

  // For each place of the lead's block: an entry for each list, and the least weighted frequency.
  let entries: UnsafeMutablePointer<Entry>
  private let least: UnsafeMutablePointer<Float>
  /// The places of the lead's block that are left.
  private let places: UnsafeMutablePointer<UInt32>
  /// 128 zeros: what a phrase may score depends on no more than the one list.
  private let zeros: UnsafeMutablePointer<Float>
  /// Whether the lead's block may hold one of the best.
  private var isLive = false
  /// The lists, that with the fewest occurrences in the document first.
  private var order: [Int]
  private var starts = PositionBuffer()
  private var others = PositionBuffer()

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
    let size = TermList.blockSize
    // Safe: freed in deinit; all are plain values. Each piece begins at a multiple of 64 bytes, since
    // blocks have 128 places.
    let positionBytes = TermPositions.scratchBytes * count
    let entryBytes = MemoryLayout<Entry>.stride * size * count
    unsafe scratch = .allocate(
      byteCount: positionBytes + entryBytes + 3 * 4 * size, alignment: 64)
    unsafe positions = .allocate(capacity: count)
    let rest = unsafe scratch + positionBytes
    unsafe entries = rest.bindMemory(to: Entry.self, capacity: size * count)
    unsafe least = (rest + entryBytes).bindMemory(to: Float.self, capacity: size)
    unsafe places = (rest + entryBytes + 4 * size).bindMemory(to: UInt32.self, capacity: size)
    unsafe zeros = (rest + entryBytes + 8 * size).bindMemory(to: Float.self, capacity: size)
    unsafe zeros.initialize(repeating: 0, count: size)
    for number in lists.indices {
      let info = unsafe infos[infos.startIndex + lists[number].term] ?? .none
      do throws(IndexError) {
        let opened = unsafe try TermPositions(
          segment.reader.postings, info, scratch: scratch + number * TermPositions.scratchBytes)
        unsafe (positions + number).initialize(to: opened)
      } catch {
        unsafe scratch.deallocate()
        unsafe positions.deallocate()
        throw .invalidValue(field: "positions", value: UInt64(info.positionsOffset), offset: 0)
      }
    }
  }

  deinit {
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
      unsafe try lead.pointee.load(block)
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
      guard kernel.isLive, let best,
        unsafe kernel.score(document, kernel.least[place]) >= best.safeThreshold
      else {
        total += try kernel.matchPositions(place, isOneEnough: true).count > 0 ? 1 : 0
        return
      }
      let found = try kernel.matchPositions(place)
      guard found.count > 0 else { return }
      total += 1
      best.add(
        Hit(segment: kernel.segment, document: document, score: kernel.score(document, found)))
    }
    return total
  }

  /// Hands out the documents that hold all words, and their places in the lead's block.
  ///
  /// - Parameter best: Who is shown documents of blocks that are ``isLive``, for which ``least`` is known.
  @inline(__always)
  private mutating func forEachCandidate(
    showing best: BestHits?, _ body: (inout PhraseKernel, UInt32, Int) throws(FormatError) -> Void
  ) throws(FormatError) {
    // Safe: the lists outlive the kernel.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    for block in unsafe 0..<lead.pointee.blocks.count {
      unsafe try lead.pointee.load(block)
      let all = unsafe lead.pointee.count
      for place in 0..<all { unsafe places[place] = UInt32(truncatingIfNeeded: place) }
      let count = try locate(all, block, above: nil)
      isLive = false
      if let best, unsafe lead.pointee.limit(ofBlock: block) >= best.safeThreshold {
        isLive = true
        weighLeast(count)
      }
      for index in 0..<count {
        let place = unsafe Int(places[index])
        try body(&self, unsafe lead.pointee.documents[place], place)
      }
    }
  }

  private func score(_ document: UInt32, _ frequency: FieldFrequency) -> Float {
    score(document, similarity.weighted(frequency))
  }

  private func score(_ document: UInt32, _ weighted: Float) -> Float {
    unsafe lists[0].score(document, frequency: weighted, weight: weight)
  }

  /// Finds the documents at the first `count` of ``places`` in all lists, and keeps those that are there.
  ///
  /// - Parameters:
  ///   - block: The lead's.
  ///   - threshold: A score that documents have to reach, as far as is known without positions; nil
  ///     where any will do.
  /// - Returns: How many are left.
  private mutating func locate(
    _ count: Int, _ block: Int, above threshold: Float?
  ) throws(FormatError) -> Int {
    // Safe: the lists outlive the kernel; places are below 128, and so many entries each list has.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    let documents = unsafe lead.pointee.documents
    var count = count
    let gate = threshold.map { unsafe TermList.Gate(partial: UnsafePointer(zeros), needed: $0) }
    for number in unsafe 1..<max(1, lists.count) where count > 0 {
      let list = unsafe lists.baseAddress.unsafelyUnwrapped + number
      let entries = unsafe entries + number * TermList.blockSize
      var (lastBlock, lastPlace, before) = (-1, 0, 0)
      count = unsafe try list.pointee.match(documents, places, count, gate: gate) {
        list, place, block, own in
        if block != lastBlock { (lastBlock, lastPlace, before) = (block, 0, 0) }
        before += list.occurrences(lastPlace..<own)
        lastPlace = own
        unsafe (entries + place).initialize(
          to: Entry(block: block, before: before, frequency: list.fieldFrequency(at: own)))
        return true
      }
      guard number == 1 else { continue }
      try enterLead(count, block)
      if unsafe lists.count > 2 { count = try keepNeighbours(count, above: threshold) }
    }
    if unsafe lists.count == 1 { try enterLead(count, block) }
    return count
  }

  /// Notes where the lead has the documents at the first `count` of ``places``.
  private mutating func enterLead(_ count: Int, _ block: Int) throws(FormatError) {
    // Safe: as in ``locate(_:_:above:)``.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    guard count > 0 else { return }
    unsafe try lead.pointee.loadFrequencies()
    var (lastPlace, before) = (0, 0)
    for index in 0..<count {
      let place = unsafe Int(places[index])
      before += unsafe lead.pointee.occurrences(lastPlace..<place)
      lastPlace = place
      let frequency = unsafe lead.pointee.fieldFrequency(at: place)
      unsafe (entries + place).initialize(
        to: Entry(block: block, before: before, frequency: frequency))
    }
  }

  /// Keeps those documents in which the two rarest words stand at their distance.
  ///
  /// - Returns: How many are left.
  private mutating func keepNeighbours(
    _ count: Int, above threshold: Float?
  ) throws(FormatError) -> Int {
    var kept = 0
    for index in 0..<count {
      // Safe: places are below 128, and both lists have an entry for each.
      let place = unsafe Int(places[index])
      let (lead, second) = unsafe (entries[place], entries[TermList.blockSize + place])
      if let threshold {
        let lowest = min(
          similarity.weighted(lead.frequency), similarity.weighted(second.frequency))
        let document = unsafe lists[0].documents[place]
        guard score(document, lowest) >= threshold else { continue }
      }
      _ = unsafe try positions[0].read(
        block: lead.block, before: lead.before, lead.frequency, less: offsets[0][0], into: &starts)
      _ = unsafe try positions[1].read(
        block: second.block, before: second.before, second.frequency, less: offsets[1][0],
        into: &others)
      guard starts.meets(others) else { continue }
      unsafe places[kept] = UInt32(truncatingIfNeeded: place)
      kept += 1
    }
    return kept
  }

  /// Notes for the documents at the first `count` of ``places`` how often they may hold the phrase at most.
  private func weighLeast(_ count: Int) {
    for index in 0..<count {
      // Safe: places are below 128, and so many entries each list has.
      let place = unsafe Int(places[index])
      var lowest = Float.infinity
      for number in unsafe lists.indices {
        let frequency = unsafe entries[number * TermList.blockSize + place].frequency
        lowest = min(lowest, similarity.weighted(frequency))
      }
      unsafe least[place] = lowest
    }
  }

  /// How often the phrase is in a document that was located.
  ///
  /// An occurrence is in the title where all its words are. Of headings only the words are known: as many
  /// as each word has there, at most.
  ///
  /// - Parameter isOneEnough: Whether it only matters if there is any; the number may then be too low.
  mutating func matchPositions(
    _ place: Int, isOneEnough: Bool = false
  ) throws(FormatError) -> FieldFrequency {
    // Safe: there is an entry for each list, and there are as many positions as lists.
    func entry(_ list: Int) -> Entry { unsafe entries[list * TermList.blockSize + place] }
    for end in order.indices.dropFirst() {
      var index = end
      while index > 0,
        entry(order[index]).frequency.count < entry(order[index - 1]).frequency.count
      {
        order.swapAt(index, index - 1)
        index -= 1
      }
    }
    var isFirst = true
    // The last start with all words in the title.
    var lastInTitle = Int64.max
    var headings = UInt32.max
    for index in order.indices {
      let number = order[index]
      let entry = entry(number)
      let own = unsafe positions + number
      let isLast = isOneEnough && index == order.count - 1
      let words = offsets[number].count
      for word in 0..<words {
        let offset = offsets[number][word]
        if isFirst {
          lastInTitle = unsafe try own.pointee.read(
            block: entry.block, before: entry.before, entry.frequency, less: offset, into: &starts)
          isFirst = false
        } else {
          let last = unsafe try own.pointee.read(
            block: entry.block, before: entry.before, entry.frequency, less: offset, into: &others)
          if isLast, word == words - 1 {
            return FieldFrequency(count: starts.meets(others) ? 1 : 0)
          }
          lastInTitle = min(lastInTitle, last)
          starts.intersect(others)
        }
        if starts.count == 0 { return FieldFrequency(count: 0) }
      }
      headings = min(headings, entry.frequency.heading)
    }
    let title = lastInTitle < 0 ? 0 : starts.count(through: lastInTitle)
    let count = UInt32(starts.count)
    return FieldFrequency(count: count, title: title, heading: min(headings, count - title))
  }
}
