// Unicode's own break tests, on ICU's iterators and on our rules of sentences.

import EvTestSupport
import Foundation
import Testing

@testable import EvAnalysis

private let folder = "corpora/unicode-15.0-break-tests"

@Suite struct UnicodeBreakTests {
  /// One line of a break test: a text, and where its pieces end in UTF-16.
  private struct Case {
    var line: Int
    var units: [UInt16] = []
    var ends: [Int32] = []

    init?(_ text: Substring, line: Int) {
      let rule = text.prefix { $0 != "#" }
      guard !rule.allSatisfy(\.isWhitespace) else { return nil }
      self.line = line
      for field in rule.split(whereSeparator: \.isWhitespace) {
        if field == "÷", !units.isEmpty {
          ends.append(Int32(units.count))
        } else if let value = UInt32(field, radix: 16), let scalar = UnicodeScalar(value) {
          units.append(contentsOf: Array(String(scalar).utf16))
        }
      }
    }
  }

  private func cases(_ name: String) throws -> [Case] {
    let path = SharedData.path("\(folder)/\(name).txt")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .compactMap { Case($0.element, line: $0.offset + 1) }
  }

  @Test(.enabled(if: SharedData.has(folder), "needs the shared corpora"))
  func `the word iterator passes all tests but those of a colon`() throws {
    let words = try BreakIterator.words()
    var ends: [Int32] = []
    var failed: [Int] = []
    let cases = try cases("WordBreakTest")
    for test in cases {
      try words.findEnds(of: test.units, into: &ends)
      if ends != test.ends { failed.append(test.line) }
    }
    #expect(cases.count == 1823)
    #expect(failed == [1253, 1254, 1267, 1268] + Array(1283...1292) + [1712])
  }

  @Test(.enabled(if: SharedData.has(folder), "needs the shared corpora"))
  func `the sentence iterator passes all tests`() throws {
    let sentences = try BreakIterator.sentences(locale: "en")
    var ends: [Int32] = []
    let cases = try cases("SentenceBreakTest")
    for test in cases {
      try sentences.findEnds(of: test.units, into: &ends)
      #expect(ends == test.ends, "line \(test.line)")
    }
    #expect(cases.count == 502)
  }

  @Test(.enabled(if: SharedData.has(folder), "needs the shared corpora"))
  func `our rules of sentences pass all tests without line ends`() throws {
    var rules = SentenceRules(exceptions: SentenceExceptions(abbreviations: []))
    let lineEnds: Set<UInt16> = [0x0A, 0x0D, 0x85, 0x2028, 0x2029]
    var count = 0
    for test in try cases("SentenceBreakTest") where lineEnds.isDisjoint(with: test.units) {
      let text = Array(String(decoding: test.units, as: UTF16.self).utf8)
      let expected = test.ends.map {
        String(decoding: test.units[..<Int($0)], as: UTF16.self).utf8.count
      }
      #expect(rules.boundaries(text) == expected, "line \(test.line)")
      count += 1
    }
    #expect(count > 200)
  }
}

extension SentenceRules {
  /// All boundaries of a text that is one paragraph.
  mutating func boundaries(_ text: [UInt8]) -> [Int] {
    var boundaries: [Int] = []
    var offset = 0
    while offset < text.count {
      offset = boundary(in: text.span, after: offset, start: 0, end: text.count)
      boundaries.append(offset)
    }
    return boundaries
  }
}
