// Korean words, which are often several: 현대자동차 holds 현대 and 자동차, and who types these means it too.

/// The syllables of Hangul.
package enum Hangul {
  /// Whether a scalar is a syllable, as folding composes them.
  package static func isSyllable(_ scalar: UInt32) -> Bool { scalar &- 0xAC00 < 11_172 }
}

extension Annotator {
  /// Adds the pairs of neighbouring syllables in the word at `index`, all at its position.
  ///
  /// What is in a word has all its pairs there. The reverse may fail where a word has a syllable twice, which
  /// is rare, and positions of syllables would make other words stand farther apart.
  mutating func addSyllables(_ text: Span<UInt8>, _ index: Int, _ result: inout AnalyzedText) {
    let token = result.tokens[index]
    let term = Array(result.bytes(of: token))
    let bytes = term.span
    var previous: Int?
    var start = 0
    while start < term.count {
      let here = bytes.scalar(at: start, end: term.count)
      let end = start + here.length
      let isSyllable = Hangul.isSyllable(here.value)
      if isSyllable, let first = previous {
        let source = range(of: first..<end, text, token, term)
        add(.syllables, behind: index, source, [ReservedTerm.gram] + term[first..<end], &result)
      }
      previous = isSyllable ? start : nil
      start = end
    }
  }
}
