// What is in an index.

import ArgumentParser
import EvIngest
import EvSearch
import EvTerminal

/// Says what is in the index, what was left out of it, and whether it is up to date.
struct StatusCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Print what is in the index.",
    discussion: """
      With --files each file has its encoding, how sure that is in percent (below 100 it is a guess), and \
      its kind. With --check the exit status is 0 when the index is of what the folder holds now, 1 when files \
      are new, changed or removed, and 2 when the index cannot be read.
      """)

  @Flag(help: "Print the files that were skipped, each with its reason.")
  var skipped = false

  @Flag(help: "Hold the index against its folder, and print what differs.")
  var check = false

  @Flag(help: "Print each file with its encoding, how sure that is, and its kind.")
  var files = false

  @Flag(help: "Print the libraries that the bytes of an index depend on; no index is needed.")
  var versions = false

  @Flag(name: .shortAndLong, help: "With --check: print nothing; the exit status says it.")
  var quiet = false

  @Argument(
    help: "With --files: only what is in these files and folders.", completion: .file())
  var paths: [String] = []

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func validate() throws {
    guard files || paths.isEmpty else {
      throw ValidationError("Paths go with --files: evsearch status --files \(paths[0])")
    }
  }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let palette = console.palette(of: console.output, color)
    if versions {
      for (name, version) in SearchIndex.libraryVersions {
        console.output.write(StyledText("\(name) \(version)"), palette)
      }
      return .success
    }
    let path = try IndexLocation.existing(common.indexPath, on: console)
    if check {
      let state = try CollectionState(path)
      if !quiet {
        for line in state.lines { console.output.write(line, palette) }
        let verdict = state.update.isEmpty ? "current" : "out of date: \(state.counts)"
        console.note("The index is \(verdict).")
      }
      return state.update.isEmpty ? .success : .nothingFound
    }
    let index = try SearchIndex.opened(at: path)
    if files {
      let source = try IndexedFolder.source(of: path, root: index.collectionRoot)
      return printFiles(of: index, source, palette, on: console)
    }
    for line in skipped ? index.skippedLines() : index.statusLines(on: console) {
      console.output.write(line, palette)
    }
    return .success
  }

  /// Prints each file with its encoding, how sure that is, and its kind.
  private func printFiles(
    of index: SearchIndex, _ source: FolderSource, _ palette: Palette, on console: Console
  ) -> ExitStatus {
    let scope = paths.map { path in
      let absolute = FilePath.absolute(path, in: console.workingFolder)
      return SystemCalls.realPath(absolute) ?? absolute
    }
    let shown = DocumentPaths(root: index.collectionRoot, workingFolder: console.workingFolder)
    for path in index.indexedFiles()?.paths ?? [] {
      let absolute = FilePath.join(index.collectionRoot, path)
      guard scope.isEmpty || scope.contains(where: { FilePath.contains($0, absolute) }) else {
        continue
      }
      var line = shown.styled(path)
      line.append(":", .separator)
      do throws(SkipReason) {
        let file = try source.describe(
          FileEntry(path: path, byteCount: SystemCalls.byteCount(absolute)))
        if let encoding = file.encoding {
          line.append(" \(encoding)  \(file.isGiven ? "given" : "\(file.confidence) %") ")
        }
        line.append(" " + file.format, .faint)
      } catch {
        line.append(" " + error.description, .warning)
      }
      console.output.write(line, palette)
    }
    return .success
  }
}

extension SearchIndex {
  /// What is in the index, a line a figure.
  func statusLines(on console: Console) -> [StyledText] {
    let status = status
    func shown(_ path: String) -> String { FilePath.relative(path, to: console.workingFolder) }
    let skipped = status.skipped.count
    let rows: [(String, String)] = [
      ("index", shown(path)),
      ("of folder", shown(collectionRoot)),
      ("documents", Quantities.grouped(status.documents)),
      ("words", Quantities.grouped(status.words)),
      ("terms", Quantities.grouped(status.terms)),
      ("skipped", skipped == 0 ? "0" : "\(Quantities.grouped(skipped))  evsearch status --skipped"),
      ("segments", Quantities.grouped(status.segments)),
      ("size", Quantities.bytes(status.bytes)),
      ("generation", String(status.generation)),
      ("analyzer", "\(status.analyzer), ICU \(status.icuVersion)"),
    ]
    return rows.map { name, value in
      var line = StyledText(name + String(repeating: " ", count: 12 - name.count), .faint)
      line.append(value)
      return line
    }
  }

  /// The files that were skipped: `path: reason`.
  func skippedLines() -> [StyledText] {
    status.skipped.map { file in
      .skipped(file.path, SkipReason(code: file.reason)?.description ?? file.reason)
    }
  }
}

extension StyledText {
  /// A file that was skipped, and why.
  static func skipped(_ path: String, _ reason: String) -> StyledText {
    var line = StyledText(path, .path)
    line.append(":", .separator)
    line.append(" " + reason)
    return line
  }
}
