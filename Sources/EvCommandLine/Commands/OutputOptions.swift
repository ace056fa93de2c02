// What a search prints, and how.

import ArgumentParser
import EvTerminal

/// The options of the output of a search.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "text, json, jsonl, csv, tsv, md, html or paths.", valueName: "form"))
  var format: OutputFormat?

  @Flag(help: "The same as --format json: one document.")
  var json = false

  @Flag(help: "The same as --format jsonl: a document a line.")
  var jsonl = false

  @Option(help: ArgumentHelp("The schema of JSON that is wanted; there is 1.", valueName: "number"))
  var formatVersion = 1

  @Flag(name: [.customShort("l"), .long], help: "Print only the paths of the documents.")
  var filesWithMatches = false

  @Flag(name: [.customShort("0"), .customLong("null")], help: "With -l: end paths with NUL.")
  var endsPathsWithNull = false

  @Flag(name: .shortAndLong, help: "Print only how many documents match.")
  var count = false

  @Flag(name: .shortAndLong, help: "Print nothing; the exit status says it.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say what was searched, and which files are not as indexed.")
  var verbose = false

  @Flag(
    inversion: .prefixedNo,
    help: "Print a block for each document, as on a terminal, or lines of path:line:text.")
  var heading: Bool?

  @Option(help: ArgumentHelp("How many passages to print of a document.", valueName: "count"))
  var passages = 1

  @Option(
    name: [.customShort("A", allowingJoined: true), .long],
    help: ArgumentHelp("Print lines behind each passage too.", valueName: "lines"))
  var afterContext: Int?

  @Option(
    name: [.customShort("B", allowingJoined: true), .long],
    help: ArgumentHelp("Print lines in front of each passage too.", valueName: "lines"))
  var beforeContext: Int?

  @Option(
    name: [.customShort("C", allowingJoined: true), .long],
    help: ArgumentHelp("Print lines on both sides of each passage.", valueName: "lines"))
  var context: Int?

  @Option(
    help: ArgumentHelp(
      "What to put around matches where there is no colour: --mark '[,]'.", valueName: "signs"))
  var mark: MatchMarks?

  @Option(
    help: ArgumentHelp(
      "The address behind a path, as ripgrep has it: file, vscode, none, or with {path} and {line}.",
      valueName: "format"),
    transform: Self.hyperlinkFormat)
  var hyperlinkFormat = HyperlinkFormat.file

  @Flag(inversion: .prefixedNo, help: "Show what is taller than the screen in a pager.")
  var pager = true

  func validate() throws {
    for (name, value) in [
      ("passages", passages), ("after-context", afterContext ?? 0),
      ("before-context", beforeContext ?? 0), ("context", context ?? 0),
    ] {
      try checkRange(name, value)
    }
    guard formatVersion == 1 else {
      throw ValidationError("--format-version can be 1 only, not \(formatVersion).")
    }
  }

  private static func hyperlinkFormat(_ text: String) throws -> HyperlinkFormat {
    guard let format = HyperlinkFormat(text) else {
      let names = HyperlinkFormat.aliases.map(\.name).joined(separator: ", ")
      throw ValidationError("It is one of \(names), or an address with {path}.")
    }
    return format
  }

  /// The form that was asked for, whichever option says so.
  var form: SearchSettings.Form {
    if quiet { return .nothing }
    if count { return .count }
    if filesWithMatches { return .paths(endWithNull: endsPathsWithNull) }
    if jsonl { return .jsonLines }
    if json { return .json }
    let form = SearchSettings.Form(format ?? .text, endsWithNull: endsPathsWithNull)
    return form == .text(hasHeadings: nil) ? .text(hasHeadings: heading) : form
  }

  /// Puts what was asked for into settings.
  func apply(to settings: inout SearchSettings) {
    settings.form = form
    settings.passages = passages
    settings.context = ContextSize(
      before: beforeContext ?? context ?? 0, after: afterContext ?? context ?? 0)
    settings.marks = mark
    settings.isVerbose = verbose
    settings.hyperlinks = hyperlinkFormat
    settings.usesPager = pager
  }
}

/// Refuses a count that is negative, or so large that arithmetic with it could overflow.
func checkRange(_ name: String, _ value: Int) throws {
  guard (0...1_000_000_000).contains(value) else {
    throw ValidationError("--\(name) must be between 0 and 1000000000, not \(value).")
  }
}

extension OutputFormat: ExpressibleByArgument {}

extension MatchMarks: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}
