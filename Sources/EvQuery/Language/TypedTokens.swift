internal import EvAnalysis
internal import EvIndex

/// The tokens of a piece of typed text, and the phrases that they make.
struct TypedTokens {
  /// A token of typed text.
  struct Typed: Equatable {
    var term: String
    var position: UInt32
    var range: Range<Int>
    var kind: TokenKind
    /// Whether it is a pair of two characters, and not the last one of a run.
    var isPair = false

    /// Whether it is a single syllable of Hangul.
    var isSyllable: Bool {
      guard kind == .word, term.utf8.count == 3, let first = term.unicodeScalars.first else {
        return false
      }
      return Hangul.isSyllable(first.value)
    }
  }

  /// The tokens, by position.
  let tokens: [Typed]

  init(_ text: String, _ tokenizer: Tokenizer) {
    // A full stop alone would end a sentence, and not begin `.NET` as it does behind a word.
    let front = text.hasPrefix(".") ? "x " : ""
    var analyzed = AnalyzedText()
    tokenizer.analyze((front + text).utf8.span, breaks: [], wantsSentences: false, into: &analyzed)
    let (bytesInFront, wordsInFront) = (front.utf8.count, front.isEmpty ? 0 : 1)
    var tokens = analyzed.tokens.compactMap { token -> Typed? in
      guard Int(token.start) >= bytesInFront, token.position >= wordsInFront else { return nil }
      let start = Int(token.termStart)
      let bytes = analyzed.terms[start..<start + Int(token.termLength)]
      return Typed(
        term: String(decoding: bytes, as: UTF8.self),
        position: token.position - UInt32(wordsInFront),
        range: Int(token.start) - bytesInFront..<Int(token.end) - bytesInFront, kind: token.kind)
    }
    var previous: Int?
    for index in tokens.indices where tokens[index].kind == .gram {
      if let previous, tokens[previous].position + 1 == tokens[index].position {
        tokens[previous].isPair =
          tokens[index].range.lowerBound < tokens[previous].range.upperBound
      }
      previous = index
    }
    self.tokens = tokens
  }

  init(_ tokens: [Typed]) {
    self.tokens = tokens
  }

  /// The words, or where symbols belong to one the word with them: `c++`, `35%`.
  ///
  /// A symbol stands for the words that it covers; so does a quantity that covers more than its words.
  var words: [Typed] {
    let plain = tokens.filter { $0.kind == .word }
    let wider = tokens.filter { token in
      token.kind == .symbol || token.kind == .quantity && !Self.isCovered(token, by: plain)
    }
    var result: [Typed] = []
    for token in plain {
      let symbol = wider.first {
        $0.range.lowerBound <= token.range.lowerBound
          && token.range.upperBound <= $0.range.upperBound
      }
      guard let symbol else {
        result.append(token)
        continue
      }
      if !result.contains(symbol) { result.append(symbol) }
    }
    // Symbols without any word in them.
    for symbol in wider where !result.contains(where: { $0.range.overlaps(symbol.range) }) {
      result.append(symbol)
    }
    return result.sorted { $0.position < $1.position }
  }

  /// Whether words begin and end where a token does.
  private static func isCovered(_ token: Typed, by words: [Typed]) -> Bool {
    words.contains { $0.range.lowerBound == token.range.lowerBound }
      && words.contains { $0.range.upperBound == token.range.upperBound }
  }

  /// The pairs of characters of scripts without spaces.
  var grams: [Typed] { tokens.filter { $0.kind == .gram } }

  /// What covers all of the text that is in words, of some kind.
  func covering(_ kind: TokenKind) -> [Typed] {
    guard let first = tokens.map(\.range.lowerBound).min(),
      let last = tokens.map(\.range.upperBound).max()
    else { return [] }
    return tokens.filter { $0.kind == kind && $0.range == first..<last }
  }

  /// The words as a term or a phrase; nil where there are none.
  var wordQuery: Query? { Self.query(of: words.map { ($0.term, $0.position) }) }

  /// The text character by character where its script has no spaces, else word by word; nil where no
  /// script is without spaces.
  ///
  /// - Parameter beginning: The query of what begins with the term of a character.
  func gramQuery(
    _ beginning: (String) throws(IndexError) -> Query
  ) throws(IndexError) -> Query? {
    let grams = grams
    guard let lastGram = grams.last else { return nil }
    var terms: [(String, position: UInt32)] = []
    var open: Typed?
    for (index, gram) in grams.enumerated() {
      // The last character of a run is in the pair before it.
      let isInLast =
        index > 0 && grams[index - 1].isPair && grams[index - 1].position + 1 == gram.position
      if isInLast, !gram.isPair { continue }
      if !gram.isPair, gram == lastGram, !tokens.contains(where: { $0.position > gram.position }) {
        // What follows it in a text is not known. In front of something else it ends a run there too.
        open = gram
      } else {
        terms.append((gram.term, gram.position))
      }
    }
    // Of a piece of a run the last character has no pair of its own.
    let places = Set(grams.flatMap { [$0.position, $0.isPair ? $0.position + 1 : $0.position] })
    for word in words where !places.contains(word.position) {
      terms.append((word.term, word.position))
    }
    terms.sort { $0.position < $1.position }
    guard let open else { return Self.query(of: terms) }
    let last = try beginning(open.term)
    guard let front = Self.query(of: terms), let before = terms.last?.position else { return last }
    // The last character of the run in front may be between them.
    let distance = Int(open.position - before) - 1
    return .near(Near([front, last], distance: distance, isOrdered: true))
  }

  /// The words by the pairs of syllables that Korean ones hold, which longer words hold too; nil where
  /// there are none.
  ///
  /// A single syllable that is written on to something else, as in `2021년`, is the beginning of a word.
  ///
  /// - Parameter beginning: The query of what begins with a term.
  func syllableQuery(
    _ beginning: (String) throws(IndexError) -> Query
  ) throws(IndexError) -> Query? {
    guard tokens.contains(where: { $0.kind == .syllables || $0.isSyllable }), grams.isEmpty else {
      return nil
    }
    var words = words
    var open: Typed?
    if words.count > 1, let last = words.last, last.isSyllable,
      words[words.count - 2].range.upperBound == last.range.lowerBound
    {
      open = words.removeLast()
    }
    var hasPairs = false
    var terms: [(String, position: UInt32)] = []
    for word in words {
      let pairs =
        word.kind == .word
        ? tokens.filter { $0.kind == .syllables && $0.position == word.position } : []
      if !pairs.isEmpty { hasPairs = true }
      terms += (pairs.isEmpty ? [word] : pairs).map { ($0.term, $0.position) }
    }
    guard let front = Self.query(of: terms) else { return nil }
    guard let open else { return hasPairs ? front : nil }
    return .near(Near([front, try beginning(open.term)], distance: 0, isOrdered: true))
  }

  private static func query(of terms: [(String, position: UInt32)]) -> Query? {
    guard let first = terms.first else { return nil }
    guard terms.count > 1 else { return .term(first.0) }
    return .phrase(Phrase(terms.map(\.0), offsets: terms.map { $0.1 - first.1 }))
  }
}
