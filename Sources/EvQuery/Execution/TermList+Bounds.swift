// Finding the blocks of a list that may hold a high score, by the bound that each block has.

internal import CVectors
internal import EvBytes
internal import EvIndex

extension TermList {
  /// What a bound on the score of occurrences that count 1 says of those that count ``formWeight``.
  ///
  /// With tf / K = x the score is weight × x / (1 + x); a form's occurrences make it
  /// weight × wx / (1 + wx).
  @inline(__always)
  func ofForm(_ bound: Float) -> Float {
    guard formWeight != 1, weight > 0 else { return bound }
    let most = weight * multiplicity
    let share = min(1, bound / most)
    return most * formWeight * share / (1 - share + formWeight * share) * (1 + Self.slack)
  }

  /// The reverse of ``ofForm(_:)``: what occurrences that count 1 have to score.
  func ofWhole(_ threshold: Float) -> Float {
    guard formWeight != 1, weight > 0 else { return threshold }
    let most = weight * multiplicity
    let share = threshold / most
    guard share < 1 else { return threshold }
    return most * share / (formWeight + share * (1 - formWeight)) * (1 - Self.slack)
  }

  /// The most that a posting of a block may score.
  @inline(__always)
  func limit(ofBlock number: Int) -> Float {
    guard blocks.hasMetadata, highest.isFinite else { return upperBound }
    // Safe: there is a bound for each block.
    return unsafe min(upperBound, ofForm(ImpactCode.share(of: blocks.bounds[number]) * highest))
  }

  /// The first block from `start` on whose postings may score `threshold`; the number of blocks if none.
  func liveBlock(from start: Int, reaching threshold: Float) -> Int {
    guard blocks.hasMetadata, threshold > 0, start < blocks.count else {
      return threshold <= upperBound ? start : blocks.count
    }
    guard let code = leastCode(reaching: threshold) else { return blocks.count }
    var block = start
    while block < blocks.count {
      let live = liveBlocks(behind: block, code)
      if live != 0 { return block + live.trailingZeroBitCount }
      block += 64
    }
    return blocks.count
  }

  /// Finds blocks whose postings may score `threshold`, at most 64.
  ///
  /// - Parameters:
  ///   - start: Where to begin; is moved behind the blocks that were looked at.
  ///   - keys: 64 places for the blocks, each in the lower half of a number that is the lower, the higher
  ///     the block's bound is.
  /// - Returns: How many there are; 0 at the end.
  func liveBlocks(
    from start: inout Int, reaching threshold: Float, into keys: UnsafeMutablePointer<UInt64>
  ) -> Int {
    guard let code = leastCode(reaching: threshold) else { return 0 }
    var count = 0
    while start < blocks.count {
      var live = liveBlocks(behind: start, code)
      guard count + live.nonzeroBitCount <= 64 else { break }
      while live != 0 {
        let block = start + live.trailingZeroBitCount
        // Safe: there is a bound for each block, and a place for so many.
        unsafe keys[count] = UInt64(255 - blocks.bounds[block]) << 32 | UInt64(block)
        count += 1
        live &= live &- 1
      }
      start += 64
    }
    return count
  }

  /// The least bound of a block that may hold `threshold`; nil where no block may.
  private func leastCode(reaching threshold: Float) -> UInt8? {
    guard threshold > 0 else { return 0 }
    return UInt8(exactly: ImpactCode.least(reaching: ofWhole(threshold) / highest))
  }

  /// Which of the 64 blocks from `start` on have a bound of at least `code`, the first as the lowest bit.
  @inline(__always)
  private func liveBlocks(behind start: Int, _ code: UInt8) -> UInt64 {
    // Safe: reads end at the number of blocks.
    let bounds = unsafe blocks.bounds + start
    if start + 64 <= blocks.count { return unsafe ev_u8x64_mask_ge(bounds, code) }
    var live: UInt64 = 0
    for place in 0..<blocks.count - start where unsafe bounds[place] >= code {
      live |= 1 << UInt64(place)
    }
    return live
  }

  /// Asks for the memory in which it is said where a block is.
  @inline(__always)
  func prefetchMetadata(_ block: Int) { blocks.prefetchMetadata(block) }

  /// Asks for the memory of a block's postings, and of the lengths of its documents.
  @inline(__always)
  func prefetch(_ block: Int) {
    let range = blocks.prefetch(block)
    // Safe: what is asked for is not looked at. Few postings of a list with long gaps share 64 lengths.
    var code = unsafe norms.codes + Int(range.lowerBound)
    let end = unsafe norms.codes + Int(range.upperBound)
    guard unsafe end - code <= 8 * 64 else { return }
    while unsafe code <= end {
      unsafe ev_prefetch(code)
      unsafe code += 64
    }
  }
}
