// What is in an index.

import ArgumentParser
import EvIngest
import EvSearch
import EvTerminal

/// Says what is in the index, and what was left out of it.
struct StatusCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Print what is in the index.")

  @Flag(help: "Print the files that were skipped, each with its reason.")
  var skipped = false

  @Flag(help: "Print the libraries that the bytes of an index depend on; no index is needed.")
  var versions = false

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    if versions {
      for (name, version) in SearchIndex.libraryVersions {
        console.output.write(
          StyledText("\(name) \(version)"), console.palette(of: console.output, color))
      }
      return .success
    }
    let path = try IndexLocation.existing(common.indexPath, on: console)
    do throws(IndexError) {
      let index = try SearchIndex.open(at: path)
      for line in skipped ? index.skippedLines() : index.statusLines(on: console) {
        console.output.write(line, console.palette(of: console.output, color))
      }
    } catch {
      throw CommandError(error)
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
      var line = StyledText(file.path, .path)
      line.append(":", .separator)
      line.append(" " + (SkipReason(code: file.reason)?.description ?? file.reason))
      return line
    }
  }
}
