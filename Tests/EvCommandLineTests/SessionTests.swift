import EvTerminal
import EvTestSupport
import Glibc
import Testing

@testable import EvCommandLine

/// The built program in a terminal of its own, typed to as a person would.
@Suite(.serialized, .enabled(if: Program.isBuilt, "needs the program beside the tests"))
struct SessionTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try folder.write("T/a.txt", "First lock-in rate\n\nThe lock-in rate rose.\n")
    try folder.write("T/b.txt", "Second\n\nA rate of 锁单率.\n")
    let console = RecordedConsole(in: folder.path)
    try #require(
      EvSearchCommand.run(["index", "T", "--index", "I"], on: console.console) == .success)
  }

  private func start(_ arguments: String...) throws -> TerminalProgram {
    let program = TerminalProgram(
      arguments: [Program.path] + arguments + ["--index", folder.path("I")],
      environment: [
        "TERM=xterm", "HOME=\(folder.path)", "EVSEARCH_HISTORY=\(folder.path("history"))",
        "EDITOR=echo opened", "PATH=/usr/bin:/bin", "NO_COLOR=1",
      ])
    return try #require(program)
  }

  @Test func `a session searches, opens hits and ends with Ctrl-D`() throws {
    let session = try start()
    #expect(session.answer("lock-in rate\r", "evsearch> ").contains("a.txt:"))
    #expect(session.answer(".open 1\r", "evsearch> ").contains("opened +"))
    #expect(session.answer("锁单率\r", "evsearch> ").contains("b.txt:"))
    #expect(session.answer(".foo\r", "evsearch> ").contains("Unknown command"))
    #expect(session.answer("quit\r", "evsearch> ").contains("enter .quit"))
    session.type("\u{04}")
    #expect(session.end() == .exited(0))
  }

  @Test func `Ctrl-C drops the line and not the program`() throws {
    let session = try start("repl")
    #expect(session.wait(for: "evsearch> "))
    // Often, and with keys on the way: the signal must not be lost between two reads.
    for _ in 0..<20 {
      session.type("dropped")
      #expect(session.answer("more\u{03}", "evsearch> ").contains("evsearch> "))
    }
    let output = session.answer("lock-in\r", "evsearch> ")
    #expect(output.contains("searched: lock-in"))
    #expect(!output.contains("dropped"))
    session.type(".quit\r")
    #expect(session.end() == .exited(0))
  }

  @Test func `the next session knows what was typed in the last one`() throws {
    let first = try start()
    _ = first.answer("lock-in rate\r", "evsearch> ")
    first.type(".quit\r")
    #expect(first.end() == .exited(0))

    let second = try start()
    _ = second.answer("\u{1B}[A\u{1B}[A\r", "searched: ")
    #expect(second.wait(for: "evsearch> "))
    second.type("\u{04}")
    #expect(second.end() == .exited(0))
    #expect(
      HistoryFile(path: folder.path("history")).load().contains("lock-in rate"))
  }

  @Test func `a pipe that is closed early ends the program quietly`() throws {
    let command =
      "\(Program.path) --index \(folder.path("I")) rate | head -c 1 >\(folder.path("out"))"
    let script = "\(command) 2>\(folder.path("err")); exit ${PIPESTATUS[0]}"
    #expect(ChildProcess.run(["bash", "-c", script]) == .exited(0))
  }
}

/// The built program.
enum Program {
  /// Where the build puts it: beside the tests; `EV_PROGRAM` names another one.
  static let path: String = {
    // Safe: nothing in this process changes its environment.
    if let other = unsafe getenv("EV_PROGRAM") { return unsafe String(cString: other) }
    let components = CommandLine.arguments[0].split(
      separator: "/", omittingEmptySubsequences: false)
    return (components.dropLast() + ["evsearch"]).joined(separator: "/")
  }()

  static var isBuilt: Bool { SystemCalls.exists(path) }
}
