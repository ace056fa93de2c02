// What went wrong, for a person and for a program.

import EvSearch
import EvTerminal

/// Why a command could not do what it was asked.
struct CommandError: Error, Equatable {
  /// A word for programs, which never changes.
  let code: String

  /// What went wrong, a sentence.
  let message: String

  /// What to do about it.
  let hint: String?

  init(code: String, message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// The error in one line.
  var line: String {
    hint.map { "\(message) \($0)" } ?? message
  }
}

extension CommandError {
  /// An error of the index.
  init(_ error: IndexError) {
    self.init(code: error.code, message: error.description, hint: error.hint)
  }

  /// Nothing was typed.
  static let emptyQuery = CommandError(
    code: "empty_query", message: "There is nothing to search for.",
    hint: "Type some words: evsearch lock-in rate; a - reads queries from the standard input.")

  /// Neither an option, nor a variable, nor a folder names an index.
  static let noIndexFound = CommandError(
    code: "no_index", message: "There is no index here or in a folder above.",
    hint: "Create one: evsearch index DIR")
}

extension SearchIndex {
  /// The index at a path, for a command.
  static func opened(at path: String) throws(CommandError) -> SearchIndex {
    do throws(IndexError) { return try open(at: path) } catch { throw CommandError(error) }
  }
}

extension IndexError {
  /// The error's name in the JSON output.
  fileprivate var code: String {
    switch self {
    case .notFound: "no_index"
    case .locked: "locked"
    case .unsupportedVersion: "unsupported_version"
    case .corrupt: "corrupt"
    case .analysisMismatch: "analysis_mismatch"
    case .analysis: "analysis"
    case .configuration: "configuration"
    case .limit: "limit"
    case .interrupted: "interrupted"
    case .system: "system"
    }
  }
}
