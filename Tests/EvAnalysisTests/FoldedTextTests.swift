// Folding, and the way back to the source.

import EvTestSupport
import Testing

@testable import EvAnalysis

@Suite struct FoldedTextTests {
  /// The folded text and, for each code unit, the range of the source that it was made of.
  private func fold(_ text: String) throws -> (units: [UInt16], sources: [Range<Int>]) {
    var source = Array(text.utf16)
    var folded = FoldedText()
    try folded.fold(&source)
    let sources = folded.units.indices.map { folded.sourceStart($0)..<folded.sourceEnd($0) }
    return (folded.units, sources)
  }

  @Test(arguments: [
    ("abc", "abc"), ("Größe", "grösse"), ("e\u{301}", "é"), ("ＦＦ９１", "ff91"),
    ("co\u{AD}op", "coop"),
    ("ﬁ ½", "fi 1⁄2"), ("ﾊﾞ", "バ"), ("ᄒ\u{1161}\u{11AB}", "한"), ("", ""), ("\u{AD}", ""),
  ])
  func `a text is folded`(text: String, expected: String) throws {
    #expect(try fold(text).units == Array(expected.utf16))
  }

  @Test func `each unit knows what it was made of, dropped characters included`() throws {
    let (units, sources) = try fold("aﬁE\u{301}\u{AD}𝔘z")
    #expect(units == Array("afiéuz".utf16))
    #expect(sources == [0..<1, 1..<2, 1..<2, 2..<5, 5..<7, 7..<8])
  }

  @Test(arguments: 0..<(runsLongTests ? 100 : 4))
  func `a folded text is not changed by folding, and its sources ascend`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<500 {
      // Besides pieces of text, any scalars: those that compose are what could go wrong.
      let scalars = (0..<20).compactMap { _ in
        UnicodeScalar(UInt32.random(in: 0...0x32FF, using: &random))
      }
      let text =
        random.text(Alphabet.mixed, length: 30) + String(String.UnicodeScalarView(scalars))
        + random.text(Alphabet.mixed, length: 30)
      let (units, sources) = try fold(text)
      #expect(try fold(String(decoding: units, as: UTF16.self)).units == units)
      for (first, second) in zip(sources, sources.dropFirst()) {
        #expect(first.lowerBound <= second.lowerBound && first.upperBound <= second.upperBound)
      }
      #expect(sources.allSatisfy { !$0.isEmpty && $0.upperBound <= text.utf16.count })
    }
  }
}
