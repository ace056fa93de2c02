// The commands of a session: their names, what they take, and what .help says of them.

/// A command of a session, by its name.
enum ReplCommand: String, CaseIterable {
  case help, next, prev, more, open, `in`, like, last, mode, limit, passages, sort, explain, timer
  case output, once, read, index, status, terms, analyze, pager, history, set, show, shell, quit,
    exit

  /// Names that people's fingers know from psql.
  static let aliases: [String: ReplCommand] = [
    "\\q": .quit, "\\?": .help, "\\h": .help, "\\o": .output, "\\i": .read, "\\!": .shell,
    "\\s": .history, "\\set": .set, "\\timing": .timer, "\\pset": .mode, "\\c": .index,
    "\\d": .status, "\\g": .last,
  ]

  /// How the command is written, and what it does.
  var help: (form: String, purpose: String) {
    switch self {
    case .help: (".help [COMMAND]", "print this, or what a command does")
    case .next: (".next", "print the next hits")
    case .prev: (".prev", "print the hits before")
    case .more: (".more N", "print more passages of hit N")
    case .open: (".open N", "open hit N in $VISUAL or $EDITOR")
    case .in: (".in [N|FIELD:X]", "search only the source of hit N, or a field; alone: everywhere")
    case .like: (".like N", "search for documents like hit N")
    case .last: (".last [FORM]", "print the last hits again, perhaps in another form")
    case .mode: (".mode [FORM]", "print text, json, jsonl, csv, tsv, md, html or paths")
    case .limit: (".limit [N]", "print N hits at a time, 0 for all")
    case .passages: (".passages [N]", "print N passages of a document")
    case .sort: (".sort [ORDER]", "order hits by relevance, date, modified or path")
    case .explain: (".explain [on|off]", "print of what each score consists")
    case .timer: (".timer [on|off]", "print how long a query took")
    case .output: (".output [FILE]", "print to a file; alone: to the screen again")
    case .once: (".once FILE", "print the next results to a file")
    case .read: (".read FILE", "run the lines of a file")
    case .index: (".index [PATH]", "search another index, or say which it is")
    case .status: (".status", "print what is in the index")
    case .terms: (".terms PREFIX", "print the words of the index that begin so")
    case .analyze:
      (".analyze [TEXT]", "print what the analysis makes of a text, or of the last query")
    case .pager: (".pager [on|off]", "show what is taller than the screen in a pager")
    case .history: (".history [N]", "print the last lines that you entered")
    case .set:
      (".set NAME VALUE", "change a setting: reverse, strict, refresh, color, and those above")
    case .show: (".show", "print all settings")
    case .shell: (".shell COMMAND", "run a command of the system")
    case .quit: (".quit", "leave; so does Ctrl-D")
    case .exit: (".exit", "leave too")
    }
  }

  /// The commands whose names begin with some letters.
  static func beginning(with letters: String) -> [ReplCommand] {
    allCases.filter { $0.rawValue.hasPrefix(letters) }
  }

  /// The names from psql that mean this command.
  var aliases: [String] {
    Self.aliases.filter { $0.value == self }.map(\.key).sorted()
  }

  /// The command with what was typed behind its name.
  func action(_ rest: String) -> ReplInput {
    guard let action = parse(rest) else {
      return .mistake("\"\(help.form)\" is how it is written: \(help.purpose).")
    }
    return .command(action)
  }

  private func parse(_ rest: String) -> ReplAction? {
    let value: String? = rest.isEmpty ? nil : rest
    switch self {
    case .help:
      guard let value else { return .help(nil) }
      let name = value.hasPrefix(".") ? String(value.dropFirst()) : value
      return ReplCommand(rawValue: name).map { .help($0) } ?? .help(nil)
    case .quit, .exit: return value == nil ? .quit : nil
    case .next: return value == nil ? .next : nil
    case .prev: return value == nil ? .previous : nil
    case .status: return value == nil ? .status : nil
    case .show: return value == nil ? .show : nil
    case .more: return Self.number(rest).map { .more($0) }
    case .open: return Self.number(rest).map { .open($0) }
    case .like: return Self.number(rest).map { .like($0) }
    case .in:
      guard let value else { return .within(nil) }
      if let number = Self.number(value) { return .within(.hit(number)) }
      return value.contains(":") ? .within(.field(value)) : nil
    case .last, .mode:
      guard let value else { return self == .last ? .last(nil) : .mode(nil) }
      guard let format = OutputFormat(rawValue: value) else { return nil }
      return self == .last ? .last(format) : .mode(format)
    case .limit, .passages:
      guard let value else { return self == .limit ? .limit(nil) : .passages(nil) }
      guard let number = Int(value), (0...1_000_000_000).contains(number) else { return nil }
      return self == .limit ? .limit(number) : .passages(number)
    case .sort: return .setting(.sort, value)
    case .explain: return .setting(.explain, value)
    case .timer: return .setting(.timer, value)
    case .pager: return .setting(.pager, value)
    case .set where value == nil: return .show
    case .set:
      let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
      guard let name = words.first, let setting = ReplSetting(rawValue: name) else { return nil }
      return .setting(setting, words.count > 1 ? words[1].trimmingSpaces : nil)
    case .output: return .output(value, isOnce: false)
    case .once: return value.map { .output($0, isOnce: true) }
    case .read: return value.map { .read($0) }
    case .index: return .index(value)
    case .terms: return value.map { .terms($0) }
    case .analyze: return .analyze(value)
    case .history:
      guard let value else { return .history(20) }
      return Self.number(value).map { .history($0) }
    case .shell: return value.map { .shell($0) }
    }
  }

  private static func number(_ text: String) -> Int? {
    Int(text).flatMap { (1...1_000_000_000).contains($0) ? $0 : nil }
  }
}
