// Words of ASCII text, 64 bytes at a time.

internal import CVectors

/// Cuts stretches of ASCII into words where ICU's word iterator would, and folds them.
///
/// In ASCII the rules of UAX #29 come down to this: a word is a run of letters, digits and low lines;
/// and a full stop or apostrophe between two letters, or one of `.`, `'`, `,` and `;` between two
/// digits, is part of the run. So the words of 64 bytes are a few operations on sets of 64 bits.
/// A colon, which plain UAX #29 puts into words, is not one of those in ICU; a commercial at, which
/// some versions of ICU put into words, is not one here.
enum ASCIIWords {
  /// Appends the words of a range of ASCII to `result`, and those that are worth a closer look to
  /// `candidates`.
  ///
  /// - Precondition: Words may be cut at both edges of the range: see ``isSplit(_:at:)``.
  /// - Returns: What there is to be looked at, in any word.
  static func append(
    _ text: Span<UInt8>, _ range: Range<Int>, of sentence: Range<Int>,
    to result: inout AnalyzedText, _ candidates: inout AnnotationCandidates
  ) -> Marks {
    guard !range.isEmpty else { return [] }
    let termOffset = result.terms.count - range.lowerBound
    appendFolded(text, range, to: &result.terms)

    let end = range.upperBound
    let firstToken = result.tokens.count
    // A hyphen at the end may be followed by a word that ICU finds.
    var marks: Marks = text[end - 1] == UInt8(ascii: "-") ? .hyphen : []
    // Whether there were words that are no token, or several.
    var isIrregular = false
    var isInside = false
    var isBehindSymbol: UInt64 =
      range.lowerBound > sentence.lowerBound && isSymbol(text[range.lowerBound - 1]) ? 1 : 0
    var last: (isLetter: UInt64, isDigit: UInt64) = (0, 0)
    var start = range.lowerBound
    var offset = range.lowerBound
    while offset < end {
      let sets = WordSets(text, from: offset, end: end, last)
      var edges = WordEdges(words: sets.words, isInside: isInside, offset: offset)
      let (starts, ends) = (edges.starts, edges.ends)
      let digits = starts & sets.digits
      let symbols = starts & (sets.symbols << 1 | isBehindSymbol) | ends & sets.suffixes
      let hyphens = ends & sets.hyphens
      var found = digits | symbols | hyphens | sets.inner
      // Behind low lines a digit begins a word, too.
      if (isIrregular || sets.lowLines != 0 ? sets.digits : digits) != 0 { marks.insert(.digit) }
      if found | sets.symbols | sets.lowLines != 0 {
        if sets.symbols != 0 { marks.insert(.symbol) }
        if sets.hyphens != 0 { marks.insert(.hyphen) }
        if sets.parting | sets.lowLines != 0 { marks.insert(.inner) }
        if sets.lowLines != 0 { isIrregular = true }
        let tokenCount = result.tokens.count
        while found != 0 {
          let bit = found & (0 &- found)
          found ^= bit
          var word: Marks = digits & bit != 0 ? .digit : []
          if symbols & bit != 0 { word.insert(.symbol) }
          if hyphens & bit != 0 { word.insert(.hyphen) }
          if sets.inner & bit != 0 { word.insert(.inner) }
          candidates.add(tokenCount + (ends & (bit &- 1)).nonzeroBitCount, word)
        }
      }
      if !isInside { edges.moveToNextStart(&start) }
      if isIrregular || offset - start > Terms.maximumLength - 64 {
        isIrregular = true
        while let range = edges.next(&start) { emit(text, range, termOffset, to: &result) }
      } else {
        result.append(&edges, &start, termOffset)
      }
      isInside = sets.words >> 63 == 1
      isBehindSymbol = sets.symbols >> 63
      last = sets.last
      offset += 64
    }
    if isInside { emit(text, start..<end, termOffset, to: &result) }
    if isIrregular {
      candidates.removeAll(from: firstToken)
      candidates.find(text, sentence, from: firstToken, in: result)
    }
    return marks
  }

  /// Whether a byte is a symbol that may belong to the word behind it.
  private static func isSymbol(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "."), UInt8(ascii: "@"): true
    default: false
    }
  }

  /// Whether text may be cut at `offset` without a word, or a folding, being cut.
  ///
  /// True between a character of ASCII that is never part of a word and a letter or digit of ASCII:
  /// no rule joins two such, whatever is around them; neither composes with what is in front of it.
  ///
  /// - Precondition: `offset` is above 0 and inside the text.
  static func isSplit(_ text: Span<UInt8>, at offset: Int) -> Bool {
    guard isASCIIAlphanumeric(text[offset]) else { return false }
    let before = text[offset - 1]
    switch before {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "'"),
      UInt8(ascii: "_"), 0x80...:
      return false
    default:
      return !isASCIIAlphanumeric(before)
    }
  }

  /// Appends the range in lower case.
  private static func appendFolded(
    _ text: Span<UInt8>, _ range: Range<Int>, to terms: inout [UInt8]
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
    terms.append(addingCapacity: range.count) { output in
      // Safe: the precondition keeps what is read inside the text; there is room for as many bytes.
      unsafe output.withUnsafeMutableBufferPointer { buffer, count in
        unsafe text.withUnsafeBufferPointer { source in
          guard let source = source.baseAddress, let target = buffer.baseAddress else { return }
          unsafe ev_fold_ascii(source + range.lowerBound, range.count, target + count)
          count += range.count
        }
      }
    }
  }

  /// Appends a word without the low lines at its edges, in pieces where it is too long.
  @inline(never)
  private static func emit(
    _ text: Span<UInt8>, _ range: Range<Int>, _ termOffset: Int, to result: inout AnalyzedText
  ) {
    let lowLine = UInt8(ascii: "_")
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, text[start] == lowLine { start += 1 }
    while end > start, text[end - 1] == lowLine { end -= 1 }
    while start < end {
      let pieceEnd = min(end, start + Terms.maximumLength)
      result.append(start..<pieceEnd, termStart: termOffset + start, termLength: pieceEnd - start)
      start = pieceEnd
    }
  }
}
