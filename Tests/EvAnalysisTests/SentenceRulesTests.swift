// Where sentences end: against ICU at random, and in examples.

import EvTestSupport
import Testing

@testable import EvAnalysis

@Suite struct SentenceRulesTests {
  /// Compares our boundaries with those of ICU, to which line ends are shown as spaces.
  private func compare(_ alphabet: [String], count: Int, length: Int, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var rules = SentenceRules(exceptions: try SentenceExceptions.english.get())
    let oracle = try Oracle.sentences()
    for _ in 0..<count {
      let text = random.text(alphabet, length: length)
      let shown = String(
        String.UnicodeScalarView(
          text.unicodeScalars.map {
            switch $0 {
            case "\n", "\r": " "
            // These two are white space that no abbreviation allows.
            case "\u{85}", "\u{2028}": "\u{3000}"
            default: $0
            }
          }))
      guard try rules.boundaries(Array(shown.utf8)) == oracle.ends(shown) else {
        let ours = rules.boundaries(Array(shown.utf8))
        Issue.record("\(shown.debugDescription): \(ours), ICU \(try oracle.ends(shown))")
        return
      }
      // U+0085 and U+2028 are of other lengths than what stands for them above.
      guard !text.unicodeScalars.contains("\u{85}") else { continue }
      let boundaries = rules.boundaries(Array(text.utf8))
      #expect(boundaries == rules.boundaries(Array(shown.utf8)), "\(text.debugDescription)")
    }
  }

  @Test(arguments: 0..<(runsLongTests ? 100 : 4))
  func `boundaries of prose are those of ICU`(seed: UInt64) throws {
    try compare(Alphabet.prose, count: 5_000, length: 30, seed: seed)
  }

  @Test(arguments: 0..<(runsLongTests ? 100 : 2))
  func `boundaries of any ASCII are those of ICU`(seed: UInt64) throws {
    try compare(Alphabet.ascii, count: 5_000, length: 60, seed: seed)
  }

  @Test(arguments: 0..<(runsLongTests ? 100 : 2))
  func `boundaries of mixed scripts are those of ICU`(seed: UInt64) throws {
    try compare(Alphabet.mixed + Alphabet.prose, count: 5_000, length: 40, seed: seed)
  }

  @Test func `a sentence goes on after an abbreviation`() throws {
    let text = "Mr. Li drove. It was 3.5 km vs. Prof. Chen's 4! Was it? \"Yes.\" She left."
    #expect(
      try analyze(text).sentences(of: text) == [
        "Mr. Li drove.", "It was 3.5 km vs. Prof. Chen's 4!", "Was it?", "\"Yes.\"", "She left.",
      ])
  }

  @Test func `a line end is white space and a blank line is not`() throws {
    let text = "Mr.\nLi drove\r\nhome\n \t\r\nthen\u{2029}slept"
    #expect(
      try analyze(text).sentences(of: text) == ["Mr.\nLi drove\r\nhome", "then", "slept"])
  }

  @Test func `a break ends a sentence`() throws {
    let text = "Lock-in rate The rate rose"
    #expect(
      try analyze(text, breaks: [12]).sentences(of: text) == ["Lock-in rate", "The rate rose"])
  }

  @Test func `breaks that make no sense are ignored`() throws {
    let text = "one two"
    let breaks = [-5, 0, 4, 2, 4, 7, 9, Int.max]
    #expect(try analyze(text, breaks: breaks).sentences(of: text) == ["one", "two"])
  }

  @Test func `Chinese and Japanese sentences end at their full stops`() throws {
    let text = "锁单率上升。比亚迪怎么样？テスラは速い。"
    #expect(
      try analyze(text).sentences(of: text) == ["锁单率上升。", "比亚迪怎么样？", "テスラは速い。"])
  }

  @Test func `a long sentence is cut between words`() throws {
    let text = String(repeating: "word (number) ", count: 500)
    let analysis = try analyze(text)
    #expect(analysis.positionCount == 1000)
    #expect(analysis.sentences(of: text).allSatisfy { $0.hasPrefix("word") && $0.hasSuffix(")") })
    #expect(analysis.sentenceRanges.dropLast().allSatisfy { $0.count > 980 && $0.count <= 1020 })
  }

  @Test func `a long Chinese sentence is cut behind a comma`() throws {
    let text = String(repeating: "蔚来汽车的锁单率正在上升，", count: 100)
    let analysis = try analyze(text)
    #expect(analysis.sentences.count == 4)
    #expect(analysis.sentences(of: text).allSatisfy { $0.hasSuffix("，") })
  }

  @Test func `an empty text and one of white space have no sentence`() throws {
    for text in ["", " ", "\n\n\n", "\u{2029}", "\u{3000} \u{A0}\r\n"] {
      #expect(try analyze(text).sentences.isEmpty)
    }
  }
}
