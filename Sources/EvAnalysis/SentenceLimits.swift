// The edges of sentences: white space around them, and cuts where one is too long.

/// What becomes of the stretch between two boundaries.
extension SentenceRules {
  /// The most bytes that a sentence has.
  ///
  /// A longer one is cut, so that a text without a full stop costs no more than another, in time,
  /// in memory, and on the screen. It is a multiple of a term's most bytes: a line of nothing but
  /// one endless word is then cut into equal terms.
  static let maximumLength = 4 * Terms.maximumLength

  /// The range without the white space at its edges; empty where there is nothing else.
  mutating func trimmed(_ range: Range<Int>, in text: Span<UInt8>, kind: Analyzer.Kind) -> Range<
    Int
  > {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, isASCIISpace(text[start]) { start += 1 }
    while end > start, isASCIISpace(text[end - 1]) { end -= 1 }
    // Nearly always.
    if start == end || text[start] < 0x80 && text[end - 1] < 0x80 { return start..<end }
    while start < end {
      let here = text.scalar(at: start, end: end)
      guard isSpace(here.value, kind) else { break }
      start += here.length
    }
    while end > start {
      let previous = text.scalarStart(before: end, start: start)
      guard isSpace(text.scalar(at: previous, end: end).value, kind) else { break }
      end = previous
    }
    return start..<end
  }

  @inline(always)
  private mutating func isSpace(_ scalar: UInt32, _ kind: Analyzer.Kind) -> Bool {
    if scalar < 0x80 { return isASCIISpace(UInt8(truncatingIfNeeded: scalar)) }
    return kind == .standard && traits[scalar].isWhiteSpace
  }

  /// Where to cut a sentence that starts at `start` and is longer than ``maximumLength``.
  ///
  /// The last place in reach is taken where a word surely ends: between white space and a letter.
  /// Failing that, behind other white space, behind punctuation, between two characters, between
  /// two scalars, in this order.
  mutating func cut(_ range: Range<Int>, in text: Span<UInt8>, kind: Analyzer.Kind) -> Int {
    let start = range.lowerBound
    let limit = start + Self.maximumLength
    guard limit < range.upperBound else { return range.upperBound }
    // The last scalar that begins in reach, the first three bytes of which may be in front of it.
    var index = limit
    while index > limit - 4, text[index] & 0xC0 == 0x80 { index -= 1 }
    if index + text.scalar(at: index, end: range.upperBound).length <= limit { index = limit }

    var best = index
    var rank = 0
    while index > start, rank < 4 {
      let previous = text.scalarStart(before: index, start: start)
      let found = cutRank(in: text, previous: previous, at: index, end: range.upperBound, kind)
      if found > rank {
        rank = found
        best = index
      }
      index = previous
    }
    return best
  }

  /// How good a cut in front of the scalar at `offset` is, from 0 to 4.
  private mutating func cutRank(
    in text: Span<UInt8>, previous: Int, at offset: Int, end: Int, _ kind: Analyzer.Kind
  ) -> Int {
    let before = text.scalar(at: previous, end: offset).value
    let after = traits[text.scalar(at: offset, end: end).value]
    if isSpace(before, kind) {
      if kind == .space { return 4 }
      return after.extends ? 0 : after.isLetterOrNumber ? 4 : 3
    }
    if after.extends { return 0 }
    if before < 0x80 {
      // A hyphen separates words as well, but it holds a compound together.
      return before != 0x2D && ASCIIWords.isSplit(text, at: offset) ? 2 : 1
    }
    let traits = traits[before]
    return !traits.isLetterOrNumber && !traits.extends ? 2 : 1
  }
}
