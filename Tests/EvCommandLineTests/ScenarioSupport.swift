// The collection of the acceptance scenarios, indexed, and the program run on it.

import EvTerminal
import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

/// A person in the folder of the acceptance fixture.
struct Scenario {
  let fixture: AcceptanceFixture

  /// What a command printed, and how it ended.
  struct Run {
    let status: EvCommandLine.ExitStatus
    let output: String
    let errors: String
    /// The lines of the standard output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// A hit of the JSON output.
  struct Hit {
    let path: String
    /// What is lit in its passages.
    let lit: [String]
    let kinds: Set<String>
    let text: String
  }

  /// One that all tests share which change nothing: to index it takes longer than most of them.
  static let shared = Result { try Scenario(in: .untilExit()) }

  init(in folder: TemporaryDirectory? = nil) throws {
    fixture = try AcceptanceFixture(in: folder)
    let recorded = RecordedConsole(in: fixture.folder.path)
    try #require(
      EvSearchCommand.run(["index", "T"], on: recorded.console) == .success, "\(recorded.errors)")
  }

  func run(
    _ arguments: [String], in folder: String? = nil, input: String = "", isTerminal: Bool = false,
    variables: [String: String] = [:]
  ) -> Run {
    let recorded = RecordedConsole(
      in: folder ?? fixture.root, input: input, isTerminal: isTerminal, variables: variables)
    let status = EvSearchCommand.run(arguments, on: recorded.console)
    return Run(status: status, output: recorded.output, errors: recorded.errors)
  }

  func run(_ arguments: String...) -> Run { run(arguments) }

  /// What a command prints, which is one JSON document.
  func json(_ arguments: String...) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(run(arguments).output.utf8)) as? [String: Any])
  }

  /// The paths that a query finds, best first.
  func paths(_ query: String...) -> [String] { run(["-l", "--"] + query).lines }

  /// The hits of a query.
  func hits(_ query: String, passages: Int = 3) throws -> [Hit] {
    let output = run("--json", "-n0", "--passages", String(passages), "--", query).output
    let answer = try #require(
      JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    return try (#require(answer["hits"] as? [[String: Any]])).map { hit in
      let passages = try #require(hit["passages"] as? [[String: Any]])
      var lit: [String] = []
      var kinds: Set<String> = []
      for passage in passages {
        let bytes = Array(try #require(passage["text"] as? String).utf8)
        for light in try #require(passage["highlights"] as? [[String: Any]]) {
          let range = try #require(light["bytes"] as? [Int])
          lit.append(String(decoding: bytes[range[0]..<range[1]], as: UTF8.self))
          kinds.insert(try #require(light["kind"] as? String))
        }
      }
      return Hit(
        path: try #require(hit["path"] as? String), lit: lit, kinds: kinds,
        text: passages.compactMap { $0["text"] as? String }.joined(separator: "\n"))
    }
  }
}
