import EvTerminal
import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

/// What a new user would try, on a collection with every trap in it: finding.
@Suite struct FindingScenarioTests {
  private let scenario: Scenario

  init() throws { scenario = try Scenario.shared.get() }

  @Test func `1: indexing says what it did, what it left out and what to do next`() throws {
    let fresh = try AcceptanceFixture()
    let run = scenario.run(["index", "T"], in: fresh.folder.path)
    #expect(run.status == .success)
    #expect(run.errors.contains("Indexed 16 documents, "))
    #expect(run.errors.contains("skipped 5: 2 symbolic links, "))
    #expect(run.errors.contains("1 FIFO") && run.errors.contains("1 binary"))
    #expect(run.errors.contains("evsearch status --skipped"))
    #expect(run.errors.contains("Search it: evsearch"))
    #expect(run.output == "")
  }

  @Test func `2: the best passage is first, whole, and lit as one`() throws {
    let hits = try scenario.hits("lock-in rate", passages: 1)
    let first = try #require(hits.first)
    #expect(first.path == "en/lock-in.md")
    #expect(first.lit == ["lock-in rate"])
    #expect(
      first.text
        == "NIO said on Wednesday that the lock-in rate for the new ES8 reached 35% within 48 hours."
    )
    #expect(!hits.contains { $0.path.hasPrefix("ignored/") || $0.text.contains("script") })
    let shown = scenario.run(
      ["lock-in rate"], isTerminal: true, variables: ["NO_COLOR": "1"])
    #expect(shown.output.hasPrefix("1  NIO says ES8 lock-in rate hits 35% as orders surge "))
    #expect(shown.output.contains("2024-05-01  EV Daily"))
    #expect(shown.output.contains("+1 similar: en/wire-copy.txt\n"))
    #expect(shown.output.contains("en/lock-in.md:9"))
    // What is lit elsewhere has only one of the words.
    #expect(!shown.output.contains("rate of returns"))
    #expect(shown.errors.contains(" hits in "))
    #expect(shown.errors.contains("searched: "))
  }

  @Test(arguments: [
    ["lock-in rate"], ["lock in rate"], ["lockin rate"], ["LOCK\u{2011}IN", "RATE"],
  ])
  func `3: every spelling finds the same documents`(query: [String]) {
    let expected = Set(scenario.paths("lock-in", "rate"))
    #expect(expected.isSuperset(of: ["en/su7.txt", "en/glossary.txt", "de/vw.html"]))
    #expect(Set(scenario.run(["-l", "--"] + query).lines) == expected)
  }

  @Test func `4: a phrase is found in its order`() {
    let phrase = scenario.run("-l", "--no-collapse", "-n0", "\"lock-in rate\"").lines
    #expect(
      Set(phrase) == [
        "en/lock-in.md", "en/wire-copy.txt", "en/su7.txt", "de/vw.html", "misc/utf16.txt",
        "misc/latin1.txt", "misc/long.txt", "misc/evil.txt",
      ])
    let reversed = scenario.run("-l", "\"rate lock-in\"")
    #expect(reversed.output == "")
    #expect(reversed.status == .nothingFound)
  }

  @Test(arguments: [
    ("lock-in rate", "lock-in rate"), ("lock in rate", "lock in rate"),
    ("lockin rate", "Lockin rate"),
  ])
  func `3: the spelling that was typed is among what is lit first`(
    query: String, lit: String
  ) throws {
    let first = try #require(try scenario.hits(query, passages: 3).first)
    #expect(first.lit.contains { $0.lowercased() == lit.lowercased() })
  }

  @Test(arguments: ["FF91", "ff 91", "FF-91", "ｆｆ９１"])
  func `5: a model's name is found and lit in all spellings`(query: String) throws {
    let hits = try scenario.hits(query)
    #expect(hits.map(\.path) == ["en/ff91.txt"])
    #expect(hits.allSatisfy { Set($0.lit).isSuperset(of: ["FF91", "FF 91", "FF-91"]) })
  }

  @Test(arguments: ["35%", "35 percent"])
  func `6: a number and its sign are one`(query: String) throws {
    let hits = try scenario.hits(query)
    #expect(Set(hits.map(\.path)) == ["en/lock-in.md", "zh/su7.txt"])
    #expect(hits.allSatisfy { Set($0.lit) == ["35%"] })
  }

  @Test(arguments: [
    ("800V", ["en/su7.txt": "800 V", "en/glossary.txt": "800V"]),
    ("800 volts", ["en/su7.txt": "800 V", "en/glossary.txt": "800V"]),
    ("1200km", ["en/su7.txt": "1,200 km"]),
    (
      ">=600km",
      ["en/su7.txt": "1,200 km", "en/glossary.txt": "650 km", "en/ff91.txt": "613 km"]
    ),
  ])
  func `7: numbers with units are found in any spelling, and by their size`(
    query: String, expected: [String: String]
  ) throws {
    let hits = try scenario.hits(query)
    #expect(Set(hits.map(\.path)) == Set(expected.keys))
    for hit in hits { #expect(Set(hit.lit) == [expected[hit.path]], "\(hit.path)") }
  }

  @Test(arguments: [
    ("C++", "en/su7.txt", "C++"), (".NET", "en/su7.txt", ".NET"), ("AT&T", "en/su7.txt", "AT&T"),
    ("ID.4", "de/vw.html", "ID.4"), ("v1.2.3", "en/su7.txt", "v1.2.3"),
    ("ir@ff.com", "en/ff91.txt", "ir@ff.com"),
    (
      "https://www.ff.com/us/press-room/ff91-2-0", "en/ff91.txt",
      "https://www.ff.com/us/press-room/ff91-2-0"
    ),
    ("ff.com", "en/ff91.txt", "ff.com"), ("CO2", "en/su7.txt", "CO₂"),
  ])
  func `8: names with signs and addresses are found, one hit each, and lit whole`(
    query: String, path: String, lit: String
  ) throws {
    let hits = try scenario.hits(query)
    #expect(hits.map(\.path) == [path])
    #expect(hits.allSatisfy { Set($0.lit) == [lit] }, "\(hits.map(\.lit))")
  }

  @Test(arguments: ["锁单率", "汽车", "比亚迪", "单率"])
  func `9: any piece of Chinese text is found, in either kind of characters`(query: String) throws {
    let hits = try scenario.hits(query)
    #expect(Set(hits.map(\.path)) == ["zh/su7.txt", "misc/gb.txt", "zh/hk.txt"])
    for hit in hits where hit.path != "zh/hk.txt" {
      #expect(Set(hit.lit) == [query], "\(hit.path)")
    }
    let folded = ["锁单率": "鎖單率", "汽车": "汽車", "比亚迪": "比亞迪", "单率": "單率"][query]
    #expect(hits.first { $0.path == "zh/hk.txt" }.map { Set($0.lit) } == folded.map { [$0] })
  }

  @Test func `9: what merely contains the query is marked`() throws {
    let hits = try scenario.hits("研究生")
    #expect(hits.map(\.path) == ["zh/su7.txt"])
    #expect(hits.allSatisfy { $0.kinds == ["substring"] && $0.lit == ["研究生"] })
    #expect(scenario.run("--heading", "研究生").output.contains("substring"))
    let wide = scenario.run("--heading", "锁单率").output
    #expect(!wide.contains("substring"))
  }

  @Test func `9: columns stay aligned where characters take two`() {
    let variables = ["NO_COLOR": "1", "COLUMNS": "40"]
    let shown = scenario.run(["-n0", "锁单率"], isTerminal: true, variables: variables)
    #expect(shown.lines.contains { $0.contains("锁单率") })
    #expect(shown.lines.allSatisfy { $0.columns <= 40 })
    #expect(shown.lines.contains { $0.columns > 36 })
  }

  @Test func `10: kana of either width are found, and dakuten tell words apart`() throws {
    #expect(scenario.paths("テスラ") == ["ja/leaf.txt"])
    #expect(Set(scenario.paths("バッテリー")) == ["ja/leaf.txt", "ja/half.txt"])
    #expect(scenario.paths("ガベージコレクション") == ["ja/half.txt"])
    #expect(scenario.run("-l", "ハッテリー").status == .nothingFound)
    let inside = try scenario.hits("京都")
    #expect(inside.map(\.path) == ["ja/leaf.txt"])
    #expect(inside.allSatisfy { $0.kinds == ["substring"] })
  }

  @Test(arguments: [("鎖單率", "锁单率"), ("锁单率", "鎖單率")])
  func `11: both kinds of characters find each other, the typed ones first`(
    query: String, other: String
  ) throws {
    let hits = try scenario.hits(query)
    #expect(Set(hits.map(\.path)) == ["zh/su7.txt", "misc/gb.txt", "zh/hk.txt"])
    #expect(hits.first?.lit == [query])
    #expect(scenario.run(query).errors.contains("also searched \(other)"))
  }

  @Test func `12: encodings are told apart, file by file`() {
    let lines = scenario.run("status", "--files", "misc/").lines
    func says(_ pattern: Regex<Substring>) -> Bool {
      lines.contains { $0.wholeMatch(of: pattern) != nil }
    }
    #expect(says(#/misc/gb\.txt: GB18030  \d+ %  text/#))
    #expect(says(#/misc/sjis\.txt: Shift_JIS  \d+ %  text/#))
    #expect(says(#/misc/utf16\.txt: UTF-16LE  100 %  text/#))
    #expect(says(#/misc/latin1\.txt: (?:ISO-8859-1|windows-1252)  \d+ %  text/#))
    #expect(lines.allSatisfy { $0.hasPrefix("misc/") })
    let page = scenario.run("status", "--files", "de/").lines
    #expect(page == ["de/vw.html: UTF-8  100 %  HTML"])
    #expect(Set(scenario.paths("日産")) == ["ja/leaf.txt", "misc/sjis.txt"])
    #expect(scenario.run("日産").output.contains("日産リーフ"))
  }

  @Test func `13: accents and sharp s do not matter, quotation marks do`() throws {
    for query in ["skoda", "Škoda"] { #expect(scenario.paths(query) == ["en/su7.txt"]) }
    #expect(Set(scenario.paths("cafe")) == ["en/su7.txt", "misc/latin1.txt"])
    #expect(scenario.paths("strassentest") == ["de/vw.html"])
    #expect(scenario.run("\"rates\"").status == .nothingFound)
    #expect(try scenario.hits("rates").contains { $0.lit.contains("rate") })
  }

  @Test(arguments: ["(", "\"", "foo AND", "NOT x", "a:b", "it's", "***", "\\", "\u{FFFD}"])
  func `14: nothing that is typed is an error`(query: String) {
    let run = scenario.run("--", query)
    #expect(run.status != .failure)
    let notes = run.errors.split(separator: "\n").filter {
      !$0.contains("hits in ") && !$0.contains("hit in ") && !$0.contains("Did you mean ")
    }
    #expect(notes.count <= 1, "\(run.errors)")
    if query == "(" { #expect(notes == ["`(` taken literally"]) }
  }

  @Test func `14: what is no query says what to type`() {
    let empty = scenario.run([""])
    #expect(empty.status == .failure)
    #expect(empty.errors.contains("Type some words"))
    let option = scenario.run("-rate")
    #expect(option.status == .failure)
    #expect(option.errors.contains("evsearch -- -rate"))
    #expect(scenario.run([String(repeating: "x", count: 100_000)]).status == .nothingFound)
  }

  @Test func `16: hits that lack a word are said to, and strict has none`() throws {
    let loose = scenario.run("--heading", "ES8 lock-in submarine")
    #expect(loose.status == .success)
    #expect(loose.errors.contains("no document has all of these words"))
    #expect(loose.output.contains("missing: submarine\n"))
    #expect(scenario.run("--strict", "ES8 lock-in submarine").status == .nothingFound)
    // What lacks less comes first; what lacks nothing leaves no room for what does.
    let lacking = try scenario.json("--json", "-n0", "ES8 lock-in submarine")
    let counts = try #require(lacking["hits"] as? [[String: Any]]).map {
      ($0["dropped_words"] as? [String])?.count ?? 0
    }
    #expect(counts.first == 1 && counts == counts.sorted())
    let full = try scenario.json("--json", "-n0", "ES8 lock-in")
    #expect(
      try #require(full["hits"] as? [[String: Any]]).allSatisfy {
        ($0["dropped_words"] as? [String])?.isEmpty == true
      })
  }

  @Test(
    arguments: [
      ("café 35% 锁单率 OR Škoda", ["café", "Škoda"]),
      ("锁单率 OR バッテリー", ["锁单率", "鎖單率", "バッテリー", "ﾊﾞｯﾃﾘｰ"]),
    ] as [(String, Set<String>)])
  func `17: slices by bytes and by UTF-16 units are the same, and are the file's`(
    query: String, expected: Set<String>
  ) throws {
    let output = scenario.run("--json", "-n0", "--passages", "5", query).output
    let answer = try #require(
      JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    let hits = try #require(answer["hits"] as? [[String: Any]])
    var lit: Set<String> = []
    for hit in hits {
      let path = try #require(hit["path"] as? String)
      let file = try scenario.fixture.folder.read(scenario.fixture.root + "/" + path)
      for passage in try #require(hit["passages"] as? [[String: Any]]) {
        let text = try #require(passage["text"] as? String)
        for light in try #require(passage["highlights"] as? [[String: Any]]) {
          let bytes = try #require(light["bytes"] as? [Int])
          let units = try #require(light["utf16"] as? [Int])
          let byBytes = String(decoding: Array(text.utf8)[bytes[0]..<bytes[1]], as: UTF8.self)
          let byUnits = String(decoding: Array(text.utf16)[units[0]..<units[1]], as: UTF16.self)
          #expect(byBytes == byUnits)
          lit.insert(byBytes)
        }
        let place = try #require(passage["file_bytes"] as? [Int])
        // Files that are UTF-8, and as they stand.
        if !path.hasPrefix("misc/"), path.hasSuffix(".txt") {
          #expect(String(decoding: file[place[0]..<place[1]], as: UTF8.self) == text)
        }
      }
    }
    #expect(lit == expected)
  }
}
