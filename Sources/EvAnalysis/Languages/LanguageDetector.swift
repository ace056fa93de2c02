// The language of a text, from its script and its most frequent words.

/// Tells the language that a text is written in.
///
/// Where a script is written by one language for the most part, the script decides. Elsewhere the
/// text's first words are looked up among the most frequent ones of each language, and the language
/// wins whose words are there most, if there are enough of them. Where nothing is sure, the answer is
/// none: what hangs on the language, its stems, then does no harm.
public struct LanguageDetector {
  /// The most words of a text that are looked at.
  static let maximumWords = 256

  /// The least score a word, in hundredths, that a text in the language has; prose has 100 to 300.
  private static let leastScore = 40

  /// The fewest words that a text has to have.
  private static let fewestWords = 6

  private var counts = ScriptCounts()
  private var scores = [UInt32](repeating: 0, count: LanguageTable.shared.languages.count)
  private var wordCount = 0

  /// A text of which nothing was seen yet.
  public init() {}

  /// The language of a text of the standard analysis, as its ISO 639 code, or nil where it is not
  /// known.
  ///
  /// The answer depends on nothing but the first ``maximumWords`` words.
  ///
  /// - Complexity: Constant; about two microseconds.
  public static func language(of analyzed: AnalyzedText) -> String? {
    var detector = LanguageDetector()
    detector.add(analyzed)
    return detector.language
  }

  /// Looks at the next piece of the text.
  public mutating func add(_ piece: AnalyzedText) { add(piece, from: 0) }

  /// Looks at the tokens from `first` on.
  mutating func add(_ piece: borrowing AnalyzedText, from first: Int) {
    let terms = piece.terms.span
    let tokens = piece.tokens.span
    for index in first..<tokens.count where tokens[index].kind == .word {
      let token = tokens[index]
      guard wordCount < Self.maximumWords else { return }
      let start = Int(token.termStart)
      let end = start + Int(token.termLength)
      let first = terms.scalar(at: start, end: end).value
      // Numbers are of no language.
      guard first &- 0x30 >= 10 else { continue }
      counts.add(first)
      LanguageTable.shared.add(terms, start..<end, to: &scores)
      wordCount += 1
    }
  }

  /// The language of what was seen, as for ``language(of:)``.
  public var language: String? {
    guard let script = counts.most else { return nil }
    if let language = counts.language(of: script) { return language }
    guard wordCount >= Self.fewestWords else { return nil }
    let least = UInt32(truncatingIfNeeded: wordCount * Self.leastScore / 100)
    return Self.best(scores, least: least)
  }

  /// The languages that what was seen is likely to be in, be it little; none where nothing is known.
  var likelyLanguages: [String] {
    if let script = counts.most, let language = counts.language(of: script) { return [language] }
    guard let most = scores.max(), most > 0 else { return [] }
    return scores.indices.filter { scores[$0] == most }.map { LanguageTable.shared.languages[$0] }
  }

  /// The language with the highest score, if that is high enough; the first one of equals.
  private static func best(_ scores: [UInt32], least: UInt32) -> String? {
    var best: Int?
    for index in scores.indices where scores[index] >= max(least, 1) {
      if scores[index] > best.map({ scores[$0] }) ?? 0 { best = index }
    }
    return best.map { LanguageTable.shared.languages[$0] }
  }
}

/// Which languages a word is frequent in, and how much it tells.
private struct LanguageTable: Sendable {
  static let shared = LanguageTable(LanguageWords.all)

  let languages: [String]

  /// The words by a hash of theirs, with open addressing; zero where there is none.
  private var keys: [UInt128]
  /// Where in ``weights`` a word's languages begin.
  private var starts: [UInt16]
  /// A language's number, times eight, plus the weight; the last one of a word is followed by zero.
  private var weights: [UInt16] = [0]

  private static let slotBits = 13

  private init(_ lists: [LanguageWords]) {
    languages = lists.map(\.language)
    keys = Array(repeating: 0, count: 1 << Self.slotBits)
    starts = Array(repeating: 0, count: 1 << Self.slotBits)
    var found: [UInt128: [UInt16]] = [:]
    var order: [UInt128] = []
    for (number, list) in lists.enumerated() {
      for (rank, word) in list.words.enumerated() {
        let bytes = Array(word.utf8)
        guard let key = Self.key(bytes.span, 0..<bytes.count) else { continue }
        if found[key] == nil { order.append(key) }
        let weight = rank < 8 ? 6 : rank < 20 ? 5 : rank < 50 ? 4 : 3
        found[key, default: []].append(UInt16(truncatingIfNeeded: number << 3 | weight))
      }
    }
    for key in order {
      let slot = slot(of: key)
      keys[slot] = key
      starts[slot] = UInt16(truncatingIfNeeded: weights.count)
      weights += (found[key] ?? []) + [0]
    }
  }

  /// Adds to the scores of the languages that a word is frequent in.
  @inline(always)
  func add(_ terms: Span<UInt8>, _ range: Range<Int>, to scores: inout [UInt32]) {
    guard let key = Self.key(terms, range) else { return }
    var index = Int(starts[slot(of: key)])
    while weights[index] != 0 {
      scores[Int(weights[index] >> 3)] += UInt32(weights[index] & 7)
      index += 1
    }
  }

  /// The slot that a word is in, or would be.
  @inline(always)
  private func slot(of key: UInt128) -> Int {
    let mixed =
      (UInt64(truncatingIfNeeded: key) ^ UInt64(truncatingIfNeeded: key >> 64) &* 31)
      &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(mixed >> UInt64(64 - Self.slotBits))
    while keys[slot] != key, keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
    return slot
  }

  /// The bytes of a word as one number, with its length; nil where it is too long to be frequent.
  @inline(always)
  private static func key(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt128? {
    guard range.count < 16 else { return nil }
    let low = bytes.word(at: range.lowerBound, end: min(range.upperBound, range.lowerBound + 8))
    let masked = range.count >= 8 ? low : low & ((1 << UInt64(8 * range.count)) &- 1)
    guard range.count > 8 else { return UInt128(masked) | UInt128(range.count) << 120 }
    let high = bytes.word(at: range.lowerBound + 8, end: range.upperBound)
    let kept = high & ((1 << UInt64(8 * (range.count - 8))) &- 1)
    return UInt128(masked) | UInt128(kept) << 64 | UInt128(range.count) << 120
  }
}
