// What is found besides the words themselves: joined forms, symbols, quantities, parts.

/// Adds to the words of a sentence what shares their positions.
struct Annotator {
  /// The tokens to add, and the ordinal of the word that each stands behind; in ascending order.
  private var added: [(place: Int, token: Token)] = []

  /// Adds to the tokens from `first` on, which are those of a sentence.
  ///
  /// - Parameter marks: What is looked at, of what the candidates may hold.
  mutating func annotate(
    _ text: Span<UInt8>, _ sentence: Range<Int>, from first: Int,
    _ candidates: borrowing AnnotationCandidates, _ marks: Marks, in result: inout AnalyzedText
  ) {
    added.removeAll(keepingCapacity: true)
    let words = SentenceWords(first: first, sentence: sentence)
    var compoundEnd = first
    for candidate in candidates.words {
      let (index, found) = (candidate.index, candidate.marks.intersection(marks))
      guard !found.isEmpty, words.isPlain(index, result) else { continue }
      if found.contains(.hyphen), index >= compoundEnd {
        compoundEnd = addCompound(text, from: index, words, &result)
      }
      if found.contains(.symbol) { addSymbols(text, index, words, &result) }
      if found.contains(.inner) { addParts(text, index, &result) }
      if found.contains(.digit) { addNumbers(text, index, words, &result) }
      if found.contains(.syllable) { addSyllables(text, index, &result) }
    }
    insertAdded(&result.tokens)
  }

  /// Puts the tokens that were added behind their words.
  private func insertAdded(_ tokens: inout [Token]) {
    guard let any = added.last else { return }
    var read = tokens.count - 1
    tokens.append(contentsOf: repeatElement(any.token, count: added.count))
    var write = tokens.count - 1
    for (place, token) in added.reversed() {
      while read > place {
        tokens[write] = tokens[read]
        read -= 1
        write -= 1
      }
      tokens[write] = token
      write -= 1
    }
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
  func isPlain(_ index: Int, _ result: borrowing AnalyzedText) -> Bool {
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
