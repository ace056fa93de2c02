import EvTerminal
import EvTestSupport
import Testing

@testable import EvCommandLine

/// The built program on files that are too large, in little memory.
@Suite(
  .serialized,
  .enabled(if: Program.isBuilt && runsLongTests, "needs the program, and EV_LONG=1"))
struct HostileSizeTests {
  @Test func `lines of 100 MB are left out within 400 MB of address space`() throws {
    let folder = try TemporaryDirectory()
    let line = [UInt8](repeating: UInt8(ascii: "x"), count: 100 << 20)
    try folder.write("T/a.jsonl", Array("{\"text\":\"".utf8) + line + Array("\"}".utf8))
    try folder.write(
      "T/a.mbox", Array("From a Wed May  1 10:20:30 2024\nSubject: s\n\n".utf8) + line)
    for name in ["a.txt", "a.html", "a.csv", "a.md", "a.eml"] {
      try folder.write("T/" + name, line)
    }
    let command = """
      ulimit -v 400000 && '\(Program.path)' index '\(folder.path("T"))' -q --index '\(folder.path("I"))'
      """
    #expect(ChildProcess.run(["sh", "-c", command]) == .exited(0))
    let console = RecordedConsole(in: folder.path("T"))
    let status = EvSearchCommand.run(
      ["status", "--skipped", "--index", folder.path("I")], on: console.console)
    let lines = console.output.split(separator: "\n")
    #expect(status == .success && lines.count == 7)
    #expect(lines.allSatisfy { $0.hasSuffix(": too large") }, "\(console.output)")
  }
}
