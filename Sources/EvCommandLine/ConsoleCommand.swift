// What every command of ours is.

import ArgumentParser
import EvTerminal

/// A command that runs on a console, so that tests can give it one and read what it printed.
protocol ConsoleCommand: ParsableCommand {
  /// Whether results, and so errors too, are one JSON document.
  var printsJSON: Bool { get }

  /// Whether results, and so errors too, are JSON documents, one a line.
  var printsJSONLines: Bool { get }

  /// What a person asked for with `--color`.
  var color: ColorChoice { get }

  /// Does the work.
  func run(on console: Console) throws(CommandError) -> ExitStatus
}

extension ConsoleCommand {
  var printsJSON: Bool { false }
  var printsJSONLines: Bool { false }
  var color: ColorChoice { .auto }
}

/// The options that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(
    name: .customLong("index"),
    help: ArgumentHelp(
      "The folder of the index; otherwise EVSEARCH_INDEX, else the nearest Index or .evsearch.",
      valueName: "path"),
    completion: .directory)
  var indexPath: String?

  @Option(
    help: ArgumentHelp("When to use colour.", valueName: "when"))
  var color: ColorOption = .auto

  @Flag(name: .customLong("no-color"), help: "The same as --color never.")
  var noColor = false

  // Read from the arguments as they were typed, as it is about those that cannot be parsed too.
  @Flag(help: "Print with what the command was run, and what it cost.")
  var debug = false

  /// What a person asked for, both ways of saying so taken together.
  var colorChoice: ColorChoice { noColor ? .never : color.choice }
}

/// ``EvTerminal/ColorChoice`` for the parser.
///
/// The choice itself cannot be made to conform: its module is no client of the parser.
enum ColorOption: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never

  var choice: ColorChoice {
    switch self {
    case .auto: .auto
    case .always: .always
    case .never: .never
    }
  }
}
