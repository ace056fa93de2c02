// The driver of side-by-side measurements: what `make bench-peers` and other programs call.

import ArgumentParser

/// Indexes a corpus and times queries inside the process, one at a time.
@main
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evsearch-bench",
    abstract: "Index a corpus and time queries, for comparison with other engines.",
    subcommands: [BenchIndexCommand.self, BenchQueryCommand.self, ExperimentCommand.self])
}
