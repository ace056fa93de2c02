// Text of scripts that have no spaces between words: a position a character, words and pairs on them.

/// A run of characters of scripts without spaces, as it is collected.
///
/// A character is a letter with the marks that follow it. Each takes a position, so that a phrase
/// of pairs finds whatever the text holds, and the words that ICU's dictionaries see in it stand at
/// the position of their first character.
struct UnspacedRun {
  /// The most folded code units of a character; a pair is then no longer than a term.
  private static let maximumUnits = 40

  /// Where the characters begin in the folded units, and where they end.
  private var starts: [Int] = []
  private var ends: [Int] = []
  /// Whether a word begins with the character.
  private var startsWord: [Bool] = []
  private var isKatakana = false
  private var isBehindDot = false

  /// Where the last character ends, or nil where there are none.
  private(set) var end: Int?

  /// The characters' bytes, and where each begins among them; used again for the next run.
  private var bytes: [UInt8] = []
  private var byteStarts: [Int] = []

  mutating func clear() {
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    startsWord.removeAll(keepingCapacity: true)
    isKatakana = false
    isBehindDot = false
    end = nil
  }

  /// Adds a letter.
  ///
  /// - Parameter startsWord: Whether ICU has a boundary in front of it. Between two of Katakana it
  ///   does not count: the dictionary knows few foreign words and takes the others to pieces.
  mutating func append(_ range: Range<Int>, isKatakana: Bool, startsWord: Bool) {
    starts.append(range.lowerBound)
    ends.append(range.upperBound)
    self.startsWord.append(
      self.startsWord.isEmpty || isBehindDot || startsWord && !(isKatakana && self.isKatakana))
    self.isKatakana = isKatakana
    isBehindDot = false
    end = range.upperBound
  }

  /// Adds a mark to the last letter.
  mutating func extend(to end: Int) {
    if let start = starts.last, let previous = self.end, end - start > Self.maximumUnits {
      starts.append(previous)
      ends.append(end)
      startsWord.append(false)
    }
    if let last = ends.indices.last { ends[last] = end }
    self.end = end
  }

  /// Leaves out a dot, up to `end`, behind which another word begins.
  mutating func join(to end: Int) {
    isBehindDot = true
    self.end = end
  }

  /// Appends the tokens of the run.
  mutating func emit(_ folded: FoldedText, _ offsets: [Int], to result: inout AnalyzedText) {
    encode(folded)
    let count = starts.count
    let position = result.positionCount
    var wordEnd = 0
    for index in 0..<count {
      if index == wordEnd {
        wordEnd = self.wordEnd(from: index)
        result.appendShared(
          source(index..<wordEnd, folded, offsets), position: position + index, .word,
          prefix: nil, bytes[byteStarts[index]..<byteStarts[wordEnd]])
      }
      let last = min(index + 2, count)
      result.appendShared(
        source(index..<last, folded, offsets), position: position + index, .gram,
        prefix: ReservedTerm.gram, bytes[byteStarts[index]..<byteStarts[last]])
    }
    result.positionCount = position + count
  }

  /// The bytes of the text that characters come from.
  private func source(_ range: Range<Int>, _ folded: FoldedText, _ offsets: [Int]) -> Range<Int> {
    let first = folded.sourceStart(starts[range.lowerBound])
    return offsets[first]..<offsets[folded.sourceEnd(ends[range.upperBound - 1] - 1)]
  }

  /// The character behind the word that begins with one; a word is no longer than a term.
  private func wordEnd(from index: Int) -> Int {
    var end = index + 1
    while end < startsWord.count, !startsWord[end],
      byteStarts[end + 1] - byteStarts[index] <= Terms.maximumLength
    {
      end += 1
    }
    return end
  }

  /// Fills `bytes` and `byteStarts`.
  private mutating func encode(_ folded: FoldedText) {
    bytes.removeAll(keepingCapacity: true)
    byteStarts.removeAll(keepingCapacity: true)
    let units = folded.units.span
    for (start, next) in zip(starts, ends) {
      byteStarts.append(bytes.count)
      var index = start
      bytes.append(addingCapacity: 3 * (next - start)) { output in
        while index < next {
          let here = units.scalar(at: index, end: next)
          Terms.append(here.value, to: &output)
          index += here.length
        }
      }
    }
    byteStarts.append(bytes.count)
  }
}

extension AnalyzedText {
  /// Appends a token at a position of its own or a word's.
  ///
  /// - Parameter prefix: A byte in front of the term's, if there is one.
  mutating func appendShared(
    _ range: Range<Int>, position: Int, _ kind: TokenKind, prefix: UInt8?, _ term: ArraySlice<UInt8>
  ) {
    let termStart = terms.count
    if let prefix { terms.append(prefix) }
    terms.append(contentsOf: term)
    tokens.append(
      Token(
        position: UInt32(truncatingIfNeeded: position),
        start: UInt32(truncatingIfNeeded: range.lowerBound),
        end: UInt32(truncatingIfNeeded: range.upperBound),
        termStart: UInt32(truncatingIfNeeded: termStart),
        termLength: UInt16(truncatingIfNeeded: terms.count - termStart), kind: kind))
  }
}
