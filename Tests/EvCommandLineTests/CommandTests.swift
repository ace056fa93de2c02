import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

/// The program on an index of its own, in this process.
@Suite struct CommandTests {
  private let folder: TemporaryDirectory

  /// What all tests share but for those that change it.
  private static let shared = Result { try Self(of: .untilExit()) }

  init() throws { self = try Self.shared.get() }

  private init(of folder: TemporaryDirectory) throws {
    self.folder = folder
    try folder.write(
      "T/en/lock-in.md",
      """
      ---
      title: NIO says ES8 lock-in rate hits 35%
      date: 2024-05-01
      source: EV Daily
      ---
      # NIO says ES8 lock-in rate hits 35%

      NIO said that the **lock-in rate** for the new ES8 reached 35% within 48 hours.

      """)
    try folder.write("T/en/ff91.txt", "Faraday Future delivers FF91\n\nRange 381 miles.\n")
    try folder.write("T/zh/su7.txt", "小米SU7锁单量突破10万\n\n小米SU7上市后锁单率达到35%。\n")
    try folder.write("T/evil.txt", "lock-in rate \u{1B}]0;owned\u{7}\u{1B}[2J<b>bold</b> end\n")
    try folder.write("T/empty.txt", "")
    let console = RecordedConsole(in: folder.path)
    try #require(EvSearchCommand.run(["index", "T"], on: console.console) == .success)
  }

  /// Runs the program in the collection's folder.
  private func run(
    _ arguments: String..., input: String = "", isTerminal: Bool = false,
    variables: [String: String] = [:]
  ) -> (status: EvCommandLine.ExitStatus, output: String, errors: String) {
    let recorded = RecordedConsole(
      in: folder.path("T"), input: input, isTerminal: isTerminal, variables: variables)
    let status = EvSearchCommand.run(arguments, on: recorded.console)
    return (status, recorded.output, recorded.errors)
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `hits are on the standard output and the summary is not`() {
    let (status, output, errors) = run("lock-in", "rate")
    #expect(status == .success)
    #expect(output.contains("en/lock-in.md:"))
    #expect(
      output.split(separator: "\n").allSatisfy { $0.contains(".md:") || $0.contains(".txt:") })
    #expect(!output.contains("\u{1B}"))
    #expect(errors.hasPrefix("2 hits in "))
  }

  @Test func `a score is explained where it is asked for`() throws {
    let (status, output, _) = run("--explain", "lock-in", "rate")
    #expect(status == .success)
    #expect(output.contains("  score\n"))
    #expect(output.contains("rate: weight "))
    let json = try json(run("--explain", "--json", "lock-in rate").output)
    let hits = try #require(json["hits"] as? [[String: Any]])
    #expect(try #require(hits.first?["explanation"] as? [Any]).count >= 2)
  }

  @Test(
    arguments: [
      ("en/ff91.txt", "has range, lacks battery"), ("empty.txt", "skipped: empty"),
      ("nowhere.txt", "not in the index"),
    ])
  func `why a file is no hit is said in a line`(file: String, reason: String) {
    let (status, output, _) = run("--why-not", file, "range battery")
    #expect(status == .nothingFound)
    #expect(output == "\(file): \(reason)\n")
  }

  @Test func `a hit that is asked about has its rank, and a ranking its name`() {
    let (status, output, _) = run("--why-not", "en/ff91.txt", "--ranking", "bm25", "range")
    #expect(status == .success)
    #expect(output == "en/ff91.txt: rank 1 of 1\n")
    #expect(run("--ranking", "best", "range").status == .failure)
    #expect(run("--recency", "2w", "range").status == .success)
    #expect(run("--recency", "soon", "range").errors.contains("30d, 8w, 6m or 1y"))
  }

  @Test func `words apart are the same query as words together`() {
    #expect(run("lock-in", "rate").output == run("lock-in rate").output)
    #expect(run("search", "lock-in", "rate").output == run("lock-in rate").output)
  }

  @Test(arguments: [[""], ["  "], ["\u{3000}"], [], ["--", ""]])
  func `an empty query says what to type`(arguments: [String]) {
    let recorded = RecordedConsole(in: folder.path("T"))
    #expect(EvSearchCommand.run(arguments, on: recorded.console) == .failure)
    #expect(recorded.errors.contains("Type some words: evsearch lock-in rate"))
  }

