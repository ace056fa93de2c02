// A program that is run for each hit, as fd's -x does.

import EvTerminal

/// A command line with signs that stand for a hit.
///
/// It is cut at spaces and no shell reads it, so nothing in a path has a meaning.
struct HitCommand: Equatable {
  private let words: [String]

  init(_ text: String) {
    words = text.split(separator: " ").map(String.init)
  }

  /// The command line for a place; its path comes last where no sign asks for it.
  func arguments(file: String, line: Int) -> [String] {
    let hasSign = words.contains { $0.contains("{}") || $0.contains("{path}") }
    let filled = words.map { word in
      word.replacing("{}", with: file).replacing("{path}", with: file)
        .replacing("{line}", with: String(line))
    }
    return hasSign ? filled : filled + [file]
  }

  /// Runs the program for a place and waits for it.
  ///
  /// - Returns: What went wrong, or nil.
  func run(for place: EditorPlace) -> String? {
    guard let file = place.existingFile else { return "There is no file \(place.path) any more." }
    guard let name = words.first else { return "--exec needs the name of a program." }
    switch ChildProcess.run(arguments(file: file, line: place.line)) {
    case .exited(0): return nil
    case .exited(let status): return "\(name) ended with status \(status) for \(file)."
    case .killed(let signal): return "\(name) was ended by signal \(signal)."
    case .notStarted(let code): return "\(name) cannot be started: \(SystemCalls.message(code))."
    }
  }
}
