import EvAnalysis
import EvIndex
import EvTestSupport
import Testing

@Suite struct PostingsTests {
  /// The words of an index, from the documents themselves: term, document, positions.
  private static func expected(_ documents: [Document]) -> [String: [(UInt32, [UInt32])]] {
    var postings: [String: [(UInt32, [UInt32])]] = [:]
    for (number, document) in documents.enumerated() {
      var own: [String: [UInt32]] = [:]
      for (position, word) in document.text.split(separator: " ").enumerated() {
        own[String(word), default: []].append(UInt32(position))
      }
      for (term, positions) in own {
        postings[term, default: []].append((UInt32(number), positions))
      }
    }
    return postings
  }

  @Test(arguments: 0..<3)
  func `every posting and position is read back`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let documents = corpus.documents(1500)
    let index = try TestIndex(documents, configuration: .init(analyzer: Analyzer(.space)))
    let segment = try #require(try index.snapshot().segments.first)
    let expected = Self.expected(documents)
    #expect(segment.info.termCount == expected.count)
    #expect(expected.values.contains { $0.count >= 512 }, "some list must have many blocks")
    for (term, list) in expected {
      let info = try #require(try segment.terms.find(term))
      #expect(info.documentFrequency == list.count)
      var cursor = PostingsCursor(segment.postings, info)
      var positions: [UInt32] = []
      for (document, expectedPositions) in list {
        #expect(try cursor.next() == document)
        #expect(try cursor.frequency() == UInt32(expectedPositions.count))
        try cursor.readPositions(into: &positions)
        #expect(positions == expectedPositions)
      }
      #expect(try cursor.next() == PostingsCursor.end)
      #expect(try cursor.next() == PostingsCursor.end)
    }
  }

  @Test(arguments: 0..<6)
  func `seeking finds the first document at or after the target`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    var random = SplitMix64(seed: seed)
    let documents = corpus.documents(2000)
    let index = try TestIndex(documents, configuration: .init(analyzer: Analyzer(.space)))
    let segment = try #require(try index.snapshot().segments.first)
    for (term, list) in Self.expected(documents) {
      let info = try #require(try segment.terms.find(term))
      var cursor = PostingsCursor(segment.postings, info)
      var target: UInt32 = 0
      var positions: [UInt32] = []
      var previous: UInt32?
      while target < 2000 {
        let found = list.first { $0.0 >= target }
        #expect(try cursor.seek(to: target) == found?.0 ?? PostingsCursor.end)
        if let found, found.0 != previous, Bool.random(using: &random) {
          try cursor.readPositions(into: &positions)
          #expect(positions == found.1)
          previous = found.0
        }
        target += UInt32.random(in: 1...400, using: &random)
      }
    }
  }

  @Test func `terms are found, and only those that are there`() throws {
    // Blocks of those that are long begin with the same eight bytes.
    let words =
      (0..<1000).map { "t\($0 * 7)" } + (0..<200).map { "together\($0)" } + ["é", "锁单", "𝒳"]
    let index = try TestIndex(
      [Document(path: "a", text: words.joined(separator: " "))],
      configuration: .init(analyzer: Analyzer(.space)))
    let segment = try #require(try index.snapshot().segments.first)
    for word in words { #expect(try segment.terms.find(word) != nil, "\(word)") }
    for word in ["", "t", "t1", "t70000", "zzz", "锁", "锁单率"] {
      #expect(try segment.terms.find(word) == nil, "\(word)")
    }
    let others = ["", "t7", "zzz", "t70000"]
    let all = try segment.terms.find(words + others + words.reversed())
    let each = try (words + others + words.reversed()).map { try segment.terms.find($0) }
    #expect(all == each)
    var cursor = TermCursor(segment.terms)
    var found: [String] = []
    while try cursor.next() { found.append(String(decoding: cursor.term, as: UTF8.self)) }
    #expect(found == words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }
}
