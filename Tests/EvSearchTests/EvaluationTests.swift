import EvSearch
import EvTestSupport
import Testing

/// The measures of rankings, and how two rankings are compared.
@Suite struct EvaluationTests {
  /// A ranking, the judged documents with their gains, and what pytrec_eval 0.5.11 says: map,
  /// ndcg_cut_10, P_10, recall_100, recip_rank.
  static let cases: [(ranking: String, gains: String, measures: [Double])] = [
    (
      "99 31 83 6 115",
      "79:0 32:0 94:1",
      [0.000000, 0.000000, 0.000000, 0.000000, 0.000000]
    ),
    (
      "111 0 26 99 27 21 37 40 25 69 112 86 80 23 88 114 49 38 2 46",
      "20:0 14:1 47:0 60:0 111:1 31:0 48:0 69:0 13:1 73:0 1:0 93:0",
      [0.333333, 0.469279, 0.100000, 0.333333, 1.000000]
    ),
    (
      """
      96 31 104 59 44 65 45 67 32 99 116 13 75 95 110 102 47 37 4 55 11 26 43 114 78 46 18 \
      97 35 89 69 105 39 40 87 22 10 80 19 85 61 20 6 83 68 51 101 30 115 111 58 53 93 7 \
      73 63 42 107 108 8 94 36 60 86 50 98 77 76 27 23 9 3 54 112 49 29 82 52 33 71 118 \
      106 72 17 109 117 25 113 66 12 103 90 5 38 15 64 74 2 41 57 16 28 81 88 84 34 14 79 \
      100 70
      """,
      """
      53:2 21:0 18:0 33:0 8:0 42:2 38:0 104:3 77:1 75:0 0:1 76:3 86:1 90:0 43:1 115:1 39:3 \
      45:0 103:1 61:0 89:2 40:0 23:1 100:0 60:0
      """,
      [0.129010, 0.150313, 0.100000, 0.923077, 0.333333]
    ),
    (
      """
      75 56 79 83 23 28 97 87 115 80 91 5 60 114 21 6 17 14 40 111 61 24 70 4 53 59 44 48 \
      84 78 9 119 26 30 47 0 93 51 35 52 102 113 85 96 90 38 12 37 69 65 43 72 45 16 95 \
      110 77 29 89 10 74 98 36 86 73 8 94 108 22 42 109 58 104 20 57 39 34 99 46 101 67 92 \
      27 68 117 31 18 118 88 55 116 64 19 62 54 100 50 15 25 13 49 107 71 82 103 2 7 112 1 \
      33 66 41 3 81 32 11 105 106 76 63
      """,
      """
      84:3 4:3 97:2 39:1 46:0 71:0 90:1 85:0 35:1 106:0 62:0 33:3 98:0 88:3 91:1 37:0 43:2 \
      83:0 22:2 74:2 1:2 60:1 70:0 32:1 41:3 112:1 111:1 59:2 36:1 64:0 82:1 86:1 45:3 \
      44:3 93:2 89:0 110:2 52:0 102:0 101:0
      """,
      [0.230367, 0.052390, 0.100000, 0.769231, 0.142857]
    ),
    (
      "82",
      "31:0 119:2 60:0 100:0 4:1 62:1 34:1 108:1",
      [0.000000, 0.000000, 0.000000, 0.000000, 0.000000]
    ),
    (
      """
      97 8 38 107 0 88 99 55 74 36 82 113 60 39 18 21 61 114 70 63 42 68 19 54 111 69 6 \
      118 29 34 10 92 84 3 108 96 102 51 62 93 15 79 28 14 17 37 56 119 23 71
      """,
      """
      110:1 77:2 112:0 95:2 114:1 15:0 2:0 97:1 16:3 38:3 36:1 68:1 90:1 43:2 78:2 37:2 \
      93:2 67:1 3:3 59:3 44:1 46:1 87:1 116:2 75:3 111:2 4:0 0:0 32:1 70:3
      """,
      [0.147298, 0.225074, 0.300000, 0.400000, 1.000000]
    ),
  ]

