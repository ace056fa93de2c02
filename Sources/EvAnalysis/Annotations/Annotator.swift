// What is found besides the words themselves: joined forms, symbols, quantities, parts.

/// What a sentence may hold that has to be looked at again when its words are known.
struct Marks: OptionSet {
  let rawValue: UInt8

  /// A hyphen between two words.
  static let hyphen = Marks(rawValue: 1)
  /// A symbol that may belong to a word next to it.
  static let symbol = Marks(rawValue: 2)
  /// A digit.
  static let digit = Marks(rawValue: 4)
  /// A full stop, apostrophe or low line inside a word.
  static let inner = Marks(rawValue: 8)

  static let all: Marks = [.hyphen, .symbol, .digit, .inner]
}

/// Adds to the words of a sentence what shares their positions.
struct Annotator {
  /// The tokens to add, and the ordinal of the word that each stands behind; in ascending order.
  private var added: [(place: Int, token: Token)] = []
  private var rewritten: [Token] = []
  /// The words that may give something, and what.
  private var candidates: [(index: Int, marks: Marks)] = []

  /// Adds to the tokens from `first` on, which are those of a sentence.
  mutating func annotate(
    _ text: Span<UInt8>, _ sentence: Range<Int>, from first: Int, _ marks: Marks,
    in result: inout AnalyzedText
  ) {
    guard !marks.isEmpty, first < result.tokens.count else { return }
    findCandidates(text, sentence, from: first, marks, in: result)
    guard !candidates.isEmpty else { return }
    added.removeAll(keepingCapacity: true)
    let words = SentenceWords(first: first, sentence: sentence)
    var compoundEnd = first
    for candidate in candidates where words.isPlain(candidate.index, result) {
      let index = candidate.index
      if candidate.marks.contains(.hyphen), index >= compoundEnd {
        compoundEnd = addCompound(text, from: index, words, &result)
      }
      if candidate.marks.contains(.symbol) { addSymbols(text, index, words, &result) }
      if candidate.marks.contains(.inner) { addParts(text, index, &result) }
      if candidate.marks.contains(.digit) { addNumbers(text, index, words, &result) }
    }
    guard !added.isEmpty else { return }
    rewritten.removeAll(keepingCapacity: true)
    var copied = first
    for (place, token) in added {
      if place >= copied {
        rewritten.append(contentsOf: result.tokens[copied...place])
        copied = place + 1
      }
      rewritten.append(token)
    }
    rewritten.append(contentsOf: result.tokens[copied...])
    result.tokens.replaceSubrange(first..., with: rewritten)
  }

  /// Finds the words that are worth a closer look, by the bytes in and around them.
  ///
  /// Nearly all words are not, and this loop is what they cost.
  private mutating func findCandidates(
    _ text: Span<UInt8>, _ sentence: Range<Int>, from first: Int, _ marks: Marks,
    in result: borrowing AnalyzedText
  ) {
    candidates.removeAll(keepingCapacity: true)
    let terms = result.terms.span
    let tokens = result.tokens.span
    guard marks != .digit else {
      for index in first..<tokens.count where terms[Int(tokens[index].termStart)] &- 0x30 < 10 {
        candidates.append((index, .digit))
      }
      return
    }
    for index in first..<tokens.count {
      let token = tokens[index]
      var found: Marks = []
      let start = Int(token.start)
      let end = Int(token.end)
      let next = end < sentence.upperBound ? text[end] : 0
      if marks.contains(.digit), terms[Int(token.termStart)] &- 0x30 < 10 { found.insert(.digit) }
      if marks.contains(.hyphen), next == UInt8(ascii: "-") || next >= 0x80 {
        found.insert(.hyphen)
      }
      if marks.contains(.symbol) {
        let previous = start > sentence.lowerBound ? text[start - 1] : 0
        if Self.isSign(previous) || Self.isSign(next) { found.insert(.symbol) }
      }
      if marks.contains(.inner) {
        for offset in Int(token.termStart)..<Int(token.termStart) + Int(token.termLength)
        where Self.isInner(terms[offset]) {
          found.insert(.inner)
          break
        }
      }
      if !found.isEmpty { candidates.append((index, found)) }
    }
  }

  /// Whether a byte may be a symbol that belongs to the word beside it: one of ASCII, or the edge of
  /// some other scalar.
  @inline(always)
  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x23, 0x24, 0x26, 0x2B, 0x2E, 0x2F, 0x40, 0x80...: true
    default: false
    }
  }

  /// Whether a byte stands between the parts of a word; U+2019 begins with one such.
  @inline(always)
  private static func isInner(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "'")
      || byte == 0xE2
  }

  /// Adds a token at the position of the word at `place`, unless it has that term already.
  mutating func add(
    _ kind: TokenKind, behind place: Int, _ range: Range<Int>, _ term: [UInt8],
    _ result: inout AnalyzedText
  ) {
    guard (1...Terms.maximumLength).contains(term.count) else { return }
    let word = result.tokens[place]
    if result.bytes(of: word).elementsEqual(term) { return }
    for (_, token) in added.reversed().prefix(while: { $0.place == place })
    where result.bytes(of: token).elementsEqual(term) {
      return
    }
    let start = result.terms.count
    result.terms.append(contentsOf: term)
    added.append(
      (
        place,
        Token(
          position: word.position,
          start: UInt32(truncatingIfNeeded: range.lowerBound),
          end: UInt32(truncatingIfNeeded: range.upperBound),
          termStart: UInt32(truncatingIfNeeded: start),
          termLength: UInt16(truncatingIfNeeded: term.count), kind: kind)
      ))
  }
}

/// Which tokens are the words of a sentence that are looked at.
struct SentenceWords {
  /// The ordinal of the sentence's first token.
  let first: Int
  let sentence: Range<Int>

  /// Whether a token is a word of a script with spaces.
  @inline(always)
  func isPlain(_ index: Int, _ result: AnalyzedText) -> Bool {
    guard index < result.tokens.count, result.tokens[index].kind == .word else { return false }
    // A word of another kind of script has a pair at its position.
    return index + 1 == result.tokens.count || result.tokens[index + 1].kind == .word
      || result.tokens[index + 1].position != result.tokens[index].position
  }
}

extension AnalyzedText {
  /// The bytes of a token's term.
  func bytes(of token: Token) -> ArraySlice<UInt8> {
    terms[Int(token.termStart)..<Int(token.termStart) + Int(token.termLength)]
  }
}
