internal import EvBytes
internal import EvIndex

/// The occurrences of several words at fixed distances, as a form of something.
///
/// The rarest word leads. Documents are looked up in the lists of all words first; of those that have them
/// all, and may reach the threshold if each occurrence of the least frequent word were one of the phrase,
/// positions are looked at (``PhraseKernel``).
@safe
final class PhraseSource: FormSource {
  private var kernel: PhraseKernel
  private let terms: [String]
  /// A list for each different word, the rarest first, opened with the weight of the form.
  private let lists: UnsafeMutableBufferPointer<TermList>
  /// For each list an entry for each place.
  private let entries: UnsafeMutablePointer<PhraseKernel.Entry>
  private let similarity: BM25
  /// What an occurrence counts.
  private let weight: Float
  private var block = 0
  private let zeros: UnsafeMutablePointer<Float>
  private let room: UnsafeMutablePointer<UInt32>

  /// - Parameters:
  ///   - kernel: Its lists outlive the source; the number of each is the place of its term.
  ///   - weight: What an occurrence counts.
  init(
    _ kernel: consuming PhraseKernel, _ terms: [String], weight: Float, _ similarity: BM25
  ) {
    self.terms = terms
    let lists = unsafe kernel.lists
    unsafe self.lists = lists
    unsafe entries = kernel.entries
    self.kernel = kernel
    self.similarity = similarity
    self.weight = weight
    // Safe: freed in deinit.
    unsafe zeros = .allocate(capacity: TermList.blockSize)
    unsafe zeros.initialize(repeating: 0, count: TermList.blockSize)
    unsafe room = .allocate(capacity: TermList.blockSize)
    var lowest = Float.infinity
    for number in lists.indices { lowest = unsafe min(lowest, lists[number].upperBound) }
    unsafe super.init(
      cost: lists[0].blocks.documentFrequency, upperBound: lowest,
      documents: UnsafePointer(lists[0].documents))
  }

  deinit {
    unsafe zeros.deallocate()
    unsafe room.deallocate()
  }

  override func next(
    reaching threshold: Float, _ places: UnsafeMutablePointer<UInt32>,
    _ scores: UnsafeMutablePointer<Float>
  ) throws(FormatError) -> Int? {
    // Safe: the lists outlive the source; there are 128 places.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    block = unsafe lead.pointee.liveBlock(from: block, reaching: threshold)
    guard unsafe block < lead.pointee.blocks.count else { return nil }
    unsafe try lead.pointee.load(block)
    unsafe try lead.pointee.scoreBlock()
    block += 1
    let gate = unsafe TermList.Gate(partial: UnsafePointer(zeros), needed: threshold)
    let live = unsafe lead.pointee.places(reaching: threshold, into: places)
    unsafe enterLead(places, live)
    let located = unsafe try locate(documents, places, live, from: 1, gate)
    let count = unsafe try count(documents, places, located, gate)
    for index in 0..<count {
      let place = unsafe Int(places[index])
      unsafe scores[place] = score(documents[place], found[place])
    }
    return count
  }

  override func match(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ gate: TermList.Gate
  ) throws(FormatError) -> Int {
    let located = unsafe try locate(documents, places, count, from: 0, gate)
    return unsafe try self.count(documents, places, located, gate)
  }

  override func keep(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) throws(FormatError) -> Int {
    let located = unsafe try locate(documents, places, count, from: 0, ungated)
    return unsafe try keepMatching(places, located)
  }

  override func insert(into set: DocumentBits) throws(FormatError) {
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    let all = unsafe lead.pointee.blocks.count
    while block < all {
      unsafe try lead.pointee.load(block)
      unsafe try lead.pointee.loadFrequencies()
      block += 1
      let count = unsafe lead.pointee.count
      // Safe: there are 128 places.
      for place in 0..<count { unsafe room[place] = UInt32(truncatingIfNeeded: place) }
      unsafe enterLead(room, count)
      let located = unsafe try locate(documents, room, count, from: 1, ungated)
      let kept = unsafe try keepMatching(room, located)
      for index in 0..<kept { set.insert(unsafe documents[Int(room[index])]) }
    }
  }

  override func rewind() {
    block = 0
    for number in unsafe lists.indices { unsafe lists[number].rewind() }
  }

  override var traced: [ExecutionTrace.List] {
    kernel.traced.map { list in
      var list = list
      list.name = terms[list.term]
      return list
    }
  }

  private var ungated: TermList.Gate {
    unsafe TermList.Gate(partial: UnsafePointer(zeros), needed: -.infinity)
  }

  /// Notes where the leading list has documents of its block, which is decoded.
  private func enterLead(_ places: UnsafePointer<UInt32>, _ count: Int) {
    // Safe: the lists outlive the source.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    unsafe kernel.enter(lead.pointee, 0, block: block - 1, places, at: places, count)
  }

  /// Finds documents in the lists from one on, and keeps those that are in all.
  private func locate(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    from first: Int, _ gate: TermList.Gate
  ) throws(FormatError) -> Int {
    var count = count
    for number in unsafe first..<max(first, lists.count) where count > 0 {
      count = unsafe try kernel.find(documents, places, count, inList: number, gate)
    }
    return count
  }

  /// The score of so many occurrences alone, rounded up.
  private func score(_ document: UInt32, _ weighted: Float) -> Float {
    // Safe: the lists outlive the source.
    let once = unsafe lists[0].score(document, frequency: weighted)
    return unsafe once * lists[0].multiplicity * (1 + TermList.slack)
  }

  /// Counts the phrase in located documents that may reach a score, and keeps those that have it.
  private func count(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ gate: TermList.Gate
  ) throws(FormatError) -> Int {
    let row = unsafe useRow()
    var kept = 0
    for index in 0..<count {
      // Safe: places are below 128.
      let place = unsafe Int(places[index])
      if gate.needed > 0 {
        var least = Float.infinity
        for number in unsafe lists.indices {
          let frequency = unsafe entries[number * TermList.blockSize + place].frequency
          least = min(least, similarity.weighted(frequency))
        }
        let most = unsafe score(documents[place], weight * least)
        guard unsafe gate.partial[place] + most >= gate.needed else { continue }
      }
      let frequency = try kernel.matchPositions(place)
      guard frequency.count > 0 else { continue }
      unsafe row[place] = weight * similarity.weighted(frequency)
      unsafe places[kept] = UInt32(truncatingIfNeeded: place)
      kept += 1
    }
    return kept
  }

  /// Keeps the located documents that have the phrase.
  private func keepMatching(
    _ places: UnsafeMutablePointer<UInt32>, _ count: Int
  ) throws(FormatError) -> Int {
    var kept = 0
    for index in 0..<count {
      let place = unsafe places[index]
      guard try kernel.matchPositions(Int(place)).count > 0 else { continue }
      unsafe places[kept] = place
      kept += 1
    }
    return kept
  }
}
