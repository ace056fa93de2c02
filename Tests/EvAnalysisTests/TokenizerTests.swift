// The whole analysis: what holds for every text, and examples of many scripts.

import EvTestSupport
import Testing

@testable import EvAnalysis

@Suite struct TokenizerTests {
  /// Checks what holds for every text, and that each sentence can be analyzed alone.
  private func check(_ bytes: [UInt8], _ tokenizer: Tokenizer, breaks: [Int] = []) {
    var whole = AnalyzedText()
    tokenizer.analyze(bytes.span, breaks: breaks, wantsSentences: true, into: &whole)
    let text = "\(String(decoding: bytes, as: UTF8.self).debugDescription), breaks \(breaks)"
    #expect(tokenizer.failure == nil)

    // Tokens ascend, lie in the text, and number the positions without a gap.
    var positionCount: UInt32 = 0
    var previous: Token?
    for token in whole.tokens {
      #expect(token.start < token.end && token.end <= UInt32(bytes.count), "\(text)")
      #expect((1...255).contains(token.termLength), "\(text)")
      #expect(Int(token.termStart) + Int(token.termLength) <= whole.terms.count, "\(text)")
      if token.position == positionCount {
        #expect(token.kind == .word || token.kind == .gram, "\(text)")
        positionCount += 1
      } else {
        #expect(token.kind != .word && token.position + 1 == positionCount, "\(text)")
      }
      if let previous, token.kind == .word, previous.kind == .word {
        #expect(token.start >= previous.start && token.end >= previous.end, "\(text)")
      }
      previous = token
    }
    #expect(whole.positionCount == Int(positionCount), "\(text)")

    // The sentences cover all tokens, and each gives its own again.
    var first = 0
    var end: UInt32 = 0
    for sentence in whole.sentences {
      #expect(sentence.start >= end && sentence.start < sentence.end, "\(text)")
      end = sentence.end
      let tokens = whole.tokens[first...].prefix { $0.start < sentence.end }
      first += tokens.count
      #expect(tokens.allSatisfy { $0.end <= sentence.end }, "\(text)")
      #expect(
        tokens.first.map { $0.position == sentence.firstPosition } ?? true, "\(text)")

      var alone = AnalyzedText()
      tokenizer.analyzeSentence(bytes.span, sentence, into: &alone)
      var part = whole
      part.tokens = Array(tokens)
      #expect(Analysis(alone).words == Analysis(part).words, "\(text)")
      #expect(alone.positionCount == Set(tokens.map(\.position)).count, "\(text)")
    }
    #expect(first == whole.tokens.count, "\(text)")

    var (last, words) = (AnalyzedText(), [Word]())
    tokenizer.analyze(
      bytes.span, breaks: breaks, wantsSentences: true, pieceTokens: 3, into: &last
    ) { piece in
      #expect(piece.tokens.count >= 3, "\(text)")
      words += Analysis(piece).words
    }
    #expect(words + Analysis(last).words == Analysis(whole).words, "\(text)")
    #expect(last.sentences == whole.sentences && last.positionCount == whole.positionCount)

