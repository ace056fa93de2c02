// Indexes that were built apart, joined into one.

import ArgumentParser
import EvSearch
import EvTerminal

/// Joins indexes or segments into a new index.
struct MergeCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join indexes that were built apart into a new one.",
    discussion: """
      The documents come in the order of the folders, and of documents with the same path the last one \
      counts. All have to be made by the same analysis and ICU, and all with their text or none. The \
      result has the bytes of an index that is built at once.
      """)

  @Argument(help: "Folders of indexes, or of single segments.", completion: .directory)
  var folders: [String]

  @Option(
    help: ArgumentHelp("The folder of the new index.", valueName: "path"), completion: .directory)
  var into: String

  @Flag(help: "Put the documents in the order of their paths.")
  var optimize = false

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let paths = folders.map { FilePath.absolute($0, in: console.workingFolder) }
    let target = FilePath.absolute(into, in: console.workingFolder)
    let summary: IndexSummary
    do throws(IndexError) {
      summary = try IndexBuilder.merge(paths, into: target, sortsByPath: optimize)
    } catch {
      throw CommandError(error)
    }
    guard !quiet else { return .success }
    let counts = [
      Quantities.count(summary.documents, "document"), Quantities.count(summary.words, "word"),
      Quantities.bytes(summary.bytes),
    ]
    console.note("Merged \(counts.joined(separator: ", ")) into \(into)")
    if let first = summary.duplicates.first {
      let more = summary.duplicates.count > 1 ? " and \(summary.duplicates.count - 1) more" : ""
      console.note("more than one document is named \(first)\(more); the last one counts")
    }
    return .success
  }
}
