import EvTerminal
import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

/// Searches while files are not as they were indexed.
@Suite struct FreshnessTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try folder.write("T/en/lock-in.md", "# NIO says ES8 lock-in rate rose\n\nThe ES8 is a car.\n")
    try folder.write("T/en/wire.txt", "NIO says ES8 lock-in rate rose\n\nThe ES8 is on Wed.\n")
    try folder.write("T/en/ff91.txt", "Faraday Future delivers FF91\n\nRange 381 miles.\n")
    try #require(run("index").status == .success)
  }

  private func run(
    _ arguments: String...
  ) -> (status: EvCommandLine.ExitStatus, output: String, errors: String) {
    let recorded = RecordedConsole(in: folder.path("T"))
    let arguments = arguments == ["index"] ? ["index", "."] : arguments
    let status = EvSearchCommand.run(arguments, on: recorded.console)
    return (status, recorded.output, recorded.errors)
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func edit() throws {
    try FileManager.default.removeItem(atPath: folder.path("T/en/ff91.txt"))
    try folder.write("T/en/lock-in.md", "# NIO says ET9 lock-in rate rose\n\nThe ET9 is a car.\n")
  }

  @Test func `with nothing changed nothing is said`() throws {
    let (status, _, errors) = run("ES8")
    #expect(status == .success)
    #expect(errors.split(separator: "\n").count == 1)
    let index = try #require(json(run("--json", "ES8").output)["index"] as? [String: Any])
    #expect(index["stale_documents"] as? Int == 0)
  }

  @Test func `a deleted file is no hit, and that is said`() throws {
    try edit()
    let (status, output, errors) = run("FF91")
    #expect(status == .nothingFound)
    #expect(output == "")
    #expect(errors.contains("1 indexed file is gone"))
    #expect(errors.contains("evsearch index"))
  }

  @Test func `--verbose names the index, and the files that are not as they were`() throws {
    #expect(!run("ET9").errors.contains("index "))
    try edit()
    let lines = run("-v", "-q", "ET9").errors.split(separator: "\n")
    #expect(lines.isEmpty, "-q prints nothing")
    let (_, output, errors) = run("-v", "-c", "ET9")
    #expect(output == "1\n")
    #expect(errors.hasPrefix("index \(folder.path("T"))/.evsearch of "), "\(errors)")
    #expect(errors.contains("changed: en/lock-in.md\ngone: en/ff91.txt\n"))
  }

  @Test func `a changed file is searched as it is now, and marked`() throws {
    try edit()
    #expect(run("-l", "ET9").output == "en/lock-in.md\n")
    #expect(run("-l", "ES8").output == "en/wire.txt\n")
    #expect(run("-c", "lock-in rate").output == "2\n")
    let found = run("ET9", "--heading")
    #expect(found.output.contains("changed since indexing"))
    #expect(found.output.contains("ET9"))
    #expect(found.errors.contains("1 file changed since indexing and was read as it is now"))
    let answer = try json(run("--json", "rate").output)
    let hits = try #require(answer["hits"] as? [[String: Any]])
    #expect(
      hits.filter { $0["stale"] as? Bool == true }.compactMap { $0["path"] as? String }
        == ["en/lock-in.md"])
    #expect((answer["index"] as? [String: Any])?["stale_documents"] as? Int == 2)
  }

  @Test func `the index alone is searched where that is asked for`() throws {
    try edit()
    #expect(run("-l", "--no-refresh", "FF91").output == "en/ff91.txt\n")
    #expect(run("-l", "--no-refresh", "ET9").status == .nothingFound)
  }

  @Test func `who needs a fresh index gets an error otherwise`() throws {
    #expect(run("--require-fresh", "ES8").status == .success)
    try edit()
    let (status, output, errors) = run("--require-fresh", "ES8")
    #expect(status == .failure)
    #expect(output == "")
    #expect(errors.contains("0 new, 1 changed, 1 removed"))
  }

  @Test func `an update says what changed, and then nothing is stale`() throws {
    try edit()
    #expect(run("index").errors.contains("0 new, 1 changed, 1 removed, 1 unchanged"))
    #expect(run("-l", "ET9").output == "en/lock-in.md\n")
    #expect(run("ET9").errors.split(separator: "\n").count == 1)
  }

  @Test func `a check for CI is 0, 1 or 2`() throws {
    #expect(run("status", "--check").status == .success)
    try folder.write("T/zh/new.txt", "锁单率\n")
    try edit()
    let (status, output, errors) = run("status", "--check")
    #expect(status == .nothingFound)
    #expect(output == "new: zh/new.txt\nchanged: en/lock-in.md\nremoved: en/ff91.txt\n")
    #expect(errors.contains("1 new, 1 changed, 1 removed"))
    #expect(run("status", "--check", "-q").output == "")
    try folder.write("T/.evsearch/manifest", "damaged")
    #expect(run("status", "--check").status == .failure)
  }

  @Test func `without the documents the index is searched as it is`() throws {
    try FileManager.default.moveItem(atPath: folder.path("T/en"), toPath: folder.path("moved"))
    try FileManager.default.createDirectory(
      atPath: folder.path("U"), withIntermediateDirectories: false)
    try FileManager.default.moveItem(
      atPath: folder.path("moved"), toPath: folder.path("U/en"))
    #expect(run("-l", "FF91").status == .nothingFound)
    #expect(run("-l", "FF91", "--root", folder.path("U")).output == "../U/en/ff91.txt\n")
    #expect(run("-l", "FF91", "--root", "/nonexistent").output.hasSuffix("/en/ff91.txt\n"))
  }

  @Test func `a private index is marked as one`() throws {
    let ignored = try folder.read(folder.path("T/.evsearch/.gitignore"))
    #expect(String(decoding: ignored, as: UTF8.self).hasSuffix("\n*\n"))
    let tag = try folder.read(folder.path("T/.evsearch/CACHEDIR.TAG"))
    #expect(
      String(decoding: tag, as: UTF8.self).hasPrefix("Signature: 8a477f597d28d172789f06886806bc55"))
    #expect(run("index").status == .success)
    let named = RecordedConsole(in: folder.path)
    #expect(EvSearchCommand.run(["index", "T", "--index", "I"], on: named.console) == .success)
    #expect(!FileManager.default.fileExists(atPath: folder.path("I/.gitignore")))
  }

  @Test(.enabled(if: Program.isBuilt, "needs the program beside the tests"))
  func `watching updates the index when files change, and ends with Ctrl-C`() throws {
    let program = try #require(
      TerminalProgram(
        arguments: [Program.path, "watch", folder.path("T"), "--settle", "20"],
        environment: ["TERM=dumb", "PATH=/usr/bin:/bin"]))
    #expect(program.wait(for: "Ctrl-C ends it."))
    try folder.write("T/new/deep.txt", "A new Rivian.\n")
    #expect(program.wait(for: "1 new, 0 changed, 0 removed: 4 documents"))
    #expect(run("-l", "--no-refresh", "Rivian").output == "new/deep.txt\n")
    try FileManager.default.removeItem(atPath: folder.path("T/new/deep.txt"))
    #expect(program.wait(for: "0 new, 0 changed, 1 removed: 3 documents"))
    program.interrupt()
    #expect(program.end() == .exited(130))
  }
}
