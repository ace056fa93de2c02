import EvTestSupport
import Testing

@testable import EvSearch

/// Near-identical documents among the hits.
@Suite struct SimilarityTests {
  private static let story = """
    NIO says ES8 lock-in rate hits 35% as orders surge

    NIO said on Wednesday that the lock-in rate for the new ES8 reached 35% within 48 hours.
    Mr. Li expected 20 to 25%. A lock-in makes the deposit non-refundable.

    The rate of returns fell. Share lock-ups are unrelated.
    """

  private func index(_ texts: [String]) throws -> (SearchIndex, TemporaryDirectory) {
    let folder = try TemporaryDirectory()
    let builder = try IndexBuilder(indexPath: folder.path("Index"), root: folder.path)
    for (number, text) in texts.enumerated() {
      try builder.add(Document(path: "\(number).txt", text: text))
    }
    try builder.commit()
    return (try SearchIndex.open(at: folder.path("Index")), folder)
  }

  @Test func `copies stand behind the best of them`() throws {
    let copy = Self.story.replacing("on Wednesday", with: "on Wed.")
    let (index, folder) = try index([
      Self.story, "Another lock-in rate altogether.", copy, copy.uppercased(),
    ])
    let results = try index.search("lock-in rate")
    #expect(results.total == 4)
    let copies = try #require(results.hits.first { !$0.similar.isEmpty })
    #expect(copies.similar.count == 2)
    #expect(results.hits.count == 2)
    #expect(results.hits.map(\.rank) == [1, 2])

    var options = SearchOptions()
    options.collapses = false
    #expect(try index.search("lock-in rate", options).hits.count == 4)
    options.collapses = true
    options.passages = 0
    #expect(try index.search("lock-in rate", options).hits.count == 4)
    withExtendedLifetime(folder) {}
  }

  @Test func `pages of collapsed hits follow each other`() throws {
    let texts = (0..<12).flatMap { number in
      let words = (0..<40).map { "word\(number * 100 + $0)" }.joined(separator: " ")
      return ["rate \(words)", "rate \(words) again"]
    }
    let (index, folder) = try index(texts)
    var options = SearchOptions()
    options.limit = 5
    var seen: [String] = []
    for page in 0..<3 {
      options.offset = 5 * page
      let hits = try index.search("rate", options).hits
      #expect(hits.map(\.rank) == Array(5 * page + 1...5 * page + hits.count))
      seen += hits.map(\.path)
      #expect(hits.allSatisfy { $0.similar.count <= 1 })
    }
    #expect(seen.count == 12)
    #expect(Set(seen).count == 12)
    withExtendedLifetime(folder) {}
  }

  @Test(arguments: 1...5)
  func `the resemblance of sketches is that of the sets of shingles`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let words = (0..<400).map { _ in "w\(Int.random(in: 0..<500, using: &random))" }
    var other = words
    for _ in 0..<20 {
      other[Int.random(in: other.indices, using: &random)] = "x"
    }
    func shingles(_ words: [String]) -> Set<String> {
      Set((0..<words.count - 2).map { words[$0...$0 + 2].joined(separator: " ") })
    }
    let (left, right) = (shingles(words), shingles(other))
    let exact = Double(left.intersection(right).count) / Double(left.union(right).count)
    let sketches = [words, other].map { TextSketch(Array($0.joined(separator: ", ").utf8)) }
    #expect(abs(sketches[0].resemblance(to: sketches[1]) - exact) < 0.12)
    #expect(sketches[0].resemblance(to: sketches[0]) == 1)
  }

  @Test func `texts without spaces have shingles too`() {
    let left = TextSketch(Array("小米汽车表示，小米SU7上市后锁单率达到35%。".utf8))
    let right = TextSketch(Array("比亚迪汽车销量领先，特斯拉降价。".utf8))
    #expect(left.resemblance(to: left) == 1)
    #expect(left.resemblance(to: right) < 0.2)
    #expect(TextSketch([]).resemblance(to: TextSketch([])) == 0)
    #expect(TextSketch(Array("rate".utf8)).resemblance(to: TextSketch(Array("Rate".utf8))) == 1)
  }
}
