// Words of ASCII, against ICU.

import EvTestSupport
import Testing

@testable import EvAnalysis

@Suite struct ASCIIWordsTests {
  /// The terms and ranges of a text by ICU's boundaries.
  private func expected(_ text: String, _ oracle: Oracle) throws -> [Word] {
    let bytes = Array(text.utf8)
    // A commercial at and a colon are ordinary symbols here.
    let shown = String(decoding: bytes.map { $0 == 0x40 || $0 == 0x3A ? 0x23 : $0 }, as: UTF8.self)
    var words: [Word] = []
    var start = 0
    for end in try oracle.ends(shown) {
      var piece = bytes[start..<end]
      start = end
      while piece.first == UInt8(ascii: "_") { piece.removeFirst() }
      while piece.last == UInt8(ascii: "_") { piece.removeLast() }
      guard piece.contains(where: isASCIIAlphanumeric) else { continue }
      words.append(
        Word(
          term: String(decoding: piece, as: UTF8.self).lowercased(), position: words.count,
          range: piece.startIndex..<piece.endIndex, kind: .word))
    }
    return words
  }

  @Test(arguments: 0..<(runsLongTests ? 200 : 4))
  func `boundaries are those of ICU`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let oracle = try Oracle.words()
    for _ in 0..<5_000 {
      let text = random.text(Alphabet.ascii, length: 150)
      let bytes = Array(text.utf8)
      var result = AnalyzedText()
      var candidates = AnnotationCandidates()
      let all = 0..<bytes.count
      let marks = ASCIIWords.append(bytes.span, all, of: all, to: &result, &candidates)
      let words = Analysis(result).words
      let expected = try expected(text, oracle)
      guard words == expected else {
        Issue.record("\(text.debugDescription): \(words), ICU \(expected)")
        return
      }
      let isCompound = zip(expected, expected.dropFirst()).contains {
        $1.range.lowerBound - $0.range.upperBound == 1 && bytes[$0.range.upperBound] == 0x2D
      }
      #expect(marks.contains(.hyphen) || !isCompound, "\(text.debugDescription)")
    }
  }

  @Test(arguments: 0..<(runsLongTests ? 200 : 4))
  func `the words that are looked at again are all that give anything`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var annotator = Annotator()
    for _ in 0..<2_000 {
      let bytes = Array(
        random.text(seed % 2 == 0 ? Alphabet.marks : Alphabet.ascii, length: 60).utf8)
      let all = 0..<bytes.count
      var result = AnalyzedText()
      var candidates = AnnotationCandidates()
      let marks = ASCIIWords.append(bytes.span, all, of: all, to: &result, &candidates)
      var expected = result
      var words = AnnotationCandidates()
      words.find(bytes.span, all, from: 0, in: result)
      annotator.annotate(bytes.span, all, from: 0, candidates, marks, in: &result)
      annotator.annotate(bytes.span, all, from: 0, words, marks, in: &expected)
      guard Analysis(result) == Analysis(expected) else {
        let text = String(decoding: bytes, as: UTF8.self).debugDescription
        Issue.record("\(text): \(Analysis(result).words), not \(Analysis(expected).words)")
        return
      }
    }
  }

  @Test(arguments: [
    ("it's o'clock 'quoted' rock 'n' roll", ["it's", "o'clock", "quoted", "rock", "n", "roll"]),
    ("1,200 km 3.5 1;2 a,b a.b 1.a", ["1,200", "km", "3.5", "1;2", "a", "b", "a.b", "1", "a"]),
    ("v1.2.3 ID.4 U.S. www.ff.com", ["v1.2.3", "id", "4", "u.s", "www.ff.com"]),
    ("snake_case __init__ _ ___ _a.b_", ["snake_case", "init", "a.b"]),
    (
      "john.doe@example.com @home a:b 12:30",
      ["john.doe", "example.com", "home", "a", "b", "12", "30"]
    ),
    ("C++ C# 35% (x) FF91 800V", ["c", "c", "35", "x", "ff91", "800v"]),
    ("- -- a- -b", ["a", "b"]),
    ("", []), ("\0\u{1}\u{7F}", []),
  ])
  func `words are cut and folded`(text: String, terms: [String]) throws {
    #expect(try analyze(text).plainTerms == terms)
  }

  @Test(arguments: [254, 255, 256, 510, 511, 1019, 1020, 1021, 5000])
  func `a long word is cut into pieces`(length: Int) throws {
    let analysis = try analyze(String(repeating: "X", count: length))
    let count = (length + 254) / 255
    #expect(analysis.positionCount == count)
    #expect(analysis.words.dropLast().allSatisfy { $0.range.count == 255 })
    #expect(analysis.terms.joined() == String(repeating: "x", count: length))
    #expect(analysis.words.map(\.position) == Array(0..<count))
  }
}
