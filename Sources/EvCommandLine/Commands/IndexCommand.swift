// Building and updating an index.

import ArgumentParser
import EvIndex
import EvSearch
import EvTerminal

/// Indexes a folder.
struct IndexCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Index a folder, or bring its index up to date.",
    discussion: """
      Without a folder it updates the index that a search would use. With one it writes to the index \
      that --index or EVSEARCH_INDEX names, else to one found upwards that is of this folder, else to \
      a new one, .evsearch, inside it. The index remembers which files were wanted, and how they are \
      read. Skipped files are no failure: evsearch status --skipped
      """)

  @Argument(help: "The folder of documents, or one file.", completion: .file())
  var folder: String?

  @OptionGroup var files: FileOptions

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: ArgumentHelp("How many threads to use; 0 is one a core.", valueName: "count"))
  var threads = 0

  @Flag(help: "Read every file again, not only those that changed.")
  var rebuild = false

  @Flag(help: "Make the index one segment, its documents in the order of their paths.")
  var optimize = false

  @Option(
    help: ArgumentHelp(
      "The most memory to take, such as 256M or 1G; less makes more segments.", valueName: "size"),
    transform: MemorySize.init(parsing:))
  var memory: MemorySize?

  @Flag(inversion: .prefixedNo, help: "Wait while another process writes to the index.")
  var wait = true

  @Flag(help: "Fail, with status 2, when something was skipped.")
  var strict = false

  @Flag(help: "Change nothing; print which files are new, changed or removed.")
  var dryRun = false

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print each file that was skipped, with its reason.")
  var verbose = false

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func validate() throws {
    guard (0...1024).contains(threads) else {
      throw ValidationError("--threads must be between 0 and 1024, not \(threads).")
    }
  }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let target = try IndexLocation.target(folder: folder, common.indexPath, on: console)
    let reading = files.reading(after: try IndexRun.kept(in: target.indexPath))
    if dryRun { return try foretell(target, reading, on: console) }
    let run = try IndexRun(
      target: target, reading: reading,
      threads: threads > 0 ? threads : SystemCalls.processorCount, rebuilds: rebuild,
      optimizes: optimize, memory: memory?.byteCount,
      whenLocked: wait ? LockNotice.waiting(on: console, isQuiet: quiet) : nil)
    let report = try run.index(showingProgressOn: quiet ? nil : console)
    PrivateFolder.mark(target.indexPath)
    if !quiet {
      if verbose { for line in report.skippedLines { console.note(line, color: color) } }
      for line in report.lines(indexPath: shownIndex(target, on: console)) {
        console.note(line, color: color)
      }
    }
    guard !strict || report.skipped.isEmpty else {
      let count = Quantities.count(report.skipped.count, "file")
      throw CommandError(
        code: "skipped", message: "\(count) skipped.", hint: "See which: evsearch status --skipped")
    }
    return .success
  }

  /// Prints what a run would find to do.
  private func foretell(
    _ target: IndexLocation.Target, _ reading: CollectionConfiguration.Reading,
    on console: Console
  ) throws(CommandError) -> ExitStatus {
    let state = try CollectionState(planned: target, reading: reading)
    let palette = console.palette(of: console.output, color)
    for line in state.lines { console.output.write(line, palette) }
    if !quiet { console.note("It would index \(state.counts) files; nothing was written.") }
    return .success
  }

  /// How a search has to name the index, or nil where it finds it by itself.
  private func shownIndex(_ target: IndexLocation.Target, on console: Console) -> String? {
    if SearchIndex.locate(from: console.workingFolder) == target.indexPath { return nil }
    if common.indexPath == nil, console.environment["EVSEARCH_INDEX"] != nil { return nil }
    return FilePath.relative(target.indexPath, to: console.workingFolder)
  }
}
