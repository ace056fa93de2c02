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
      '"lock-in rate"' is a phrase. Folders and files behind the words, with a slash in them, are what \
      is searched: evsearch lock-in rate en/. A lone - reads queries from the standard input, one a line.
      """)

  @Argument(help: "What to look for.", completion: .file())
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

  @Flag(help: "Take only documents that hold all words.")
  var strict = false

  @OptionGroup(title: "Documents")
  var filters: FilterOptions

  @OptionGroup(title: "Ranking")
  var ranking: RankingOptions

  @OptionGroup(title: "Output")
  var output: OutputOptions

  @Flag(name: .shortAndLong, help: "Search while you type; Enter opens the hit, Esc leaves.")
  var interactive = false

  @Option(help: ArgumentHelp("Open a hit in $VISUAL or $EDITOR.", valueName: "number"))
  var open: Int?

  @Option(
    name: [.customShort("x"), .customLong("exec")],
    help: ArgumentHelp(
      "Run a program for each hit; {} stands for its path and {line} for its line.",
      valueName: "command"))
  var command: String?

  @Flag(help: "Print how the query is read and what its words become, and search nothing.")
  var analyze = false

  @Option(
    help: ArgumentHelp("Where the documents are, if they were moved.", valueName: "folder"),
    completion: .directory)
  var root: String?

  @Flag(inversion: .prefixedNo, help: "Read files that changed since they were indexed.")
  var refresh = true

  @Flag(help: "Fail, with status 2, when files were added, changed or removed since.")
  var requireFresh = false

  // Read before the arguments are parsed; here for the help.
  @Option(
    help: ArgumentHelp("Settings to read instead of the usual ones.", valueName: "file"),
    completion: .file())
  var config: String?

  @OptionGroup var common: CommonOptions

  var printsJSON: Bool { output.form == .json }
  var printsJSONLines: Bool { output.form == .jsonLines }
  var color: ColorChoice { common.colorChoice }

  func validate() throws {
    try checkRange("limit", limit ?? 0)
    try checkRange("offset", offset)
    guard (open ?? 1) >= 1 else {
      throw ValidationError("--open takes the number of a hit, from 1, not \(open ?? 0).")
    }
  }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let scope = QueryScope(query, in: console.workingFolder)
    var settings = settings(on: console)
    settings.places = scope.places
    if query == ["-"] {
      let path = try IndexLocation.existing(common.indexPath, on: console)
      var session = Repl(indexPath: path, settings: settings, on: console)
      return session.runLines(from: console)
    }
    let text = scope.words.joined(separator: " ")
    if interactive {
      let path = try IndexLocation.existing(common.indexPath, on: console)
      return try InteractiveSearch(indexPath: path, settings: settings, console: console)
        .run(text: text)
    }
    guard text.contains(where: { !$0.isWhitespace }) else { throw .emptyQuery }

    let path = try indexPath(for: scope, on: console)
    if analyze { return try printAnalysis(of: text, in: path, settings, on: console) }
    if let file = ranking.whyNot {
      return try explainAbsence(of: file, text, in: path, settings, on: console)
    }
    if ranking.explainPlan { return try explainPlan(of: text, in: path, settings, on: console) }
    if requireFresh { try CollectionState(path, root: settings.root).requireFresh() }
    let answer = try Answer(
      to: text, in: path, settings, environment: console.environment,
      inPages: open == nil && command == nil)
    try answer.refuseProblems()
    if let open { return try openHit(open, of: answer, on: console) }
    if let command { return try run(HitCommand(command), for: answer, on: console) }
    try answer.print(settings, on: console)
    guard answer.results.total == 0 else { return .success }
    if case .text = settings.form, let name = UsageMistake.command(meantBy: query) {
      console.note(StyledText("To run the command: evsearch \(name)"), color: color)
    }
    return .nothingFound
  }

  /// The index to search; where there is none of a folder that was named, it is made.
  private func indexPath(
    for scope: QueryScope, on console: Console
  ) throws(CommandError) -> String {
    if scope.places.isEmpty, scope.words.count > 1, let last = scope.words.last,
      last.hasSuffix("/"), IndexLocation.found(common.indexPath, on: console) == nil
    {
      throw CommandError(code: "no_folder", message: "There is no folder \(last).")
    }
    if let path = try IndexLocation.existing(common.indexPath, places: scope.places, on: console) {
      return path
    }
    guard scope.places.count == 1, SystemCalls.isFolder(scope.places[0]) else {
      throw .noIndexFound
    }
    let folder = scope.places[0]
    let target = IndexLocation.Target(root: folder, indexPath: FilePath.join(folder, ".evsearch"))
    let shown = FilePath.relative(folder, to: console.workingFolder)
    if !output.quiet { console.note("There is no index of \(shown) yet; making one.") }
    let run = try IndexRun(
      target: target, reading: .init(), threads: SystemCalls.processorCount, rebuilds: false,
      optimizes: false, whenLocked: { _ in })
    let report = try run.index(showingProgressOn: output.quiet ? nil : console)
    PrivateFolder.mark(target.indexPath)
    if !output.quiet {
      for line in report.lines(indexPath: nil).dropLast() { console.note(line, color: color) }
    }
    return target.indexPath
  }

  private func openHit(
    _ rank: Int, of answer: Answer, on console: Console
  ) throws(CommandError) -> ExitStatus {
    guard let hit = answer.results.hits.first(where: { $0.rank == rank }) else {
      guard answer.results.total > 0 else { return .nothingFound }
      throw CommandError(
        code: "no_hit", message: "There is no hit \(rank).",
        hint: "There are \(answer.results.total); see them without --open.")
    }
    let problem = answer.place(of: hit).openInEditor(console.environment)
    if let problem { throw CommandError(code: "editor", message: problem) }
    return .success
  }

  private func run(
    _ command: HitCommand, for answer: Answer, on console: Console
  ) throws(CommandError) -> ExitStatus {
    var failures = 0
    for hit in answer.results.hits {
      let place = answer.place(of: hit)
      if let problem = command.run(for: place) {
        console.note(StyledText(problem), color: color)
        failures += 1
      }
    }
    guard failures == 0 else { return .failure }
    return answer.results.total > 0 ? .success : .nothingFound
  }

  /// What was asked for, without the parser.
  func settings(on console: Console) -> SearchSettings {
    var settings = SearchSettings()
    output.apply(to: &settings)
    filters.apply(to: &settings)
    ranking.apply(to: &settings)
    settings.color = color
    settings.limit = limit
    settings.offset = offset
    settings.isStrict = strict
    settings.refreshes = refresh
    if let open {
      // The hit of that number alone, with the line to open it at.
      settings.form = .text(hasHeadings: nil)
      settings.offset = open - 1
      settings.limit = 1
    } else if command != nil {
      settings.form = .text(hasHeadings: nil)
    }
    settings.root = root.map {
      let path = FilePath.absolute($0, in: console.workingFolder)
      return SystemCalls.realPath(path) ?? path
    }
    return settings
  }
}
