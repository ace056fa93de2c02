internal import EvAnalysis
internal import EvIndex

// Words of scripts without spaces: where they end is a guess of ICU's, which depends on what is around
// them. So words are asked for, and the characters that they are made of.

extension WordBuilder {
  /// The most characters of a text that is asked for as a whole; a longer one is a sentence.
  private static let longestWord = 6

  /// A text with characters of a script without spaces.
  mutating func unspaced(_ text: String, _ tokens: TypedTokens) throws(IndexError) -> Query? {
    let positions = Set(tokens.tokens.map(\.position)).count
    let pieces = Self.pieces(of: tokens)
    guard positions > Self.longestWord else {
      let query = try whole(text, tokens)
      if let query, pieces.count > 1, !isExcluding {
        let parts = try queries(of: pieces, in: text)
        compounds[query] = Compound(
          parts: parts, whole: query, weight: widens ? weights.compound : 0, isSentence: true)
      } else if let query, let piece = pieces.first {
        takeApart(piece, query)
      }
      return query
    }
    let queries = try queries(of: pieces, in: text)
    return queries.isEmpty ? try whole(text, tokens) : .all(queries)
  }

  /// The queries of the words of a sentence, each once.
  private mutating func queries(of pieces: [Piece], in text: String) throws(IndexError) -> [Query] {
    var queries: [Query] = []
    for piece in pieces {
      let typed = piece.text(in: text)
      guard let query = try whole(typed, TypedTokens(piece.tokens)), !queries.contains(query) else {
        continue
      }
      texts[query] = typed
      queries.append(query)
      takeApart(piece, query)
    }
    return queries
  }

  /// Takes note of the characters of a word that ICU does not know: some may be words after all.
  private mutating func takeApart(_ piece: Piece, _ query: Query) {
    let words = piece.tokens.filter { $0.kind == .word }
    guard words.count > 1, !isExcluding else { return }
    let parts = words.map(\.term).filter { term in
      // A single Kana means nothing.
      !widens || !term.unicodeScalars.allSatisfy { (0x3041...0x30FF).contains($0.value) }
    }
    // What has no other parts counts in full.
    let weight = parts.count == words.count ? weights.compound : 1
    compounds[query] = Compound(
      parts: parts.map(Query.term), whole: query, weight: widens ? weight : 0)
  }

  /// A text that is asked for as it stands.
  private func whole(_ text: String, _ tokens: TypedTokens) throws(IndexError) -> Query? {
    var variants: [Variant] = []
    if let words = tokens.wordQuery { variants.append(Variant(words)) }
    if let grams = try characters(tokens) {
      variants.append(Variant(grams, .substring, weight: weights.substring))
    }
    // The text as it is typed comes first, then the same in simplified or traditional characters.
    for other in isExcluding ? [] : HanVariants.others(of: text) {
      let tokens = TypedTokens(other, tokenizer)
      if let words = tokens.wordQuery {
        variants.append(Variant(words, .variant, weight: weights.marked))
      }
      if let grams = try characters(tokens) {
        variants.append(
          Variant(grams, .substring, weight: weights.substring * weights.marked))
      }
    }
    return Self.query(ofVariants: variants)
  }

  /// The characters of a text side by side; a single one, or the last where something else is in front of
  /// it, is found as the first of a pair.
  func characters(_ tokens: TypedTokens) throws(IndexError) -> Query? {
    try tokens.gramQuery(beginning)
  }

  /// What begins with a term.
  func beginning(_ term: String) throws(IndexError) -> Query {
    let found = try TermExpansion(snapshot).beginning(with: term).terms
    return .variants(found.map { Variant(.term($0.term), .substring) })
  }

  /// A stretch of typed text.
  fileprivate struct Piece {
    var tokens: [TypedTokens.Typed]
    var range: Range<Int>

    func text(in whole: String) -> String {
      String(decoding: Array(whole.utf8)[range], as: UTF8.self)
    }
  }

  /// The words of a sentence.
  ///
  /// Words of one character that are neighbours are one, because ICU cuts up what
  /// it does not know; of Japanese such a single character is a particle, and left out.
  private static func pieces(of tokens: TypedTokens) -> [Piece] {
    var pieces: [Piece] = []
    var isShort = false
    for word in tokens.words {
      let isOneCharacter =
        word.term.count == 1 && tokens.grams.contains { $0.position == word.position }
      if isOneCharacter, isShort, let last = pieces.indices.last,
        pieces[last].range.upperBound == word.range.lowerBound
      {
        pieces[last].range = pieces[last].range.lowerBound..<word.range.upperBound
      } else {
        pieces.append(Piece(tokens: [], range: word.range))
      }
      isShort = isOneCharacter
    }
    for index in pieces.indices {
      let range = pieces[index].range
      pieces[index].tokens = tokens.tokens.filter { token in
        guard range.contains(token.range.lowerBound) else { return false }
        // A single character may be the end of another word in a text: then it is in a pair.
        return token.range.upperBound <= range.upperBound
          || token.isPair && token.range.lowerBound == range.lowerBound
      }
    }
    let telling = pieces.filter { !$0.isParticle }
    return telling.isEmpty ? pieces : telling
  }
}

extension WordBuilder.Piece {
  /// Whether this is one character of Hiragana.
  fileprivate var isParticle: Bool {
    let words = tokens.filter { $0.kind == .word }
    guard words.count == 1, let scalar = words.first?.term.unicodeScalars.first else {
      return false
    }
    return words[0].term.count == 1 && (0x3041...0x309F).contains(scalar.value)
  }
}
