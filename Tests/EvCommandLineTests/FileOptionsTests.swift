// Which files are indexed, and that an index remembers it.

import EvTestSupport
import Testing

@testable import EvCommandLine

@Suite struct FileOptionsTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try folder.write("T/a.md", "The lock-in rate rose.")
    try folder.write("T/b.txt", "The rate fell.")
    try folder.write("T/.c.md", "A hidden rate.")
    try folder.write("T/old.txt", [0xCB, 0xF8, 0xB5, 0xA5, 0xC2, 0xCA])
  }

  private func run(_ arguments: String...) -> RecordedConsole {
    let console = RecordedConsole(in: folder.path)
    _ = EvSearchCommand.run(arguments, on: console.console)
    return console
  }

  private func paths(_ query: String) -> Set<String> {
    let output = run("-l", query, "--index", folder.path("I")).output
    return Set(output.split(separator: "\n").map { String($0.split(separator: "/").last ?? $0) })
  }

  private func configuration() throws -> [String] {
    let text = String(decoding: try folder.read(folder.path("I/collection.conf")), as: UTF8.self)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.hasPrefix("root") }
      .map(String.init)
  }

  @Test func `the options choose files, and the next update remembers them`() throws {
    let index = folder.path("I")
    _ = run("index", "T", "--index", index, "-g", "*.md", "-.", "--max-filesize", "1M")
    #expect(paths("rate") == ["a.md", ".c.md"])
    #expect(try configuration() == ["hidden = yes", "max-filesize = 1048576", "glob = *.md"])
    #expect(run("index", "--index", index).errors.contains("0 new, 0 changed, 0 removed, 2 unch"))
    #expect(paths("rate") == ["a.md", ".c.md"])
    _ = run("index", "--index", index, "--no-hidden", "-g", "", "--max-filesize", "0")
    #expect(paths("rate") == ["a.md", "b.txt"])
    #expect(try configuration() == [])
  }

  @Test func `a search takes documents of a kind, and those whose paths match`() throws {
    try folder.write("T/deep/d.md", "A rate in a folder.")
    _ = run("index", "T", "--index", folder.path("I"))
    func paths(_ options: String...) -> [String] {
      let console = RecordedConsole(in: folder.path("T"))
      let search = ["-l", "--sort", "path", "--index", folder.path("I")] + options + ["rate"]
      _ = EvSearchCommand.run(search, on: console.console)
      return console.output.split(separator: "\n").map(String.init)
    }
    #expect(paths() == ["a.md", "b.txt", "deep/d.md"])
    #expect(paths("-t", "md") == ["a.md", "deep/d.md"])
    #expect(paths("-tmd", "-ttxt") == ["a.md", "b.txt", "deep/d.md"])
    #expect(paths("-t", "md", "-g", "!deep") == ["a.md"])
    #expect(paths("-g", "deep/*") == ["deep/d.md"])
    #expect(paths("-g", "!*.md") == ["b.txt"])
    #expect(paths("-g", "b.txt") == ["b.txt"])
  }

  @Test func `what is packed is left alone where that is asked for`() throws {
    let index = folder.path("I")
    // `gzip` of "The rate of gzip.\n", without a time.
    try folder.write(
      "T/z.txt.gz",
      [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 18, 0, 0xED, 0xFF,
      ] + Array("The rate of gzip.\n".utf8) + [0x0C, 0x9C, 0x3E, 0x32, 18, 0, 0, 0])
    _ = run("index", "T", "--index", index, "--no-search-zip")
    #expect(try configuration() == ["search-zip = no"])
    #expect(run("status", "--skipped", "--index", index).output.contains("z.txt.gz: packed"))
    _ = run("index", "--index", index, "-z")
    #expect(try configuration() == [])
    #expect(paths("gzip") == ["z.txt.gz"])
  }

  @Test func `an encoding that is given is used and remembered`() throws {
    let index = folder.path("I")
    _ = run("index", "T", "--index", index, "-E", "old*=GB18030")
    #expect(paths("锁单率") == ["old.txt"])
    #expect(try configuration() == ["encoding = old*=GB18030"])
    _ = run("index", "--index", index, "-E", "windows-1252")
    #expect(paths("锁单率") == [])
    _ = run("index", "--index", index, "-E", "auto")
    #expect(try configuration() == [])
  }

  @Test(arguments: [
    ["-E", "gb18031"], ["-E", "[=utf-8"], ["-g", "["], ["--max-filesize", "much"],
  ])
  func `what cannot be meant is one clear line`(arguments: [String]) {
    let console = RecordedConsole(in: folder.path)
    #expect(
      EvSearchCommand.run(["index", "T"] + arguments, on: console.console) == .failure)
    let line = console.errors
    #expect(line.hasSuffix(" More: evsearch help index\n") && !line.dropLast().contains("\n"))
  }

  @Test func `a rule in the file that means nothing is said to be there`() throws {
    let index = folder.path("I")
    _ = run("index", "T", "--index", index)
    let path = folder.path("I/collection.conf")
    for (line, message) in [
      ("encoding = nonsense", "There is no encoding \"nonsense\"."),
      ("hidden = maybe", "hidden is yes or no"), ("colour = red", "unknown key \"colour\""),
      ("max-filesize = -1", "max-filesize is a number of bytes"),
    ] {
      try folder.write("I/collection.conf", "root = ../T\n\(line)\n")
      let errors = run("index", "--index", index).errors
      #expect(errors.contains(message) && errors.contains(path), "\(errors)")
    }
  }
}
