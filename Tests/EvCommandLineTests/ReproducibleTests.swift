import EvBytes
import EvTerminal
import EvTestSupport
import Testing

@testable import EvCommandLine

/// The same files give the same bytes, wherever and however they are indexed.
@Suite struct ReproducibleTests {
  /// The bytes of an index but for what tells one machine or commit from another.
  private static func bytes(of path: String) throws -> [String: [UInt8]] {
    // The last two are in a folder `.evsearch` only, for other programs.
    let apart = ["lock", "files", "collection.conf", ".gitignore", "CACHEDIR.TAG"]
    return try folderContents(path) { !apart.contains($0) }
  }

  /// The files of a folder, without an index that somebody has made there.
  private static func articles(_ folder: String) throws -> [String: [UInt8]] {
    try folderContents(folder) { !$0.hasPrefix(".") }
  }

  private static func index(_ folder: String, _ path: String, _ options: String...) throws {
    let console = RecordedConsole(in: "/")
    let status = EvSearchCommand.run(
      ["index", folder, "--index", path] + options, on: console.console)
    try #require(status == .success, "\(console.errors)")
  }

  @Test func `four builds are the same, byte for byte`() throws {
    let folder = try TemporaryDirectory()
    let seeds = Repository.seeds
    try Self.index(seeds, folder.path("one"), "--threads", "1")
    try Self.index(seeds, folder.path("two"), "--threads", "2")
    // Elsewhere, with other times and inodes, and under the folder itself.
    for (path, bytes) in try Self.articles(seeds) { try folder.write("copy/" + path, bytes) }
    try Self.index(folder.path("copy"), folder.path("copy/.evsearch"), "--threads", "3")
    let expected = try Self.bytes(of: folder.path("one"))
    #expect(expected.count > 5)
    #expect(try Self.bytes(of: folder.path("two")) == expected)
    #expect(try Self.bytes(of: folder.path("copy/.evsearch")) == expected)

    // What is cloned is what was committed, so all four come from clones where seeds have changed.
    let clone = folder.path("clone")
    guard ChildProcess.run(["git", "clone", "-q", Repository.root, clone]) == .exited(0) else {
      return
    }
    guard try Self.articles(clone + "/seeds") == Self.articles(seeds) else { return }
    try Self.index(clone + "/seeds", folder.path("four"))
    #expect(try Self.bytes(of: folder.path("four")) == expected)
  }

  @Test func `ten increments and one build are the same once they are optimized`() throws {
    let folder = try TemporaryDirectory()
    let seeds = try Self.articles(Repository.seeds).sorted { $0.key < $1.key }
    for step in 0..<10 {
      for (number, file) in seeds.enumerated() where number % 10 == step {
        try folder.write("T/" + file.key, file.value)
        // A file that is there for a while, and one that changes.
        try folder.write("T/passing.txt", "here in step \(step)")
      }
      if step == 9 { try FileSystem.remove(folder.path("T/passing.txt")) }
      try Self.index(folder.path("T"), folder.path("increments"))
    }
    try Self.index(folder.path("T"), folder.path("increments"), "--optimize")
    try Self.index(folder.path("T"), folder.path("once"), "--optimize")
    func segments(_ path: String) throws -> [String: [UInt8]] {
      // The manifest counts commits.
      try Self.bytes(of: path).filter { $0.key != "manifest" }
    }
    #expect(try segments(folder.path("increments")) == segments(folder.path("once")))
  }
}

/// The command that makes an index one segment.
@Suite struct OptimizeCommandTests {
  @Test func `an index of several segments becomes one, in the order of paths, and stays current`()
    throws
  {
    let folder = try TemporaryDirectory()
    func run(_ arguments: String...) -> (
      status: EvCommandLine.ExitStatus, output: String, errors: String
    ) {
      let recorded = RecordedConsole(in: folder.path)
      let status = EvSearchCommand.run(arguments, on: recorded.console)
      return (status, recorded.output, recorded.errors)
    }
    for name in ["b", "a", "c"] {
      try folder.write("T/\(name).txt", "the rate of \(name)")
      #expect(run("index", "T", "--index", "I", "-q").status == .success)
    }
    let before = run("--index", "I", "rate").output
    let optimize = run("optimize", "I")
    #expect(optimize.status == .success)
    #expect(optimize.errors.hasPrefix("Optimized 3 documents, "), "\(optimize.errors)")
    #expect(optimize.errors.contains(" into 1, "), "\(optimize.errors)")
    #expect(run("status", "--check", "--index", "I").status == .success)
    let lines = { (text: String) in text.split(separator: "\n").sorted() }
    #expect(lines(run("--index", "I", "rate").output) == lines(before))
    #expect(run("optimize", "--index", "I", "-q").errors == "")
  }

  @Test func `what cannot be optimized is refused in one line, and stays`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("T/a.txt", "one rate")
    let build = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["index", "T", "--index", "I"], on: build.console) == .success)
    let missing = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["optimize", "J"], on: missing.console) == .failure)
    #expect(missing.errors.hasPrefix("No index at "), "\(missing.errors)")
    #expect(!FileSystem.exists(folder.path("J")))

    var manifest = try #require(try folderContents(folder.path("I"))["manifest"])
    manifest[12] += 1
    try FileSystem.replace(folder.path("I/manifest"), with: manifest)
    let before = try folderContents(folder.path("I")) { $0 != "lock" }
    let newer = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["optimize", "I"], on: newer.console) == .failure)
    #expect(newer.errors.contains("has format version 3; this program reads version 2."))
    #expect(newer.errors.split(separator: "\n").count == 1)
    #expect(try folderContents(folder.path("I")) { $0 != "lock" } == before)
  }
}

