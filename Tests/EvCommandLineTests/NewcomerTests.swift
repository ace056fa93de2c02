import EvTerminal
import EvTestSupport
import Testing

@testable import EvCommandLine

/// What people try who know other tools, one thing each.
@Suite struct NewcomerTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try folder.write("T/en/a.md", "# First\n\nThe **lock-in** rate rose.\n")
    try folder.write("T/en/b.txt", "The rate fell. Rates and rating.\n")
    try folder.write("T/c.html", "<title>Page</title><p>A rate.</p>")
  }

  private func run(
    _ arguments: [String], in name: String = "T", variables: [String: String] = [:]
  ) -> (status: EvCommandLine.ExitStatus, output: String, errors: String) {
    let recorded = RecordedConsole(
      in: name == "." ? folder.path : folder.path(name), variables: variables)
    let status = EvSearchCommand.run(arguments, on: recorded.console)
    return (status, recorded.output, recorded.errors)
  }

  @Test func `a folder behind a query is indexed where it has no index yet`() throws {
    let first = run(["-l", "lock-in", "rate", "./T/"], in: ".")
    #expect(first.status == .success, "\(first.errors)")
    #expect(first.output == "T/en/a.md\n")
    #expect(first.errors.contains("There is no index of T yet; making one."))
    #expect(first.errors.contains("Indexed 3 documents, "))
    #expect(SystemCalls.exists(folder.path("T/.evsearch/manifest")))
    #expect(SystemCalls.exists(folder.path("T/.evsearch/.gitignore")))
    let second = run(["-l", "lock-in", "./T/"], in: ".")
    #expect(second.output == "T/en/a.md\n" && second.errors == "")
    // A folder inside has that index too, and is what is searched.
    #expect(
      run(["-l", "--sort", "path", "rate", "T/en/"], in: ".").output == "T/en/a.md\nT/en/b.txt\n")
    #expect(!SystemCalls.exists(folder.path("T/en/.evsearch")))
    #expect(run(["-q", "rate", "T/c.html"], in: ".").status == .success)
  }

  @Test func `without a folder nothing is indexed`() {
    #expect(run(["rate"], in: ".").status == .failure)
    #expect(run(["rate", "no/such/folder"], in: ".").status == .failure)
    #expect(run(["rate", "no/such/"], in: ".").errors == "There is no folder no/such/.\n")
    #expect(run(["--index", folder.path("I"), "rate", "./T/"], in: ".").status == .failure)
    #expect(!SystemCalls.exists(folder.path("T/.evsearch")))
  }

  @Test func `an index of one's own is searched from everywhere`() {
    let index = folder.path("data/evsearch/default")
    #expect(run(["index", "T", "--index", index], in: ".").status == .success)
    let variables = ["XDG_DATA_HOME": folder.path("data")]
    #expect(run(["-q", "lock-in"], in: ".", variables: variables).status == .success)
    #expect(run(["-q", "lock-in"], in: ".").status == .failure)
  }

  @Test func `a value can stand at its letter`() {
    #expect(run(["index", ".", "-j2", "-g*.md"]).status == .success)
    #expect(run(["-l", "-n1", "rate"]).output == "en/a.md\n")
    #expect(run(["index", "-j", "1", "-g", ""]).status == .success)
    #expect(run(["-c", "rate"]).output == "3\n")
  }

  @Test func `kinds of files are chosen by name, and patterns beside them`() {
    #expect(run(["index", ".", "-t", "md", "-thtml"]).status == .success)
    #expect(run(["-l", "--sort", "path", "rate"]).output == "c.html\nen/a.md\n")
    #expect(run(["index", "-t", "md", "-t", "txt", "-g", "!b*"]).status == .success)
    #expect(run(["-l", "rate"]).output == "en/a.md\n")
    let unknown = run(["index", "-t", "exe"])
    #expect(unknown.status == .failure && unknown.errors.contains("office"))
  }

  @Test func `a dry run says what would be done, and does nothing`() throws {
    let first = run(["index", ".", "--dry-run"])
    #expect(first.output == "new: c.html\nnew: en/a.md\nnew: en/b.txt\n")
    #expect(
      first.errors == "It would index 3 new, 0 changed, 0 removed files; nothing was written.\n")
    #expect(!SystemCalls.exists(folder.path("T/.evsearch")))
    #expect(run(["index", "."]).status == .success)
    #expect(run(["index", "--dry-run"]).output == "")
    try folder.write("T/en/b.txt", "The rate is what it was.\n")
    #expect(run(["index", "--dry-run"]).output == "changed: en/b.txt\n")
    #expect(
      run(["index", "--dry-run", "-t", "md"]).output == "removed: c.html\nremoved: en/b.txt\n")
    #expect(run(["-c", "--no-refresh", "\"rating\""]).output == "1\n")
  }

  @Test func `each file that is skipped is named where that is asked for`() throws {
    try folder.write("T/empty.txt", "")
    #expect(run(["index", ".", "-v"]).errors.contains("empty.txt: empty\n"))
    #expect(!run(["index", "."]).errors.contains("empty.txt"))
  }

  @Test func `words of the index are printed with their counts`() throws {
    #expect(run(["index", "."]).status == .success)
    let some = run(["terms", "RAT"])
    #expect(some.output == "3  rate\n1  rates\n1  rating\n")
    #expect(run(["terms", "-n1", "rat"]).output == "3  rate\n")
    #expect(run(["terms", "zzz"]).status == .nothingFound)
    #expect(
      run(["terms", "--json", "rating"]).output
        == "{\"schema\":\"evsearch.terms/1\",\"terms\":[{\"term\":\"rating\",\"documents\":1}]}\n")
    #expect(run(["terms", "-n0"]).output.split(separator: "\n").count > 5)
  }

  @Test func `the text of a document is printed as it is indexed`() {
    #expect(run(["index", "."]).status == .success)
    #expect(run(["get", "en/a.md"]).output == "First\n\nThe lock-in rate rose.\n")
    #expect(run(["get", "a.md"], in: "T/en").output == "First\n\nThe lock-in rate rose.\n")
    let none = run(["get", "../../etc/passwd"])
    #expect(none.status == .failure && none.errors.contains("There is no document"))
  }

  @Test func `how a query is read is printed instead of an answer`() {
    #expect(run(["index", "."]).status == .success)
    let (status, output, _) = run(["--analyze", "lock-in", "(", "rates"])
    #expect(status == .success)
    #expect(output.hasPrefix("searched: lock-in AND rates\n"))
    #expect(output.contains("`(` left out") || output.contains("`(` taken literally"))
    #expect(output.contains("lock-in"))
  }

  @Test func `a session orders, explains and analyses`() {
    #expect(run(["index", "."]).status == .success)
    let recorded = RecordedConsole(
      in: folder.path("T"),
      input: ".mode paths\n.sort path\nrate\n.set reverse on\n.last\nrate\n.sort colour\n"
        + ".analyze Škoda\n.mode text\n.sort relevance\n.set reverse off\n.explain on\nlock-in\n.analyze\n"
    )
    #expect(EvSearchCommand.run(["repl"], on: recorded.console) == .failure)
    let output = recorded.output
    #expect(
      output.hasPrefix("c.html\nen/a.md\nen/b.txt\nc.html\nen/a.md\nen/b.txt\nen/b.txt\nen/a.md\n"))
    #expect(output.contains("language: "))
    #expect(output.contains("  score\n"))
    #expect(output.contains("lock-in"))
    #expect(recorded.errors.contains("\"colour\" is no value of sort."))
  }
}
