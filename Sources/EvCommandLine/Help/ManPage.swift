// The manual pages, in the language of man(7). Options come from the commands themselves.

import ArgumentParser

/// A manual page.
enum ManPage {
  /// The first line of a page.
  static func head(_ name: String, _ section: Int, _ purpose: String) -> String {
    """
    .TH \(name.uppercased()) \(section) "" "evsearch \(EvSearchCommand.version)"
    .SH NAME
    \(escaped(name)) \\- \(purpose)

    """
  }

  /// The options of a command, as its help has them.
  static func options(of command: any ParsableCommand.Type) -> String {
    // So wide that no line is broken.
    let help = RootCommand.helpMessage(for: command, columns: 10_000)
    var text = ""
    for line in help.split(separator: "\n") where line.hasPrefix("  ") {
      let trimmed = line.drop { $0 == " " }
      guard trimmed.first == "-" || trimmed.first == "<" else { continue }
      // Names and purpose have at least two spaces between them.
      let gap = trimmed.firstRange(of: "  ") ?? trimmed.endIndex..<trimmed.endIndex
      let purpose = trimmed[gap.upperBound...].drop { $0 == " " }
      text += ".TP\n.B \(escaped(String(trimmed[..<gap.lowerBound])))\n"
      text += purpose.isEmpty ? "\n" : escaped(String(purpose)) + "\n"
    }
    return text
  }

  /// Text that means nothing to a formatter.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'" where result.isEmpty, "." where result.isEmpty: result += "\\&\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  /// A list of terms and what they mean.
  static func list(_ rows: [(term: String, meaning: String)]) -> String {
    rows.map { ".TP\n.B \(escaped($0.term))\n\(escaped($0.meaning))\n" }.joined()
  }
}
