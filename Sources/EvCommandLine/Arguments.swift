// The arguments as they are typed, before they are parsed.

/// Finds out which command is meant.
enum Arguments {
  /// The names that are commands when they come first.
  static let commands: Set<String> = [
    "search", "index", "watch", "optimize", "merge", "status", "check", "terms", "get", "inspect",
    "analyze", "eval", "repl", "mcp", "serve", "help",
  ]

  /// Options that every command has and that take a value; they may stand in front of a command.
  private static let commonOptions: Set<String> = ["--index", "--color"]

  /// The arguments with the command in front.
  ///
  /// A command is named by the first word that is no common option. Without a word there is a
  /// session where a person is typing; anything else is a query, also when it begins with `--`.
  static func withCommand(_ arguments: [String], inputIsTerminal: Bool) -> [String] {
    if arguments == ["-V"] { return ["--version"] }
    if let first = arguments.first, arguments.count == 1 || first.hasPrefix("--generate"),
      ["-h", "--help", "--version"].contains(first) || first.hasPrefix("--generate")
    {
      return arguments
    }
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      if commands.contains(argument) {
        return [argument] + arguments[..<index] + arguments[(index + 1)...]
      }
      if commonOptions.contains(argument) {
        index += 2
      } else if commonOptions.contains(where: { argument.hasPrefix("\($0)=") })
        || argument == "--no-color" || argument == "--debug"
      {
        index += 1
      } else {
        return ["search"] + arguments
      }
    }
    return [inputIsTerminal ? "repl" : "search"] + arguments
  }

  /// The value of an option, with a space or an equals sign in front of it; nil where it is not there.
  static func value(of option: String, in arguments: [String]) -> String? {
    var value: String?
    var isNext = false
    for argument in arguments.prefix(while: { $0 != "--" }) {
      if isNext { value = argument }
      isNext = argument == option
      if argument.hasPrefix(option + "=") { value = String(argument.dropFirst(option.count + 1)) }
    }
    return value
  }

  /// The form that was asked for, which is looked at when the arguments cannot be parsed.
  static func wantedForm(_ arguments: [String]) -> OutputFormat {
    var before = ""
    for argument in arguments.prefix(while: { $0 != "--" }) {
      switch argument {
      case "--json", "--format=json": return .json
      case "--jsonl", "--format=jsonl": return .jsonl
      case "json" where before == "--format": return .json
      case "jsonl" where before == "--format": return .jsonl
      default: before = argument
      }
    }
    return .text
  }
}
