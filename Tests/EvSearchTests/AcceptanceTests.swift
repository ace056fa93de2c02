import EvSearch
import EvTestSupport
import Testing

/// What people type, on a small collection with every trap in it: the documents that are found, and what
/// is lit in them.
@Suite struct AcceptanceTests {
  private let fixture: AcceptanceIndex

  init() throws {
    fixture = try AcceptanceIndex.shared.get()
  }

  /// Documents with a lock-in rate in one spelling or another.
  private static let lockInRate: Set = [
    "en/lock-in.md", "en/wire-copy.txt", "en/su7.txt", "en/glossary.txt", "de/vw.html",
    "misc/utf16.txt", "misc/latin1.txt", "misc/long.txt", "misc/evil.txt",
  ]

  @Test(
    arguments: [
      ("lock-in rate", "lock-in"), ("lock in rate", "lock in"), ("lockin rate", "lockin"),
      ("LOCK\u{2011}IN RATE", "lock-in"),
    ])
  func `every spelling of a compound finds the same documents`(text: String, typed: String) throws {
    let results = try fixture.search(text)
    #expect(Set(results.hits.map(\.path)) == Self.lockInRate)
    #expect(results.hits.allSatisfy { !$0.passages.isEmpty })
  }

  @Test func `a phrase is found in its order only`() throws {
    #expect(
      try Set(fixture.paths("\"lock-in rate\""))
        == Self.lockInRate.subtracting(["en/glossary.txt"]))
    #expect(try fixture.search("\"rate lock-in\"", strict: true).hits.isEmpty)
  }

  @Test(arguments: ["FF91", "ff 91", "FF-91", "ｆｆ９１"])
  func `a model's name is found in every spelling`(text: String) throws {
    #expect(try fixture.paths(text) == ["en/ff91.txt"])
    let lit = try Set(fixture.lit(text, in: "en/ff91.txt").map { $0.lowercased() })
    #expect(lit.isSuperset(of: ["ff91", "ff 91", "ff-91"]), "\(lit)")
  }

  @Test(
    arguments: [
      "(", "\"", "foo AND", "NOT x", "a:b", "it's", "***", "\\",
      String(repeating: "x", count: 100_000),
      String(decoding: [0xFF, 0xFE, 0x28, 0xC3], as: UTF8.self), "",
    ])
  func `nothing that is typed is an error`(text: String) throws {
    #expect(try fixture.search(text).notes.count <= 1)
  }

  @Test func `a mistyped word is recognized`() throws {
    let results = try fixture.search("lokc-in rate")
    #expect(results.hits.isEmpty)
    #expect(results.suggestion?.text == "lock-in rate")
    #expect(results.suggestion?.corrections.map(\.typed) == ["lokc-in"])
    #expect(results.suggestion?.corrections.map(\.meant) == ["lock-in"])
  }

  @Test func `a word that no document has is left out, and said of each hit`() throws {
    let results = try fixture.search("ES8 lock-in submarine")
    #expect(results.hits.prefix(2).map(\.path).sorted() == ["en/lock-in.md", "en/wire-copy.txt"])
    #expect(results.hits.allSatisfy { $0.droppedWords.contains("submarine") })
    let dropped = results.hits.map(\.droppedWords.count)
    #expect(dropped == dropped.sorted())
    #expect(try fixture.search("ES8 lock-in submarine", strict: true).hits.isEmpty)
  }

  @Test(
    arguments: [
      ("lang:en deposit", ["en/lock-in.md", "en/wire-copy.txt"]),
      ("source:\"EV Daily\"", ["en/lock-in.md"]),
      ("tag:nio rate", ["en/lock-in.md"]),
      (
        "path:misc rate",
        [
          "misc/utf16.txt", "misc/latin1.txt", "misc/long.txt", "misc/evil.txt",
        ]
      ), ("date:2024-05", ["en/lock-in.md"]), ("date:2023..2024-01", ["de/vw.html"]),
      ("title:es8", ["en/lock-in.md", "en/wire-copy.txt"]),
    ] as [(String, Set<String>)])
  func `fields restrict`(text: String, expected: Set<String>) throws {
    #expect(try Set(fixture.paths(text)) == expected)
  }
}
