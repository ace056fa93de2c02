// Joined forms of words with a hyphen between them.

import Testing

@testable import EvAnalysis

@Suite struct CompoundTests {
  @Test func `the joined form shares the first part's position`() throws {
    let analysis = try analyze("the Lock-in rate")
    #expect(
      analysis.words == [
        Word(term: "the", position: 0, range: 0..<3, kind: .word),
        Word(term: "lock", position: 1, range: 4..<8, kind: .word),
        Word(term: "lockin", position: 1, range: 4..<11, kind: .joined),
        Word(term: "in", position: 2, range: 9..<11, kind: .word),
        Word(term: "rate", position: 3, range: 12..<16, kind: .word),
      ])
    #expect(analysis.positionCount == 4)
  }

  @Test(arguments: [
    ("Wi-Fi FF-91", ["wi", "+wifi", "fi", "ff", "+ff91", "91"]),
    ("a-b-c-d", ["a", "+abcd", "b", "c", "d"]),
    ("a-b-c-d-e", ["a", "b", "c", "d", "e"]),
    ("a--b a - b a -b a- b", ["a", "b", "a", "b", "a", "b", "a", "b"]),
    ("a\u{2010}b c\u{2011}d", ["a", "+ab", "b", "c", "+cd", "d"]),
    ("ＦＦ－９１", ["ff", "+ff91", "91"]),
    ("e-Tron-Größe", ["e", "+etrongrösse", "tron", "grösse"]),
    ("lock\u{AD}in", ["lockin"]),
    ("x-\u{301}y", ["x", "y"]),
    ("a–b a—b a−b", ["a", "b", "a", "b", "a", "b"]),
    ("_a-b_ a_-b", ["a", "+ab", "b", "a", "b"]),
  ])
  func `a single hyphen joins up to four words`(text: String, terms: [String]) throws {
    #expect(try analyze(text).terms == terms)
  }

  @Test func `a sentence's end is not inside a compound`() throws {
    #expect(try analyze("lock-in", breaks: [5]).terms == ["lock", "in"])
  }

  @Test func `the pieces of a longer word are no parts`() throws {
    let long = String(repeating: "x", count: 300)
    #expect(try analyze("\(long)-a").words.allSatisfy { $0.kind != .joined })
    #expect(try analyze("a-\(long)").words.allSatisfy { $0.kind != .joined })
    #expect(try analyze("比亚迪-a a-电").words.allSatisfy { $0.kind != .joined })
  }

  @Test func `a joined form is no longer than a term`() throws {
    let half = String(repeating: "x", count: 127)
    #expect(try analyze("\(half)-\(half)").words.contains { $0.kind == .joined })
    #expect(try analyze("\(half)x-\(half)x").words.allSatisfy { $0.kind != .joined })
  }

  @Test func `compounds reach across the paths of ASCII and of other text`() throws {
    #expect(
      try analyze("Über-Car car-Über").terms == [
        "über", "+übercar", "car", "car", "+carüber", "über",
      ])
  }
}
