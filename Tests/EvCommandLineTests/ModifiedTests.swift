import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

/// When files were written: `modified:` and `--sort modified`, which never stand in for a document's date.
@Suite struct ModifiedTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try write("old.md", "---\ndate: 2024-05-01\n---\nThe rate of old.\n", on: "2021-03-05")
    try write("sub/new.txt", "The rate of new.\n", on: "2023-07-09")
    let rows = #"{"text":"a rate"}"# + "\n" + #"{"text":"one more rate"}"# + "\n"
    try write("rows.jsonl", rows, on: "2022-01-01")
    let console = RecordedConsole(in: folder.path)
    try #require(EvSearchCommand.run(["index", "."], on: console.console) == .success)
  }

  private func write(_ name: String, _ text: String, on day: String) throws {
    try folder.write(name, text)
    // Noon where the test runs is on that day.
    let time = try Date("\(day)T12:00:00Z", strategy: .iso8601)
    let here = time.addingTimeInterval(-Double(TimeZone.current.secondsFromGMT(for: time)))
    try FileManager.default.setAttributes(
      [.modificationDate: here], ofItemAtPath: folder.path(name))
  }

  private func run(_ arguments: String...) -> (lines: [String], errors: String) {
    let console = RecordedConsole(in: folder.path)
    _ = EvSearchCommand.run(arguments, on: console.console)
    return (console.output.split(separator: "\n").map(String.init), console.errors)
  }

  @Test(
    arguments: [
      ("modified:2021-03-05", ["old.md"]), ("modified:2021", ["old.md"]),
      ("modified:2022..", ["rows.jsonl#1", "rows.jsonl#2", "sub/new.txt"]),
      ("modified:..2022-01-01", ["old.md", "rows.jsonl#1", "rows.jsonl#2"]),
      ("modified:today", []), ("rate -modified:2022", ["old.md", "sub/new.txt"]),
      ("rate modified:2024-05-01", []), ("rate date:2024-05-01", ["old.md"]),
    ] as [(String, [String])])
  func `files are found by when they were written`(query: String, expected: [String]) {
    let found = run("-l", "--", query)
    #expect(Set(found.lines) == Set(expected), "\(found)")
  }

  @Test func `hits come in the order in which files were written`() {
    let newest = ["sub/new.txt", "rows.jsonl#1", "rows.jsonl#2", "old.md"]
    #expect(run("-l", "--sort", "modified", "rate").lines == newest)
    let oldest = run("-l", "--sort", "modified", "--reverse", "rate").lines
    #expect(oldest == ["old.md", "rows.jsonl#1", "rows.jsonl#2", "sub/new.txt"])
    // Only one has a date of its own.
    #expect(run("-l", "--since", "2020", "rate").lines == ["old.md"])
    #expect(run("-l", "--sort", "date", "rate").lines.first == "old.md")
  }

  @Test func `a file that changed since is where it belongs now`() throws {
    try write("old.md", "The rate of what was old.\n", on: "2026-02-02")
    #expect(run("-l", "modified:2026-02-02").lines == ["old.md"])
    #expect(run("-l", "modified:2021").lines == [])
    #expect(run("-l", "--sort", "modified", "rate").lines.first == "old.md")
  }

  @Test func `what is no time is text, and an index without its files says so`() throws {
    #expect(run("modified:whenever").errors.contains("is no modified that can be told"))
    try FileManager.default.removeItem(atPath: folder.path(".evsearch/files"))
    #expect(run("modified:2021").errors.contains("when files were written is not known"))
    #expect(run("-l", "--sort", "modified", "rate").lines.count == 4)
  }
}