/// A text that does not fit the limit of memory.
@Suite struct MemoryRefusalTests {
  @Test func `a text too large for the memory is left out in one line, until there is more`() throws
  {
    let folder = try TemporaryDirectory()
    func run(_ arguments: String...) -> RecordedConsole {
      let recorded = RecordedConsole(in: folder.path)
      #expect(EvSearchCommand.run(arguments, on: recorded.console) == .success)
      return recorded
    }
    try folder.write("T/small.txt", "one rate")
    try folder.write("T/large.txt", String(repeating: "word ", count: 300_000))
    for _ in 0..<2 {
      let limited = run("index", "T", "--memory", "160M")
      #expect(limited.errors.contains("skipped 1: 1 too large for --memory; give it more"))
    }
    let foretold = run("index", "T", "--dry-run").output
    #expect(foretold.contains("large.txt") && !foretold.contains("small.txt"), "\(foretold)")
  }
}

/// The built program, killed, and searched by other processes.
@Suite(.serialized, .enabled(if: Program.isBuilt, "needs the program beside the tests"))
struct KillTests {
  @Test func `a run that is killed loses nothing that was committed`() {
    let kills = runsLongTests ? "200" : "3"
    let script = Repository.root + "/scripts/kill-loop.sh"
    #expect(ChildProcess.run(["bash", script, Program.path, kills]) == .exited(0))
  }

  @Test func `a file that may not become larger is one clear line, and the index stays`() throws {
    let folder = try TemporaryDirectory()
    let words = (0..<20_000).map { "word\($0)" }.joined(separator: " ")
    try folder.write("T/a.txt", words)
    let command = "'\(Program.path)' index T --index I -q"
    func shell(_ line: String) -> ChildProcess.Ending {
      ChildProcess.run(["bash", "-c", "cd '\(folder.path)' && \(line)"])
    }
    #expect(shell(command) == .exited(0))
    let before = try folderContents(folder.path("I")) { $0 != "lock" }
    #expect(shell("ulimit -f 20; \(command) --rebuild 2>errors") == .exited(2))
    let errors = try #require(try folderContents(folder.path)["errors"])
    let line = String(decoding: errors, as: UTF8.self)
    #expect(line.contains("File too large. The index is as it was; make room"), "\(line)")
    #expect(line.split(separator: "\n").count == 1, "\(line)")
    #expect(try folderContents(folder.path("I")) { $0 != "lock" } == before)
  }

  @Test func `four processes that search see whole commits of a fifth`() {
    let seconds = runsLongTests ? "60" : "2"
    let script = Repository.root + "/scripts/reader-loop.sh"
    #expect(ChildProcess.run(["bash", script, Program.path, seconds]) == .exited(0))
  }
}

/// The built program, watched; with an optimized one it takes minutes.
@Suite(
  .serialized,
  .enabled(if: Program.isBuilt && runsLongTests, "needs the program, and EV_LONG=1"))
struct MemoryLimitTests {
  @Test func `a corpus ten times the limit is indexed and merged below the limit`() {
    let script = Repository.root + "/scripts/memory-limit.sh"
    #expect(ChildProcess.run(["bash", script, Program.path, "160", "10"]) == .exited(0))
  }
}

/// A damaged index, mended by the command.
@Suite struct RepairCommandTests {
  @Test func `a repair reads again what is damaged, and says what it could not`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", "The lock-in rate rose.")
    try folder.write("b.txt", "The rate fell.")
    try folder.write(".hidden.txt", "A hidden rate.")
    let build = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["index", "--hidden", "."], on: build.console) == .success)
    try FileSystem.remove(folder.path("b.txt"))
    let postings = try #require(
      try folderContents(folder.path(".evsearch")).first { $0.key.hasSuffix("/postings") })
    var bytes = postings.value
    bytes[65] ^= 1
    try FileSystem.replace(folder.path(".evsearch/" + postings.key), with: bytes)

    let check = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["check"], on: check.console) == .failure)
    #expect(check.output.contains("\(postings.key) is damaged at byte "), "\(check.output)")
    #expect(check.errors.contains("evsearch check --repair"))

    let repair = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["check", "--repair"], on: repair.console) == .success)
    #expect(repair.errors.contains("lost: b.txt is gone"), "\(repair.errors)")
    #expect(repair.errors.contains("repaired: 2 files read again"), "\(repair.errors)")
    #expect(repair.output.contains("ok: "))
    let search = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["-c", "rate"], on: search.console) == .success)
    #expect(search.output == "2\n")
  }

  @Test func `indexes are merged into a new one, and only into a new one`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("A/a.txt", "one rate")
    try folder.write("B/b.txt", "two rates and a rate")
    for name in ["A", "B"] {
      let console = RecordedConsole(in: folder.path)
      #expect(EvSearchCommand.run(["index", name], on: console.console) == .success)
    }
    let sources = ["A/.evsearch", "B/.evsearch"]
    let merge = RecordedConsole(in: folder.path)
    let status = EvSearchCommand.run(["merge"] + sources + ["--into", "D"], on: merge.console)
    #expect(status == .success, "\(merge.errors)")
    #expect(merge.errors.contains("Merged 2 documents"))
    let search = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["--index", "D", "-c", "rate"], on: search.console) == .success)
    #expect(search.output == "2\n")
    let again = RecordedConsole(in: folder.path)
    #expect(
      EvSearchCommand.run(["merge"] + sources + ["--into", "D"], on: again.console) == .failure)
    #expect(again.errors.contains("There is an index at "))
    let missing = RecordedConsole(in: folder.path)
    #expect(
      EvSearchCommand.run(["merge", "A", "--into", "E"], on: missing.console) == .failure)
    #expect(missing.errors.contains("No index at "), "\(missing.errors)")
  }
}
