// Results that are taller than the screen, by git's rules.

import Glibc

/// A program that shows text a screen at a time.
public struct Pager: Equatable, Sendable {
  /// What a shell has to run.
  public let command: String

  /// The pager of a person: `EVSEARCH_PAGER`, else `PAGER`, else `less`.
  ///
  /// - Returns: Nil where it is switched off, with nothing or `cat`, or where there is no `less`.
  public init?(environment: Environment) {
    for name in ["EVSEARCH_PAGER", "PAGER"] {
      if environment.isSetToNothing(name) { return nil }
      guard let command = environment[name] else { continue }
      if command.split(separator: " ") == ["cat"] { return nil }
      self.command = command
      return
    }
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    guard folders.contains(where: { SystemCalls.isExecutable("\($0)/less") }) else { return nil }
    command = "less"
  }

  /// Shows what is written and waits until the person has left it.
  ///
  /// As with git, less is told to pass colours on, to leave short text and to keep the screen, unless
  /// the person has settings of their own.
  ///
  /// - Parameter write: Writes the text; when its output is closed, nobody reads on.
  /// - Returns: Whether there was such a program.
  public func show(environment: Environment, _ write: (TextOutput) -> Void) -> Bool {
    // Ctrl-C is the pager's while it runs.
    let former = signal(SIGINT, SIG_IGN)
    defer { signal(SIGINT, former) }
    // A pager that is left before it has read everything is no reason to end.
    signal(SIGPIPE, SIG_IGN)
    let settings = environment["LESS"] == nil ? ["LESS=FRX"] : []
    let ending = withoutActuallyEscaping(write) {
      ChildProcess.run(["sh", "-c", command], adding: settings, input: $0)
    }
    switch ending {
    case .exited(126), .exited(127), .notStarted: return false
    case .exited, .killed: return true
    }
  }

  /// How many lines of a screen a text takes, escape sequences left out.
  public static func rows(of text: String, columns: Int) -> Int {
    var rows = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      rows += max(1, (visibleColumns(line) + columns - 1) / columns)
    }
    // What follows the last line feed is no line.
    return text.hasSuffix("\n") ? rows - 1 : rows
  }

  /// The columns of a line that may hold sequences of ours: colours, which end with a letter, and
  /// links, which end with ESC and a backslash.
  private static func visibleColumns(_ line: Substring) -> Int {
    guard line.utf8.contains(0x1B) else { return String(line).columns }
    var visible = ""
    var scalars = line.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "\u{1B}" else {
        visible.unicodeScalars.append(scalar)
        continue
      }
      if scalars.popFirst() == "]" {
        while let next = scalars.popFirst(), next != "\u{1B}" {}
        _ = scalars.popFirst()
      } else {
        while let next = scalars.popFirst(), !next.properties.isAlphabetic {}
      }
    }
    return visible.columns
  }
}
