internal import EvAnalysis
public import EvIndex

/// What a person probably meant to type.
public struct Suggestion: Equatable, Sendable {
  /// The typed text with other words in it.
  public var text: String

  /// The words that are others.
  public var corrections: [Correction]

  /// A word that no document has, and one that documents have.
  public struct Correction: Equatable, Sendable {
    /// The word as it was typed.
    public var typed: String
    /// The word that was probably meant.
    public var meant: String
    /// Documents that have it.
    public var documents: Int

    /// Whether it is more than another ending that the words differ in.
    public var isMisspelling: Bool {
      let (left, right) = (typed.lowercased(), meant.lowercased())
      return !left.hasPrefix(right) && !right.hasPrefix(left)
    }
  }
}

extension QueryParser {
  /// What was probably meant by a query that finds nothing: each plain word that no document has is
  /// replaced by the one that differs least, of those the most frequent.
  ///
  /// Words with digits and words of scripts without spaces are left as they are.
  ///
  /// - Returns: Nil where every word is in some document, or nothing is near one that is not.
  public func suggestion(for text: String) throws(IndexError) -> Suggestion? {
    var parser = SyntaxParser(QueryLexer(text).lexemes)
    guard let syntax = parser.parse() else { return nil }
    var words = Words()
    words.add(syntax)
    let speller = Speller(snapshot)
    var corrections: [Suggestion.Correction] = []
    for word in words.found.prefix(Self.correctedWords) {
      if let correction = try speller.correction(of: word, TypedTokens(word, tokenizer)) {
        corrections.append(correction)
      }
    }
    guard !corrections.isEmpty else { return nil }
    var meant = Array(text.unicodeScalars)
    for correction in corrections {
      meant = Self.replacing(
        Array(correction.typed.unicodeScalars), with: Array(correction.meant.unicodeScalars),
        in: meant)
    }
    return Suggestion(text: String(scalars: meant), corrections: corrections)
  }

  /// The most words of a query that are looked at: each is a walk through the dictionary.
  private static let correctedWords = 16

  /// Replaces a word where it stands as a whole.
  private static func replacing(
    _ word: [Unicode.Scalar], with other: [Unicode.Scalar], in text: [Unicode.Scalar]
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var index = 0
    while index < text.count {
      let end = index + word.count
      let isStart = index == 0 || !text[index - 1].isLetterOrNumber
      if isStart, end <= text.count, text[index..<end].elementsEqual(word),
        end == text.count || !text[end].isLetterOrNumber
      {
        result += other
        index = end
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// The plain words of a tree that are not excluded, each once.
  private struct Words {
    var found: [String] = []

    mutating func add(_ syntax: Syntax) {
      switch syntax {
      case .word(let text): if !found.contains(text) { found.append(text) }
      case .near(let parts, _), .all(let parts), .any(let parts): for part in parts { add(part) }
      case .title(let inner), .boosted(let inner, _): add(inner)
      case .clauses(let required, let plain, _): for part in required + plain { add(part) }
      case .pattern, .fuzzy, .regex, .range, .quotation, .field: break
      }
    }
  }
}

/// Finds the word of the collection that a mistyped one most probably is.
struct Speller {
  private let snapshot: IndexSnapshot
  private let terms: TermExpansion

  init(_ snapshot: IndexSnapshot) {
    self.snapshot = snapshot
    terms = TermExpansion(snapshot)
  }

  /// A typed word with those of its words replaced that no document has; nil where there are none, or
  /// nothing is near them.
  func correction(
    of text: String, _ tokens: TypedTokens
  ) throws(IndexError) -> Suggestion.Correction? {
    guard tokens.grams.isEmpty else { return nil }
    // In several words the whole may be known while a part is not: `lockin` of `lock-in`.
    // That pairs of syllables are known says nothing.
    for token in tokens.tokens where token.kind != .word && token.kind != .syllables {
      if try snapshot.documentFrequency(of: token.term) > 0 { return nil }
    }
    var bytes = Array(text.utf8)
    var documents = Int.max
    for word in tokens.words.reversed() where try snapshot.documentFrequency(of: word.term) == 0 {
      guard let other = try nearest(word.term) else { return nil }
      bytes.replaceSubrange(word.range, with: other.term.utf8)
      documents = min(documents, other.documents)
    }
    guard documents < Int.max else { return nil }
    return Suggestion.Correction(
      typed: text, meant: String(decoding: bytes, as: UTF8.self), documents: documents)
  }

  /// The word that differs least from one, of those the most frequent.
  private func nearest(_ word: String) throws(IndexError) -> (term: String, documents: Int)? {
    let longest = Spelling.distance(for: word)
    guard longest > 0 else { return nil }
    for distance in 1...longest {
      // A first letter that differs is rare, and dear to look for: only where nothing else is found.
      for fixed in [1, 0] where fixed == 1 || distance == 1 {
        let found = try terms.near(word, distance: distance, keepingFirst: fixed)
        let best = found.terms.first { !Spelling.hasDigit($0.term) }
        if let best { return (best.term, best.documentFrequency) }
      }
    }
    return nil
  }
}
