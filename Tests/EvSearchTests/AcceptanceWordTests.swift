import EvSearch
import EvTestSupport
import Testing

/// Words of all kinds on the acceptance fixture: numbers, symbols, other scripts, accents, fields.
@Suite struct AcceptanceWordTests {
  private let fixture: AcceptanceIndex

  init() throws {
    fixture = try AcceptanceIndex.shared.get()
  }

  private static let lockIn: Set = ["en/lock-in.md", "en/wire-copy.txt"]

  @Test(arguments: ["35%", "35 percent"])
  func `a share is found with its sign`(text: String) throws {
    let paths = try Set(fixture.paths(text))
    #expect(paths == Self.lockIn.union(["zh/su7.txt"]))
    #expect(try fixture.lit("35%", in: "en/lock-in.md").contains("35%"))
  }

  @Test(
    arguments: [
      ("800V", ["en/su7.txt", "en/glossary.txt"]),
      ("800 volts", ["en/su7.txt", "en/glossary.txt"]),
      ("1200km", ["en/su7.txt"]), (">=600km", ["en/su7.txt", "en/ff91.txt", "en/glossary.txt"]),
      ("600..700km", ["en/ff91.txt", "en/glossary.txt"]), ("<=500 km", ["de/vw.html"]),
    ] as [(String, Set<String>)])
  func `quantities are found by their values`(text: String, expected: Set<String>) throws {
    #expect(try Set(fixture.paths(text)) == expected)
  }

  @Test(
    arguments: [
      ("C++", "en/su7.txt"), (".NET", "en/su7.txt"), ("AT&T", "en/su7.txt"), ("ID.4", "de/vw.html"),
      ("v1.2.3", "en/su7.txt"), ("ir@ff.com", "en/ff91.txt"),
      ("https://www.ff.com/us/press-room/ff91-2-0", "en/ff91.txt"), ("ff.com", "en/ff91.txt"),
      ("CO2", "en/su7.txt"),
    ])
  func `marks that belong to a word are a part of it`(text: String, path: String) throws {
    #expect(try fixture.paths(text) == [path])
    #expect(try !fixture.lit(text, in: path).isEmpty)
  }

  @Test(
    arguments: [
      ("锁单率", ["zh/su7.txt", "misc/gb.txt"]), ("汽车", ["zh/su7.txt", "misc/gb.txt"]),
      ("比亚迪", ["zh/su7.txt", "misc/gb.txt"]), ("单率", ["zh/su7.txt", "misc/gb.txt"]),
      ("研究生", ["zh/su7.txt"]), ("テスラ", ["ja/leaf.txt"]), ("バッテリー", ["ja/leaf.txt", "ja/half.txt"]),
      ("ガベージコレクション", ["ja/half.txt"]), ("ハッテリー", []), ("日産", ["ja/leaf.txt", "misc/sjis.txt"]),
    ] as [(String, Set<String>)])
  func `what a text without spaces contains is found`(text: String, expected: Set<String>) throws {
    #expect(try Set(fixture.paths(text)).isSuperset(of: expected))
    if expected.isEmpty { #expect(try fixture.paths(text).isEmpty) }
    for path in expected { #expect(try !fixture.lit(text, in: path).isEmpty) }
  }

  @Test func `of a sentence that no text holds the words are found, and what is missing is said`()
    throws
  {
    let results = try fixture.search("汽车是什么")
    let hit = try #require(results.hits.first { $0.path == "zh/su7.txt" })
    #expect(!hit.droppedWords.isEmpty)
    #expect(!hit.droppedWords.contains("汽车"))
    #expect(results.notes.contains { $0.contains("no document has all of these words") })
    #expect(try fixture.search("汽车是什么", strict: true).hits.isEmpty)
  }

  @Test(arguments: ["研究生", "京都"])
  func `a part of a longer word is said to be one`(text: String) throws {
    let kinds = try fixture.search(text).hits.flatMap(\.passages).flatMap(\.highlights).map(\.kind)
    #expect(!kinds.isEmpty)
    #expect(kinds.allSatisfy { $0 == .substring })
  }
}
