// A place in a file, and the editor that shows it.

import EvTerminal

/// A line of a document that a person wants to see.
struct EditorPlace: Equatable {
  /// The document's absolute path, which may end with `#` and the name of a record.
  let path: String
  /// The line, from 1.
  let line: Int

  /// The arguments of the person's editor; its settings may hold some, parted by spaces.
  ///
  /// No shell reads them, so nothing in a path has a meaning.
  func arguments(_ environment: Environment, file: String) -> [String] {
    let editor = environment["VISUAL"] ?? environment["EDITOR"] ?? "vi"
    var words = editor.split(separator: " ").map(String.init)
    if words.isEmpty { words = ["vi"] }
    return words + ["+\(line)", file]
  }

  /// Opens the place and waits until the editor is left.
  ///
  /// - Returns: What went wrong, or nil.
  func openInEditor(_ environment: Environment) -> String? {
    guard let file = existingFile else { return "There is no file \(path) any more." }
    let arguments = arguments(environment, file: file)
    switch ChildProcess.run(arguments) {
    case .exited(0): return nil
    case .exited(let status): return "\(arguments[0]) ended with status \(status)."
    case .killed(let signal): return "\(arguments[0]) was ended by signal \(signal)."
    case .notStarted(let code):
      return "\(arguments[0]) cannot be started: \(SystemCalls.message(code))."
        + " Name an editor in VISUAL or EDITOR."
    }
  }

  /// The file that holds the document.
  var existingFile: String? {
    if SystemCalls.exists(path) { return path }
    guard let mark = path.lastIndex(of: "#") else { return nil }
    let file = String(path[..<mark])
    return SystemCalls.exists(file) ? file : nil
  }
}
