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
    let signs = Self.signs.span
    for index in first..<tokens.count {
      let token = tokens[index]
      let start = Int(token.start)
      let end = Int(token.end)
      let termStart = Int(token.termStart)
      let next = end < sentence.upperBound ? signs[Int(text[end])] : []
      let previous = start > sentence.lowerBound ? signs[Int(text[start - 1])] : []
      var found = next.union(previous.intersection(.symbol))
      if terms[termStart] &- 0x30 < 10 { found.insert(.digit) }
      if marks.contains(.inner), Self.hasInner(terms, termStart, Int(token.termLength)) {
        found.insert(.inner)
      }
      found.formIntersection(marks)
      if !found.isEmpty { candidates.append((index, found)) }
    }
  }

  /// What a byte beside a word may be: a hyphen, a symbol of ASCII, or the edge of some other scalar.
  private static let signs: [Marks] = (0...255).map { (byte: UInt8) in
    switch byte {
    case 0x2D: .hyphen
    case 0x23, 0x24, 0x26, 0x2B, 0x2E, 0x2F, 0x40: .symbol
    case 0x80...: [.hyphen, .symbol]
    default: []
    }
  }

  /// Whether a term has a byte that stands between the parts of a word; U+2019 begins with one such.
  @inline(always)
  private static func hasInner(_ terms: Span<UInt8>, _ start: Int, _ length: Int) -> Bool {
    var offset = start
    let end = start + length
    while offset < end {
      let word = terms.word(at: offset, end: end)
      // Bytes behind the term may be anything.
      let kept = end - offset < 8 ? word & ((1 << UInt64(8 * (end - offset))) &- 1) : word
      let found =
        bytes(of: kept, equalTo: UInt8(ascii: ".")) | bytes(of: kept, equalTo: UInt8(ascii: "_"))
        | bytes(of: kept, equalTo: UInt8(ascii: "'")) | bytes(of: kept, equalTo: 0xE2)
      if found != 0 { return true }
      offset += 8
    }
    return false
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
