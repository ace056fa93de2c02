internal import EvBytes
internal import EvIndex

/// The best documents that hold several words side by side, and how many do.
///
/// The rarest list leads, as in an intersection. A document that holds all the words is scored as if each
/// occurrence of its least frequent word were one of the phrase; only if that reaches the threshold are
/// positions read, those of the word with the fewest first.
@safe
struct PhraseKernel: ~Copyable {
  private let lists: UnsafeMutableBufferPointer<TermList>
  private let segment: Int
  /// The idf of the phrase.
  private let weight: Float
  private let similarity: BM25
  /// For each list the words of the phrase that are its term.
  private let offsets: [[UInt32]]
  private let scratch: UnsafeMutableRawPointer
  private let positions: UnsafeMutablePointer<TermPositions>

  /// Where a list has the current document.
  private struct Entry {
    var list: Int
    var place: Int
    var frequency: FieldFrequency
  }

  /// An entry for each list, that with the fewest occurrences first once positions are read.
  private let entries: UnsafeMutablePointer<Entry>
  private var starts = PositionBuffer()
  private var others = PositionBuffer()

  /// - Parameters:
  ///   - lists: One for each different word of the form, whose number is its `term`, opened with the
  ///     phrase's weight; they are reordered, the rarest first.
  ///   - infos: What is known of each word, by its number.
  ///   - weight: The idf of the phrase, times its boost.
  init(
    _ lists: UnsafeMutableBufferPointer<TermList>, _ form: Plan.Form, infos: [Int: TermInfo],
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
    // Safe: freed in deinit; TermPositions is a plain value.
    unsafe scratch = .allocate(
      byteCount: lists.count * TermPositions.scratchBytes, alignment: 64)
    unsafe positions = .allocate(capacity: lists.count)
    unsafe entries = .allocate(capacity: lists.count)
    for number in lists.indices {
      let info = unsafe infos[lists[number].term] ?? .none
      do throws(IndexError) {
        let opened = unsafe try TermPositions(
          segment.reader.postings, info, scratch: scratch + number * TermPositions.scratchBytes)
        unsafe (positions + number).initialize(to: opened)
      } catch {
        unsafe scratch.deallocate()
        unsafe positions.deallocate()
        unsafe entries.deallocate()
        throw .invalidValue(field: "positions", value: UInt64(info.positionsOffset), offset: 0)
      }
    }
  }

  deinit {
    unsafe scratch.deallocate()
    unsafe positions.deallocate()
    unsafe entries.deallocate()
  }

  /// What was done with each list.
  var traced: [ExecutionTrace.List] {
    unsafe lists.indices.map { number in unsafe lists[number].traced }
  }