    var unasked = AnalyzedText()
    tokenizer.analyze(bytes.span, breaks: breaks, wantsSentences: false, into: &unasked)
    #expect(unasked.tokens == whole.tokens && unasked.terms == whole.terms, "\(text)")
    #expect(unasked.sentences.isEmpty)
  }

  @Test(arguments: 0..<(runsLongTests ? 200 : 4), [Analyzer.Kind.standard, .space])
  func `a sentence alone has the tokens that it has in its text`(
    seed: UInt64, kind: Analyzer.Kind
  ) throws {
    var random = SplitMix64(seed: seed)
    let tokenizer = try Tokenizer(Analyzer(kind))
    for round in 0..<300 {
      let length = round % 50 == 0 ? 1500 : 40
      let text = random.text(Alphabet.mixed + Alphabet.prose, length: length)
      let bytes = Array(text.utf8)
      let scalars = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
      let breaks = scalars.filter { _ in Int.random(in: 0..<20, using: &random) == 0 }
      check(bytes, tokenizer, breaks: breaks)
      let ends = Set(scalars + [bytes.count])
      #expect(
        tokenizer.analysis(bytes).words.allSatisfy {
          ends.contains($0.range.lowerBound) && ends.contains($0.range.upperBound)
        }, "\(text.debugDescription)")
    }
  }

  @Test(arguments: 0..<(runsLongTests ? 200 : 4), [Analyzer.Kind.standard, .space])
  func `bytes that are no UTF-8 are analyzed as well`(seed: UInt64, kind: Analyzer.Kind) throws {
    var random = SplitMix64(seed: seed)
    let tokenizer = try Tokenizer(Analyzer(kind))
    for _ in 0..<200 {
      var bytes = Array(random.text(Alphabet.mixed + Alphabet.prose, length: 60).utf8)
      for index in bytes.indices where Int.random(in: 0..<8, using: &random) == 0 {
        bytes[index] = UInt8.random(in: 0...255, using: &random)
      }
      let breaks = bytes.indices.filter { _ in Int.random(in: 0..<20, using: &random) == 0 }
      check(bytes, tokenizer, breaks: breaks)
      check(bytes.map { _ in UInt8.random(in: 0x80...255, using: &random) }, tokenizer)
    }
  }

  @Test(arguments: 0..<(runsLongTests ? 200 : 4))
  func `only what surrounds other text than ASCII is left to ICU, with the same outcome`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let tokenizer = try Tokenizer(Analyzer())
    var icu = UnicodeWords()
    var traits = ScalarTraits()
    let ascii = ["word ", "Word", " ", "3.5 ", "it's ", "lock-in ", "a_b", "(x) ", "@", ": ", "="]
    for _ in 0..<1_000 {
      let bytes = Array(random.text(Alphabet.mixed + ascii + ascii + ascii, length: 60).utf8)
      for range in tokenizer.analysis(bytes).sentenceRanges {
        var mixed = AnalyzedText()
        tokenizer.analyzeSentence(
          bytes.span,
          Sentence(
            start: UInt32(range.lowerBound), end: UInt32(range.upperBound), firstPosition: 0),
          into: &mixed)
        var whole = AnalyzedText()
        _ = try icu.append(bytes.span, range, traits: &traits, to: &whole)
        let text = String(decoding: bytes[range], as: UTF8.self).debugDescription
        let plain = Analysis(mixed).words.filter { $0.kind == .word || $0.kind == .gram }
        #expect(plain == Analysis(whole).words, "\(text)")
      }
    }
  }

  @Test(arguments: [
    ("Škoda Größe STRASSE Straße İ", ["škoda", "grösse", "strasse", "strasse", "i\u{307}"]),
    ("naïve cafe\u{301} ﬁne Ⅷ CO₂ m² ①", ["naïve", "café", "fine", "viii", "co2", "m2", "1"]),
    ("锁单率 汽车", ["锁", "单", "率", "汽车"]),
    ("蔚来汽车在中国", ["蔚", "来", "汽车", "在", "中国"]),
    ("ﾊﾞｯﾃﾘｰ ＦＦ９１", ["バッテリー", "ff91"]),
    ("ภาษาไทย", ["ภาษา", "ไทย"]),
    ("전기차를 샀다", ["전기차를", "샀다"]),
    ("Привет, Мир!", ["привет", "мир"]),
    ("🚗 ❤️ 🇩🇪 © + #", ["🚗", "❤", "🇩🇪"]),
    ("a\u{200B}b c\u{200D}d", ["a", "b", "cd"]),
    ("it’s l’été 3，5", ["it’s", "l’été", "3,5"]),
    ("ü_ _ü_ ＠home é@b é:b", ["ü", "ü", "home", "é", "b", "é", "b"]),
    ("\u{301}", []), ("\u{FFFD}", []), ("。、，", []),
  ])
  func `words of many scripts are cut and folded`(text: String, terms: [String]) throws {
    #expect(try analyze(text).plainTerms == terms)
  }

  @Test func `the worked example of the documentation is right`() throws {
    let analysis = try analyze("Mr. Li saw Wi-Fi at j.doe@ff.com. Größe: 1,200 km²!")
    #expect(analysis.sentenceRanges == [0..<33, 34..<54])
    #expect(analysis.sentences.map(\.firstPosition) == [0, 8])
    let expected: [(Int, String, Range<Int>, TokenKind)] = [
      (0, "mr", 0..<2, .word), (1, "li", 4..<6, .word), (2, "saw", 7..<10, .word),
      (3, "wi", 11..<13, .word), (3, "wifi", 11..<16, .joined), (4, "fi", 14..<16, .word),
      (5, "at", 17..<19, .word), (6, "j.doe", 20..<25, .word), (6, "doe", 22..<25, .part),
      (7, "ff.com", 26..<32, .word), (7, "ff", 26..<28, .part), (7, "com", 29..<32, .part),
      (8, "grösse", 34..<41, .word), (9, "1,200", 43..<48, .word), (9, "1200", 43..<48, .joined),
      (10, "km2", 49..<53, .word),
    ]
    #expect(
      analysis.words
        == expected.map { Word(term: $0.1, position: $0.0, range: $0.2, kind: $0.3) })
  }

  @Test func `a range covers what the term was made of`() throws {
    let text = "x ﬁne cafe\u{301} co\u{AD}op Ｆ"
    let bytes = Array(text.utf8)
    let slices = try analyze(text).words.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(slices == ["x", "ﬁne", "cafe\u{301}", "co\u{AD}op", "Ｆ"])
  }

  @Test(arguments: ["é", "汽", "😀", "e\u{301}"])
  func `a long word of any script is cut between scalars`(scalar: String) throws {
    let analysis = try analyze(String(repeating: scalar, count: 900))
    #expect(analysis.words.allSatisfy { $0.term.utf8.count <= 255 })
    #expect(analysis.words.allSatisfy { !$0.term.unicodeScalars.contains("\u{FFFD}") })
    #expect(
      analysis.plainTerms.joined()
        == String(repeating: scalar == "e\u{301}" ? "é" : scalar, count: 900))
  }

  @Test func `the space analyzer leaves bytes as they are`() throws {
    let text = " Lock-in\tRATE?no  Größe\u{A0}x. Y\n\n@a "
    let analysis = try analyze(text, .space)
    #expect(analysis.terms == ["Lock-in", "RATE?no", "Größe\u{A0}x.", "Y", "@a"])
    #expect(analysis.sentences(of: text) == ["Lock-in\tRATE?no  Größe\u{A0}x.", "Y", "@a"])
  }

  @Test func `ten megabytes without white space take no more than others`() throws {
    let tokenizer = try Tokenizer(Analyzer())
    let ascii = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000_000)
    #expect(tokenizer.analysis(ascii).positionCount == (10_000_000 + 254) / 255)
    let stops = [UInt8](repeating: UInt8(ascii: "."), count: 1_000_000)
    #expect(tokenizer.analysis(stops).positionCount == 0)
    // Every line feed looks for a blank line, and every full stop for a small letter.
    for piece in ["\n \t", ". (", "-a", "a. 1 ", "é\u{301}"] {
      let bytes = Array(String(repeating: piece, count: 500_000 / piece.utf8.count).utf8)
      #expect(!tokenizer.analysis(bytes).sentences.isEmpty || piece == "\n \t")
    }
  }

  @Test func `a sentence out of range is read as far as there is text`() throws {
    let tokenizer = try Tokenizer(Analyzer())
    var result = AnalyzedText()
    for (start, end) in [(0, 1000), (3, 1), (500, 600), (1, 4)] as [(UInt32, UInt32)] {
      let sentence = Sentence(start: start, end: end, firstPosition: .max)
      tokenizer.analyzeSentence(Array("ab cd".utf8).span, sentence, into: &result)
      #expect(result.positionCount <= 2)
    }
  }

  @Test func `the versions are known`() {
    #expect(Analyzer.icuVersion.split(separator: ".").count == 2)
    #expect(Analyzer.unicodeVersion.split(separator: ".").count == 2)
    #expect(Analyzer.version >= 1)
  }
}
