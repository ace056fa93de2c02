import EvTerminal
import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

/// The README, command by command; `make demo` writes what they print anew.
@Suite(.serialized, .enabled(if: Program.isBuilt, "needs the program beside the tests"))
struct ReadmeTests {
  private let folder: TemporaryDirectory
  private let path = Repository.root + "/README.md"

  init() throws {
    folder = try TemporaryDirectory()
    try folder.write("bin/.keep", "")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("bin/evsearch"), withDestinationPath: Program.path)
    try FileManager.default.createDirectory(
      atPath: folder.path("home/evsearch"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: Repository.seeds, toPath: folder.path("home/evsearch/seeds"))
  }

  /// Runs a program in a terminal and returns all that it showed.
  private func shown(_ arguments: [String], typing lines: [String] = []) throws -> String {
    let program = try #require(
      TerminalProgram(
        arguments: arguments,
        environment: [
          "TERM=dumb", "HOME=\(folder.path("home"))", "NO_COLOR=1", "LANG=C.UTF-8",
          "EVSEARCH_HISTORY=\(folder.path("history"))",
          "PATH=\(folder.path("bin")):/usr/local/bin:/usr/bin:/bin",
        ]))
    var text = ""
    for line in lines {
      #expect(program.wait(for: "evsearch> "))
      text += program.takeShown()
      program.type(line + "\r")
    }
    if case .killed = program.end() { Issue.record("\(arguments) did not end") }
    text += program.takeShown()
    return text.withoutCarriageReturns
      .replacing(folder.path("home"), with: "/home/me")
  }

  /// What a command of the README shows; one that changes the folder changes `place`.
  private func run(_ command: String, _ lines: [String], in place: inout String) throws -> String {
    if command.hasPrefix("cd ~") {
      place = folder.path("home") + command.dropFirst("cd ~".count)
      return ""
    }
    if command == "evsearch" {
      return try shown(
        ["/bin/bash", "-c", "cd '\(place)' && exec evsearch repl --no-init"], typing: lines)
    }
    return try shown(["/bin/bash", "-c", "cd '\(place)' && \(command)"])
  }

  /// Lines with numbers as signs: times, and what every change of an article or a weight changes.
  private func linesShown(_ text: String) -> [String] {
    text.replacing(#/[0-9][0-9.,]*/#) { _ in "#" }.trimmingCharacters(in: .newlines)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in line.split(separator: " ").joined(separator: " ") }
  }

  @Test func `every command of the README prints what the README shows`() throws {
    let text = String(decoding: try folder.read(path), as: UTF8.self)
    var result: [String] = []
    var place = folder.path("home/evsearch")
    var block: [String]?
    var count = 0
    for line in text.components(separatedBy: "\n") {
      guard var lines = block else {
        result.append(line)
        if line == "```console" {
          block = []
          place = folder.path("home/evsearch")
        }
        continue
      }
      guard line == "```" else {
        lines.append(line)
        block = lines
        continue
      }
      block = nil
      for (index, command) in lines.enumerated() where command.hasPrefix("$ ") {
        count += 1
        let rest = lines[(index + 1)...].prefix { !$0.hasPrefix("$ ") }
        let typed = rest.filter { $0.hasPrefix("evsearch> ") }.map { String($0.dropFirst(10)) }
        let name = String(command.dropFirst(2))
        let output = try run(name, typed, in: &place)
        if unsafe getenv("EV_RECORD") == nil {
          // In a pipe, what goes to standard error can overtake what passes through.
          let (now, then) = (linesShown(output), linesShown(rest.joined(separator: "\n")))
          #expect(
            command.contains(" | ") ? now.sorted() == then.sorted() : now == then,
            "\(command); make demo writes it anew")
        }
        // Between an answer and the next command a line is left free.
        if index > 0, result.last?.isEmpty == false, result.last?.hasPrefix("$ ") == false {
          result.append("")
        }
        result.append(command)
        result += output.components(separatedBy: "\n").dropLast(output.hasSuffix("\n") ? 1 : 0)
          .filter { !($0.isEmpty && output.isEmpty) }
      }
      result.append(line)
    }
    #expect(count > 15)
    if unsafe getenv("EV_RECORD") != nil {
      try Data(result.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
    }
  }

  @Test func `every target of make that the README names is there`() throws {
    let text = String(decoding: try folder.read(path), as: UTF8.self)
    let make = String(
      decoding: try folder.read(Repository.root + "/Makefile"), as: UTF8.self)
    let targets = Set(text.matches(of: #/(?:`|\n *)make ([a-z-]+)/#).map { String($0.output.1) })
    #expect(targets.isSuperset(of: ["run", "install", "test", "lint"]))
    for target in targets { #expect(make.contains("\n\(target):"), "make \(target)") }
  }
}
