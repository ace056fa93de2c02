// Whether an index is what was written.

import ArgumentParser
import EvSearch
import EvTerminal

/// Checks every checksum and every invariant of an index.
struct CheckCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check that the index is whole.",
    discussion: "The exit status is 0 when it is, and 2 when something is damaged.")

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let path = try IndexLocation.existing(common.indexPath, on: console)
    let report = SearchIndex.check(at: path)
    guard report.problems.isEmpty else {
      let palette = console.palette(of: console.output, color)
      for problem in report.problems {
        console.output.write(StyledText(problem.description), palette)
      }
      let count = Quantities.count(report.problems.count, "problem")
      throw CommandError(
        code: "corrupt", message: "The index at \(path) has \(count).",
        hint: "Build it again: evsearch index")
    }
    let read =
      "\(Quantities.count(report.fileCount, "file")), \(Quantities.bytes(report.byteCount))"
    console.output.write("ok: \(read), every checksum and invariant holds\n")
    return .success
  }
}
