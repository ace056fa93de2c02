// The words of an index.

import ArgumentParser
import EvIndex
import EvSearch
import EvTerminal

/// Prints the words that begin with some letters, and how many documents hold each.
struct TermsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "terms", abstract: "Print the words of the index that begin with some letters.",
    discussion: """
      A line is how many documents hold a word, and the word as the index spells it; those in the most \
      documents come first. Without letters they are the most frequent words of all.
      """)

  @Argument(help: "The letters.")
  var prefix: String = ""

  @Option(
    name: [.customShort("n", allowingJoined: true), .long],
    help: ArgumentHelp("How many words to print; 0 prints all.", valueName: "count"))
  var limit = 20

  @Flag(help: "Print one JSON document.")
  var json = false

  @OptionGroup var common: CommonOptions

  var printsJSON: Bool { json }
  var color: ColorChoice { common.colorChoice }

  func validate() throws { try checkRange("limit", limit) }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let path = try IndexLocation.existing(common.indexPath, on: console)
    let palette = console.palette(of: console.output, color)
    let terms: [TermCount]
    do throws(IndexError) {
      terms = try SearchIndex.open(at: path).snapshot
        .terms(prefix: prefix, limit: limit == 0 ? .max : limit)
    } catch {
      throw CommandError(error)
    }
    if json {
      console.output.write(Self.json(terms).text + "\n")
    } else {
      for line in Self.lines(terms) { console.output.write(line, palette) }
    }
    return terms.isEmpty ? .nothingFound : .success
  }

  /// Words with their counts in front, which stand below each other.
  static func lines(_ terms: [TermCount]) -> [StyledText] {
    let width = terms.map { String($0.documentFrequency).count }.max() ?? 0
    return terms.map { term in
      let count = String(term.documentFrequency)
      var line = StyledText(
        String(repeating: " ", count: width - count.count) + count + "  ", .line)
      line.append(term.term)
      return line
    }
  }

  private static func json(_ terms: [TermCount]) -> JSONValue {
    .object([
      .init("schema", .string("evsearch.terms/1")),
      .init(
        "terms",
        .array(
          terms.map { term in
            .object([
              .init("term", .string(term.term)),
              .init("documents", .integer(term.documentFrequency)),
            ])
          })),
    ])
  }
}
