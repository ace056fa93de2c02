import ArgumentParser

/// Experiments that decide on the format of an index and on the plans of a search.
///
/// They read a finished index and reckon what another format would cost, or what a plan could leave out;
/// they change nothing. Benchmarks/Runs has their numbers and what was decided.
struct ExperimentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract: "Reckon what other formats and plans would cost, on a real index.",
    subcommands: [
      WidthsCommand.self, BlockSizesCommand.self, LiveBlocksCommand.self, BigramsCommand.self,
      CodesCommand.self,
    ])
}