  @Test(arguments: [
    ["-n", "-1"], ["-n", "x"], ["-n", "99999999999999999999"], ["--offset", "-3"],
  ])
  func `a number out of range is a usage error`(arguments: [String]) {
    let recorded = RecordedConsole(in: folder.path("T"))
    #expect(EvSearchCommand.run(arguments + ["NIO"], on: recorded.console) == .failure)
  }

  @Test func `two hyphens end the options`() {
    #expect(run("--", "FF91").status == .success)
    #expect(run("--", "index").status == .nothingFound)
    #expect(run("-q", "--", "-rate").status != .failure)
  }

  @Test func `a count and paths are printed alone`() {
    #expect(run("-c", "lock-in rate").output == "2\n")
    #expect(run("-c", "zzzqqq").output == "0\n")
    #expect(run("-l", "FF91").output == "en/ff91.txt\n")
    #expect(run("-l0", "FF91").output == "en/ff91.txt\0")
    #expect(run("-l", "FF91").errors == "")
    #expect(run("-l", "lock-in rate", "-n1").output.split(separator: "\n").count == 1)
  }

  @Test func `on a terminal a hit is a block`() {
    let (_, output, _) = run("FF91", isTerminal: true, variables: ["NO_COLOR": "1"])
    #expect(output.hasPrefix("1  Faraday Future delivers FF91\n   en/ff91.txt:1\n"))
    #expect(run("FF91", "--heading").output == output)
    #expect(
      run("--no-heading", "FF91", isTerminal: true, variables: ["NO_COLOR": "1"]).output
        .hasPrefix("en/ff91.txt:1:"))
  }

  @Test func `colour goes where it is asked for`() {
    #expect(run("FF91", isTerminal: true).output.contains("\u{1B}[01;31mFF91\u{1B}[0m"))
    #expect(run("--color=always", "FF91").output.contains("\u{1B}["))
    #expect(!run("--color", "never", "FF91", isTerminal: true).output.contains("\u{1B}"))
    #expect(!run("--no-color", "FF91", isTerminal: true).output.contains("\u{1B}"))
    #expect(!run("FF91", isTerminal: true, variables: ["TERM": "dumb"]).output.contains("\u{1B}"))
    #expect(run("--color", "sometimes", "FF91").status == .failure)
  }

  @Test func `an error message sends no control either`() {
    let (_, _, errors) = run("--index", "/no\u{1B}[2Jwhere", "x")
    #expect(errors.contains("/no␛[2Jwhere"))
    let (_, _, usage) = run("--\u{1B}[2J")
    #expect(!usage.contains("\u{1B}"))
  }

  @Test func `JSON says what was found, where, and round-trips`() throws {
    let (status, output, errors) = run("--json", "锁单率")
    #expect(status == .success)
    #expect(errors == "")
    let answer = try json(output)
    #expect(answer["schema"] as? String == "evsearch.search/1")
    #expect(answer["total"] as? Int == 1)
    #expect(answer["next_offset"] is NSNull)
    let hit = try #require((answer["hits"] as? [[String: Any]])?.first)
    #expect(hit["path"] as? String == "zh/su7.txt")
    let passage = try #require((hit["passages"] as? [[String: Any]])?.first)
    let text = try #require(passage["text"] as? String)
    let file = Array("小米SU7锁单量突破10万\n\n小米SU7上市后锁单率达到35%。\n".utf8)
    let place = try #require(passage["file_bytes"] as? [Int])
    #expect(String(decoding: file[place[0]..<place[1]], as: UTF8.self) == text)

    let light = try #require((passage["highlights"] as? [[String: Any]])?.first)
    let bytes = try #require(light["bytes"] as? [Int])
    let utf16 = try #require(light["utf16"] as? [Int])
    #expect(String(decoding: Array(text.utf8)[bytes[0]..<bytes[1]], as: UTF8.self) == "锁单率")
    #expect(String(decoding: Array(text.utf16)[utf16[0]..<utf16[1]], as: UTF16.self) == "锁单率")
  }

  @Test func `JSON is whole without hits and with errors`() throws {
    let none = run("--json", "zzzqqq")
    #expect(none.status == .nothingFound)
    #expect(try json(none.output)["hits"] as? [String] == [])
    for arguments in [
      ["--json", "--index", "/nonexistent", "x"], ["--json", "--nosuch"], ["--json"],
    ] {
      let recorded = RecordedConsole(in: folder.path("T"))
      #expect(EvSearchCommand.run(arguments, on: recorded.console) == .failure)
      let error = try #require(json(recorded.output)["error"] as? [String: Any])
      #expect(error["message"] is String)
      #expect(error["code"] is String)
      #expect(recorded.errors == "")
    }
  }

  @Test func `a page begins where the last one ended`() throws {
    let first = try json(run("--json", "-n", "1", "lock-in rate").output)
    #expect(first["next_offset"] as? Int == 1)
    let second = try json(run("--json", "-n", "1", "--offset", "1", "lock-in rate").output)
    #expect(second["next_offset"] is NSNull)
    let hit = try #require((second["hits"] as? [[String: Any]])?.first)
    #expect(hit["rank"] as? Int == 2)
  }

  @Test(arguments: [
    "(", "\"", "foo AND", "NOT x", "a:b", "it's", "***", "\\", "35%", "C++", ".NET", "锁单率", "NEAR",
    "\u{0}", "\u{FFFD}", "title:", "-", "+", "\"\"", "a\nb", "🚗", "\u{202E}",
  ])
  func `anything that is typed is a query`(text: String) {
    let (status, output, errors) = run("--", text)
    #expect(status != .failure, "\(errors)")
    #expect(
      !(output + errors).unicodeScalars.contains {
        $0 != "\n" && $0.properties.generalCategory == .control
      })
  }

  @Test func `a very long query is a query`() {
    let (status, _, errors) = run(String(repeating: "x", count: 100_000))
    #expect(status == .nothingFound)
    #expect(errors.utf8.count < 1000)
    #expect(run(String(repeating: "lock-in ", count: 1000)).status == .success)
  }

  @Test func `a document that is a folder away is shown from here`() {
    let recorded = RecordedConsole(in: folder.path("T/zh"))
    #expect(EvSearchCommand.run(["-l", "FF91"], on: recorded.console) == .success)
    #expect(recorded.output == "../en/ff91.txt\n")
  }

  @Test func `the variable names the index, and the option beats it`() throws {
    let index = folder.path("T/.evsearch")
    let recorded = RecordedConsole(in: "/", variables: ["EVSEARCH_INDEX": index])
    #expect(EvSearchCommand.run(["-q", "FF91"], on: recorded.console) == .success)
    let beaten = RecordedConsole(in: "/", variables: ["EVSEARCH_INDEX": "/nonexistent"])
    #expect(EvSearchCommand.run(["-q", "FF91", "--index", index], on: beaten.console) == .success)
  }

  @Test func `without an index anywhere the program says how to make one`() throws {
    let empty = try TemporaryDirectory()
    let recorded = RecordedConsole(in: empty.path)
    #expect(EvSearchCommand.run(["x"], on: recorded.console) == .failure)
    #expect(recorded.errors.contains("Create one: evsearch index DIR"))
  }

  @Test func `lines of the input are queries, and mistakes are a failure`() {
    let good = run("repl", input: "FF91\n\nzzzqqq\nlock-in rate\n")
    #expect(good.status == .success)
    #expect(good.output == run("FF91").output + run("lock-in rate").output)
    #expect(!good.output.contains("evsearch>"))
    #expect(run("-", input: "FF91\n").output == run("FF91").output)
    let bad = run("repl", input: ".foo\nFF91\n")
    #expect(bad.status == .failure)
    #expect(bad.output == run("FF91").output)
    #expect(bad.errors.contains("Unknown command \".foo\""))
    #expect(run("repl", input: ".quit\n.foo\n").status == .success)
  }

  @Test func `a session pages and repeats`() {
    let input = ".next\n.limit 1\nlock-in rate\n.next\n.next\n.last\n.open 9\n"
    let session = run("repl", input: input)
    let lines = session.output.split(separator: "\n")
    #expect(session.status == .failure)
    #expect(lines.count == 3)
    #expect(lines.first != lines.last)
    #expect(lines[1] == lines[2])
    #expect(session.errors.contains("There was no query yet."))
    #expect(session.errors.contains("No more hits."))
    #expect(session.errors.contains("There is no hit 9."))
  }

  @Test func `indexing reports what it did and what it left out`() throws {
    let own = try Self(of: TemporaryDirectory())
    let (status, output, errors) = own.run("index", variables: [:])
    #expect(status == .success)
    #expect(output == "")
    #expect(errors.contains("Indexed 4 documents, "))
    #expect(errors.contains("skipped 1: 1 empty — evsearch status --skipped"))
    #expect(own.run("status", "--skipped").output == "empty.txt: empty\n")
    #expect(own.run("index", "-q").errors == "")
    #expect(own.run("index", "--strict").status == .failure)
  }

  @Test func `indexing a folder again updates the index that is of it`() throws {
    let target = try IndexLocation.target(
      folder: ".", nil,
      on: RecordedConsole(in: folder.path("T")).console)
    #expect(target.indexPath.hasSuffix("/T/.evsearch"))
    let inside = try IndexLocation.target(
      folder: "en", nil,
      on: RecordedConsole(in: folder.path("T")).console)
    #expect(inside.indexPath.hasSuffix("/T/en/.evsearch"))
    let named = try IndexLocation.target(
      folder: "T", "I",
      on: RecordedConsole(in: folder.path).console)
    #expect(named.indexPath == folder.path("I"))
    #expect(throws: CommandError.self) {
      try IndexLocation.target(
        folder: "nowhere", nil,
        on: RecordedConsole(in: folder.path).console)
    }
  }

  @Test func `an index is not mixed with another folder`() throws {
    let own = try Self(of: TemporaryDirectory())
    try own.folder.write("Other/a.txt", "Another folder.")
    let recorded = RecordedConsole(in: own.folder.path)
    let arguments = ["index", "Other", "--index", "T/.evsearch"]
    #expect(EvSearchCommand.run(arguments, on: recorded.console) == .failure)
    #expect(recorded.errors.contains("is of \(own.folder.path("T"))"))
    #expect(own.run("-q", "FF91").status == .success)
  }

  @Test func `without a folder the index found is updated, a damaged one too`() throws {
    let own = try Self(of: TemporaryDirectory())
    try own.folder.write("T/new.txt", "A new Rivian.\n")
    #expect(own.run("index").status == .success)
    #expect(own.run("-l", "Rivian").output == "new.txt\n")
    try own.folder.write("T/.evsearch/manifest", "damaged")
    #expect(own.run("Rivian").status == .failure)
    #expect(own.run("index").status == .success, "\(own.run("index").errors)")
    #expect(own.run("-l", "Rivian").output == "new.txt\n")
  }

  @Test func `status and check speak of the index`() {
    let status = run("status")
    #expect(status.status == .success)
    #expect(status.output.contains("documents   4\n"))
    #expect(run("check").status == .success)
    #expect(run("check").output.hasPrefix("ok: "))
    #expect(run("inspect").status == .success)
  }

  @Test func `a damaged index is a failure that says so`() throws {
    let own = try Self(of: TemporaryDirectory())
    let index = own.folder.path("T/.evsearch")
    let files = try #require(FileManager.default.enumerator(atPath: index)).compactMap {
      $0 as? String
    }
    let largest = try #require(
      files.filter { $0.hasSuffix("/documents") || $0.hasSuffix("/positions") }.first)
    let url = URL(fileURLWithPath: index + "/" + largest)
    var bytes = try Data(contentsOf: url)
    bytes[bytes.count / 2] ^= 0x40
    try bytes.write(to: url)
    let (status, output, errors) = own.run("check")
    #expect(status == .failure)
    #expect(output.contains(largest.split(separator: "/")[1]))
    #expect(errors.contains("evsearch check --repair"))
  }

  @Test func `help and the version are results`() {
    for arguments in [["--help"], ["-h"], ["help"], ["help", "search"], ["index", "--help"]] {
      let recorded = RecordedConsole()
      #expect(EvSearchCommand.run(arguments, on: recorded.console) == .success)
      #expect(recorded.output.contains("USAGE"))
      #expect(recorded.errors == "")
    }
    #expect(run("--version").output == "\(EvSearchCommand.version)\n")
    #expect(run("-V").output == "\(EvSearchCommand.version)\n")
  }
}
