import ArgumentParser
import EvIndex

/// What the numbers of an index would take in other codes.
struct CodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codes", abstract: "Bytes of positions, counts and documents in several codes.",
    discussion: """
      Blocks are the 128 numbers that are packed together; rests are what does not fill one. A rest is \
      taken in another code only where that is shorter.
      """)

  @Argument(help: "The folder of the index; one segment.")
  var folder: String

  func run() throws {
    let index = try ExperimentIndex(folder)
    var costs = IndexCodeCosts()
    try costs.add(index.segment)
    for line in costs.lines { print(line) }
  }
}
