// Compounds: words with a hyphen between them, which are found joined as well.

/// Gives the compounds of a sentence their joined forms.
struct Compounds {
  /// The most parts of a compound that gets a joined form; more is a list or a code.
  static let maximumParts = 4

  private var rewritten: [Token] = []

  /// Inserts a joined form behind the first part of each compound among the tokens from `first` on.
  mutating func join(_ text: Span<UInt8>, from first: Int, in result: inout AnalyzedText) {
    rewritten.removeAll(keepingCapacity: true)
    var copied = first
    var index = first
    while index < result.tokens.count {
      var last = index
      while last + 1 < result.tokens.count,
        Self.isHyphen(text, from: result.tokens[last].end, to: result.tokens[last + 1].start)
      {
        last += 1
      }
      if last > index, let joined = join(index...last, first: first, in: &result) {
        rewritten.append(contentsOf: result.tokens[copied...index])
        rewritten.append(joined)
        copied = index + 1
      }
      index = last + 1
    }
    guard !rewritten.isEmpty else { return }
    rewritten.append(contentsOf: result.tokens[copied...])
    result.tokens.replaceSubrange(first..., with: rewritten)
  }

  /// The joined form of the tokens in `parts`, or nil where they get none.
  private func join(
    _ parts: ClosedRange<Int>, first: Int, in result: inout AnalyzedText
  ) -> Token? {
    let head = result.tokens[parts.lowerBound]
    let tail = result.tokens[parts.upperBound]
    guard parts.count <= Self.maximumParts else { return nil }
    // What touches a neighbour is a piece of something longer, and no word.
    if parts.lowerBound > first, result.tokens[parts.lowerBound - 1].end >= head.start {
      return nil
    }
    let next = parts.upperBound + 1
    if next < result.tokens.count, result.tokens[next].start <= tail.end { return nil }
    let length = parts.reduce(0) { $0 + Int(result.tokens[$1].termLength) }
    guard length <= Terms.maximumLength else { return nil }

    let start = result.terms.count
    for part in parts {
      let termStart = Int(result.tokens[part].termStart)
      for index in termStart..<termStart + Int(result.tokens[part].termLength) {
        result.terms.append(result.terms[index])
      }
    }
    return Token(
      position: head.position, start: head.start, end: tail.end,
      termStart: UInt32(truncatingIfNeeded: start),
      termLength: UInt16(truncatingIfNeeded: length), kind: .joined)
  }

  /// Whether a range of the text is one hyphen, of any of the kinds that join words.
  private static func isHyphen(_ text: Span<UInt8>, from start: UInt32, to end: UInt32) -> Bool {
    // Pieces of one character may overlap.
    guard end > start else { return false }
    guard end - start <= 3 else { return false }
    let scalar = text.scalar(at: Int(start), end: Int(end))
    return Int(end - start) == scalar.length && isHyphen(scalar.value)
  }

  /// Whether a scalar is a hyphen of one of the kinds that join words.
  ///
  /// They are those that folding makes into `-` and U+2010; a minus sign and dashes are not.
  static func isHyphen(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2D, 0x2010, 0x2011, 0xFE63, 0xFF0D: true
    default: false
    }
  }
}
