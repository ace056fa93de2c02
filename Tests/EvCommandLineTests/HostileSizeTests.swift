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

  /// Texts of one line, about so many bytes long, that a search for `rate` finds.
  private static func longLine(_ name: String, _ count: Int = 8 << 20) -> String {
    func line(of words: String) -> String {
      let half = String(repeating: words, count: count / words.utf8.count / 2)
      return half + " rate " + half
    }
    return switch name {
    case "a.jsonl": "{\"text\":\"\(line(of: "x y z one. "))\"}\n"
    case "a.html": "<p>\(line(of: "x y z one. "))</p>"
    case "tags.html": "<body>\(line(of: "<p>x <b>y</b> z "))"
    case "a.csv": "a,b\n1,\"\(line(of: "x, y z one. "))\"\n"
    case "a.md": line(of: "*a ")
    case "brackets.md": line(of: "[")
    case "word.txt": line(of: "x")
    case "letters.txt": line(of: "a b ")
    case "zh.txt": line(of: "锁单率达到百分之三十五")
    default: line(of: "x y z the lock sits here. ")
    }
  }

  @Test(arguments: [
    "a.txt", "a.jsonl", "a.html", "tags.html", "a.csv", "a.md", "brackets.md", "word.txt",
    "letters.txt", "zh.txt",
  ])
  func `a long line takes time and memory in proportion to its length`(name: String) throws {
    let folder = try TemporaryDirectory()
    try folder.write("T/" + name, Self.longLine(name))
    // Seconds of the processor, in a debug build: what grew with the square would take minutes.
    let command = """
      ulimit -t 60 -v 1500000 && e='\(Program.path)' && cd '\(folder.path("T"))' && "$e" index . -q -j 1 \
      && "$e" --no-refresh --json rate >../j && "$e" --no-refresh --heading 'a OR x OR rate' >../j \
      && echo rate >> \(name) && "$e" -C 2 rate >../j
      """
    #expect(ChildProcess.run(["bash", "-c", command]) == .exited(0))
  }
}
