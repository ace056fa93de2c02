// An index made one segment.

import ArgumentParser
import EvSearch
import EvTerminal

/// Merges the segments of an index into one.
struct OptimizeCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimize",
    abstract: "Make the index one segment, its documents in the order of their paths.",
    discussion: """
      The documents are not read again. Searches become a little faster, and documents of equal score \
      come in the order of their paths. An index that was made by another analysis or format, or that \
      is damaged, is refused and stays as it is.
      """)

  @Argument(
    help: "The folder of the index; without it, the one that a search would use.",
    completion: .directory)
  var index: String?

  @Flag(inversion: .prefixedNo, help: "Wait while another process writes to the index.")
  var wait = true

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let path = try IndexLocation.existing(index ?? common.indexPath, on: console)
    let clock = ContinuousClock()
    let begin = clock.now
    let (summary, before): (IndexSummary, Int)
    do throws(IndexError) {
      (summary, before) = try IndexBuilder.optimize(
        path, whenLocked: wait ? LockNotice.waiting(on: console, isQuiet: quiet) : nil)
    } catch {
      throw CommandError(error)
    }
    guard !quiet else { return .success }
    let counts = [
      Quantities.count(summary.documents, "document"),
      "\(Quantities.count(before, "segment")) into \(summary.segments)",
      Quantities.bytes(summary.bytes),
    ]
    let time = Quantities.time(clock.now - begin)
    console.note("Optimized \(counts.joined(separator: ", ")) in \(time)")
    return .success
  }
}
