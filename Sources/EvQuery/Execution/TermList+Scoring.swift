// Scoring a decoded block, and finding the postings whose scores are high.

internal import CVectors
internal import EvBytes
internal import EvIndex

extension TermList {
  /// Computes the scores of the block's postings.
  mutating func scoreBlock() throws(FormatError) {
    try scoreBlock(weight: weight, multiplicity: multiplicity)
  }

  /// Computes the scores that the block's postings would have with another weight.
  mutating func scoreBlock(weight: Float, multiplicity: Float) throws(FormatError) {
    try loadFrequencies()
    work.scores += 1
    // Safe: the codecs give no document at or above the segment's number, and so many norms there are;
    // all buffers have 128 places, of which `count` are looked at.
    var place = 0
    while place < count {
      unsafe scores[place] = norms.inverse[Int(norms.codes[Int(documents[place])])]
      place += 1
    }
    place = 0
    while place < Self.blockSize {
      let inverse = unsafe scores[place]
      let score = unsafe weight - weight / (1 + weighted[place] * inverse)
      unsafe scores[place] = score * multiplicity
      place += 1
    }
    place = count
    while place < Self.blockSize {
      unsafe scores[place] = -.infinity
      place += 1
    }
  }

  /// The highest score of the block.
  var bestScore: Float {
    var best: Float = 0
    // Safe: there are `count` scores.
    for place in 0..<count { best = unsafe max(best, scores[place]) }
    return best
  }

  /// The places of the block whose scores are at least `threshold`, in ascending order.
  ///
  /// - Parameter places: 128 places.
  /// - Returns: How many there are.
  @inline(__always)
  func places(reaching threshold: Float, into places: UnsafeMutablePointer<UInt32>) -> Int {
    // Places behind the block's postings score minus infinity, so that they are never found.
    let threshold = max(0, threshold)
    var count = 0
    for half in 0..<2 {
      // Safe: there are 128 scores, and no more places are found.
      var mask = unsafe ev_f32x64_mask_ge(scores + 64 * half, threshold)
      while mask != 0 {
        unsafe places[count] = UInt32(
          truncatingIfNeeded: 64 * half + mask.trailingZeroBitCount)
        count += 1
        mask &= mask &- 1
      }
    }
    return count
  }

  /// The score of a posting of the block, for all occurrences of the term in the query.
  ///
  /// Unlike ``scores`` it is not rounded after it is multiplied, so that it is what as many clauses of
  /// their own would add.
  @inline(__always)
  func exactScore(at place: Int) -> Double {
    // Safe: `place` is below the block's count, and the frequencies are decoded with the scores.
    let once = unsafe score(documents[place], frequency: weighted[place])
    return Double(once) * Double(multiplicity)
  }

  /// The score of a document with a frequency, for this term once.
  @inline(__always)
  func score(_ document: UInt32, frequency: Float) -> Float {
    score(document, frequency: frequency, weight: weight)
  }

  /// The score of a document with a frequency, with another weight.
  @inline(__always)
  func score(_ document: UInt32, frequency: Float, weight: Float) -> Float {
    // Safe: `document` is from this list, so it is below the segment's number.
    let inverse = unsafe norms.inverse[Int(norms.codes[Int(document)])]
    return BM25.score(weight: weight, frequency: frequency, inverseSaturation: inverse)
  }

  /// Adds up the occurrences in the postings of the decoded frequencies that are in front of some places.
  ///
  /// - Parameters:
  ///   - places: `count` of them, ascending.
  ///   - sums: Room for a sum for each.
  @inline(__always)
  func sumFrequencies(
    at places: UnsafePointer<UInt32>, _ count: Int, into sums: UnsafeMutablePointer<UInt32>
  ) {
    // Safe: places are below 128.
    unsafe ev_sums_before(frequencies, places, count, sums)
  }
}
