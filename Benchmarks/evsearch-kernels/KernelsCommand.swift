// Micro-benchmarks: what `make bench` runs.
//
// The kernels of a search are internal to EvQuery. So this program compiles EvQuery's sources once more,
// inside itself: the folder EvQuery here is a link to Sources/EvQuery.

import ArgumentParser
import CProcessor

/// Times the kernels of codecs and of searches, each beside a plain loop that does the same.
@main
struct KernelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evsearch-kernels",
    abstract: "Time the kernels, each beside a plain loop.",
    discussion: """
      The data is random, from a fixed seed. Before a kernel is timed, all its results are compared \
      with the plain loop's. A time is the least processor time of many rounds.
      """)

  @Option(help: "Rounds of each kernel, about a third of a millisecond each.")
  var rounds = 200

  func run() throws {
    let processor = ev_hold_to_one_processor()
    let table = KernelTable(rounds: rounds)
    try measureCodecs(table)
    try measureMeetings(table)
    try measureLists(table)
    try measureLookups(table)
    let place = processor < 0 ? "not held to one processor" : "held to one processor"
    print("\(rounds) rounds, \(place); the least processor time of a round\n\n\(table)")
  }
}
