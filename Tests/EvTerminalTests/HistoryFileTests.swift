import EvTerminal
import EvTestSupport
import Glibc
import Testing

@Suite struct HistoryFileTests {
  @Test(
    arguments: [
      (["EVSEARCH_HISTORY": "/a/h", "HOME": "/home/x"], "/a/h"),
      (["XDG_STATE_HOME": "/state", "HOME": "/home/x"], "/state/evsearch/history"),
      (["XDG_STATE_HOME": "state", "HOME": "/home/x"], "/home/x/.local/state/evsearch/history"),
      (["XDG_STATE_HOME": "", "HOME": "/home/x"], "/home/x/.local/state/evsearch/history"),
      ([:], nil),
    ] as [([String: String], String?)])
  func `the file is where the variables say`(variables: [String: String], path: String?) {
    #expect(HistoryFile(environment: Environment(variables))?.path == path)
  }

  @Test func `lines come back in order, without repetitions`() throws {
    let folder = try TemporaryDirectory()
    let file = HistoryFile(path: folder.path("new/folders/history"))
    #expect(file.load() == [])
    for line in ["lock-in rate", "锁单率", "FF91", "lock-in rate", "", "two\nlines"] {
      file.append(line)
    }
    #expect(file.load() == ["锁单率", "FF91", "lock-in rate"])
  }

  @Test func `only the owner can read the file`() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("history", "old\n")
    // Safe: the path lives as long as the call.
    #expect(unsafe chmod(path, 0o644) == 0)
    HistoryFile(path: path).append("new")
    var information = stat()
    // Safe: one structure is filled in.
    #expect(unsafe stat(path, &information) == 0)
    #expect(information.st_mode & 0o777 == 0o600)
    #expect(HistoryFile(path: path).load() == ["old", "new"])
  }

  @Test func `a file that has grown is written anew with the last lines`() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(
      "history", (0..<5000).map { "query \($0)\n" }.joined())
    let lines = HistoryFile(path: path).load()
    #expect(lines.count == HistoryFile.lineLimit)
    #expect(lines.last == "query 4999")
    let descriptor = try #require(SystemCalls.open(path, O_RDONLY))
    let bytes = SystemCalls.readAll(descriptor)
    close(descriptor)
    #expect(bytes.count { $0 == 0x0A } == HistoryFile.lineLimit)
  }

  @Test func `bytes that are not UTF-8 do no harm`() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("history", [0xFF, 0xFE, 0x0A, 0x61, 0x0A, 0x00, 0x0A])
    #expect(HistoryFile(path: path).load().contains("a"))
  }

  @Test func `a place that cannot be written is passed over`() {
    let file = HistoryFile(path: "/proc/nowhere/history")
    file.append("x")
    #expect(file.load() == [])
  }
}
