// What --debug prints: with what a command was run, and what it cost.

import EvSearch
import EvTerminal
import Glibc

/// The circumstances of a run, for those who look for the reason of something.
struct DebugReport {
  private let begin = ContinuousClock().now

  /// The arguments, with what settings have put in front of them.
  var arguments: [String] = []

  /// The variables that the program reads.
  static let variables = [
    "CI", "CLICOLOR_FORCE", "COLUMNS", "EDITOR", "EVSEARCH_COLORS", "EVSEARCH_HISTORY",
    "EVSEARCH_INDEX", "EVSEARCH_PAGER", "FORCE_COLOR", "GREP_COLORS", "LESS", "LINES", "NO_COLOR",
    "PAGER", "TERM", "TMPDIR", "VISUAL", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
  ]

  /// The lines of the report on a run that has ended.
  func lines(_ status: ExitStatus, on console: Console) -> [String] {
    let libraries = SearchIndex.libraryVersions.map { "\($0.0) \($0.1)" }
    let set = Self.variables.compactMap { name in
      console.environment[name].map { "\(name)=\($0)" }
    }
    let option = Arguments.value(of: "--index", in: arguments)
    let index = IndexLocation.found(option, on: console) ?? "none"
    return [
      "evsearch \(EvSearchCommand.version), " + libraries.joined(separator: ", "),
      "arguments: " + arguments.joined(separator: " "),
      "folder: \(console.workingFolder)",
      "index: \(index)",
      "variables: " + (set.isEmpty ? "none" : set.joined(separator: " ")),
      "\(console.columns) columns, terminal: \(console.output.isTerminal ? "yes" : "no")",
      "status \(status.rawValue), \(cost)",
    ].map { "debug: " + $0 }
  }

  /// The time since the report began, and the time and memory of the whole process.
  private var cost: String {
    var usage = rusage()
    // Safe: the call fills in one structure, which outlives it.
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func time(_ time: timeval) -> String {
      Quantities.time(.seconds(Int64(time.tv_sec)) + .microseconds(Int64(time.tv_usec)))
    }
    return "\(Quantities.time(ContinuousClock().now - begin)); processor \(time(usage.ru_utime)),"
      + " in the system \(time(usage.ru_stime)); memory"
      + " \(Quantities.bytes(Int(usage.ru_maxrss) * 1024)) at most"
  }
}
