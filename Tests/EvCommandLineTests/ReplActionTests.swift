import EvTerminal
import EvTestSupport
import Testing

@testable import EvCommandLine

/// What the commands of a session do, in batches of lines.
@Suite struct ReplActionTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    for number in 1...5 {
      try folder.write(
        "T/a\(number).md",
        "---\nsource: \(number < 3 ? "EV Daily" : "Other")\n---\n# Article \(number)\n\n"
          + String(repeating: "The lock-in rate rose. Orders came.\n\n", count: number))
    }
    let console = RecordedConsole(in: folder.path)
    try #require(EvSearchCommand.run(["index", "T"], on: console.console) == .success)
  }

  /// Runs lines and returns what they printed.
  private func session(
    _ lines: String...
  ) -> (status: EvCommandLine.ExitStatus, output: String, errors: String) {
    let recorded = RecordedConsole(
      in: folder.path("T"), input: lines.joined(separator: "\n") + "\n")
    let status = EvSearchCommand.run(["repl"], on: recorded.console)
    return (status, recorded.output, recorded.errors)
  }

  @Test func `pages go forward and back`() {
    let (status, output, errors) = session(
      ".limit 2", "lock-in rate", ".next", ".next", ".next", ".prev", ".prev", ".prev")
    #expect(status == .success, "\(errors)")
    let lines = output.split(separator: "\n").map(String.init)
    #expect(lines.count == 2 + 2 + 1 + 2 + 2)
    #expect(lines[0...1] == lines[7...8])
    #expect(errors.contains("No more hits."))
    #expect(errors.contains("These are the first hits."))
  }

  @Test func `the last results are printed in another form`() {
    let (_, output, _) = session("lock-in rate", ".last json", ".last paths", ".mode csv", ".last")
    #expect(output.contains("{\"schema\":\"evsearch.search/1\""))
    #expect(output.contains("\na1.md\n"))
    #expect(output.contains("rank,score,path"))
  }

  @Test func `results go to a file once, or until further notice`() throws {
    let (status, output, errors) = session(
      ".once one.txt", "lock-in rate", ".output two.txt", "lock-in", "orders", ".output",
      ".limit 1", "rate")
    #expect(status == .success, "\(errors)")
    #expect(output.split(separator: "\n").count == 1)
    func lines(_ name: String) throws -> Int {
      try folder.read(folder.path("T/\(name)")).count { $0 == 0x0A }
    }
    #expect(try lines("one.txt") == 5)
    #expect(try lines("two.txt") == 10)
    #expect(session(".output /nonexistent/x").status == .failure)
  }

  @Test func `a file of lines is run, and one that reads itself ends`() throws {
    try folder.write("T/lines.repl", ".limit 1\nlock-in rate\n")
    let (status, output, _) = session(".read lines.repl", ".read lines.repl")
    #expect(status == .success)
    #expect(output.split(separator: "\n").count == 2)
    try folder.write("T/self.repl", ".read self.repl\n")
    #expect(session(".read self.repl").status == .failure)
    #expect(session(".read /nonexistent").status == .failure)
    #expect(session(".read .").status == .failure)
  }

  @Test func `more passages of a hit are printed`() {
    let (_, output, _) = session(".limit 1", "orders", ".more 1")
    #expect(output.split(separator: "\n").count > 2)
    #expect(session(".more 1").errors.contains("There are no hits"))
    #expect(session("orders", ".more 9").errors.contains("There is no hit 9."))
  }

  @Test func `words of the index are printed with their counts`() {
    let (_, output, _) = session(".terms ORD", ".terms zzz")
    #expect(output == "5  orders\n")
  }

  @Test func `documents like a hit are found`() {
    let (status, output, errors) = session("article", ".like 1")
    #expect(status == .success || errors.contains("No other document"), "\(errors)")
    #expect(!output.isEmpty)
  }

  @Test func `settings are shown and changed, and nonsense is a mistake`() {
    let (_, _, errors) = session(".timer off", ".set limit 3", ".show", "lock-in rate")
    #expect(errors.contains("timer off\n"))
    #expect(errors.contains("limit 3\n"))
    #expect(errors.contains("1–3 of 5 hits  searched"))
    #expect(session(".timer maybe").status == .failure)
    #expect(session(".set limit -1").status == .failure)
  }

  @Test func `another index can be searched`() throws {
    try folder.write("U/b.txt", "A Rivian.\n")
    let console = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["index", "U"], on: console.console) == .success)
    let (status, output, errors) = session(".index ../U", "Rivian", ".index")
    #expect(status == .success, "\(errors)")
    #expect(output.hasPrefix("../U/b.txt:1:"))
    #expect(errors.contains("The index is ../U/.evsearch."))
    #expect(session(".index /nonexistent").status == .failure)
  }

  @Test func `help has every command and fits a screen`() {
    let (_, output, _) = session(".help")
    for command in ReplCommand.allCases { #expect(output.contains("." + command.rawValue)) }
    #expect(output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(session(".help open").output.hasPrefix(".open N"))
  }
}

@Suite struct ReplCompletionTests {
  private let folder: TemporaryDirectory
  private let completion: ReplCompletion

  init() throws {
    folder = try TemporaryDirectory()
    try folder.write("T/a.txt", "The lock-in rate. Lock, locked.\n")
    try folder.write("T/b.txt", "A lock. 锁单率\n")
    let console = RecordedConsole(in: folder.path)
    try #require(EvSearchCommand.run(["index", "T"], on: console.console) == .success)
    completion = ReplCompletion(indexPath: folder.path("T/.evsearch"))
  }

  @Test func `words of the index are listed with their counts`() {
    let result = completion.complete("rate lo")
    #expect(result.inserted == "lock")
    #expect(result.erased == 2)
    let list = completion.complete("rate lock").listed.map(\.plain).joined()
    #expect(list.contains("lock (2)"))
    #expect(list.contains("locked (1)"))
  }

  @Test func `a single candidate is completed`() {
    #expect(completion.complete(".stat").inserted == ".status ")
    #expect(completion.complete("tit").inserted == "title:")
    #expect(completion.complete(".mode htm").inserted == "html ")
    #expect(completion.complete("rate LOCKE").inserted == "locked ")
  }

  @Test func `where nothing fits nothing happens`() {
    for line in ["", " ", "zzz", ".zzz", "\"", "(", "lock "] {
      let result = completion.complete(line)
      #expect(result.erased == 0 && result.inserted.isEmpty, "\(line)")
    }
    let none = ReplCompletion(indexPath: "/nonexistent")
    #expect(none.complete("lo").inserted.isEmpty)
  }
}
