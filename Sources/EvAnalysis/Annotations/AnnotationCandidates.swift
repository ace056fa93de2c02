// Which words of a sentence are worth a closer look; nearly all are not.

/// What a sentence or a word may hold that has to be looked at again when its words are known.
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
  /// A syllable of Hangul.
  static let syllable = Marks(rawValue: 16)

  /// What any text may hold.
  static let all: Marks = [.hyphen, .symbol, .digit, .inner]
}

/// The words of a sentence that the ``Annotator`` looks at.
struct AnnotationCandidates {
  /// The ordinals of the words' tokens, ascending, and what each may hold.
  private(set) var words: [(index: Int, marks: Marks)] = []

  /// Forgets all words.
  mutating func removeAll() { words.removeAll(keepingCapacity: true) }

  /// Forgets the words from `index` on.
  mutating func removeAll(from index: Int) {
    while let last = words.last, last.index >= index { words.removeLast() }
  }

  /// Takes note of a word that is none of those in front of the last one.
  mutating func add(_ index: Int, _ marks: Marks) {
    if let last = words.indices.last, words[last].index == index {
      words[last].marks.formUnion(marks)
    } else {
      words.append((index, marks))
    }
  }

  /// Finds words among the tokens from `first` on, by the bytes in and around each.
  ///
  /// - Parameter hasSyllables: Whether there may be Hangul in them.
  mutating func find(
    _ text: Span<UInt8>, _ sentence: Range<Int>, from first: Int, hasSyllables: Bool = false,
    in result: borrowing AnalyzedText
  ) {
    let terms = result.terms.span
    let tokens = result.tokens.span
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
      if Self.hasInner(terms, termStart, Int(token.termLength)) { found.insert(.inner) }
      if hasSyllables, Self.hasSyllable(terms, termStart, Int(token.termLength)) {
        found.insert(.syllable)
      }
      if !found.isEmpty { add(index, found) }
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

  /// Whether there is a syllable of Hangul in a term.
  private static func hasSyllable(_ terms: Span<UInt8>, _ start: Int, _ length: Int) -> Bool {
    var index = start
    while index < start + length {
      let here = terms.scalar(at: index, end: start + length)
      if Hangul.isSyllable(here.value) { return true }
      index += here.length
    }
    return false
  }
}
