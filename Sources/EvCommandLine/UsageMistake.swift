// What is wrong with the arguments, in one line that says what to type instead.

import ArgumentParser

/// Arguments that the parser does not take.
struct UsageMistake {
  /// The arguments, the command in front.
  let arguments: [String]

  /// What the parser says of them, which may be several lines.
  let message: String

  /// The mistake as an error.
  var error: CommandError {
    guard let option = unknownOption else {
      return CommandError(
        code: "usage", message: sentence, hint: "More: evsearch help \(command)")
    }
    return CommandError(
      code: "usage", message: "There is no option \(option).", hint: hint(instead: option))
  }

  /// The name of the command that was meant.
  private var command: String { arguments.first ?? "search" }

  /// The option that nobody knows, or nil where something else is wrong.
  private var unknownOption: String? {
    let start = "Unknown option '"
    guard message.hasPrefix(start) else { return nil }
    return String(message.dropFirst(start.count).prefix { $0 != "'" })
  }

  /// The parser's lines as one sentence.
  private var sentence: String {
    let lines = message.split(separator: "\n").map { String($0).trimmingSpaces }
    let choices = lines.filter { $0.hasPrefix("- ") }.map { $0.dropFirst(2) }
    let text = lines.filter { !$0.hasPrefix("- ") }.joined(separator: " ")
    guard choices.isEmpty else { return "\(text) \(choices.joined(separator: ", "))." }
    return text.last.map { ".!?".contains($0) } ?? true ? text : text + "."
  }

  /// What to type instead of an option that there is not.
  private func hint(instead option: String) -> String {
    if let near = Self.nearest(to: option, among: Self.options[command] ?? []) {
      return "Did you mean \(near)?"
    }
    let owners = Self.options.filter { $0.value.contains(option) }.map(\.key).sorted()
    if let owner = owners.first {
      return "It is one of another command: evsearch \(owner) \(option)"
    }
    // What has spaces would have to be quoted, as the shell that was used does it.
    guard command == "search", !option.contains(where: \.isWhitespace) else {
      return "All options: evsearch help \(command)"
    }
    return "To search for it: evsearch -- \(option)"
  }

  /// The names of all options, by the name of their command.
  private static let options = Dictionary(
    RootCommand.configuration.subcommands.map { command in
      (command.configuration.commandName ?? "", names(of: command))
    }, uniquingKeysWith: { first, _ in first })

  /// The names of a command's options, in the order of its help.
  private static func names(of command: any ParsableCommand.Type) -> [String] {
    // So wide that an option has a line of its own.
    let help = RootCommand.helpMessage(for: command, columns: 10_000)
    return help.split(separator: "\n").flatMap { line -> [String] in
      guard line.hasPrefix("  -") else { return [] }
      let names = line.dropFirst(2).prefix { $0 != "<" }
      let end = names.firstRange(of: "  ")?.lowerBound ?? names.endIndex
      return names[..<end].split { ", /".contains($0) }.map(String.init)
    }
  }

  /// The name that was probably meant: the other case of a letter, the rest of a name that was begun,
  /// or one that differs in a third of its letters at most.
  static func nearest(to option: String, among names: [String]) -> String? {
    let typed = option.prefix { $0 != "=" }
    let letters = typed.drop { $0 == "-" }
    guard letters.count > 1 else {
      return names.first { $0 != typed && $0.lowercased() == typed.lowercased() }
    }
    let long = names.filter { $0.hasPrefix("--") }
    let begun = long.filter { $0.dropFirst(2).hasPrefix(letters) }
    if let shortest = begun.min(by: { $0.count < $1.count }), letters.count > 2 { return shortest }
    let wanted = Array(letters.lowercased().unicodeScalars)
    let distances = long.map { name in
      (name, distance(wanted, Array(name.dropFirst(2).unicodeScalars)))
    }
    guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= (wanted.count + 2) / 3 else {
      return nil
    }
    return best.0
  }

  /// The command that a query of few words, for which nothing is found, may have been meant to begin with.
  static func command(meantBy query: [String]) -> String? {
    guard query.count <= 2, let word = query.first, word.utf8.count >= 4 else { return nil }
    let letters = Array(word.unicodeScalars)
    return Arguments.commands.sorted().first { name in
      name != word && name.utf8.count >= 4 && distance(letters, Array(name.unicodeScalars)) == 1
    }
  }

  /// How many letters have to be changed, put in, left out or swapped with their neighbour.
  private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var row = Array(0...other.count)
    for (i, letter) in one.enumerated() {
      var next = [i + 1]
      for (j, candidate) in other.enumerated() {
        var cost = min(row[j] + (letter == candidate ? 0 : 1), row[j + 1] + 1, next[j] + 1)
        if i > 0, j > 0, letter == other[j - 1], one[i - 1] == candidate {
          cost = min(cost, before[j - 1] + 1)
        }
        next.append(cost)
      }
      (before, row) = (row, next)
    }
    return row[other.count]
  }
}
