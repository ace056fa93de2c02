// The session.

import ArgumentParser
import EvTerminal

/// Reads queries from a person, or from a file.
struct SessionCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Search in a session.",
    discussion: """
      On a terminal there is a prompt with editing, history and completion; .help says what else \
      there is. The lines of evsearch/replrc in the folder of your settings are run first. Otherwise \
      each line of the standard input is a query, and the exit status is 2 if one failed.
      """)

  @Flag(help: "Leave the start file alone: replrc in the folder of your settings.")
  var noInit = false

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    var session = Repl(
      indexPath: try IndexLocation.existing(common.indexPath, on: console),
      settings: SearchSettings(color: color), on: console)
    if !noInit, console.inputIsTerminal, case .leave = session.runStartFile() { return .success }
    return console.inputIsTerminal
      ? session.runPrompt(on: console) : session.runLines(from: console)
  }
}
