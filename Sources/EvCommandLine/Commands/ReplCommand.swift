// The session.

import ArgumentParser
import EvTerminal

/// Reads queries from a person, or from a file.
struct ReplCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Search in a session.",
    discussion: """
      On a terminal there is a prompt with editing and history; .help says what else there is. \
      Otherwise each line of the standard input is a query, and the exit status is 2 if one failed.
      """)

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    var session = Repl(
      indexPath: try IndexLocation.existing(common.indexPath, on: console),
      settings: SearchSettings(color: color), on: console)
    return console.inputIsTerminal
      ? session.runPrompt(on: console) : session.runLines(from: console)
  }
}
