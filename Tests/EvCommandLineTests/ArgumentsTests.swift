import Testing

@testable import EvCommandLine

@Suite struct ArgumentsTests {
  @Test(arguments: [
    (["lock-in", "rate"], ["search", "lock-in", "rate"]),
    (["status quo"], ["search", "status quo"]),
    (["status"], ["status"]),
    (["index", "seeds", "--index", "Index"], ["index", "seeds", "--index", "Index"]),
    (["--index", "Index", "status"], ["status", "--index", "Index"]),
    (["--debug", "status"], ["status", "--debug"]),
    (["--index=Index", "--no-color", "status"], ["status", "--index=Index", "--no-color"]),
    (["--index", "index", "NIO"], ["search", "--index", "index", "NIO"]),
    (["--color", "never", "NIO"], ["search", "--color", "never", "NIO"]),
    (["--", "index"], ["search", "--", "index"]),
    (["-n", "3", "status"], ["search", "-n", "3", "status"]),
    (["--json", "index"], ["search", "--json", "index"]),
    (["-rate"], ["search", "-rate"]),
    (["--nosuch"], ["search", "--nosuch"]),
    ([""], ["search", ""]),
    (["--help"], ["--help"]),
    (["-h"], ["-h"]),
    (["-V"], ["--version"]),
    (["--version"], ["--version"]),
    (["help", "search"], ["help", "search"]),
    (["--generate-completion-script", "bash"], ["--generate-completion-script", "bash"]),
    (["--index"], ["repl", "--index"]),
    ([], ["repl"]),
  ])
  func `the command is put in front`(typed: [String], read: [String]) {
    #expect(Arguments.withCommand(typed, inputIsTerminal: true) == read)
  }

  @Test func `nothing typed and nobody typing is a search for nothing`() {
    #expect(Arguments.withCommand([], inputIsTerminal: false) == ["search"])
  }
}
