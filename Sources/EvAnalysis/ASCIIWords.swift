// Words of ASCII text, 64 bytes at a time.

/// Cuts stretches of ASCII into words where ICU's word iterator would, and folds them.
///
/// In ASCII the rules of UAX #29 come down to this: a word is a run of letters, digits and low lines;
/// and a full stop or apostrophe between two letters, or one of `.`, `'`, `,` and `;` between two
/// digits, is part of the run. So the words of 64 bytes are a few operations on sets of 64 bits.
/// A colon, which plain UAX #29 puts into words, is not one of those in ICU; a commercial at, which
/// some versions of ICU put into words, is not one here.
enum ASCIIWords {
  /// Appends the words of a range of ASCII to `result`.
  ///
  /// - Precondition: Words may be cut at both edges of the range: see ``isSplit(_:at:)``.
  /// - Returns: What to look at again.
  static func append(
    _ text: Span<UInt8>, _ range: Range<Int>, to result: inout AnalyzedText
  ) -> Marks {
    guard !range.isEmpty else { return [] }
    let termOffset = result.terms.count - range.lowerBound
    appendFolded(text, range, to: &result.terms)

    let end = range.upperBound
    // A hyphen at the end may be followed by a word that ICU finds.
    var marks: Marks = text[end - 1] == UInt8(ascii: "-") ? .hyphen : []
    var hasLowLine = false
    var digits: UInt64 = 0
    var isInside = false
    var start = range.lowerBound
    var offset = range.lowerBound
    while offset < end {
      var sets = ByteSets(text, from: offset, end: end)
      while sets.marks != 0 {
        let index = offset + sets.marks.trailingZeroBitCount
        let role = MarkRole(of: text, at: index, in: range)
        if role == .word || role == .joint || role == .lowLine {
          sets.words |= sets.marks & (0 &- sets.marks)
        }
        hasLowLine = hasLowLine || role == .lowLine
        marks.formUnion(role.marks)
        sets.marks &= sets.marks &- 1
      }
      var edges = WordEdges(
        bits: sets.words ^ (sets.words << 1 | (isInside ? 1 : 0)), isInside: isInside,
        offset: offset)
      if hasLowLine || offset - start > Terms.maximumLength - 64 {
        while let range = edges.next(&start) { emit(text, range, termOffset, to: &result) }
      } else {
        result.append(&edges, &start, termOffset)
      }
      digits |= sets.digits
      isInside = sets.words >> 63 == 1
      offset += 64
    }
    if isInside { emit(text, start..<end, termOffset, to: &result) }
    if digits != 0 { marks.insert(.digit) }
    return marks
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
    let source = text.extracting(range)
    terms.append(addingCapacity: source.count) { output in
      for index in source.indices {
        let byte = source[index]
        output.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
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
