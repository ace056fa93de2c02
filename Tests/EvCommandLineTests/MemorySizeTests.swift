import EvSearch
import EvTestSupport
import Glibc
import Testing

@testable import EvCommandLine
@testable import EvIndex

@Suite struct MemorySizeTests {
  @Test(arguments: [
    ("256M", 256 << 20), ("256m", 256 << 20), ("256MB", 256 << 20), ("256MiB", 256 << 20),
    ("256 M", 256 << 20), ("1G", 1 << 30), ("0.5g", 1 << 29), ("1048576k", 1 << 30),
    ("268435456", 1 << 28), ("2T", 2 << 40),
  ])
  func `a size has a unit of 1024 of the one below`(text: String, byteCount: Int) throws {
    #expect(try MemorySize(parsing: text).byteCount == byteCount)
  }

  @Test(arguments: ["", "M", "256X", "-1G", "1..5G", "two", "256MM", "1e9", ".", "256M!"])
  func `what is no size is a usage error that shows one`(text: String) {
    let console = RecordedConsole()
    #expect(
      EvSearchCommand.run(["index", "--memory=\(text)", "/"], on: console.console) == .failure)
    #expect(console.errors.contains("--memory takes a size such as 256M"), "\(console.errors)")
  }

  @Test(arguments: ["1M", "0", "0.01G", "999"])
  func `too little memory is refused with what is enough`(text: String) {
    let console = RecordedConsole()
    #expect(EvSearchCommand.run(["index", "--memory", text, "/"], on: console.console) == .failure)
    let least = IndexConfiguration.leastMemory >> 20
    #expect(
      console.errors.contains("--memory must be at least \(least)M, not \(text)."),
      "\(console.errors)")
  }

  @Test func `a size without end is no limit`() throws {
    #expect(try MemorySize(parsing: String(repeating: "9", count: 400)).byteCount == 1 << 50)
  }

  @Test func `an index within a limit of memory is an index`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", "The lock-in rate rose.")
    let console = RecordedConsole(in: folder.path)
    let status = EvSearchCommand.run(["index", "--memory", "1G", folder.path], on: console.console)
    #expect(status == .success, "\(console.errors)")
  }
}

/// Two runs over one index.
@Suite struct LockedIndexTests {
  @Test func `without waiting a locked index is one line that names the process`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", "one")
    let writer = try IndexWriter(path: folder.path(".evsearch"))
    let console = RecordedConsole(in: folder.path)
    let status = EvSearchCommand.run(["index", "--no-wait", "."], on: console.console)
    #expect(status == .failure)
    #expect(console.errors.contains("is being written by process \(getpid())"), "\(console.errors)")
    #expect(console.errors.split(separator: "\n").count == 1)
    _ = try writer.commit()
  }
}
