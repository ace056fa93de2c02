import EvAnalysis
import EvIndex
@testable import EvQuery
import EvTestSupport
import Testing

/// Automata over the dictionary against a look at every term.
@Suite struct TermExpansionTests {
  /// An index of short words over few letters, so that many are near each other.
  private static func words(_ random: inout SplitMix64, _ count: Int) -> [String] {
    let letters = Array("abcdeé锁")
    return (0..<count).map { _ in
      String(
        (0..<Int.random(in: 1...7, using: &random)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &random)]
        })
    }
  }

  private static func snapshot(_ words: [String]) throws -> (TestIndex, IndexSnapshot) {
    let documents = stride(from: 0, to: words.count, by: 20).map { start in
      Document(
        path: "\(start)", text: words[start..<min(words.count, start + 20)].joined(separator: " "))
    }
    let index = try TestIndex(
      documents, configuration: .init(analyzer: .init(.space), segmentTextBytes: 3000))
    return (index, try index.snapshot())
  }

  @Test(arguments: 0..<6)
  func `words near a word are those of the edit distance`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let words = Self.words(&random, 2000)
    let (_, snapshot) = try Self.snapshot(words)
    let expansion = TermExpansion(snapshot)
    for word in Self.words(&random, 12) {
      for distance in 0...2 {
        let found = try expansion.near(word, distance: distance, keepingFirst: 0)
        let expected = Set(words).filter { TermPattern.edits(word, $0, limit: distance) != nil }
        #expect(found.count == expected.count, "\(word), \(distance)")
        #expect(Set(found.terms.map(\.term)).isSubset(of: expected), "\(word), \(distance)")
        let fixed = try expansion.near(word, distance: distance, keepingFirst: 1)
        #expect(fixed.terms.allSatisfy { $0.term.first == word.first })
      }
    }
  }

  @Test(
    arguments: [
      ("a*", #"^a.*$"#), ("*b", ".*b"), ("a?c", "a.c"), ("a*b*c", "a.*b.*c"), ("?*a", "..*a"),
      ("锁*", "锁.*"), ("a", "a"), ("*bc", ".*bc"), ("*b*c*", ".*b.*c.*"), ("?d*", ".d.*"),
      ("*锁?", ".*锁."), ("*ab*", ".*ab.*"),
    ])
  func `wildcards are the regular expressions that they mean`(wildcard: String, pattern: String)
    throws
  {
    var random = SplitMix64(seed: 7)
    let (_, snapshot) = try Self.snapshot(Self.words(&random, 2000))
    let expansion = TermExpansion(snapshot)
    #expect(try expansion.matching(wildcard: wildcard) == expansion.matching(regex: pattern))
    #expect(try expansion.matching(wildcard: wildcard).count > 0)
  }

  @Test(
    arguments: [
      "a.*", "[ab]+", "(a|bc)*d?", "[^a]{2,3}", "a{3}", "(ab|a)(c|bcd)", "é+.?", "[é锁]..", "[a-c]*",
      "a|", "()",
      "x*", "(a*)*b", #"\w+"#, "[b-é]c*",
    ])
  func `regular expressions match what the standard library's match`(pattern: String) throws {
    var random = SplitMix64(seed: 11)
    let words = Set(Self.words(&random, 3000))
    let (_, snapshot) = try Self.snapshot(Array(words).sorted())
    let found = try TermExpansion(snapshot).matching(regex: pattern)
    let regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
    let expected = try words.filter { try regex.wholeMatch(in: $0) != nil }
    #expect(found.count == expected.count)
    #expect(Set(found.terms.map(\.term)).isSubset(of: expected))
  }

  @Test(
    arguments: [
      "(", ")", "a**", "*", "a{2", "a{3,2}", "[", "[]", "[b-a]", #"\"#, #"\b"#, "a{99}{99}", "+",
    ])
  func `what is no pattern is none`(pattern: String) {
    #expect(!RegularExpression.isValid(pattern))
  }

  @Test func `a pattern of very many states is given up`() throws {
    var random = SplitMix64(seed: 3)
    let (_, snapshot) = try Self.snapshot(Self.words(&random, 2000))
    #expect(RegularExpression.isValid("(a|b|c)*a.{14}"))
    let found = try TermExpansion(snapshot).matching(regex: "(a|b|c)*a.{14}")
    #expect(found.count == 0)
  }

  @Test(
    arguments: [
      ("lock", "lock", 0), ("lokc", "lock", 1), ("lock", "loc", 1), ("", "ab", 2),
      ("abcd", "badc", 2),
      ("ca", "abc", 3),
    ])
  func `two neighbours that change places are one edit`(left: String, right: String, edits: Int) {
    #expect(TermPattern.edits(left, right, limit: 5) == edits)
    #expect(TermPattern.edits(left, right, limit: edits - 1) == nil)
  }
}
