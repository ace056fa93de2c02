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
      Query.all([group, .term("rate")]).withAnyWord([:])
        == .any([.term("lock"), .term("in"), .term("lockin"), .term("rate")]))
  }

  @Test func `a compound is taken apart, and counts as a whole behind all words`() {
    let whole = Query.term("lockin")
    let group = Query.any([.phrase(["lock", "in"]), whole])
    func any(weight: Float) -> Query? {
      let compound = Compound(parts: [.term("lock"), .term("in")], whole: whole, weight: weight)
      return Query.all([group, .term("rate")]).withAnyWord([group: compound])
    }
    let words = [Query.term("lock"), .term("in"), .term("rate")]
    #expect(any(weight: 0) == .any(words))
    #expect(any(weight: 1) == .any(words + [whole]))
    #expect(any(weight: 0.5) == .any(words + [.boosted(whole, by: 0.5)]))
  }

  @Test func `a single word that is several is taken apart too`() {
    let whole = Query.phrase(["lock", "in"])
    let compound = Compound(parts: [.term("lock"), .term("in")], whole: whole, weight: 0.5)
    #expect(
      whole.withAnyWord([whole: compound])
        == .any([.term("lock"), .term("in"), .boosted(whole, by: 0.5)]))
    #expect(whole.withAnyWord([:]) == nil)
  }

  @Test func `a filter of a group stays a filter`() {
    let filter = Query.filter(.terms(["len"]))
    let query = Query.all([.all([filter, .term("lock")]), .term("rate")])
    let any = Query.all([filter, .any([.term("lock"), .term("rate")])])
    #expect(query.words == [.term("lock"), .term("rate")])
    #expect(query.loosened == any)
    #expect(query.withAnyWord([:]) == any)
  }

  @Test func `a document that begins with what was asked for comes before one that ends with it`()
    throws
  {
    let more = (0..<60).map { "more\($0)" }.joined(separator: " ")
    let snapshot = try snapshot([
      [
        document("end", title: "Of doors", "\(more) \(filler) lock"),
        document("begin", title: "Of doors", "lock \(more) \(filler)"),
        document("title", title: "lock doors", "\(more) \(filler) so"),
      ]
    ])
    let plain = try rank(snapshot, ["lock"], .none)
    let hits = try rank(snapshot, ["lock"], Evidence(depth: 10, lead: 1))
    #expect(hits.map(\.document) == [1, 0, 2])
    #expect(hits.dropFirst().allSatisfy { plain.contains($0) })
  }

  @Test func `a document with all words comes before one that repeats a few`() throws {
    let snapshot = try snapshot([
      [
        document("some", "lock lock lock rate rate rate \(filler)"),
        document("all", "lock \(filler) rate so doors it is"),
        document("none", filler),
      ]
    ])
    let words = ["lock", "rate", "doors"]
    let plain = try rank(snapshot, words, Evidence.none)
    let hits = try rank(snapshot, words, Evidence(depth: 10, coverage: 1))
    #expect(plain.map(\.document) != hits.map(\.document) || plain.first?.document == 1)
    #expect(hits.first?.document == 1)
    // Of weight w and a share of a: w × a⁴ each.
    let weight = BM25.idf(documentCount: 3, documentFrequency: 2)
    let rare = BM25.idf(documentCount: 3, documentFrequency: 1)
    let total = 2 * weight + rare
    let share = 2 * weight / total
    let some = try #require(hits.first { $0.document == 0 })
    let before = try #require(plain.first { $0.document == 0 })
    #expect(abs(some.score - before.score - total * share * share * share * share) < 1e-5)
  }

  @Test func `words that are common apart may be rare together`() {
    var statistics = CollectionStatistics(
      documentCount: 100, totalLength: 1000, documentFrequencies: ["to": 99, "be": 98])
    let plain = statistics.idf(of: .phrase(["to", "be"]))
    let word = statistics.idf(of: .term("to"))
    statistics.discountsCommonWords = true
    #expect(statistics.idf(of: .phrase(["to", "be"])) == plain)
    #expect(statistics.idf(of: .term("to")) < word)
  }
}
