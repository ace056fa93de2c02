// Scripts without spaces: what a text contains is found in it.

import EvTestSupport
import Testing

@testable import EvAnalysis

/// The tokens of a text by position, to look phrases up in.
private struct Positions {
  private var terms: [Set<String>] = []

  init(_ analysis: Analysis) {
    terms = Array(repeating: [], count: analysis.positionCount)
    for word in analysis.words { terms[word.position].insert(word.term) }
  }

  /// Whether the elements of a phrase are somewhere at their distances.
  func hold(_ phrase: TypedPhrase) -> Bool {
    terms.indices.contains { start in
      phrase.elements.allSatisfy { element in
        let position = start + Int(element.offset)
        guard position < terms.count else { return false }
        return element.isPrefix
          ? terms[position].contains { $0.hasPrefix(element.term) }
          : terms[position].contains(element.term)
      }
    }
  }
}

@Suite struct UnspacedTests {
  private func typed(_ text: String, _ tokenizer: Tokenizer) -> AnalyzedText {
    var result = AnalyzedText()
    tokenizer.analyze(text.utf8.span, breaks: [], wantsSentences: false, into: &result)
    return result
  }

  private func words(_ phrase: TypedPhrase?) -> [String] {
    (phrase?.elements ?? []).map {
      "\($0.term.replacing("\u{2}", with: "~"))\($0.isPrefix ? "*" : "")@\($0.offset)"
    }
  }

  @Test func `each character has a position, a pair, and a word if one begins there`() throws {
    let analysis = try analyze("小米SU7上市")
    #expect(
      analysis.words == [
        Word(term: "小米", position: 0, range: 0..<6, kind: .word),
        Word(term: "\u{2}小米", position: 0, range: 0..<6, kind: .gram),
        Word(term: "\u{2}米", position: 1, range: 3..<6, kind: .gram),
        Word(term: "su7", position: 2, range: 6..<9, kind: .word),
        Word(term: "上市", position: 3, range: 9..<15, kind: .word),
        Word(term: "\u{2}上市", position: 3, range: 9..<15, kind: .gram),
        Word(term: "\u{2}市", position: 4, range: 12..<15, kind: .gram),
      ])
    #expect(analysis.positionCount == 5)
  }

  @Test(arguments: [
    ("현대자동차", ["~현대 0-6", "~대자 3-9", "~자동 6-12", "~동차 9-15"]), ("현대", ["~현대 0-6"]), ("차", []),
    ("현대\u{1112}\u{1161}\u{11AB}", ["~현대 0-6", "~대한 0-15"]), ("가가가", ["~가가 0-6"]),
    ("에너지LG", ["~에너 0-6", "~너지 3-9"]), ("韓國의", ["~韓國 0-6", "~國 3-6"]),
  ])
  func `a Korean word has its pairs of syllables at its position`(
    text: String, expected: [String]
  ) throws {
    let analysis = try analyze(text)
    let found = analysis.words.filter { $0.kind != .word }.map {
      "\($0.term.replacing("\u{2}", with: "~")) \($0.range.lowerBound)-\($0.range.upperBound)"
    }
    #expect(found == expected)
    #expect(analysis.words.filter { $0.kind == .syllables }.allSatisfy { $0.position == 0 })
  }

  @Test(arguments: [
    ("锁单率", ["锁@0", "单@1", "率@2"], ["~锁单@0", "~单率@1"]),
    ("汽车", ["汽车@0"], ["~汽车@0"]), ("锁", ["锁@0"], ["~锁*@0"]),
    ("小米SU7", ["小米@0", "su7@2"], ["~小米@0", "su7@2"]),
    ("SU7 型 车", ["su7@0", "型@1", "车@2"], ["su7@0", "~型*@1", "~车*@2"]),
    ("㌔", ["キロ@0"], ["~キロ@0"]), ("lock-in", ["lock@0", "in@1"], []), ("。", [], []),
    ("ﾊﾞｯﾃﾘｰ", ["バッテリー@0"], ["~バッ@0", "~ッテ@1", "~テリ@2", "~リー@3"]),
  ])
  func `what was typed is words, and pairs of characters`(
    text: String, asWords: [String], asCharacters: [String]
  ) throws {
    let typed = typed(text, try Tokenizer(Analyzer()))
    #expect(words(typed.typedWords) == asWords)
    #expect(words(typed.typedCharacters) == asCharacters)
  }

  @Test func `Katakana is not taken to pieces, and its marks stay`() throws {
    #expect(try analyze("ガベージコレクションの話").plainTerms == ["ガベージコレクション", "の", "話"])
    #expect(try analyze("テスラモデルＹ").plainTerms == ["テスラモデル", "y"])
    #expect(try analyze("ハッテリー").plainTerms != analyze("バッテリー").plainTerms)
  }

  @Test func `long runs and long characters fit into terms`() throws {
    for text in [
      String(repeating: "ア", count: 300), "ก" + String(repeating: "\u{E34}", count: 300),
    ] {
      let analysis = try analyze(text)
      #expect(analysis.words.allSatisfy { (1...255).contains($0.term.utf8.count) })
      #expect(analysis.plainTerms.joined() == text)
    }
  }

  private static let corpus = "corpora/udhr/corpus.jsonl.zst"

  @Test(
    .enabled(if: SharedData.has(corpus), "needs the shared corpora"),
    arguments: ["jpn", "cmn_hans", "cmn_hant", "tha", "lao", "khm", "mya"])
  func `whatever piece of a text is typed, the text holds it`(language: String) throws {
    var random = SplitMix64(seed: 11)
    let tokenizer = try Tokenizer(Analyzer())
    let record = try #require(try Corpus.records(Self.corpus).first { $0.id == language })
    let text = Array(record.text.prefix(runsLongTests ? 20_000 : 1_500))
    let positions = Positions(tokenizer.analysis(String(text)))
    for _ in 0..<500 {
      let start = Int.random(in: 0..<text.count - 2, using: &random)
      let end = min(text.count, start + Int.random(in: 2...9, using: &random))
      // Half of a number, or of a word of another script, is not what was asked for.
      let piece = text[start..<end].drop { $0.isASCII || $0.isNumber }.prefix {
        !($0.isASCII || $0.isNumber) || $0 == " "
      }
      guard piece.count > 1 else { continue }
      guard let phrase = typed(String(piece), tokenizer).typedCharacters else { continue }
      let isHeld = positions.hold(phrase)
      #expect(isHeld, "\(String(piece)): \(words(phrase))")
    }
  }

  @Test(.enabled(if: SharedData.has(corpus), "needs the shared corpora"))
  func `whatever word of a text is typed, the text holds it`() throws {
    var random = SplitMix64(seed: 12)
    let tokenizer = try Tokenizer(Analyzer())
    for record in try Corpus.records(Self.corpus) {
      let text = String(record.text.prefix(runsLongTests ? 20_000 : 400))
      let bytes = Array(text.utf8)
      let analysis = tokenizer.analysis(bytes)
      let positions = Positions(analysis)
      let candidates = analysis.words.filter { $0.kind != .syllables }
      for _ in 0..<(runsLongTests ? 200 : 5) {
        guard let word = candidates.randomElement(using: &random) else { continue }
        let typed = typed(String(decoding: bytes[word.range], as: UTF8.self), tokenizer)
        for phrase in [typed.typedWords, typed.typedCharacters] {
          guard let phrase, phrase == typed.typedCharacters || typed.typedCharacters == nil else {
            continue
          }
          let isHeld = positions.hold(phrase)
          #expect(isHeld, "\(record.id): \(word) \(words(phrase))")
        }
      }
    }
  }
}
