// The command that is meant when none is named.

import ArgumentParser
import EvSearch
import EvTerminal

/// Answers one query.
struct SearchCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Print the passages that best match a query.",
    usage: "evsearch [<options>] <query> ...",
    discussion: """
      Words are joined by spaces, so quotation marks are needed only where the shell asks for them; \
      '"lock-in rate"' is a phrase. A lone - reads queries from the standard input, one a line.
      """)

  @Argument(help: "What to look for.")
  var query: [String] = []

  @Option(
    name: [
      .customShort("n", allowingJoined: true), .customLong("limit"),
      .customShort("m", allowingJoined: true),
    ],
    help: ArgumentHelp(
      "How many documents to print; 0 prints all. Without it 10, and all with -l.",
      valueName: "count"))
  var limit: Int?

  @Option(help: ArgumentHelp("How many of the best documents to leave out.", valueName: "count"))
  var offset = 0

  @Option(help: ArgumentHelp("How many passages to print of a document.", valueName: "count"))
  var passages = 1

  @Flag(help: "Take only documents that hold all words.")
  var strict = false

  @Flag(help: "Print one JSON document.")
  var json = false

  @Flag(name: [.customShort("l"), .long], help: "Print only the paths of the documents.")
  var filesWithMatches = false

  @Flag(name: [.customShort("0"), .customLong("null")], help: "With -l: end paths with NUL.")
  var endsPathsWithNull = false

  @Flag(name: .shortAndLong, help: "Print only how many documents match.")
  var count = false

  @Flag(name: .shortAndLong, help: "Print nothing; the exit status says it.")
  var quiet = false

  @Flag(
    inversion: .prefixedNo,
    help: "Print a block for each document, as on a terminal, or lines of path:line:text.")
  var heading: Bool?

  @OptionGroup var common: CommonOptions

  var printsJSON: Bool { json }
  var color: ColorChoice { common.colorChoice }

  func validate() throws {
    for (name, value) in [("limit", limit ?? 0), ("offset", offset), ("passages", passages)] {
      guard (0...1_000_000_000).contains(value) else {
        throw ValidationError("--\(name) must be between 0 and 1000000000, not \(value).")
      }
    }
  }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    if query == ["-"] {
      let path = try IndexLocation.existing(common.indexPath, on: console)
      var session = Repl(indexPath: path, settings: settings, on: console)
      return session.runLines(from: console)
    }
    let text = query.joined(separator: " ")
    guard text.contains(where: { !$0.isWhitespace }) else { throw .emptyQuery }

    let path = try IndexLocation.existing(common.indexPath, on: console)
    let answer = try Answer(to: text, in: path, settings)
    answer.print(settings, on: console)
    return answer.results.total > 0 ? .success : .nothingFound
  }

  /// What was asked for, without the parser.
  private var settings: SearchSettings {
    let form: SearchSettings.Form =
      if quiet {
        .nothing
      } else if json {
        .json
      } else if count {
        .count
      } else if filesWithMatches {
        .paths(endWithNull: endsPathsWithNull)
      } else {
        .text(hasHeadings: heading)
      }
    return SearchSettings(
      form: form, color: color, limit: limit, offset: offset, passages: passages, isStrict: strict)
  }
}
