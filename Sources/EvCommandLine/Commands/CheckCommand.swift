// Whether an index is what was written.

import ArgumentParser
import EvIngest
import EvSearch
import EvTerminal

/// Checks every checksum and every invariant of an index.
struct CheckCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check that the index is whole.",
    discussion: """
      What is damaged is named with file, byte and section. The exit status is 0 when all is well, or \
      was mended, and 2 when something is damaged.
      """)

  @Flag(help: "Read again from the documents what is damaged, and only that.")
  var repair = false

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let path = try IndexLocation.existing(common.indexPath, on: console)
    var report = SearchIndex.check(at: path)
    if !report.problems.isEmpty {
      let palette = console.palette(of: console.output, color)
      for problem in report.problems {
        console.output.write(StyledText(problem.description), palette)
      }
      if repair {
        try mend(on: console)
        report = SearchIndex.check(at: path)
      }
    }
    guard report.problems.isEmpty else {
      let count = Quantities.count(report.problems.count, "problem")
      throw CommandError(
        code: "corrupt", message: "The index at \(path) has \(count).",
        hint: repair
          ? "Build it again: evsearch index --rebuild"
          : "Mend it: evsearch check --repair; or build it again: evsearch index --rebuild")
    }
    let read =
      "\(Quantities.count(report.fileCount, "file")), \(Quantities.bytes(report.byteCount))"
    console.output.write("ok: \(read), every checksum and invariant holds\n")
    return .success
  }

  /// Reads again what is damaged, and says what could not be read.
  private func mend(on console: Console) throws(CommandError) {
    let target = try IndexLocation.target(folder: nil, common.indexPath, on: console)
    let run = try IndexRun.repair(target)
    let report = try run.index(showingProgressOn: console)
    for path in report.unrecoverable {
      console.note("lost: \(path) is gone, and its documents were damaged")
    }
    for skipped in report.skipped {
      console.note("not read: \(skipped.path): \(skipped.reason.description)")
    }
    let files = Quantities.count(report.filesRead, "file")
    console.note(
      report.isPartial
        ? "repaired: \(files) read again" : "repaired: nothing could be kept, \(files) read again")
  }
}