  @Test(arguments: cases.indices)
  func `the measures are those of trec_eval to six places`(index: Int) {
    let example = Self.cases[index]
    let pairs = example.gains.split(separator: " ").map { $0.split(separator: ":") }
    let gains = Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), Int($0[1]) ?? 0) })
    let measures = RankingMeasures(
      ranking: example.ranking.split(separator: " ").map(String.init), gains: gains)
    let found = [
      measures.averagePrecision, measures.gainAt10, measures.precisionAt10, measures.recallAt100,
      measures.reciprocalRank,
    ]
    for (value, expected) in zip(found, example.measures) { #expect(abs(value - expected) < 1e-6) }
  }

  @Test func `a query without answers measures nothing`() {
    #expect(RankingMeasures(ranking: ["a"], gains: ["a": 0]) == RankingMeasures())
    #expect(RankingMeasures(meanOf: []) == RankingMeasures())
  }

  @Test func `a paired test counts all signs of few queries rightly`() {
    // Of the 16 ways to put signs before 1, 2, 3 and 4, only two have a sum of 10 or -10.
    let clear = PairedTest([1, 2, 3, 4], [0, 0, 0, 0], draws: 20_000)
    #expect(abs(clear.probability - 2.0 / 16) < 0.01)
    #expect((clear.wins, clear.losses, clear.difference) == (4, 0, 2.5))
    // A sum of 2 or more either way: all but those of 0, which are two.
    let unclear = PairedTest([0, 2, 3, 0], [1, 0, 0, 2], draws: 20_000)
    #expect(abs(unclear.probability - 14.0 / 16) < 0.02)
    #expect(PairedTest([1, 2], [1, 2]).probability == 1)
    #expect(PairedTest([], []).probability == 1)
  }

  @Test func `queries and judgements are read, and a wrong line is named`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("queries.tsv", "1\tlock-in rate\textra\r\n\n2\tFF91\n")
    try folder.write("qrels.txt", "1 0 a 2\n1\t0\twith space.txt\t1\n2 Q0 b 0\n")
    try folder.write("bad.txt", "1 0 a 1\n1 0 a\n")
    #expect(
      try JudgedQuery.read(from: folder.path("queries.tsv"))
        == [JudgedQuery(id: "1", text: "lock-in rate"), JudgedQuery(id: "2", text: "FF91")])
    #expect(
      try Judgements.read(from: folder.path("qrels.txt")).gains
        == ["1": ["a": 2, "with space.txt": 1], "2": ["b": 0]])
    #expect {
      try Judgements.read(from: folder.path("bad.txt"))
    } throws: { error in
      guard case .malformed(_, let line, _) = error as? EvaluationError else { return false }
      return line == 2
    }
    #expect(throws: EvaluationError.self) { try JudgedQuery.read(from: folder.path("none")) }
  }

  @Test func `a collection is evaluated, and its run has falling scores`() throws {
    let folder = try TemporaryDirectory()
    let builder = try IndexBuilder(indexPath: folder.path("Index"), root: folder.path)
    for (number, text) in ["red apple", "red apple", "green apple", "blue sky"].enumerated() {
      try builder.add(Document(path: "corpus.jsonl#\(number)", text: text))
    }
    try builder.commit()
    let index = try SearchIndex.open(at: folder.path("Index"))
    let judgements = Judgements(gains: ["a": ["1": 1], "b": ["3": 1]])
    var options = SearchOptions()
    options.limit = 100
    options.ranking = .bm25
    options.ranksPartialMatches = true
    let evaluation = try index.evaluate(
      [
        JudgedQuery(id: "a", text: "red apple"), JudgedQuery(id: "b", text: "green sky"),
        JudgedQuery(id: "c", text: "not judged"),
      ], judgements, options)
    #expect(evaluation.rows.map { $0.ranking.map(\.document) } == [["0", "1", "2"], ["2", "3"]])
    #expect(evaluation.rows.map(\.measures.reciprocalRank) == [0.5, 0.5])
    #expect(evaluation.mean.reciprocalRank == 0.5)

    var lines: [[String]] = []
    evaluation.run(named: "test") { lines.append($0.split(separator: " ").map(String.init)) }
    #expect(lines.map { $0[2] } == ["0", "1", "2", "2", "3"])
    let scores = lines.prefix(3).compactMap { Float($0[4]) }
    #expect(scores[0] > scores[1] && scores[1] > scores[2])
  }

  @Test(
    arguments: [
      ("standard", Ranking.standard), ("bm25", .bm25),
      ("bm25:k1=0.9,b=0.4", Ranking(similarity: BM25(k1: 0.9, b: 0.4), findsVariants: false)),
    ])
  func `a ranking is read from its notation`(notation: String, ranking: Ranking) throws {
    #expect(try Ranking(notation: notation) == ranking)
  }

  @Test(arguments: ["", "best", "bm25:k1", "bm25:k1=x", "bm25:b=2", "bm25:k1=-1", "bm25:k9=1"])
  func `what is no ranking is said to be none`(notation: String) {
    #expect(throws: RankingNotationError.self) { try Ranking(notation: notation) }
  }
}
