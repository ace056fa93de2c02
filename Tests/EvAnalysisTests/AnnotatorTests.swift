// Symbols, parts and numbers, which share the positions of words.

import EvTestSupport
import Testing

@testable import EvAnalysis

@Suite struct AnnotatorTests {
  /// What shares a position with words, without joined forms of compounds.
  private func extras(_ text: String, _ kinds: Set<TokenKind>) throws -> [String] {
    let bytes = Array(text.utf8)
    return try analyze(text).words.filter { kinds.contains($0.kind) }.map { word in
      let source = String(decoding: bytes[word.range], as: UTF8.self)
      return word.term == source ? source : "\(source): \(word.term)"
    }
  }

  @Test(arguments: [
    ("c++, c# and .net; at&t", ["c++", "c#", ".net", "at&t"]),
    ("C++ C++11 Ｃ＋＋", ["C++: c++", "C++: c++", "Ｃ＋＋: c++"]), ("uses .NET", [".NET: .net"]),
    ("a+b 1+1 c+++ 18+", ["18+"]), ("R&D S&P a & b Q&A", ["R&D: r&d", "S&P: s&p", "Q&A: q&a"]),
    ("@nio ir@ff.com #ev $TSLA a#b", ["@nio", "#ev", "$TSLA: $tsla"]),
    ("ID.4 end. 4 x.5", ["ID.4: id.4", "x.5"]), ("3.5 .5 1.2.3", []),
    ("½ 1/2 5½ 01/02/2024 and/or", ["1/2: 1⁄2"]), ("a.b.c ..x (.x) y.", [".x"]),
  ])
  func `symbols belong to words`(text: String, expected: [String]) throws {
    #expect(try extras(text, [.symbol]) == expected)
  }

  @Test func `a word with symbols shares its first word's position`() throws {
    let analysis = try analyze("from AT&T on")
    #expect(
      analysis.words == [
        Word(term: "from", position: 0, range: 0..<4, kind: .word),
        Word(term: "at", position: 1, range: 5..<7, kind: .word),
        Word(term: "at&t", position: 1, range: 5..<9, kind: .symbol),
        Word(term: "t", position: 2, range: 8..<9, kind: .word),
        Word(term: "on", position: 3, range: 10..<12, kind: .word),
      ])
  }

  @Test(arguments: [
    ("evnews.example", ["evnews", "example"]), ("www.ff.com", ["www", "ff", "ff.com", "com"]),
    ("snake_case v1.2.3", ["snake", "case", "v1"]), ("l'auto d’été it's o'clock", ["auto", "été"]),
    ("3.5 1,200 a.b U.S.", []), ("a.bb.bb", ["bb", "bb.bb"]),
  ])
  func `parts of words are found`(text: String, expected: [String]) throws {
    #expect(try extras(text, [.part]) == expected)
  }

  @Test(arguments: [
    ("U.S. e.g. a.m.", ["U.S: us", "e.g: eg", "a.m: am"]), ("1,200", ["1,200: 1200"]),
    ("1\u{A0}200\u{202F}300", ["1\u{A0}200\u{202F}300: 1200300"]),
    ("1.200 3,5 1,20 0,200", ["1.200: 1200"]), ("It is 1.200 of the mean.", []),
    ("Das sind 1.200 von allen.", ["1.200: 1200"]),
    ("1.234.567 1,234.5", ["1.234.567: 1234567", "1,234.5: 1234.5"]), ("1 200", []),
    ("10万 1.5億", ["10万: 100000", "1.5億: 150000000"]), ("１，２００", ["１，２００: 1200"]),
  ])
  func `initials and grouped numbers are joined`(text: String, expected: [String]) throws {
    #expect(try extras(text, [.joined]) == expected)
  }

  @Test func `every text keeps its laws with the alphabet of symbols`() throws {
    let alphabet =
      ["a", "Net", "C", "f", "91", "1,200", "km", " ", " ", " ", ".", "+", "#", "&", "/", "@", "$"]
      + ["%", "％", "\u{A0}", "-", "’", "_", "万", "公里", "汽车", "½", "°C", "€", "h", "s", "  "]
    let tokenizer = try Tokenizer(Analyzer())
    var random = SplitMix64(seed: 3)
    for _ in 0..<2_000 {
      let bytes = Array(random.text(alphabet, length: 30).utf8)
      var whole = AnalyzedText()
      tokenizer.analyze(bytes.span, breaks: [], wantsSentences: true, into: &whole)
      let text = String(decoding: bytes, as: UTF8.self).debugDescription
      var seen: Set<[UInt32]> = []
      for token in whole.tokens {
        #expect(token.start < token.end && token.end <= UInt32(bytes.count), "\(text)")
        let term = whole.bytes(of: token).map(UInt32.init)
        #expect(seen.insert([token.position] + term).inserted, "twice in \(text)")
      }
      #expect(
        zip(whole.tokens, whole.tokens.dropFirst()).allSatisfy {
          $0.position == $1.position || $0.position + 1 == $1.position
        }, "\(text)")
      for sentence in whole.sentences {
        var alone = AnalyzedText()
        tokenizer.analyzeSentence(bytes.span, sentence, into: &alone)
        var part = whole
        part.tokens = whole.tokens.filter {
          $0.start >= sentence.start && $0.start < sentence.end
        }
        #expect(Analysis(alone).words == Analysis(part).words, "\(text)")
      }
    }
  }
}
