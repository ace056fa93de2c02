// How the program ends, as grep does.

/// What a shell sees of a command.
public enum ExitStatus: Int32, Sendable {
  /// Something was found, or what was asked for is done.
  case success = 0
  /// Nothing was found, and nothing went wrong.
  case nothingFound = 1
  /// Something went wrong: the command line, the index, the system.
  case failure = 2
  /// Ctrl-C ended it.
  case interrupted = 130
}
