// Runs the readers of files on inputs that are almost right, many times.
//
//     evsearch-fuzz [--runs N] [--seed N] [TARGET ...]
//
// Prints a line a target: inputs, inputs a second, and the slowest input, in the processor's time, so that
// what else the machine does is not in them. A finding is printed with the seed and the number of its input,
// which make it again, and the status is then 1. A crash ends the program; `--trace` prints the number of
// each input before it is run.

import ArgumentParser
import EvFuzz
import Glibc

@main
struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evsearch-fuzz", abstract: "Run the readers of files on damaged inputs.")

  @Argument(help: "What to run: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")).")
  var targets: [String] = []

  @Option(help: "How many inputs a target.")
  var runs = 100_000

  @Option(help: "Where the changes are drawn from.")
  var seed: UInt64 = 1

  @Option(help: "The first input to run; those before it are made and left out.")
  var from = 0

  @Flag(help: "Print the number of each input.")
  var trace = false

  func validate() throws {
    for name in targets where FuzzTarget(rawValue: name) == nil {
      throw ValidationError("There is no target \(name).")
    }
  }

  func run() throws {
    let wanted = targets.compactMap(FuzzTarget.init(rawValue:))
    var findings = 0
    for target in wanted.isEmpty ? FuzzTarget.allCases : wanted { findings += run(target) }
    if findings > 0 { throw ExitCode(1) }
  }

  private func run(_ target: FuzzTarget) -> Int {
    var mutator = target.mutator(seed: seed)
    // What is made once, such as an index, is no input's time.
    for seed in target.seedInputs { _ = target.problem(with: seed) }
    let begin = Self.processorTime
    var slowest = (time: 0.0, number: 0)
    var findings = 0
    var bytes = 0
    for number in 0..<runs {
      let input = mutator.next()
      guard number >= from else { continue }
      if trace { print(target.rawValue, number) }
      bytes += input.count
      let start = Self.processorTime
      if let problem = target.problem(with: input) {
        findings += 1
        print("\(target.rawValue): seed \(seed), input \(number): \(problem)")
        print(String(decoding: input, as: UTF8.self).debugDescription)
      }
      let time = Self.processorTime - start
      if time > slowest.time { slowest = (time, number) }
    }
    let seconds = Self.processorTime - begin
    print(
      target.rawValue, "\(runs - from) inputs,", "\(bytes / max(1, runs - from)) bytes each,",
      "\(Int(Double(runs - from) / seconds)) a second,",
      "slowest \(Int(slowest.time * 1e6)) µs (\(slowest.number)),", "\(findings) findings")
    return findings
  }

  /// Seconds that the processor spent on this program.
  private static var processorTime: Double {
    var time = timespec()
    // This clock is always there.
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
