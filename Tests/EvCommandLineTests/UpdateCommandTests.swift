import EvTestSupport
import Testing

@testable import EvCommandLine

/// `evsearch index` a second time, in process, on files that change.
@Suite struct UpdateCommandTests {
  @Test func `only what changed is read again, and it is said`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", "The lock-in rate rose.")
    try folder.write("b.txt", "The rate of returns fell.")
    let first = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["index", folder.path], on: first.console) == .success)
    #expect(!first.errors.contains("unchanged"))

    try folder.write("b.txt", "The rate of returns stayed as it was.")
    try folder.write("c.txt", "A new rate.")
    let second = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["index", folder.path], on: second.console) == .success)
    #expect(second.errors.contains("1 new, 1 changed, 0 removed, 1 unchanged"), "\(second.errors)")

    let search = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["-c", "rate"], on: search.console) == .success)
    #expect(search.output == "3\n")
    let gone = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["fell"], on: gone.console) == .nothingFound)
  }

  @Test func `a rebuild reads every file`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", "one")
    _ = EvSearchCommand.run(["index", folder.path], on: RecordedConsole(in: folder.path).console)
    let console = RecordedConsole(in: folder.path)
    #expect(
      EvSearchCommand.run(["index", "--rebuild", folder.path], on: console.console) == .success)
    #expect(!console.errors.contains("unchanged"), "\(console.errors)")
  }

  @Test func `what was left out before is counted again, and said where nothing is found`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", "The lock-in rate rose.")
    try folder.write("b.bin", [0, 1, 2])
    for _ in 0..<2 {
      let console = RecordedConsole(in: folder.path)
      #expect(EvSearchCommand.run(["index", folder.path], on: console.console) == .success)
      #expect(console.errors.contains("skipped 1: 1 binary"), "\(console.errors)")
    }
    func errors(_ arguments: [String]) -> String {
      let console = RecordedConsole(in: folder.path)
      _ = EvSearchCommand.run(arguments, on: console.console)
      return console.errors
    }
    #expect(errors(["zzzqqq"]).contains("1 file skipped: evsearch status --skipped"))
    #expect(!errors(["rate"]).contains("skipped"))
    #expect(errors(["stauts"]).hasSuffix("To run the command: evsearch status\n"))
    #expect(errors(["--json", "stauts"]) == "")
  }

  @Test func `an index may be named by the folder of its documents`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("T/a.txt", "The lock-in rate rose.")
    let first = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["index", "T"], on: first.console) == .success)
    let second = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["-l", "rate", "--index", "T"], on: second.console) == .success)
    #expect(second.output == "T/a.txt\n")
  }
}
