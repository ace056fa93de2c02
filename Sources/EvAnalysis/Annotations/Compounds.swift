// Compounds: words with a hyphen between them, which are found joined as well.

/// Hyphens.
enum Compounds {
  /// The most parts of a compound that gets a joined form; more is a list or a code.
  static let maximumParts = 4

  /// Whether a scalar is a hyphen of one of the kinds that join words.
  ///
  /// They are those that folding makes into `-` and U+2010; a minus sign and dashes are not.
  static func isHyphen(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2D, 0x2010, 0x2011, 0xFE63, 0xFF0D: true
    default: false
    }
  }

  /// Whether a range of the text is one hyphen, of any of the kinds that join words.
  fileprivate static func isHyphen(
    _ text: Span<UInt8>, from start: UInt32, to end: UInt32
  ) -> Bool {
    // Pieces of one character may overlap.
    guard end > start else { return false }
    guard end - start <= 3 else { return false }
    let scalar = text.scalar(at: Int(start), end: Int(end))
    return Int(end - start) == scalar.length && isHyphen(scalar.value)
  }
}

extension Annotator {
  /// Adds the joined form of the compound that begins with a word, if there is one.
  ///
  /// - Returns: The ordinal of the token behind the compound, or behind the word.
  mutating func addCompound(
    _ text: Span<UInt8>, from index: Int, _ words: SentenceWords, _ result: inout AnalyzedText
  ) -> Int {
    var last = index
    while words.isPlain(last + 1, result),
      Compounds.isHyphen(text, from: result.tokens[last].end, to: result.tokens[last + 1].start)
    {
      last += 1
    }
    guard last > index else { return index + 1 }
    let parts = index...last
    let range = Int(result.tokens[index].start)..<Int(result.tokens[last].end)
    // What touches a neighbour is a piece of something longer, and no word.
    let touchesPrevious = index > words.first && result.tokens[index - 1].end >= range.lowerBound
    let touchesNext =
      last + 1 < result.tokens.count && result.tokens[last + 1].start <= range.upperBound
    guard parts.count <= Compounds.maximumParts, !touchesPrevious, !touchesNext else {
      return last + 1
    }
    let term = parts.flatMap { result.bytes(of: result.tokens[$0]) }
    add(.joined, behind: index, range, term, &result)
    return last + 1
  }
}
