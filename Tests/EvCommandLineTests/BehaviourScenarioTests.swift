import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

/// What a new user would try: streams, statuses, freshness.
@Suite struct BehaviourScenarioTests {
  private let scenario: Scenario

  /// One with a file whose name and text are hostile, for tests that change nothing.
  private static let hostile = Result {
    let scenario = try Scenario(in: .untilExit())
    try addHostileFile(to: scenario)
    try #require(scenario.run(["index"], in: scenario.fixture.root).status == .success)
    return scenario
  }

  init() throws { scenario = try Scenario.shared.get() }

  private static func addHostileFile(to scenario: Scenario) throws {
    let text = "A bold name \u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m\u{202E}gnorw end\n"
    try scenario.fixture.folder.write("T/misc/a\u{1B}[2J\nb.txt", text)
  }

  @Test func `18: colour and escapes go where they are wanted`() {
    func hasEscape(_ run: Scenario.Run) -> Bool { run.output.contains("\u{1B}") }
    #expect(!hasEscape(scenario.run("rate")))
    #expect(!hasEscape(scenario.run(["rate"], isTerminal: true, variables: ["NO_COLOR": "1"])))
    #expect(hasEscape(scenario.run(["rate"], isTerminal: true, variables: ["NO_COLOR": ""])))
    #expect(hasEscape(scenario.run("--color=always", "rate")))
    #expect(!hasEscape(scenario.run(["rate"], isTerminal: true, variables: ["TERM": "dumb"])))
  }

