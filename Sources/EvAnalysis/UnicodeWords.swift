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
  /// Whether `units` may hold letters of scripts without spaces.
  private var mayBeUnspaced = false
  private var run = UnspacedRun()

  /// Appends the words of a range to `result`.
  ///
  /// - Returns: What to look at again: all but hyphens and Hangul that are not there.
  /// - Throws: ``AnalysisError/icu(operation:code:)``; nothing was appended then.
  mutating func append(
    _ text: Span<UInt8>, _ range: Range<Int>, traits: inout ScalarTraits,
    to result: inout AnalyzedText
  ) throws(AnalysisError) -> Marks {
    let breaker = try openedBreaker()
    var marks = decode(text, range) ? Marks.all : [.symbol, .digit, .inner]
    try folded.fold(&units)
    // What Hangul folds from is beyond where those scripts begin, too.
    if mayBeUnspaced, folded.units.contains(where: { Hangul.isSyllable(UInt32($0)) }) {
      marks.insert(.syllable)
    }
    folded.separateAtSigns()
    try breaker.findEnds(of: folded.units, into: &ends)
    var start = 0
    if mayBeUnspaced {
      for end in ends {
        emitMixed(start..<Int(end), traits: &traits, to: &result)
        start = Int(end)
      }
      endRun(in: &result)
    } else {
      for end in ends {
        emit(start..<Int(end), traits: &traits, to: &result)
        start = Int(end)
      }
    }
    return marks
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
    var mayBeUnspaced = false
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
          case 0xBC...0xBE, 0x2150...0x215E, 0x2189:
            // Folding makes digits of fractions, which are no part of a number in front of them.
            offsets.append(index)
            units.append(0x20)
            units.append(UInt16(truncatingIfNeeded: here.value))
          case 0x10000...:
            mayBeUnspaced = true
            offsets.append(index)
            units.append(0xD800 | UInt16(truncatingIfNeeded: (here.value - 0x10000) >> 10))
            units.append(0xDC00 | UInt16(truncatingIfNeeded: here.value & 0x3FF))
          case 0x660...0x17FF:
            if here.value >= 0xE00 { mayBeUnspaced = true }
            // Folding does so with wide ones only.
            units.append(UInt16(truncatingIfNeeded: plainDigit(here.value) ?? here.value))
          default:
            if Compounds.isHyphen(here.value) { hasHyphen = true }
            // All that is not a letter of those scripts is sorted out later.
            if here.value >= 0x2E80 { mayBeUnspaced = true }
            units.append(UInt16(truncatingIfNeeded: here.value))
          }
          index += here.length
        }
        offsets.append(index)
      }
    }
    swap(&units, &self.units)
    self.mayBeUnspaced = mayBeUnspaced
    return hasHyphen
  }

  /// Appends what is between two of ICU's boundaries, where there may be scripts without spaces.
  ///
  /// Their characters are collected until something else follows; the rest is a word as elsewhere.
  private mutating func emitMixed(
    _ range: Range<Int>, traits: inout ScalarTraits, to result: inout AnalyzedText
  ) {
    var plainStart = range.lowerBound
    var index = range.lowerBound
    while index < range.upperBound {
      let here = folded.units.span.scalar(at: index, end: range.upperBound)
      let kind = traits[here.value]
      let next = index + here.length
      if kind.isUnspaced {
        let startsWord = index == range.lowerBound || plainStart < index
        if plainStart < index { emit(plainStart..<index, traits: &traits, to: &result) }
        run.append(index..<next, isKatakana: kind.isKatakana, startsWord: startsWord)
        plainStart = next
      } else if kind.extends, plainStart == index, run.end == index {
        run.extend(to: next)
        plainStart = next
      } else if plainStart == index, run.end == index, joins(here.value, next, &traits) {
        run.join(to: next)
        plainStart = next
      } else if plainStart == index {
        endRun(in: &result)
      }
      index = next
    }
    if plainStart < range.upperBound {
      emit(plainStart..<range.upperBound, traits: &traits, to: &result)
    }
  }

  /// Whether a dot is between the parts of a name, as in `イーロン・マスク` and `埃隆·马斯克`, which are
  /// written without it too.
  private func joins(_ scalar: UInt32, _ next: Int, _ traits: inout ScalarTraits) -> Bool {
    guard scalar == 0x30FB || scalar == 0xB7, next < folded.units.count else { return false }
    return traits[folded.units.span.scalar(at: next, end: folded.units.count).value].isUnspaced
  }

  /// Appends the words and pairs of the characters that were collected.
  private mutating func endRun(in result: inout AnalyzedText) {
    guard run.end != nil else { return }
    run.emit(folded, offsets, to: &result)
    run.clear()
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
  func scalar(at index: Int, end: Int) -> (value: UInt32, length: Int) {
    let unit = UInt32(self[index])
    guard unit & 0xFC00 == 0xD800, index + 1 < end else { return (unit, 1) }
    let low = UInt32(self[index + 1]) & 0x3FF
    return (0x10000 + ((unit & 0x3FF) << 10 | low), 2)
  }
}
