import EvSearch
import EvTestSupport
import Testing

/// Why a document is not among the hits.
@Suite struct WhyNotTests {
  private let folder: TemporaryDirectory
  private let index: SearchIndex

  init() throws {
    folder = try TemporaryDirectory()
    let builder = try IndexBuilder(indexPath: folder.path("Index"), root: folder.path)
    try builder.add(Document(path: "ja/half.txt", text: "ﾊﾞｯﾃﾘｰの残量。"))
    try builder.add(Document(path: "a.txt", text: "The lock-in rate rose."))
    try builder.add(Document(path: "b.txt", text: "The rate fell, the rate rose."))
    try builder.commit(skipped: [SkippedFile(path: "image.png", reason: "binary")])
    index = try SearchIndex.open(at: folder.path("Index"))
  }

  @Test(
    arguments: [
      ("ja/half.txt", "バッテリー 容量", "has バッテリー (as ﾊﾞｯﾃﾘｰ), lacks 容量"),
      ("b.txt", "lock-in rate", "has rate, lacks lock-in"),
      ("a.txt", "rose -rate", "has rose, has excluded rate"),
      ("a.txt", "(", "the query holds no word"),
      ("image.png", "rate", "skipped: binary"), ("c.txt", "rate", "not in the index"),
      ("a.txt", "lock-in", "rank 1 of 1"), ("ja/half.txt", "zzz", "lacks zzz"),
      ("a.txt", "zzz*", "lacks zzz*"), ("a.txt", ">= 5 km", "lacks >=5km"),
    ])
  func `the reason is said in a line`(path: String, query: String, reason: String) throws {
    #expect(try index.whyNot(path: path, query: query).description == reason)
  }

  @Test func `what options leave out is said`() throws {
    var options = SearchOptions()
    options.globs = ["b*"]
    let found = try index.whyNot(path: "a.txt", query: "lock-in", options)
    #expect(found.description == "has lock-in, is filtered out")
    options.globs = []
    options.since = CalendarDate(parsing: "2024-05-01")
    let old = try index.whyNot(path: "a.txt", query: "lock-in", options)
    #expect(old.description == "has lock-in, is filtered out")
  }

  @Test func `a hit that another one stands for names it`() throws {
    let builder = try IndexBuilder(indexPath: folder.path("Copies"), root: folder.path)
    for name in ["a.txt", "b.txt"] {
      try builder.add(Document(path: name, text: "The lock-in rate rose in May by a fifth."))
    }
    try builder.commit()
    let copies = try SearchIndex.open(at: folder.path("Copies"))
    let found = try copies.whyNot(path: "b.txt", query: "rate")
    #expect(found == .hit(rank: 2, total: 2, similarTo: "a.txt"))
    #expect(found.description == "rank 2 of 2, nearly the same as a.txt")
    #expect(try copies.whyNot(path: "a.txt", query: "rate") == .hit(rank: 1, total: 2))
  }

  @Test func `a hit has its rank`() throws {
    let ranks = try ["a.txt", "b.txt"].map { try index.whyNot(path: $0, query: "rate").description }
    #expect(ranks.sorted() == ["rank 1 of 2", "rank 2 of 2"])
  }
}
