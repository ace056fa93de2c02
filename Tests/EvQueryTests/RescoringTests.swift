import EvIndex
import EvTestSupport
import Testing

@testable import EvQuery

/// What documents gain by where the query's words stand.
@Suite struct RescoringTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  /// An index with a segment for each list of documents.
  private func snapshot(_ segments: [[Document]]) throws -> IndexSnapshot {
    let writer = try IndexWriter(path: folder.path("Index"), mode: .update)
    writer.mergePolicy.smallBytes = 0
    for documents in segments {
      for document in documents { try writer.add(document) }
      try writer.commit(skipped: [])
    }
    return try IndexSnapshot(path: folder.path("Index"))
  }

  private func document(_ name: String, title: String = "", _ text: String) -> Document {
    let whole = title.isEmpty ? text : title + "\n" + text
    return Document(path: name, text: whole, title: 0..<title.utf8.count)
  }

  private func rank(
    _ snapshot: IndexSnapshot, _ words: [String], _ evidence: Evidence
  ) throws -> [Hit] {
    let query = Query.any(words.map(Query.term))
    let searcher = Searcher(snapshot)
    let hits = try searcher.search(query, limit: 100).hits
    return try searcher.rescored(hits, for: query, evidence)
  }

  private let filler = (0..<30).map { "filler\($0)" }.joined(separator: " ")

  @Test func `words side by side in their order come before words apart`() throws {
    let snapshot = try snapshot([
      [document("apart", "lock the door and rate it now \(filler)")],
      [document("together", "the lock rate of a door is \(filler)")],
      [document("reversed", "the rate lock of a door is \(filler)")],
    ])
    let plain = try rank(snapshot, ["lock", "rate"], .none)
    #expect(plain.map(\.segment) == [0, 1, 2])
    let rescored = try rank(
      snapshot, ["lock", "rate"], Evidence(depth: 10, adjacency: 1, title: 0))
    #expect(rescored.map(\.segment) == [1, 0, 2])
    #expect(rescored[1].score == plain[0].score)
  }

  @Test func `a title that is the query comes before a longer one that holds it`() throws {
    let snapshot = try snapshot([
      [
        document("long", title: "Things about field theory and more", "field theory \(filler)"),
        document("short", title: "Field theory", "field theory of and about more \(filler)"),
        document("none", "field theory and some more of field \(filler)"),
      ]
    ])
    let evidence = Evidence(depth: 10, adjacency: 0, title: 1)
    let hits = try rank(snapshot, ["field", "theory"], evidence)
    #expect(hits.first?.document == 1)
    let plain = try rank(snapshot, ["field", "theory"], .none)
    let none = try #require(hits.first { $0.document == 2 })
    #expect(plain.contains(none))
  }

  @Test(arguments: 1...4)
  func `documents beyond the depth stay behind as they were`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let words = ["a", "b", "c", "d", "e"]
    let documents = (0..<40).map { number in
      let text = (0..<Int.random(in: 1...30, using: &random))
        .map { _ in words.randomElement(using: &random) ?? "a" }
      return document("\(number)", text.joined(separator: " "))
    }
    let snapshot = try snapshot([Array(documents[..<15]), Array(documents[15...])])
    let plain = try rank(snapshot, ["a", "b", "c"], .none)
    let some = try rank(snapshot, ["a", "b", "c"], Evidence(depth: 12, adjacency: 1, title: 1))
    #expect(some.dropFirst(12) == plain.dropFirst(12))
    #expect(Set(some.map { [UInt32($0.segment), $0.document] }).count == plain.count)
    for (hit, next) in zip(some, some.dropFirst()) { #expect(hit.precedes(next)) }
  }

  @Test func `a query for any word adds up the words of its groups`() {
    let group = Query.any([.all([.term("lock"), .term("in")]), .term("lockin")])
    #expect(
      Query.all([group, .term("rate")]).withAnyWord
        == .any([.term("lock"), .term("in"), .term("lockin"), .term("rate")]))
  }
}
