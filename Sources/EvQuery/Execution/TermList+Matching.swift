// Finding many documents in a term's list at once: those of a block of another list.
//
// One document at a time costs a search and a branch that nobody can foresee. Here all documents that
// may be in one block are looked up in a row, without a branch, so that the searches overlap.

internal import CVectors
internal import EvBytes
internal import EvIndex

extension TermList {
  /// What is wanted of documents before their list is decoded.
  ///
  /// Of a document with the partial score `partial[place]` the sum with what its block of the list may add
  /// at most has to reach `needed`.
  @safe
  struct Gate {
    var partial: UnsafePointer<Float>
    var needed: Float
  }

  /// Which frequencies are decoded before a match is shown.
  enum Frequencies {
    /// None.
    case none
    /// Those of the documents that were found; a few are read one by one.
    case found
    /// All of the block.
    case all
  }

  /// Finds those of some documents that the list has.
  ///
  /// - Parameters:
  ///   - documents: Numbers; those at `places` ascend, and are at or above ``probed``'s.
  ///   - places: Which of them are looked for. Those found, and kept, move to the front.
  ///   - gate: Passes over documents, and blocks, that cannot reach a score.
  ///   - needed: Which frequencies are decoded before `found` is called.
  ///   - found: Is shown this list, and told the place of a document, the block of this list, and its
  ///     place therein; says whether to keep it.
  /// - Returns: How many were kept.
  @inline(__always)
  mutating func match(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    gate: Gate? = nil, frequencies needed: Frequencies,
    _ found: (borrowing TermList, _ place: Int, _ block: Int, _ own: Int) -> Bool
  ) throws(FormatError) -> Int {
    unsafe try matchBlocks(documents, places, count, gate: gate, frequencies: needed) {
      list, number, range in
      var kept = range.lowerBound
      for other in range {
        // Safe: places are below 128, and there are so many of them.
        let place = unsafe places[other]
        guard found(list, Int(place), number, unsafe Int(list.matches[other])) else { continue }
        unsafe places[kept] = place
        kept += 1
      }
      return kept
    }
  }

  /// The same, block by block of this list.
  ///
  /// - Parameter found: Is shown this list, and told the block, and which of `places`, and of ``matches``,
  ///   are of documents in it; says where those end that are kept.
  /// - Returns: How many were kept.
  @inline(__always)
  mutating func matchBlocks(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>, _ count: Int,
    gate: Gate? = nil, frequencies needed: Frequencies,
    _ found: (borrowing TermList, _ block: Int, _ range: Range<Int>) -> Int
  ) throws(FormatError) -> Int {
    var index = 0
    var kept = 0
    // Safe: places are below 128, and there are `count` of them; all that is written to `places` is at
    // or in front of what was read.
    while index < count {
      let number = blockOf(unsafe documents[Int(places[index])])
      guard number < blocks.count else { break }
      let last = blocks.hasMetadata ? unsafe blocks.lastDocuments[number] : .max
      var end = index + 1
      while end < count, unsafe documents[Int(places[end])] <= last { end += 1 }
      let next = end
      if let gate, case let limit = limit(ofBlock: number), limit < gate.needed {
        end = index
        for other in index..<next {
          let place = unsafe places[other]
          unsafe places[end] = place
          end += unsafe gate.partial[Int(place)] + limit >= gate.needed ? 1 : 0
        }
      }
      if index < end {
        let first = kept
        var isDecoded = false
        if needed == .none, number != block, let bits = unsafe blocks.bitSet(number) {
          while index < end {
            let place = unsafe places[index]
            unsafe places[kept] = place
            unsafe matches[kept] = 0
            kept &+= unsafe Self.number(documents[Int(place)], bits)
            index &+= 1
          }
        } else {
          isDecoded = unsafe try find(documents, places, index..<end, number, needed, &kept)
        }
        if needed != .none, isDecoded, kept > first {
          try loadFrequencies(needed == .found ? first..<kept : nil)
        }
        if kept > first { kept = found(self, number, first..<kept) }
      }
      index = next
    }
    return kept
  }

  /// The most words of sets of bits that are looked at for one block instead of decoding it.
  private static let probedWords = 48

  /// Looks documents up in one block, and moves those that it has to `kept`.
  ///
  /// - Returns: Whether the block's documents are decoded; its frequencies are, where they are not.
  private mutating func find(
    _ documents: UnsafePointer<UInt32>, _ places: UnsafeMutablePointer<UInt32>,
    _ range: Range<Int>, _ number: Int, _ needed: Frequencies, _ kept: inout Int
  ) throws(FormatError) -> Bool {
    let bits = number != block ? unsafe blocks.bitSet(number) : nil
    if let bits = unsafe bits, unsafe range.count * bits.count <= Self.probedWords {
      for index in range {
        let place = unsafe places[index]
        let own = unsafe try locate(
          documents[Int(place)], number, bits, isOneOfFew: needed == .found)
        guard own >= 0 else { continue }
        unsafe places[kept] = place
        unsafe matches[kept] = UInt32(truncatingIfNeeded: own)
        kept += 1
      }
      return false
    }
    try load(number)
    let start = range.lowerBound
    kept += unsafe ev_find_all(
      self.documents, samples, documents, places + start, range.count, places + kept, matches + kept
    )
    return true
  }

  /// The most frequencies of a block that are read one by one; more are decoded together with the rest.
  private static let fewFrequencies = 5

  /// Decodes the frequencies of the block, unless they are; only those at some places of ``matches`` where
  /// that is faster.
  @inline(__always)
  private mutating func loadFrequencies(_ range: Range<Int>?) throws(FormatError) {
    guard frequencyBlock != block else { return }
    // A block that is asked a second time may be asked many times.
    guard let range, range.count <= Self.fewFrequencies, formWeight == 1, singlesBlock != block,
      let offset = unweightedFrequencies
    else { return try loadFrequencies() }
    // What is decoded is no longer of one block.
    (frequencyBlock, singlesBlock) = (-1, block)
    for index in range {
      // Safe: matches are places below 128.
      try decodeFrequency(at: offset, unsafe Int(matches[index]))
    }
  }

  /// Decodes the frequency of one posting of a block.
  ///
  /// - Parameter offset: Where the block's frequencies are.
  func decodeFrequency(at offset: Int, _ place: Int) throws(FormatError) {
    let frequency = try blocks.decodeFrequencyLessOne(at: offset, place: place)
    // Safe: `place` is below 128.
    unsafe weighted[place] = Float(Int32(bitPattern: frequency &+ 1))
  }
}
