import Testing

@testable import EvCommandLine

/// What is typed wrongly is answered in one line.
@Suite struct UsageMistakeTests {
  private func errors(_ arguments: [String]) -> String {
    let console = RecordedConsole()
    #expect(EvSearchCommand.run(arguments, on: console.console) == .failure)
    #expect(console.output == "")
    return console.errors
  }

  @Test(arguments: [
    (["--limti", "3", "NIO"], "There is no option --limti. Did you mean --limit?"),
    (["--inter", "NIO"], "There is no option --inter. Did you mean --interactive?"),
    (["--foramt=json", "NIO"], "There is no option --foramt. Did you mean --format?"),
    (
      ["--generate", "complete-tcsh"],
      "--generate takes man, man-query, man-config, man-index, complete-bash, complete-zsh, "
        + "complete-fish; not complete-tcsh."
    ),
    (["-N", "3", "NIO"], "There is no option -N. Did you mean -n?"),
    (["index", "--dryrun"], "There is no option --dryrun. Did you mean --dry-run?"),
    (["-j", "2", "NIO"], "There is no option -j. It is one of another command: evsearch index -j"),
    (["-rate"], "There is no option -rate. To search for it: evsearch -- -rate"),
    (["--nosuch"], "There is no option --nosuch. To search for it: evsearch -- --nosuch"),
    (["status", "-Z"], "There is no option -Z. All options: evsearch help status"),
    (["-n", "x", "NIO"], "The value 'x' is invalid for '-n <count>'. More: evsearch help search"),
    (["get"], "Missing expected argument '<document>'. More: evsearch help get"),
    (
      ["--facet", "hue", "NIO"],
      "--facet takes source, tag, lang, month; not hue. More: evsearch help search"
    ),
  ])
  func `a mistake is one line that says what to type`(arguments: [String], line: String) {
    #expect(errors(arguments) == line + "\n")
  }

  @Test(arguments: [
    (["stauts"], "status"), (["idnex", "folder"], "index"), (["status"], nil), (["rate"], nil),
    (["lock-in", "rate", "stauts"], nil), (["war"], nil),
  ])
  func `a query that is nearly a command may be meant for one`(query: [String], command: String?) {
    #expect(UsageMistake.command(meantBy: query) == command)
  }

  @Test func `what can be chosen from stands in the line`() {
    let text = errors(["--format", "foo", "NIO"])
    #expect(text.hasPrefix("The value 'foo' is invalid for '--format <form>'."))
    #expect(text.contains("text, json, jsonl, csv, tsv, md, html, paths. More: "))
    #expect(text.split(separator: "\n").count == 1)
  }

  @Test func `a program gets the mistake as JSON`() throws {
    let console = RecordedConsole()
    #expect(EvSearchCommand.run(["--json", "--limti", "3"], on: console.console) == .failure)
    let error = try JSONValue(parsing: console.output)["error"]
    #expect(error?["code"] == .string("usage"))
    #expect(error?["hint"] == .string("Did you mean --limit?"))
  }

  @Test func `--debug says with what a command was run, and what it cost`() {
    let console = RecordedConsole(variables: ["EVSEARCH_INDEX": "/nonexistent", "SECRET": "x"])
    #expect(EvSearchCommand.run(["--debug", "-n3", "NIO"], on: console.console) == .failure)
    let lines = console.errors.split(separator: "\n").dropFirst()
    #expect(lines.allSatisfy { $0.hasPrefix("debug: ") } && lines.count == 7, "\(console.errors)")
    #expect(lines.contains("debug: arguments: search --debug -n3 NIO"))
    #expect(lines.contains("debug: index: /nonexistent"))
    #expect(lines.contains { $0.hasPrefix("debug: variables: ") && $0.contains("EVSEARCH_INDEX=") })
    #expect(!console.errors.contains("SECRET"))
    #expect(lines.last?.hasPrefix("debug: status 2, ") == true)
    let quiet = RecordedConsole(variables: ["EVSEARCH_INDEX": "/nonexistent"])
    _ = EvSearchCommand.run(["--", "--debug"], on: quiet.console)
    #expect(!quiet.errors.contains("debug: "))
  }
}
