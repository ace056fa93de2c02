// What a line of a session means.

/// A line that was typed in a session.
enum ReplInput: Equatable {
  /// Nothing but white space.
  case nothing
  /// Words to search for.
  case search(String)
  /// A command.
  case command(ReplAction)
  /// Something that looks like a command and is none; what to say about it.
  case mistake(String)

  /// Reads a line.
  ///
  /// A command is a full stop in the first column and a name that is known, so that `.NET` is
  /// searched for. A single word in small letters after the full stop is taken for a mistyped
  /// command; a space in front makes it a query.
  init(_ line: String) {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard let first = words.first else {
      self = .nothing
      return
    }
    if let known = Self.psqlNames[line.trimmingTrailingSpaces] {
      self = .command(known)
    } else if line.hasPrefix("."), let name = ReplAction.Name(rawValue: String(first.dropFirst())) {
      self = ReplAction.parse(name, words.dropFirst().map(String.init))
    } else if line.hasPrefix("."), words.count == 1, first.count > 1,
      first.dropFirst().allSatisfy({ ("a"..."z").contains($0) })
    {
      self = .mistake(
        "Unknown command \"\(first)\". Enter \".help\"; with a space in front it is searched.")
    } else {
      self = .search(line)
    }
  }

  /// Names that people's fingers know from psql.
  private static let psqlNames: [String: ReplAction] = [
    "\\q": .quit, "\\?": .help, "\\h": .help,
  ]
}

/// What a command of a session does.
enum ReplAction: Equatable {
  case help
  case quit
  /// Opens a hit in an editor.
  case open(Int)
  /// Sets how many hits are printed at a time; without a number says how many there are.
  case limit(Int?)
  case status
  /// Prints the next hits of the last query.
  case next
  /// Prints the last results again.
  case last

  /// The names of the commands.
  enum Name: String, CaseIterable {
    case help, quit, exit, open, limit, status, next, last
  }

  /// The command of a name with its arguments.
  static func parse(_ name: Name, _ arguments: [String]) -> ReplInput {
    switch (name, arguments.count) {
    case (.help, _): return .command(.help)
    case (.quit, 0), (.exit, 0): return .command(.quit)
    case (.status, 0): return .command(.status)
    case (.next, 0): return .command(.next)
    case (.last, 0): return .command(.last)
    case (.limit, 0): return .command(.limit(nil))
    case (.limit, 1):
      guard let value = Int(arguments[0]), (0...1_000_000_000).contains(value) else { break }
      return .command(.limit(value))
    case (.open, 1):
      guard let value = Int(arguments[0]), value >= 1 else { break }
      return .command(.open(value))
    default: break
    }
    let need =
      switch name {
      case .open: "the number of a hit: .open 1"
      case .limit: "a number of hits, 0 for all: .limit 20"
      default: "nothing after it"
      }
    return .mistake("\".\(name.rawValue)\" takes \(need)")
  }

  /// What `.help` prints: names and what they do.
  static let summary: [(name: String, purpose: String)] = [
    (".open N", "open hit N in $VISUAL or $EDITOR"),
    (".next", "print the next hits"),
    (".last", "print the last hits again"),
    (".limit N", "print N hits at a time, 0 for all"),
    (".status", "print what is in the index"),
    (".help, \\?", "print this"),
    (".quit, \\q", "leave; so does Ctrl-D"),
  ]
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var result = self[...]
    while result.last?.isWhitespace ?? false { result.removeLast() }
    return String(result)
  }
}
