// Words of any text, by ICU.

/// Cuts stretches of any text into words with ICU.
struct UnicodeWords {
  /// Opened when the first text needs it: a process that sees only ASCII is spared the start-up.
  private var breaker: BreakIterator?
  private var units: [UInt16] = []
  /// The byte where each of `units` begins, and where the last one ends.
  private var offsets: [Int] = []
  private var folded = FoldedText()
  private var ends: [Int32] = []

  /// Appends the words of a range to `result`.
  ///
  /// - Returns: Whether there is a hyphen, so that there may be a compound.
  /// - Throws: ``AnalysisError/icu(operation:code:)``; nothing was appended then.
  mutating func append(
    _ text: Span<UInt8>, _ range: Range<Int>, traits: inout ScalarTraits,
    to result: inout AnalyzedText
  ) throws(AnalysisError) -> Bool {
    let breaker = try openedBreaker()
    let hasHyphen = decode(text, range)
    try folded.fold(&units)
    folded.separateAtSigns()
    try breaker.findEnds(of: folded.units, into: &ends)
    var start = 0
    for end in ends {
      emit(start..<Int(end), traits: &traits, to: &result)
      start = Int(end)
    }
    return hasHyphen
  }

  private mutating func openedBreaker() throws(AnalysisError) -> BreakIterator {
    if let breaker { return breaker }
    let opened = try BreakIterator.words()
    breaker = opened
    return opened
  }

  /// Fills `units` and `offsets`, and says whether there is a hyphen.
  private mutating func decode(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var hasHyphen = false
    // Moved out and back in, so that both can be filled in one loop.
    var units: [UInt16] = []
    swap(&units, &self.units)
    units.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    offsets.append(addingCapacity: range.count + 1) { offsets in
      units.append(addingCapacity: range.count) { units in
        var index = range.lowerBound
        while index < range.upperBound {
          let here = text.scalar(at: index, end: range.upperBound)
          offsets.append(index)
          switch here.value {
          case 0x41...0x5A:
            // Folding does the same, but slowly.
            units.append(UInt16(truncatingIfNeeded: here.value) | 0x20)
          case 0x200B:
            // Folding drops it, and with it the border of words that it is there to mark.
            units.append(0x20)
          case 0x10000...:
            offsets.append(index)
            units.append(0xD800 | UInt16(truncatingIfNeeded: (here.value - 0x10000) >> 10))
            units.append(0xDC00 | UInt16(truncatingIfNeeded: here.value & 0x3FF))
          default:
            if Compounds.isHyphen(here.value) { hasHyphen = true }
            units.append(UInt16(truncatingIfNeeded: here.value))
          }
          index += here.length
        }
        offsets.append(index)
      }
    }
    swap(&units, &self.units)
    return hasHyphen
  }

  /// Appends the word in a range of the folded units, if it is one.
  private func emit(
    _ range: Range<Int>, traits: inout ScalarTraits, to result: inout AnalyzedText
  ) {
    let units = folded.units.span
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, units[start] == 0x5F { start += 1 }
    while end > start, units[end - 1] == 0x5F { end -= 1 }
    guard Self.isWord(units, start..<end, &traits) else { return }
    if 3 * (end - start) <= Terms.maximumLength {
      appendShort(start..<end, to: &result)
    } else {
      appendPieces(start..<end, to: &result)
    }
  }

  /// Appends a word that is no longer than a term, because a code unit is three bytes at most.
  private func appendShort(_ range: Range<Int>, to result: inout AnalyzedText) {
    let units = folded.units.span
    let termStart = result.terms.count
    result.terms.append(addingCapacity: 3 * range.count) { output in
      var index = range.lowerBound
      while index < range.upperBound {
        let here = units.scalar(at: index, end: range.upperBound)
        Terms.append(here.value, to: &output)
        index += here.length
      }
    }
    append(range, termStart: termStart, to: &result)
  }

  /// Appends a word in as many pieces as it takes.
  private func appendPieces(_ range: Range<Int>, to result: inout AnalyzedText) {
    let units = folded.units.span
    let end = range.upperBound
    var pieceStart = range.lowerBound
    var termStart = result.terms.count
    var index = range.lowerBound
    while index < end {
      let here = units.scalar(at: index, end: end)
      let length = result.terms.count - termStart
      if length + Terms.width(of: here.value) > Terms.maximumLength {
        append(pieceStart..<index, termStart: termStart, to: &result)
        pieceStart = index
        termStart = result.terms.count
      }
      result.terms.append(addingCapacity: 4) { Terms.append(here.value, to: &$0) }
      index += here.length
    }
    append(pieceStart..<end, termStart: termStart, to: &result)
  }

  private func append(_ range: Range<Int>, termStart: Int, to result: inout AnalyzedText) {
    let start = offsets[folded.sourceStart(range.lowerBound)]
    let end = offsets[folded.sourceEnd(range.upperBound - 1)]
    result.append(
      start..<end, termStart: termStart, termLength: result.terms.count - termStart)
  }

  private static func isWord(
    _ units: Span<UInt16>, _ range: Range<Int>, _ traits: inout ScalarTraits
  ) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      let here = units.scalar(at: index, end: range.upperBound)
      if traits[here.value].makesToken { return true }
      index += here.length
    }
    return false
  }
}

extension Span where Element == UInt16 {
  /// The scalar at `index` of well-formed UTF-16, and its length in code units.
  @inline(always)
  fileprivate func scalar(at index: Int, end: Int) -> (value: UInt32, length: Int) {
    let unit = UInt32(self[index])
    guard unit & 0xFC00 == 0xD800, index + 1 < end else { return (unit, 1) }
    let low = UInt32(self[index + 1]) & 0x3FF
    return (0x10000 + ((unit & 0x3FF) << 10 | low), 2)
  }
}