  /// Shows the best documents to `best`.
  mutating func run(_ best: BestHits) throws(FormatError) {
    // Safe: the lists outlive the kernel.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    // The lead's bounds are of its own weight; those of the phrase are as many times larger.
    let ratio =
      unsafe weight / (lead.pointee.weight * lead.pointee.multiplicity) * (1 + TermList.slack)
    var block = 0
    while true {
      block = unsafe lead.pointee.liveBlock(from: block, reaching: best.safeThreshold / ratio)
      guard unsafe block < lead.pointee.blocks.count else { return }
      unsafe try lead.pointee.load(block)
      unsafe try lead.pointee.scoreBlock(weight: weight, multiplicity: 1)
      var place = unsafe lead.pointee.place(from: 0, reaching: best.safeThreshold)
      while place < TermList.blockSize {
        try complete(block, place, best)
        place = unsafe lead.pointee.place(from: place + 1, reaching: best.safeThreshold)
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
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    var total = 0
    for block in unsafe 0..<lead.pointee.blocks.count {
      unsafe try lead.pointee.load(block)
      unsafe try lead.pointee.loadFrequencies()
      for place in unsafe 0..<lead.pointee.count {
        guard let document = try locate(place, above: nil) else { continue }
        let found = try matchPositions(block)
        guard found.count > 0, deleted.isEmpty || !deleted.hasBit(document) else { continue }
        total += 1
        guard let best else { continue }
        best.add(Hit(segment: segment, document: document, score: score(document, found)))
      }
    }
    return total
  }

  /// All documents that hold the phrase, and how often, weighted.
  mutating func postings() throws(FormatError) -> FormPostings {
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    var postings = FormPostings()
    for block in unsafe 0..<lead.pointee.blocks.count {
      unsafe try lead.pointee.load(block)
      unsafe try lead.pointee.loadFrequencies()
      for place in unsafe 0..<lead.pointee.count {
        guard let document = try locate(place, above: nil) else { continue }
        let found = try matchPositions(block)
        if found.count > 0 { postings.append(document, similarity.weighted(found)) }
      }
    }
    return postings
  }

  private mutating func complete(_ block: Int, _ place: Int, _ best: BestHits) throws(FormatError) {
    guard let document = try locate(place, above: best), case let found = try matchPositions(block),
      found.count > 0
    else { return }
    let score = score(document, found)
    if score >= best.threshold {
      best.add(Hit(segment: segment, document: document, score: score))
    }
  }

  private func score(_ document: UInt32, _ frequency: FieldFrequency) -> Float {
    score(document, similarity.weighted(frequency))
  }

  private func score(_ document: UInt32, _ weighted: Float) -> Float {
    unsafe lists[0].score(document, frequency: weighted, weight: weight)
  }

  /// Finds the lead's document in all lists, as long as the score may reach what `best` asks for.
  ///
  /// - Returns: The document; nil where a list lacks it, or it cannot be among the best.
  private mutating func locate(_ place: Int, above best: BestHits?) throws(FormatError) -> UInt32? {
    // Safe: `place` is below the count of the lead's block.
    let document = unsafe lists[0].documents[place]
    // Safe: there is an entry for each list.
    var least = unsafe lists[0].weighted[place]
    unsafe entries.initialize(
      to: Entry(list: 0, place: place, frequency: lists[0].fieldFrequency(at: place)))
    for number in unsafe 1..<max(1, lists.count) {
      let found = unsafe try lists[number].locate(document)
      guard found >= 0 else { return nil }
      unsafe (entries + number).initialize(
        to: Entry(
          list: number, place: found, frequency: lists[number].fieldFrequency(at: found)))
      let frequency = unsafe lists[number].weighted[found]
      guard frequency < least else { continue }
      least = frequency
      if let best, score(document, least) < best.safeThreshold { return nil }
    }
    return document
  }

  /// How often the phrase is in the document that was located; `block` is the lead's.
  ///
  /// An occurrence is in the title where all its words are. Of headings only the words are known: as many
  /// as each word has there, at most.
  private mutating func matchPositions(_ block: Int) throws(FormatError) -> FieldFrequency {
    moveFewestToFront()
    var isFirst = true
    // The last start with all words in the title.
    var lastInTitle = Int64.max
    var headings = UInt32.max
    for number in unsafe lists.indices {
      // Safe: there is an entry for each list, and there are as many positions as lists.
      let entry = unsafe entries[number]
      let list = unsafe lists.baseAddress.unsafelyUnwrapped + entry.list
      let own = unsafe positions + entry.list
      let before = unsafe list.pointee.occurrences(before: entry.place)
      let listBlock = entry.list == 0 ? block : unsafe list.pointee.probed
      for offset in offsets[entry.list] {
        if isFirst {
          lastInTitle = unsafe try own.pointee.read(
            block: listBlock, before: before, entry.frequency, less: offset, into: &starts)
          isFirst = false
        } else {
          let last = unsafe try own.pointee.read(
            block: listBlock, before: before, entry.frequency, less: offset, into: &others)
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

  /// Moves the entry with the fewest occurrences to the front, so that few starts are looked for.
  private func moveFewestToFront() {
    var fewest = 0
    for number in unsafe lists.indices
    where unsafe entries[number].frequency.count < entries[fewest].frequency.count {
      fewest = number
    }
    guard fewest > 0 else { return }
    let entry = unsafe entries[0]
    unsafe entries[0] = entries[fewest]
    unsafe entries[fewest] = entry
  }
}
