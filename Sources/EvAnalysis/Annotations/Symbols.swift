// Symbols that belong to a word: C++, C#, .NET, AT&T, @name, #tag, ID.4, 1/2.

extension Annotator {
  /// The most bytes of a word that a symbol behind it belongs to.
  private static let longestBase = 8

  /// Adds the word at `index` with the symbols around it.
  mutating func addSymbols(
    _ text: Span<UInt8>, _ index: Int, _ words: SentenceWords, _ result: inout AnalyzedText
  ) {
    let token = result.tokens[index]
    addPrefixed(text, index, token, words.sentence, &result)
    let end = words.sentence.upperBound
    guard Int(token.end) < end else { return }
    let sign = text.plainScalar(at: Int(token.end), end: end)
    switch sign.value {
    case 0x2B, 0x23: addSuffixed(text, index, token, words.sentence, &result)
    case 0x26, 0x2E, 0x2F:
      addPair(text, index, words, sign: UInt8(truncatingIfNeeded: sign.value), &result)
    default: break
    }
  }

  /// Adds `.net`, `@name`, `#tag` or `$tsla`.
  private mutating func addPrefixed(
    _ text: Span<UInt8>, _ index: Int, _ token: Token, _ sentence: Range<Int>,
    _ result: inout AnalyzedText
  ) {
    let start = sentence.lowerBound
    guard let sign = text.plainScalar(before: Int(token.start), start: start) else { return }
    let isNumber = result.terms[Int(token.termStart)] &- 0x30 < 10
    switch sign.value {
    case 0x2E, 0x24: if isNumber { return }
    case 0x23, 0x40: break
    default: return
    }
    if let before = text.plainScalar(before: sign.offset, start: start) {
      guard Self.separates(before.value) else { return }
    }
    add(
      .symbol, behind: index, sign.offset..<Int(token.end),
      [UInt8(truncatingIfNeeded: sign.value)] + result.bytes(of: token), &result)
  }

  /// Adds `c++`, `c#` or `a+`.
  private mutating func addSuffixed(
    _ text: Span<UInt8>, _ index: Int, _ token: Token, _ sentence: Range<Int>,
    _ result: inout AnalyzedText
  ) {
    guard Int(token.termLength) <= Self.longestBase else { return }
    let end = sentence.upperBound
    let sign = text.plainScalar(at: Int(token.end), end: end)
    var offset = Int(token.end)
    var signs: [UInt8] = []
    while offset < end, signs.count < 3 {
      let here = text.plainScalar(at: offset, end: end)
      guard here.value == sign.value else { break }
      signs.append(UInt8(truncatingIfNeeded: sign.value))
      offset += here.length
    }
    let isLetterNext = offset < end && isASCIIAlphanumeric(text[offset])
    guard signs.count < 3, signs.count == 2 || !isLetterNext else { return }
    add(
      .symbol, behind: index, Int(token.start)..<offset, result.bytes(of: token) + signs, &result)
  }

  /// Adds `at&t`, `id.4` or `1⁄2`, which the word at `index` begins.
  private mutating func addPair(
    _ text: Span<UInt8>, _ index: Int, _ words: SentenceWords, sign: UInt8,
    _ result: inout AnalyzedText
  ) {
    let token = result.tokens[index]
    // What another sign ties to something in front belongs to that.
    if let before = text.plainScalar(before: Int(token.start), start: words.sentence.lowerBound),
      before.value == UInt32(sign)
    {
      return
    }
    var last = index
    var term = Array(result.bytes(of: token))
    let limit = sign == UInt8(ascii: "&") ? index + 3 : index + 1
    while last < limit, words.isPlain(last + 1, result) {
      let next = result.tokens[last + 1]
      guard next.start > result.tokens[last].end else { break }
      let gap = text.plainScalar(at: Int(result.tokens[last].end), end: Int(next.start))
      guard gap.value == UInt32(sign), Int(result.tokens[last].end) + gap.length == next.start
      else { break }
      // As a fraction's folding has it.
      term += sign == UInt8(ascii: "/") ? Array("\u{2044}".utf8) : [sign]
      term += result.bytes(of: next)
      last += 1
    }
    guard last > index else { return }
    let end = Int(result.tokens[last].end)
    // Copies: a slice that is still there when a term is added makes that copy all terms of the text.
    let first = Array(result.bytes(of: token))
    let second = Array(result.bytes(of: result.tokens[index + 1]))
    switch sign {
    case UInt8(ascii: "."):
      guard first.last.map({ $0 &- 0x61 < 26 }) == true,
        second.first.map({ $0 &- 0x30 < 10 }) == true
      else { return }
    case UInt8(ascii: "/"):
      let isFraction = [first, second].allSatisfy { digits in
        digits.count <= 2 && digits.allSatisfy { $0 &- 0x30 < 10 }
      }
      let isDate = end < words.sentence.upperBound && text[end] == sign
      guard isFraction, !isDate else { return }
    default: break
    }
    add(.symbol, behind: index, Int(token.start)..<end, term, &result)
  }

  /// Whether a word's sign may stand behind a scalar: white space, and what opens or divides.
  private static func separates(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0D, 0x20, 0x22, 0x27, 0x28, 0x2C, 0x2F, 0x3A, 0x3B, 0x5B, 0x7B, 0xA0: true
    case 0x2000...0x206F, 0x3000...0x3020, 0xFF00...0xFF0F: true
    default: false
    }
  }
}
