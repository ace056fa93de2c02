// What was typed, as the terms that find it: the oracle of what a text contains.

@testable import EvAnalysis

/// Terms at certain distances, which a text holds where it holds what was typed.
struct TypedPhrase: Sendable, Equatable {
  /// A term of the phrase.
  struct Element: Sendable, Equatable {
    /// The term, UTF-8.
    var term: String

    /// How many positions it is behind the phrase's first, in ascending order from 0.
    var offset: UInt32

    /// Whether any term that begins so will do.
    var isPrefix: Bool
  }

  /// The terms, in ascending order of their offsets; one at least.
  var elements: [Element]
}

extension AnalyzedText {
  /// The words of a typed text; nil where it has none.
  ///
  /// A text that holds them next to one another holds what was typed, as whole words.
  var typedWords: TypedPhrase? {
    let words = tokens.indices.filter { tokens[$0].kind == .word }
    return phrase(words.map { ($0, false) })
  }

  /// The characters of a typed text; nil where none are of a script without spaces.
  ///
  /// What holds the typed text, if only as part of longer words, holds these pairs. A character that
  /// stands alone is the beginning of a pair. Words of other scripts are as in ``typedWords``.
  var typedCharacters: TypedPhrase? {
    var found: [(index: Int, isPrefix: Bool)] = []
    var previous: Token?
    for index in tokens.indices {
      let token = tokens[index]
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      switch token.kind {
      case .gram:
        let isPair = isContinued(index)
        // The last character of a run is in the pair in front of it already.
        let isCovered =
          previous.map { $0.end == token.end && $0.position + 1 == token.position } ?? false
        if isPair || !isCovered { found.append((index, !isPair)) }
        previous = token
      case .word:
        if next?.kind != .gram || next?.position != token.position { found.append((index, false)) }
      case .joined, .symbol, .quantity, .part, .syllables:
        continue
      }
    }
    return previous == nil ? nil : phrase(found)
  }

  /// Whether the pair at `index` has a second character, which begins the next pair.
  private func isContinued(_ index: Int) -> Bool {
    let next = tokens[(index + 1)...].first { $0.kind == .gram }
    return next.map {
      $0.position == tokens[index].position + 1 && $0.start < tokens[index].end
    } ?? false
  }

  private func phrase(_ found: [(index: Int, isPrefix: Bool)]) -> TypedPhrase? {
    guard let first = found.first else { return nil }
    let start = tokens[first.index].position
    return TypedPhrase(
      elements: found.map { index, isPrefix in
        let token = tokens[index]
        return TypedPhrase.Element(
          term: String(decoding: bytes(of: token), as: UTF8.self), offset: token.position - start,
          isPrefix: isPrefix)
      })
  }
}
