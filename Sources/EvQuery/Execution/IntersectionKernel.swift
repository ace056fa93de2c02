internal import EvBytes
internal import EvIndex

/// The best documents that hold all of several terms, with others that add to the score, or exclude.
///
/// The rarest list leads. Its blocks and postings are dropped by what all other lists may add at most,
/// before any other list is looked at; those that remain of a block are looked up in the others together,
/// the rarest first, and dropped as soon as one lacks the document or the threshold is out of reach.
@safe
struct IntersectionKernel {
  /// The required lists, the rarest first.
  private let lists: UnsafeMutableBufferPointer<TermList>
  /// Optional and excluded lists, and room; `rest` is what the required lists behind each, and all optional
  /// ones, may add together, and `probes` are the places of documents in all lists, where they are counted.
  private let groups: ListGroups
  private let segment: Int
  private let best: BestHits

  /// - Parameter groups: With at least one required list; they are reordered.
  init(_ groups: ListGroups, segment: Int, best: BestHits) {
    var lists = unsafe groups.required
    unsafe lists.sortLists { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
    unsafe self.lists = lists
    var most: Float = 0
    for number in unsafe groups.optional.indices {
      most = unsafe (most + groups.optional[number].upperBound) * (1 + TermList.slack)
    }
    unsafe groups.rest.setBounds(behind: lists, and: most)
    self.groups = groups
    self.segment = segment
    self.best = best
  }

  /// Shows the best documents to the collector.
  func run() throws(FormatError) {
    // Safe: the lists outlive the kernel.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    let (rest, places) = unsafe (groups.rest[0], groups.places)
    var block = 0
    while true {
      block = unsafe lead.pointee.liveBlock(from: block, reaching: best.safeThreshold - rest)
      guard unsafe block < lead.pointee.blocks.count else { return }
      unsafe try lead.pointee.loadInOrder(block)
      unsafe try lead.pointee.scoreBlock()
      let live = unsafe lead.pointee.places(reaching: best.safeThreshold - rest, into: places)
      try complete(live)
      block += 1
    }
  }

  /// Shows the best documents to the collector, and counts all that match.
  ///
  /// - Parameter left: Documents that do not count, excluded ones among them; nil for none.
  func runCounting(_ documentCount: Int, without left: DocumentBits?) throws(FormatError) -> Int {
    // Safe: the lists outlive the kernel.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    let (rest, places, found) = unsafe (groups.rest[0], groups.places, groups.probes)
    let conjunction = unsafe try Conjunction(lists, documentCount, without: left, places: found)
    var total = 0
    for block in unsafe 0..<lead.pointee.blocks.count {
      for number in unsafe lists.indices { unsafe lists[number].setMark() }
      let count = try conjunction.find(block)
      total += count
      guard count > 0,
        unsafe lead.pointee.limit(ofBlock: block) + rest >= best.safeThreshold
      else { continue }
      unsafe try lead.pointee.scoreBlock()
      let least = max(0, best.safeThreshold - rest)
      var live = 0
      for index in 0..<count {
        // Safe: there are `count` places, all below 128.
        let place = unsafe found[index]
        unsafe places[live] = place
        live += unsafe lead.pointee.scores[Int(place)] >= least ? 1 : 0
      }
      guard live > 0 else { continue }
      // The block's documents are asked for once more.
      for number in unsafe lists.indices { unsafe lists[number].returnToMark() }
      try complete(live)
    }
    return total
  }

  /// Finishes the documents at the first `count` of `places` in the lead's block.
  private func complete(_ count: Int) throws(FormatError) {
    // Safe: the lists outlive the kernel; places are below the count of the lead's block.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    // The lead's scores become the sums so far, rounded.
    let (documents, partial) = unsafe (lead.pointee.documents, lead.pointee.scores)
    let (sums, places) = unsafe (groups.sums, groups.places)
    let needed = best.safeThreshold
    if unsafe lists.count == 1 {
      for index in 0..<count { unsafe sums[Int(places[index])] = 0 }
    }
    var count = count
    for number in unsafe 1..<max(1, lists.count) where count > 0 {
      let list = unsafe lists.baseAddress.unsafelyUnwrapped + number
      let rest = unsafe groups.rest[number]
      let gate = unsafe TermList.Gate(partial: UnsafePointer(partial), needed: needed - rest)
      count = unsafe try list.pointee.match(
        documents, places, count, gate: gate, frequencies: .found
      ) {
        list, place, _, own in
        let once = unsafe list.score(documents[place], frequency: list.weighted[own])
        unsafe partial[place] += once * list.multiplicity
        // The second list is the first to add something.
        let sum = number > 1 ? unsafe sums[place] : 0
        unsafe sums[place] = sum + Double(once) * Double(list.multiplicity)
        return unsafe partial[place] + rest >= needed
      }
    }
    for index in 0..<count {
      let place = unsafe Int(places[index])
      let sum = unsafe sums[place] + lead.pointee.exactScore(at: place)
      try take(unsafe documents[place], sum)
    }
  }

  /// Adds what optional lists have of a document, and takes it if no excluded list has it.
  private func take(_ document: UInt32, _ required: Double) throws(FormatError) {
    var sum = required
    let optional = unsafe groups.optional
    for number in optional.indices {
      let frequency = unsafe try optional[number].frequency(of: document)
      guard frequency > 0 else { continue }
      let score = unsafe optional[number].score(document, frequency: frequency)
      sum += unsafe Double(score) * Double(optional[number].multiplicity)
    }
    guard Float(sum) >= best.threshold else { return }
    if try groups.excludes(document) { return }
    best.add(Hit(segment: segment, document: document, score: Float(sum)))
  }
}
