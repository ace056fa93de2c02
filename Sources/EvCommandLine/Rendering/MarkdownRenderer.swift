// Results as Markdown, for notes and reports.

import EvSearch
import EvTerminal

/// Prints a numbered list: a link, date and source, and the passages as quotations.
///
/// Matches are in `<mark>`, which the usual renderers pass on; `**` would not do, as it does not work
/// beside punctuation inside Chinese and Japanese text.
struct MarkdownRenderer: ResultRenderer {
  let paths: DocumentPaths

  func print(_ results: SearchResults, to output: TextOutput) {
    for hit in results.hits {
      let path = paths.shown(hit.path)
      let title = hit.title.isEmpty ? path : hit.title
      var line = "\(hit.rank). [\(Self.escaped(title.withSingleSpaces))](\(Self.target(path)))"
      for detail in hit.details { line += " · " + Self.escaped(detail) }
      output.write(line + "\n")
      let indent = String(repeating: " ", count: String(hit.rank).count + 2)
      for passage in hit.passages {
        output.write("\n\(indent)> \(passage.marked(Self.escaped))\n")
      }
      output.write("\n")
    }
  }

  /// Text that means nothing but itself in Markdown.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.escapedForTerminal.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "(", ")", "#", "|", "~", "$", "!", "+", "-", ".":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A path as the target of a link: in angle brackets, where spaces and parentheses are allowed.
  static func target(_ path: String) -> String {
    var result = "<"
    for scalar in path.unicodeScalars {
      let text = String(scalar)
      if "<>\\%#?".contains(text) || text.escapedForTerminal != text {
        for byte in text.utf8 { result += (byte < 0x10 ? "%0" : "%") + hexadecimal(byte) }
      } else {
        result += text
      }
    }
    return result + ">"
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    String(byte, radix: 16, uppercase: true)
  }
}
