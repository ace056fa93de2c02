internal import EvAnalysis

/// The tokens of a piece of typed text, and the phrases that they make.
struct TypedTokens {
  /// A token of typed text.
  struct Typed: Equatable {
    var term: String
    var position: UInt32
    var range: Range<Int>
    var kind: TokenKind
  }

  /// The tokens, by position.
  let tokens: [Typed]

  init(_ text: String, _ tokenizer: Tokenizer) {
    // A full stop alone would end a sentence, and not begin `.NET` as it does behind a word.
    let front = text.hasPrefix(".") ? "x " : ""
    var analyzed = AnalyzedText()
    tokenizer.analyze((front + text).utf8.span, breaks: [], wantsSentences: false, into: &analyzed)
    let (bytesInFront, wordsInFront) = (front.utf8.count, front.isEmpty ? 0 : 1)
    tokens = analyzed.tokens.compactMap { token in
      guard Int(token.start) >= bytesInFront, token.position >= wordsInFront else { return nil }
      let start = Int(token.termStart)
      let bytes = analyzed.terms[start..<start + Int(token.termLength)]
      return Typed(
        term: String(decoding: bytes, as: UTF8.self),
        position: token.position - UInt32(wordsInFront),
        range: Int(token.start) - bytesInFront..<Int(token.end) - bytesInFront, kind: token.kind)
    }
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
  var gramQuery: Query? {
    let grams = grams
    guard !grams.isEmpty else { return nil }
    var terms: [(String, UInt32)] = []
    for (index, gram) in grams.enumerated() {
      let next = index + 1 < grams.count ? grams[index + 1] : nil
      let isPair = next.map {
        $0.position == gram.position + 1 && $0.range.lowerBound < gram.range.upperBound
      }
      // The last character of a run is in the pair before it.
      let isInLast =
        index > 0 && grams[index - 1].position + 1 == gram.position
        && grams[index - 1].range.upperBound == gram.range.upperBound
      if isPair == true {
        terms.append((gram.term, gram.position))
      } else if !isInLast {
        // A character alone is the beginning of a pair, which is no one term; its word has to do.
        let word = words.first { $0.position == gram.position }
        terms.append((word?.term ?? gram.term, gram.position))
      }
    }
    let places = Set(grams.map(\.position))
    for word in words where !places.contains(word.position) {
      terms.append((word.term, word.position))
    }
    return Self.query(of: terms.sorted { $0.1 < $1.1 })
  }

  private static func query(of terms: [(String, UInt32)]) -> Query? {
    guard let first = terms.first else { return nil }
    guard terms.count > 1 else { return .term(first.0) }
    return .phrase(Phrase(terms.map(\.0), offsets: terms.map { $0.1 - first.1 }))
  }
}
