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
  /// searched for; or a backslash and a name that psql has. A single word in small letters after the
  /// full stop is the beginning of a command, or taken for a mistyped one; a space in front makes it a
  /// query.
  init(_ line: String) {
    let trimmed = line.trimmingSpaces
    guard !trimmed.isEmpty else {
      self = .nothing
      return
    }
    let first = trimmed.prefix { !$0.isWhitespace }
    let rest = String(trimmed.dropFirst(first.count)).trimmingSpaces
    if let name = ReplCommand.aliases[String(first)], line.hasPrefix("\\") {
      self = name.action(rest)
    } else if line.hasPrefix("."), let name = ReplCommand(rawValue: String(first.dropFirst())) {
      self = name.action(rest)
    } else if line.hasPrefix("."), rest.isEmpty || Int(rest) != nil, first.count > 1,
      first.dropFirst().allSatisfy({ ("a"..."z").contains($0) })
    {
      let meant = ReplCommand.beginning(with: String(first.dropFirst()))
      if meant.count == 1 {
        self = meant[0].action(rest)
      } else if !rest.isEmpty {
        self = .search(line)
      } else {
        let names = meant.map { "." + $0.rawValue }.joined(separator: ", ")
        self = .mistake(
          names.isEmpty
            ? "Unknown command \"\(first)\". Enter \".help\"; with a space in front it is searched."
            : "\"\(first)\" is the beginning of \(names).")
      }
    } else {
      self = .search(line)
    }
  }
}

/// What a command of a session does.
enum ReplAction: Equatable {
  /// Prints all commands, or one.
  case help(ReplCommand?)
  case quit
  /// Opens a hit in an editor.
  case open(Int)
  /// Prints the next or the previous hits of the last query.
  case next, previous
  /// Prints more passages of a hit.
  case more(Int)
  /// Searches only where a hit's source, or a field, is the same; without one, everywhere again.
  case within(Scope?)
  /// Searches for documents that are like a hit.
  case like(Int)
  /// Sets the form of the output.
  case mode(OutputFormat?)
  /// Sets how many hits are printed at a time.
  case limit(Int?)
  /// Sets how many passages of a document are printed.
  case passages(Int?)
  /// Prints the last results again, perhaps in another form.
  case last(OutputFormat?)
  /// Sends what is printed to a file, once or until further notice; nil for back to the screen.
  case output(String?, isOnce: Bool)
  /// Runs the lines of a file.
  case read(String)
  /// Says which index is searched, or takes another one.
  case index(String?)
  case status
  /// Prints the words of the index that begin with a text.
  case terms(String)
  /// Prints what the analysis makes of a text; nil for the last query.
  case analyze(String?)
  /// Switches something on or off, or says how it is.
  case setting(ReplSetting, String?)
  /// Prints the last lines that were entered.
  case history(Int)
  /// Prints all settings.
  case show
  /// Runs a command of the system.
  case shell(String)

  /// What `.in` restricts to.
  enum Scope: Equatable {
    case hit(Int)
    case field(String)
  }
}

/// Something that a session has set.
enum ReplSetting: String, CaseIterable {
  case mode, limit, passages, sort, reverse, explain, timer, pager, strict, refresh, color
}

extension String {
  /// The text without spaces at its ends.
  var trimmingSpaces: String {
    var result = self[...]
    while result.last?.isWhitespace ?? false { result.removeLast() }
    return String(result.drop(while: \.isWhitespace))
  }
}
