// Finding the documents that hold all words of a phrase, and where their positions are.

internal import EvBytes
internal import EvIndex

extension PhraseKernel {
  /// Finds the documents at the first `count` of ``places`` in all lists, and keeps those that are there.
  ///
  /// - Parameters:
  ///   - block: The lead's.
  ///   - threshold: A score that documents have to reach, as far as is known without positions; nil
  ///     where any will do.
  /// - Returns: How many are left.
  mutating func locate(
    _ count: Int, _ block: Int, above threshold: Float?
  ) throws(FormatError) -> Int {
    // Safe: the lists outlive the kernel; places are below 128, and so many entries each list has.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    let documents = unsafe lead.pointee.documents
    var count = count
    unsafe positions.pointee.prefetch(block: block)
    let gate = threshold.map { unsafe TermList.Gate(partial: UnsafePointer(zeros), needed: $0) }
    for number in unsafe 1..<max(1, lists.count) where count > 0 {
      count = unsafe try find(documents, places, count, inList: number, gate)
      guard number + 1 == listsBeforePositions else { continue }
      try enterLead(count, block)
      if !isPair, count > 0 { count = try keepNeighbours(count, above: threshold) }
    }
    if unsafe lists.count == 1 { try enterLead(count, block) }
    return count
  }

  /// Finds those of some documents that one of the lists has, and notes where.
  ///
  /// - Returns: How many are left of `places`.
  @inline(__always)
  func find(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    inList number: Int, _ gate: TermList.Gate?
  ) throws(FormatError) -> Int {
    // Safe: the lists outlive the kernel, and there are as many positions.
    let list = unsafe lists.baseAddress.unsafelyUnwrapped + number
    let positions = unsafe positions + number
    var lastBlock = -1
    defer { if lastBlock >= 0 { unsafe positions.pointee.prefetch(block: lastBlock) } }
    return unsafe try list.pointee.matchBlocks(
      documents, places, count, gate: gate, frequencies: .all
    ) {
      list, block, range in
      // Where the block's positions begin is on its way while the next block is looked at.
      if lastBlock >= 0 { unsafe positions.pointee.prefetch(block: lastBlock) }
      lastBlock = block
      unsafe positions.pointee.prefetchMetadata(block: block)
      unsafe enter(
        list, number, block: block, UnsafePointer(places + range.lowerBound),
        at: list.matches + range.lowerBound, range.count)
      return range.upperBound
    }
  }

  /// Notes where the lead has the documents at the first `count` of ``places``.
  private mutating func enterLead(_ count: Int, _ block: Int) throws(FormatError) {
    // Safe: as in ``locate(_:_:above:)``.
    let lead = unsafe lists.baseAddress.unsafelyUnwrapped
    guard count > 0 else { return }
    unsafe try lead.pointee.loadFrequencies()
    unsafe enter(lead.pointee, 0, block: block, UnsafePointer(places), at: places, count)
  }

  /// Notes where a list has documents of its block, of which the frequencies are decoded.
  ///
  /// - Parameters:
  ///   - places: Those of the documents in the lead's block, `count` of them.
  ///   - own: Their places in the list's block.
  @inline(__always)
  func enter(
    _ list: borrowing TermList, _ number: Int, block: Int, _ places: UnsafePointer<UInt32>,
    at own: UnsafePointer<UInt32>, _ count: Int
  ) {
    unsafe list.sumFrequencies(at: own, count, into: sums)
    // Safe: places are below 128, and so many entries each list has.
    let entries = unsafe entries + number * TermList.blockSize
    for index in 0..<count {
      unsafe (entries + Int(places[index])).initialize(
        to: Entry(
          block: block, before: Int(sums[index]),
          frequency: list.fieldFrequency(at: Int(own[index]))))
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
      guard try meetings(lead, second) > 0 else { continue }
      unsafe places[kept] = UInt32(truncatingIfNeeded: place)
      kept += 1
    }
    return kept
  }

  /// Notes for the documents at the first `count` of ``places`` how often they may hold the phrase at most.
  func weighLeast(_ count: Int) {
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
}
