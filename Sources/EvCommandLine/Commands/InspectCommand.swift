// The inside of an index, for those who work on it.

import ArgumentParser
import EvSearch
import EvTerminal

/// Prints an index, or one term of it, as text.
struct InspectCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Print the inside of the index as text.",
    discussion: """
      Without an argument it prints everything; with a term, as the index spells it, the documents \
      and places that hold it.
      """)

  @Argument(help: "A term.")
  var term: String?

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let path = try IndexLocation.existing(common.indexPath, on: console)
    let palette = console.palette(of: console.output, color)
    do throws(IndexError) {
      try SearchIndex.open(at: path).inspect(term: term) { line in
        console.output.write(StyledText(line), palette)
      }
    } catch {
      throw CommandError(error)
    }
    return .success
  }
}
