import EvAnalysis
import EvIndex
import EvQuery
import EvTestSupport
import Testing

/// What is said of the way a query is executed.
@Suite struct PlanExplanationTests {
  /// An index of two thousand documents: `often` in all of them, `seldom` in every fortieth, some of which
  /// have it five times.
  private static func searcher() throws -> Searcher {
    let documents = (0..<2000).map { number in
      let times = number % 400 == 0 ? 5 : number % 40 == 0 ? 1 : 0
      let seldom = String(repeating: " seldom", count: times)
      return Document(path: "doc-\(number)", text: "often\(seldom) word word word")
    }
    let index = try TestIndex(documents, configuration: .init(analyzer: Analyzer(.space)))
    return Searcher(try index.snapshot())
  }

  @Test(
    arguments: [
      (Query.term("often"), "term, best blocks first"),
      (.any([.term("often"), .term("seldom")]), "union, list by list"),
      (.all([.term("often"), .term("seldom")]), "intersection"),
      (.phrase(["often", "seldom"]), "phrase"),
      (.near(Near([.term("often"), .term("seldom")], distance: 2)), "document by document"),
    ])
  func `the kernel of each kind of query has its name`(query: Query, kernel: String) throws {
    let plan = try Self.searcher().explainPlan(query, limit: 10, counts: false)
    #expect(plan.steps.map(\.kernel) == [kernel])
    #expect(plan.steps.allSatisfy { $0.documentCount == 2000 })
    #expect(plan.description.hasPrefix("segment 1, 2000 documents: \(kernel)"))
  }

  @Test func `a list that leads is read once, and positions only of a phrase`() throws {
    let searcher = try Self.searcher()
    let both = try searcher.explainPlan(
      .all([.term("often"), .term("seldom")]), limit: 10, counts: true)
    let lists = try #require(both.steps.first).lists
    #expect(lists.map(\.name) == ["seldom", "often"])
    #expect(lists.map(\.documentFrequency) == [50, 2000])
    #expect(lists.map(\.blockCount) == [1, 16])
    #expect(lists[0].documentBlocks == 1)
    #expect(lists.allSatisfy { $0.role == "required" && $0.positionGroups == 0 })
    let phrase = try searcher.explainPlan(.phrase(["often", "seldom"]), limit: 0)
    #expect(try #require(phrase.steps.first).lists.allSatisfy { $0.positionGroups > 0 })
  }

  @Test func `blocks that cannot reach the best are skipped`() throws {
    // In short documents among long ones the word scores higher.
    let documents = (0..<2000).map { number in
      Document(
        path: "doc-\(number)",
        text: "often" + String(repeating: " word", count: number < 128 ? 1 : 60))
    }
    let index = try TestIndex(documents, configuration: .init(analyzer: Analyzer(.space)))
    let searcher = Searcher(try index.snapshot())
    let list = try #require(
      try searcher.explainPlan(.term("often"), limit: 10, counts: false).steps.first?.lists.first)
    #expect(list.blockCount == 16)
    #expect((1...2).contains(list.scoredBlocks))
    #expect(list.description.hasPrefix("optional often: 2000 documents, 16 blocks: decoded "))
  }

  @Test func `the number of documents of one word needs no list`() throws {
    let searcher = try Self.searcher()
    let plan = try searcher.explainPlan(.term("seldom"), limit: 0)
    #expect(plan.steps.map(\.lists.count) == [0])
    #expect(try searcher.search(.term("seldom"), limit: 0).total == 50)
    #expect(try searcher.search(.term("absent"), limit: 0).total == 0)
    #expect(try searcher.explainPlan(.phrase(["often", "absent"]), limit: 9).steps.isEmpty)
  }
}
