import CProcessor
import Glibc

/// Times kernels and keeps what was measured.
final class KernelTable: CustomStringConvertible {
  private struct Row {
    var name: String
    var unit: String
    var kernel: Double
    var twin: Double
  }

  /// A kernel and the plain loop beside it have different results.
  struct Mismatch: Error, CustomStringConvertible {
    let kernel: String
    let call: Int
    var description: String { "\(kernel): call \(call) differs from the plain loop" }
  }

  private let rounds: Int
  private var rows: [Row] = []

  init(rounds: Int) { self.rounds = rounds }

  /// Compares a kernel with its plain twin, then times both.
  ///
  /// - Parameters:
  ///   - unit: What is counted.
  ///   - items: How many of them a call deals with, on average.
  ///   - calls: How many different calls there are; each closure is given 0 up to this.
  ///   - kernel: Returns a number that depends on its results; so does the twin, the same.
  ///   - same: Whether the last calls of both had the same results, where the number does not tell.
  func measure(
    _ name: String, _ unit: String, items: Double = 128, calls: Int,
    kernel: (Int) throws -> Int, twin: (Int) throws -> Int, same: () throws -> Bool = { true }
  ) throws {
    for call in 0..<calls {
      guard try kernel(call) == twin(call), try same() else {
        throw Mismatch(kernel: name, call: call)
      }
    }
    let all = items * Double(calls)
    rows.append(
      Row(
        name: name, unit: unit, kernel: try leastTime(calls, kernel) / all,
        twin: try leastTime(calls, twin) / all))
  }

  /// The least processor time of all calls together, in nanoseconds.
  private func leastTime(_ calls: Int, _ body: (Int) throws -> Int) throws -> Double {
    func once(_ repeats: Int) throws -> Double {
      let start = processorTime()
      for _ in 0..<repeats {
        for call in 0..<calls { ev_keep(try body(call)) }
      }
      return (processorTime() - start) / Double(repeats)
    }
    // Reading the clock takes a few hundred nanoseconds; a round of this length hides it.
    let repeats = max(1, Int(300_000 / max(1, try once(1))))
    var least = Double.infinity
    for _ in 0..<rounds { least = min(least, try once(repeats)) }
    return least
  }

  /// Processor time of this thread, in nanoseconds.
  private func processorTime() -> Double {
    var time = timespec()
    // Safe: the system writes one value.
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }

  /// The table, as Markdown.
  var description: String {
    let lines = rows.map { row in
      let cells = [
        row.name, row.unit, decimal(row.kernel), decimal(row.twin), decimal(row.twin / row.kernel),
      ]
      return "| " + cells.joined(separator: " | ") + " |\n"
    }
    return """
      | kernel | unit | ns a unit | plain loop | times as fast |
      |---|---|--:|--:|--:|
      \(lines.joined())
      """
  }

  /// Three significant digits.
  private func decimal(_ value: Double) -> String {
    let places = value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0
    let scale = pow(10, Double(places))
    let digits = String(Int((value * scale).rounded()))
    guard places > 0 else { return digits }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return padded.dropLast(places) + "." + padded.suffix(places)
  }
}
