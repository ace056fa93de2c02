// What the tests of this module share: analysis of strings, and random texts.

import EvTestSupport

@testable import EvAnalysis

/// A token spelled out, for comparison with what is expected.
struct Word: Equatable, CustomStringConvertible {
  var term: String
  var position: Int
  var range: Range<Int>
  var kind: TokenKind

  var description: String {
    "\(kind != .word ? "+" : "")\(term)@\(position)[\(range.lowerBound)..<\(range.upperBound)]"
  }
}

/// An analyzed text, spelled out.
struct Analysis: Equatable {
  var words: [Word]
  var sentences: [Sentence]
  var positionCount: Int

  init(_ result: AnalyzedText) {
    words = result.tokens.map { token in
      let start = Int(token.termStart)
      let bytes = result.terms[start..<start + Int(token.termLength)]
      return Word(
        term: String(decoding: bytes, as: UTF8.self), position: Int(token.position),
        range: Int(token.start)..<Int(token.end), kind: token.kind)
    }
    sentences = result.sentences
    positionCount = result.positionCount
  }

  /// The terms in order, joined forms with a plus sign in front.
  var terms: [String] { words.map { ($0.kind != .word ? "+" : "") + $0.term } }

  /// The terms of the words in order.
  var plainTerms: [String] { words.filter { $0.kind == .word }.map(\.term) }

  /// The ranges of the sentences.
  var sentenceRanges: [Range<Int>] { sentences.map { Int($0.start)..<Int($0.end) } }

  /// The sentences as text.
  func sentences(of text: String) -> [String] {
    let bytes = Array(text.utf8)
    return sentenceRanges.map { String(decoding: bytes[$0], as: UTF8.self) }
  }
}

extension Tokenizer {
  /// Analyzes bytes.
  func analysis(_ bytes: [UInt8], breaks: [Int] = []) -> Analysis {
    var result = AnalyzedText()
    analyze(bytes.span, breaks: breaks, wantsSentences: true, into: &result)
    return Analysis(result)
  }

  /// Analyzes a string.
  func analysis(_ text: String, breaks: [Int] = []) -> Analysis {
    analysis(Array(text.utf8), breaks: breaks)
  }
}

/// Analyzes a string from the start.
func analyze(_ text: String, breaks: [Int] = [], _ kind: Analyzer.Kind = .standard) throws
  -> Analysis
{
  let tokenizer = try Tokenizer(Analyzer(kind))
  let analysis = tokenizer.analysis(text, breaks: breaks)
  if let failure = tokenizer.failure { throw failure }
  return analysis
}

/// What random texts are made of.
enum Alphabet {
  /// Every byte of ASCII, those that the rules of words are about more often.
  static let ascii: [String] =
    (0..<128).map { String(UnicodeScalar(UInt8($0))) }
    + Array("aZ09aZ09bx7  ...''',,;;::__--@@\"/").map(String.init)

  /// What shares the position of a word, in ASCII, and what almost does.
  static let marks: [String] =
    ["C++ ", "c#", ".NET ", "AT&T", "@name", "#tag ", "$tsla ", "35% ", "1,200 km ", "10 km/h "]
    + ["$5 million ", "lock-in ", "x-y-z-w-v", "l'auto ", "l'a'b ", "it's ", "evnews.example "]
    + ["snake_case ", "__800V ", "_", "1/2", "ID.4 ", "U.S.A. ", "1.2.3", "word ", "a", "7", " "]
    + [
      "-", "'", ".", ",", "/", "+", "#", "&", "@", "$", "%", "(",
      String(repeating: "long", count: 65),
    ]

  /// What the rules of sentences are about, in ASCII.
  static let prose: [String] =
    ["Mr. ", "U.S. ", "a.m. ", "A.M. ", "Ph.D. ", "Lt. ", "vs. ", "No. ", "BYD. ", "S.p.A. "]
    + ["e", "Z", "9", ". ", "? ", "! ", ".", "?", "!", ",", ":", ";", "-", " ", "  ", "\t", "\n"]
    + ["(", ")", "\"", "'", "[", "]", "word", "Word", "3.5", "\r\n", "\u{0B}", "\u{0C}", "\0"]

  /// Scalars and pieces of many scripts, and what separates and modifies them.
  static let mixed: [String] =
    [
      "a", "B", "ß", "É", "e\u{301}", "ñ", "ﬁ", "İ", "Ω", "й", "Привет", " ", " ", " ", "\n",
      "\r\n",
    ]
    + ["汽车", "锁单率", "研究生命", "テスラ", "モデル", "ﾊﾞｯﾃﾘｰ", "ＦＦ９１", "。", "，", "：", "＠", "、"]
    + ["ภาษาไทย", "รถยนต์ไฟฟ้า", "ລາວ", "ខ្មែរ", "မြန်မာ", "전기차를", "한국", "ᄒ", "ᅡ", "ᆫ"]
    + ["🚗", "👨‍👩‍👧", "👍🏽", "❤️", "🇩🇪", "🇫", "\u{200D}", "\u{200B}", "\u{AD}", "\u{FE0F}"]
    + ["\u{308}", "\u{327}", "\u{5D0}", "\u{5D1}", "\"", "'", "’", ".", ",", "-", "\u{2010}"]
    + ["\u{2011}", "_", "@", ":", "3", "5", "٣", "½", "²", "①", "㎞", "\u{FDFA}", "!", "?", "؟"]
    + ["\u{85}", "\u{2028}", "\u{3000}", "\u{A0}", "lock", "in", "Rate", "(", ")", "ש", "Σ", "ა"]
    + ["𝔘", "𐐀", "\u{1F1E6}", "\u{FEFF}", "کتاب", "\u{200C}", "हिन्दी", "\u{94D}", "/", "#"]
}

extension SplitMix64 {
  /// A text of up to `length` members of an alphabet.
  mutating func text(_ alphabet: [String], length: Int) -> String {
    let count = Int.random(in: 0...length, using: &self)
    return (0..<count).map { _ in alphabet[Int.random(in: alphabet.indices, using: &self)] }
      .joined()
  }
}

/// A break iterator of ICU as an oracle.
struct Oracle {
  private let iterator: BreakIterator

  static func words() throws -> Oracle { Oracle(iterator: try .words()) }

  static func sentences() throws -> Oracle {
    Oracle(iterator: try .sentences(locale: "en@ss=standard"))
  }

  /// Where the pieces of a text end, in bytes of its UTF-8.
  func ends(_ text: String) throws -> [Int] {
    let units = Array(text.utf16)
    var ends: [Int32] = []
    try iterator.findEnds(of: units, into: &ends)
    return ends.map { String(decoding: units[..<Int($0)], as: UTF16.self).utf8.count }
  }
}
