// The outcome of an analysis: tokens, the bytes of their terms, sentences.

/// What a token is of its text.
public enum TokenKind: UInt8, Sendable {
  /// A word; it has a position of its own.
  case word = 0

  /// The joined form of a compound, such as `lockin` of `lock-in`.
  case joined = 1

  /// A word with the symbols that belong to it, such as `c++`, `.net`, `at&t`, `35%`.
  case symbol = 2

  /// Two characters of a script without spaces, or the last one of a run.
  ///
  /// The term is ``ReservedTerm/gram`` and the folded characters.
  case gram = 3

  /// A number with its unit; the term is that of ``Quantity``.
  case quantity = 4

  /// A piece of a word that is longer for others, such as `evnews` of `evnews.example`.
  case part = 5

  /// Two neighbouring syllables of a Korean word; see <doc:EvAnalysis>.
  ///
  /// The term is ``ReservedTerm/gram`` and the syllables.
  case syllables = 6
}

/// One occurrence of a term in a text.
public struct Token: Sendable, Equatable {
  /// The ordinal in the text, from 0.
  ///
  /// A word takes a new position, and so does each character of a script without spaces. Tokens of
  /// other kinds have the position of the first word or character that they cover.
  public var position: UInt32

  /// The first byte of the text that the token stands for.
  public var start: UInt32

  /// The byte after the last one of the text that the token stands for.
  public var end: UInt32

  /// Where the term's bytes begin in ``AnalyzedText/terms``.
  public var termStart: UInt32

  /// How many bytes the term has, 1 to 255.
  public var termLength: UInt16

  /// What the token is of its text.
  public var kind: TokenKind

  /// Creates a token.
  @inlinable
  public init(
    position: UInt32, start: UInt32, end: UInt32, termStart: UInt32, termLength: UInt16,
    kind: TokenKind = .word
  ) {
    self.position = position
    self.start = start
    self.end = end
    self.termStart = termStart
    self.termLength = termLength
    self.kind = kind
  }
}

/// A sentence of a text; nothing but white space is between one and the next.
public struct Sentence: Sendable, Equatable {
  /// The sentence's first byte.
  public var start: UInt32

  /// The byte after the sentence's last one.
  public var end: UInt32

  /// The position of the first token at or after ``start``.
  public var firstPosition: UInt32

  /// The most bytes that a sentence has; a longer one is cut.
  public static let maximumLength = SentenceRules.maximumLength

  /// Creates a sentence.
  @inlinable
  public init(start: UInt32, end: UInt32, firstPosition: UInt32) {
    self.start = start
    self.end = end
    self.firstPosition = firstPosition
  }
}

/// The tokens and sentences of a text, in buffers that are used again for the next text.
public struct AnalyzedText: Sendable {
  /// The bytes that tokens' terms are ranges of; what lies between those ranges has no meaning.
  public var terms: [UInt8]

  /// The tokens in ascending order of positions; there is one at least at each position.
  ///
  /// At one position words come first.
  public var tokens: [Token]

  /// The sentences in order, none of them empty; none where they were not asked for.
  public var sentences: [Sentence]

  /// How many positions the text has: its words and characters of scripts without spaces.
  public var positionCount: Int

  /// Creates an empty outcome.
  public init() {
    terms = []
    tokens = []
    sentences = []
    positionCount = 0
  }

  /// Forgets the contents but keeps the memory.
  mutating func clear() {
    terms.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
    sentences.removeAll(keepingCapacity: true)
    positionCount = 0
  }

  /// Forgets tokens and terms, which somebody has taken care of.
  mutating func beginPiece() {
    terms.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
  }

  /// Appends a token at the next position.
  mutating func append(_ range: Range<Int>, termStart: Int, termLength: Int) {
    tokens.append(
      Token(
        position: UInt32(truncatingIfNeeded: positionCount),
        start: UInt32(truncatingIfNeeded: range.lowerBound),
        end: UInt32(truncatingIfNeeded: range.upperBound),
        termStart: UInt32(truncatingIfNeeded: termStart),
        termLength: UInt16(truncatingIfNeeded: termLength)))
    positionCount += 1
  }
}
