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
}
