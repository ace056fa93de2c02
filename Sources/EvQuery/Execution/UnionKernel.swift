internal import EvBytes
internal import EvIndex

/// The best documents that hold any of several terms.
///
/// The lists are taken one after the other, the one with the highest bound first. A document is scored
/// where its strongest term is met: in the list of that term only blocks are decoded, and only postings
/// looked at, that could reach the threshold with everything that the weaker lists may add; the few that
/// remain of a block are looked up in the weaker lists together. Once a list and all weaker ones together cannot reach the
/// threshold, the rest is not looked at. (MAXSCORE, list by list instead of document by document: Turtle
/// and Flood, "Query evaluation: strategies and optimizations", Information Processing and Management
/// 31(6), 1995; with bounds of blocks as in Ding and Suel, SIGIR 2011.)
@safe
struct UnionKernel {
  /// The lists, the one with the highest bound first.
  private let lists: UnsafeMutableBufferPointer<TermList>
  /// Excluded lists, and room; `rest` is what the lists behind each may add together.
  private let groups: ListGroups
  private let segment: Int
  private let best: BestHits

  /// - Parameter groups: With optional lists only, and excluded ones; they are reordered.
  init(_ groups: ListGroups, segment: Int, best: BestHits) {
    var lists = unsafe groups.optional
    unsafe lists.sortLists { $0.upperBound > $1.upperBound }
    unsafe groups.rest.setBounds(behind: lists)
    unsafe self.lists = lists
    self.groups = groups
    self.segment = segment
    self.best = best
  }

  /// Shows the best documents to the collector.
  func run() throws(FormatError) {
    for number in unsafe lists.indices {
      let most = unsafe lists[number].upperBound + groups.rest[number]
      guard most >= best.safeThreshold else { return }
      groups.rewind()
      try scan(number)
    }
  }

  /// Scores the documents whose strongest term is that of list `number`.
  private func scan(_ number: Int) throws(FormatError) {
    // Safe: the lists outlive the kernel.
    let list = unsafe lists.baseAddress.unsafelyUnwrapped + number
    let (rest, places) = unsafe (groups.rest[number], groups.places)
    var block = 0
    while true {
      block = unsafe list.pointee.liveBlock(from: block, reaching: best.safeThreshold - rest)
      guard unsafe block < list.pointee.blocks.count else { return }
      unsafe try list.pointee.load(block)
      unsafe try list.pointee.scoreBlock()
      let count = unsafe list.pointee.places(reaching: best.safeThreshold - rest, into: places)
      if count > 0 { try complete(number, count) }
      block += 1
    }
  }

  /// Adds what weaker lists have of the documents at the first `count` of `places`, and takes those that no
  /// stronger list has.
  private func complete(_ number: Int, _ count: Int) throws(FormatError) {
    // Safe: places are below the count of the list's block.
    let own = unsafe lists.baseAddress.unsafelyUnwrapped + number
    // The list's own scores become the sums so far, rounded.
    let (documents, partial) = unsafe (own.pointee.documents, own.pointee.scores)
    let (sums, places, probes) = unsafe (groups.sums, groups.places, groups.probes)
    let needed = best.safeThreshold
    for index in 0..<count { unsafe sums[Int(places[index])] = 0 }
    var live = count
    for weaker in unsafe number + 1..<lists.count where live > 0 {
      let list = unsafe lists.baseAddress.unsafelyUnwrapped + weaker
      let rest = unsafe groups.rest[weaker]
      for index in 0..<live { unsafe probes[index] = places[index] }
      let gate = unsafe TermList.Gate(partial: UnsafePointer(partial), needed: needed - rest)
      _ = unsafe try list.pointee.match(
        documents, probes, live, gate: gate, frequencies: .found
      ) {
        list, place, _, found in
        let once = unsafe list.score(documents[place], frequency: list.weighted[found])
        unsafe partial[place] += once * list.multiplicity
        unsafe sums[place] += Double(once) * Double(list.multiplicity)
        return true
      }
      var kept = 0
      for index in 0..<live {
        let place = unsafe places[index]
        unsafe places[kept] = place
        kept += unsafe partial[Int(place)] + rest >= needed ? 1 : 0
      }
      live = kept
    }
    for index in 0..<live {
      let place = unsafe Int(places[index])
      let total = unsafe Float(sums[place] + own.pointee.exactScore(at: place))
      if total >= best.threshold { try take(unsafe documents[place], total, number) }
    }
  }

  private func take(_ document: UInt32, _ score: Float, _ number: Int) throws(FormatError) {
    for stronger in 0..<number where unsafe try lists[stronger].contains(document) {
      return
    }
    if try groups.excludes(document) { return }
    best.add(Hit(segment: segment, document: document, score: score))
  }
}