  @Test func `19: the status says how it went`() {
    #expect(scenario.run("NIO").status == .success)
    let nothing = scenario.run("zzzqqq")
    #expect(nothing.status == .nothingFound && nothing.output.isEmpty)
    #expect(nothing.errors.contains("no hits in "))
    #expect(scenario.run("-q", "zzzqqq").status == .nothingFound)
    let none = scenario.run("--index", "/nonexistent", "NIO")
    #expect(none.status == .failure && none.output.isEmpty)
    #expect(
      none.errors
        == "No index at /nonexistent. Create one: evsearch index DIR --index /nonexistent\n")
    let limit = scenario.run("--limti", "3", "NIO")
    #expect(limit.status == .failure && limit.output.isEmpty)
    #expect(limit.errors == "There is no option --limti. Did you mean --limit?\n")
    #expect(scenario.run("--nosuch").status == .failure)
    let quiet = scenario.run("-q", "NIO")
    #expect(quiet.status == .success && quiet.output.isEmpty && quiet.errors.isEmpty)
  }

  @Test func `20: files that changed are read, and files that are gone are no hits`() throws {
    let scenario = try Scenario()
    let root = scenario.fixture.root
    try FileManager.default.removeItem(atPath: root + "/en/ff91.txt")
    let old = String(
      decoding: try scenario.fixture.folder.read(root + "/en/lock-in.md"), as: UTF8.self)
    try scenario.fixture.folder.write("T/en/lock-in.md", old.replacing("ES8", with: "ET9"))
    let gone = scenario.run("FF91")
    #expect(gone.status == .nothingFound)
    #expect(gone.errors.contains("1 indexed file is gone"))
    #expect(scenario.paths("ET9") == ["en/lock-in.md"])
    #expect(scenario.run(["ET9", "--heading"]).output.contains("changed since indexing"))
    #expect(scenario.paths("ES8") == ["en/wire-copy.txt"])
    #expect(scenario.run("--require-fresh", "NIO").status == .failure)
    let update = scenario.run(["index", "T"], in: scenario.fixture.folder.path)
    #expect(update.errors.contains("0 new, 1 changed, 1 removed"))
  }

  @Test func `22: an index is the same each time, and can be moved`() throws {
    let scenario = try Scenario()
    let folder = scenario.fixture.folder
    for name in ["A", "B"] {
      #expect(scenario.run(["index", "T", "--index", name], in: folder.path).status == .success)
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path("A")).sorted()
    #expect(
      names == (try FileManager.default.subpathsOfDirectory(atPath: folder.path("B"))).sorted())
    // The table of files holds times of this machine; it is no part of the bytes.
    for name in names where name != "files" && name != "lock" {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("A/\(name)"))
      guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
      #expect(try folder.read(folder.path("A/\(name)")) == folder.read(folder.path("B/\(name)")))
    }
    try FileManager.default.moveItem(atPath: folder.path("T"), toPath: folder.path("U"))
    let moved = scenario.run(["-l", "NIO", "--index", "U/.evsearch"], in: folder.path)
    #expect(Set(moved.lines) == ["U/en/lock-in.md", "U/en/wire-copy.txt"])
    #expect(scenario.run(["status", "--check"], in: folder.path("U")).status == .success)
    try folder.write("U/en/new.txt", "new\n")
    let stale = scenario.run(["status", "--check"], in: folder.path("U"))
    #expect(stale.status == .nothingFound)
    #expect(stale.output == "new: en/new.txt\n")
  }

  @Test func `15: a word that nobody has is said to, with what was meant`() throws {
    let run = scenario.run("lokc-in rate")
    #expect(run.status == .nothingFound)
    #expect(
      run.errors.contains(
        "No document has \"lokc-in\". Did you mean lock-in? (8 documents)\n"))
    #expect(run.output == "")
    let json = scenario.run("--json", "lokc-in rate")
    #expect(json.status == .nothingFound)
    let answer = try scenario.json("--json", "lokc-in rate")
    #expect((answer["hits"] as? [Any])?.isEmpty == true)
    #expect(answer["suggestion"] as? String == "lock-in rate")
  }

  @Test func `23: a folder behind the words is what is searched`() {
    let all = scenario.paths("\"lock-in rate\"")
    let some = scenario.run(["-l", "\"lock-in rate\"", "misc/"]).lines
    #expect(Set(some) == Set(all.filter { $0.hasPrefix("misc/") }))
    #expect(!some.isEmpty)
    let two = scenario.run(["-l", "lock-in", "rate", "./en/ff91.txt", "de/"]).lines
    #expect(two == ["de/vw.html"])
    #expect(scenario.run(["lock-in", "/etc/"]).status == .failure)
  }

  @Test func `25: hits by date, those of a time, and counts`() {
    let run = scenario.run("NIO", "--since", "2024-01-01", "--sort", "date", "--facet", "source")
    #expect(run.lines.contains { $0.hasPrefix("en/lock-in.md:") })
    #expect(!run.output.contains("wire-copy"))
    #expect(run.errors.contains("1 match without a date left out"))
    #expect(run.lines.contains { $0.contains("EV Daily") && $0.contains(" 1 ") })
    #expect(scenario.run("-l", "--until", "2020", "NIO").status == .nothingFound)
    #expect(scenario.run("--since", "whenever", "NIO").status == .failure)
    #expect(scenario.run("--facet", "colour", "NIO").status == .failure)
    let byPath = scenario.run("-l", "--sort", "path", "rate").lines
    #expect(byPath == byPath.sorted())
    #expect(scenario.run("-l", "--sort", "path", "--reverse", "rate").lines == byPath.reversed())
  }

  @Test func `25: it is said why a file is no hit`() {
    let run = scenario.run("--why-not", "ja/half.txt", "バッテリー 容量")
    #expect(run.output.hasPrefix("ja/half.txt: has バッテリー (as ﾊﾞｯﾃﾘｰ"))
    #expect(run.output.hasSuffix("lacks 容量\n"))
  }

  @Test func `25: it is said why a file is no hit as it is now`() throws {
    let scenario = try Scenario()
    try scenario.fixture.folder.write("T/ja/half.txt", "バッテリーの容量\n")
    let changed = scenario.run("--why-not", "ja/half.txt", "バッテリー 容量")
    #expect(changed.status == .success)
    #expect(changed.output.hasPrefix("ja/half.txt: rank "))
    #expect(
      changed.output.hasSuffix(" (the file changed since indexing and was read as it is now)\n"))
    let old = scenario.run("--no-refresh", "--why-not", "ja/half.txt", "バッテリー 容量")
    #expect(old.output.hasSuffix("lacks 容量\n"))
    try FileManager.default.removeItem(atPath: scenario.fixture.root + "/ja/half.txt")
    let gone = scenario.run("--why-not", "ja/half.txt", "バッテリー 容量")
    #expect(gone.status == .nothingFound)
    #expect(gone.output == "ja/half.txt: not in the index (the file is gone)\n")
    try scenario.fixture.folder.write("T/new.txt", "バッテリー 容量\n")
    #expect(scenario.run("--why-not", "new.txt", "容量").output.contains("the file is new"))
  }

  @Test func `25: a program gets two answers, and no more than it asked for`() throws {
    let input = """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"t","version":"0"}}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search",\
      "arguments":{"query":"rate","max_chars":800}}}

      """
    let run = scenario.run(["mcp"], input: input)
    #expect(run.status == .success && run.errors == "")
    try #require(run.lines.count == 2)
    let messages = try run.lines.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let greeting = try #require(messages[0]["result"] as? [String: Any])
    #expect(greeting["protocolVersion"] as? String == "2025-06-18")
    let result = try #require(messages[1]["result"] as? [String: Any])
    let content = try #require((result["content"] as? [[String: Any]])?.first)
    #expect(try #require(content["text"] as? String).unicodeScalars.count <= 800)
    let structured = try #require(result["structuredContent"] as? [String: Any])
    #expect(try !#require(structured["hits"] as? [Any]).isEmpty)
    #expect(structured["next_cursor"] is String)
  }

  @Test func `23: nothing of a document acts on the terminal or the page`() {
    let page = scenario.run("--format", "html", "-n0", "lock-in rate").output
    #expect(page.contains("&lt;b&gt;bold"))
    #expect(!page.contains("<img") && !page.contains("<b>"))
    let shown = scenario.run(["bold"], isTerminal: true, variables: ["NO_COLOR": "1"])
    #expect(shown.output.contains("␛]0;owned␇"))
    #expect(!shown.output.contains("\u{1B}"))
  }

  @Test func `23: a passage without an end is centred on its match and fits`() throws {
    let run = scenario.run(
      ["\"lock-in rate\"", "misc/long.txt", "--mark", "[,]"], isTerminal: true,
      variables: ["NO_COLOR": "1"])
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.count <= 80 } && lines.count <= 12)
    let place = try #require(lines.firstIndex { $0.contains("[lock-in") })
    #expect(abs(place - (1 + lines.count) / 2) <= 2)
    #expect(lines.last?.hasSuffix("…") == true)
  }

  @Test(arguments: [
    ["bold"], ["--heading", "bold"], ["--no-heading", "bold"], ["--json", "bold"],
    ["--jsonl", "bold"], ["--format", "csv", "bold"], ["--format", "tsv", "bold"],
    ["--format", "md", "bold"], ["--format", "html", "bold"], ["--format", "paths", "bold"],
    ["-l", "bold"], ["-0", "-l", "bold"], ["-C", "2", "bold"], ["--explain", "bold"],
    ["--sort", "date", "--facet", "source", "bold"], ["--analyze", "bo\u{1B}[2Jld"],
    ["--why-not", "misc/a\u{1B}[2J\nb.txt", "bold"], ["status", "--files"],
    ["status", "--skipped"],
    ["get", "misc/evil.txt"], ["get", "misc/a\u{1B}[2J\nb.txt"], ["terms", "b"], ["inspect"],
    ["analyze", "a\u{1B}[2J\u{9B}1m"], ["status", "--check"], ["index", "--dry-run"],
  ])
  func `23: no form of output sends control characters of a document to a terminal`(
    arguments: [String]
  ) throws {
    let comparesFiles = arguments == ["index", "--dry-run"] || arguments == ["status", "--check"]
    let scenario = comparesFiles ? try Scenario() : try Self.hostile.get()
    if comparesFiles { try Self.addHostileFile(to: scenario) }
    let run = scenario.run(arguments, isTerminal: true, variables: ["NO_COLOR": "1"])
    #expect(run.status != .failure, "\(run.errors)")
    let acting = (run.output + run.errors).unicodeScalars.filter { scalar in
      // Comma separated lines end as RFC 4180 has it; tabs part the fields of the others.
      let isEnd =
        scalar == "\n" || scalar == "\r" && arguments.contains("csv")
        || scalar == "\t" && arguments.contains("tsv") || scalar == "\0" && arguments.contains("-0")
      return !isEnd && (scalar.properties.generalCategory == .control || scalar == "\u{202E}")
    }
    #expect(acting.isEmpty, "\(acting.map { String($0.value, radix: 16) })")
  }
}
