// The program: arguments in, an exit status out.

import ArgumentParser
public import EvTerminal
import Glibc

/// The program `evsearch`.
public enum EvSearchCommand {
  /// The version of the program.
  public static let version = "0.1.0"

  /// Runs the program with the arguments of this process, and ends the process.
  public static func main() -> Never {
    let console = Console.standard()
    let status = run(Array(CommandLine.arguments.dropFirst()), on: console)
    exit(status.rawValue)
  }

  /// Runs the program.
  ///
  /// - Parameters:
  ///   - arguments: What was typed after the program's name.
  ///   - console: Where to print, and what to read.
  /// - Returns: The exit status; everything is printed.
  public static func run(_ arguments: [String], on console: Console) -> ExitStatus {
    if let kind = Help.generatedKind(arguments), Help.generated(kind) == nil {
      let kinds = Help.kinds.joined(separator: ", ")
      console.note("--generate takes \(kinds)\(kind.isEmpty ? "" : "; not \(kind)").")
      return .failure
    }
    if let text = explanation(arguments, columns: min(console.columns, 100)) {
      console.output.write(text + "\n")
      console.output.flush()
      return .success
    }
    var report = DebugReport()
    let status = answer(arguments, &report, on: console)
    console.output.flush()
    if report.arguments.prefix(while: { $0 != "--" }).contains("--debug") {
      for line in report.lines(status, on: console) { console.note(line) }
    }
    guard console.output.failure != 0 else { return status }
    let reason = SystemCalls.message(console.output.failure)
    console.note("The results could not be written: \(reason).")
    return .failure
  }

  /// Does what the arguments ask for.
  private static func answer(
    _ typed: [String], _ report: inout DebugReport, on console: Console
  ) -> ExitStatus {
    var arguments = Arguments.withCommand(typed, inputIsTerminal: console.inputIsTerminal)
    defer { report.arguments = arguments }
    do {
      if arguments.first == "search" {
        let file = Arguments.value(of: "--config", in: arguments)
        arguments.insert(contentsOf: try Configuration.arguments(file, on: console), at: 1)
      }
      var command = try RootCommand.parseAsRoot(arguments)
      if let command = command as? any ConsoleCommand { return run(command, on: console) }
      // The parser's own: help.
      try command.run()
      return .success
    } catch let error as CommandError {
      return tell(error, as: Arguments.wantedForm(arguments), on: console)
    } catch {
      return explain(error, arguments, on: console)
    }
  }

  /// What explains the program, where that is all that was asked for.
  private static func explanation(_ arguments: [String], columns: Int) -> String? {
    switch arguments {
    case ["-h"]: return Help.short
    case ["--help"]: return Help.long(columns: columns)
    default: return Help.generatedKind(arguments).flatMap(Help.generated)
    }
  }

  /// Prints an error in the form of the results.
  private static func tell(
    _ error: CommandError, as form: OutputFormat, color: ColorChoice = .auto, on console: Console
  ) -> ExitStatus {
    switch form {
    case .json: console.output.write(SearchJSON.error(error).text + "\n")
    case .jsonl: console.output.write(SearchJSON.errorLine(error).text + "\n")
    default: console.note(StyledText(error.line), color: color)
    }
    return .failure
  }

  private static func run(_ command: any ConsoleCommand, on console: Console) -> ExitStatus {
    do throws(CommandError) {
      return try command.run(on: console)
    } catch {
      let form: OutputFormat =
        command.printsJSON ? .json : command.printsJSONLines ? .jsonl : .text
      return tell(error, as: form, color: command.color, on: console)
    }
  }

  /// Prints what the parser has to say: help, the version, or what is wrong with the arguments.
  ///
  /// The parser's own exit status for the latter is 64; ours is grep's.
  private static func explain(
    _ error: any Error, _ arguments: [String], on console: Console
  ) -> ExitStatus {
    if RootCommand.exitCode(for: error) == .success {
      // All of it is our own: help, the version, or a script for a shell.
      let text = RootCommand.fullMessage(for: error, columns: min(console.columns, 100))
      console.output.write(text + "\n")
      return .success
    }
    let mistake = UsageMistake(arguments: arguments, message: RootCommand.message(for: error))
    return tell(mistake.error, as: Arguments.wantedForm(arguments), on: console)
  }
}

/// The root of the commands, for the parser.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evsearch",
    abstract: "Full-text search in a folder of articles.",
    usage: """
      evsearch <query> ...
      evsearch index [<folder>]
      evsearch
      """,
    discussion: """
      Anything you type is a query; the best passages come first, with their matches lit. Without a \
      query there is a session. A query that is the name of a command, or that begins with a hyphen, \
      goes after two hyphens: evsearch -- index

        evsearch index articles       index a folder, or update its index
        evsearch lock-in rate         search it
        evsearch --json lock-in rate  the same, for programs
        evsearch help search          all options of a search

      The exit status is 0 when something was found, 1 when nothing was, 2 when something went wrong.
      """,
    version: EvSearchCommand.version,
    subcommands: [
      SearchCommand.self, IndexCommand.self, WatchCommand.self, OptimizeCommand.self,
      MergeCommand.self, StatusCommand.self, CheckCommand.self, TermsCommand.self, GetCommand.self,
      InspectCommand.self, AnalyzeCommand.self, EvalCommand.self, SessionCommand.self,
      ContextCommand.self, ServeCommand.self,
    ])
}
