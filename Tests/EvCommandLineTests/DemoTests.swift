import EvTerminal
import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

/// What a person sees, as text: `make demo` writes it anew, the suite compares it.
@Suite(.serialized, .enabled(if: Program.isBuilt, "needs the program beside the tests"))
struct DemoTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.copyItem(
      atPath: Repository.seeds, toPath: folder.path("seeds"))
  }

  /// A command as it is typed in the folder of the articles, and all that it prints.
  private func typed(_ line: String, _ arguments: [String], in name: String = "seeds") -> String {
    let recorded = RecordedConsole(
      in: folder.path(name), isTerminal: true, variables: ["NO_COLOR": "1"])
    let status = EvSearchCommand.run(arguments, on: recorded.console)
    return "$ \(line)\n" + recorded.output + recorded.errors
      + (status == .success ? "" : "(status \(status.rawValue))\n") + "\n"
  }

  /// A session in a terminal, as it looks.
  private func session(_ lines: [String]) throws -> String {
    let program = try #require(
      TerminalProgram(
        arguments: [
          "/bin/sh", "-c",
          "cd '\(folder.path("seeds"))' && exec '\(Program.path)' repl --no-init",
        ],
        environment: [
          "TERM=dumb", "HOME=\(folder.path)", "EVSEARCH_HISTORY=\(folder.path("history"))",
          "PATH=/usr/bin:/bin", "NO_COLOR=1",
        ]))
    var text = "$ evsearch\n"
    for line in lines { text += program.answer(line + "\r", "evsearch> ") }
    program.type("\u{04}")
    #expect(program.end() == .exited(0))
    return text
  }

  /// Times and sizes that differ from run to run, as signs.
  private func masked(_ text: String) -> String {
    text.withoutCarriageReturns
      .replacing(#/[0-9.]+ (ms|s)\b/#) { "# \($0.output.1)" }
      .replacing(#/(words|terms|size) +[0-9,.]+( KB)?/#) { "\($0.output.1) #" }
      .replacing(#/[0-9.]+ KB/#) { _ in "# KB" }
      .replacing(#/[0-9,]+ (words|files)/#) { "# \($0.output.1)" }
      .replacing(folder.path, with: "~")
  }

  @Test func `the program looks as it did`() throws {
    var text = typed("evsearch index seeds", ["index", "seeds"], in: ".")
    text += typed("evsearch lock-in rate -n 2", ["lock-in", "rate", "-n", "2"])
    text += typed("evsearch zzzqqq", ["zzzqqq"])
    text += typed("evsearch factroy inventory", ["factroy", "inventory"])
    text += typed("evsearch status", ["status"])
    text += typed("evsearch status --check", ["status", "--check"])
    text += typed("evsearch check", ["check"])
    text += try session(["factory inventory", ".limit 1", ".open 9", ".terms invent", ".nosuch"])
    try Golden.check(masked(text), "demo.txt")
  }
}
