// Results as a table: comma separated (RFC 4180) or tab separated.

import EvSearch
import EvTerminal

/// Prints a header, and a row a passage; a document without a passage has a row too.
///
/// Without any hit the header alone is printed, so that a reader always finds its columns.
struct SeparatedRenderer: ResultRenderer {
  /// How fields are parted.
  enum Kind: Equatable {
    /// By commas; a field with a comma, a quotation mark or a line end is in quotation marks.
    case commas
    /// By tabs; tab, line feed, carriage return and backslash are written `\t`, `\n`, `\r`, `\\`.
    case tabs
  }

  let kind: Kind
  let paths: DocumentPaths

  static let columns = [
    "rank", "score", "path", "line", "column", "title", "date", "source", "lang", "text",
  ]

  func print(_ results: SearchResults, to output: TextOutput) {
    write(Self.columns, to: output)
    for hit in results.hits {
      if hit.passages.isEmpty { write(fields(hit, nil), to: output) }
      for passage in hit.passages { write(fields(hit, passage), to: output) }
    }
  }

  private func fields(_ hit: SearchHit, _ passage: Passage?) -> [String] {
    [
      String(hit.rank), "\(hit.score)", paths.shown(hit.path),
      passage.map { String($0.start.line) } ?? "", passage.map { String($0.start.column) } ?? "",
      hit.title, hit.metadata.date ?? "", hit.metadata.source ?? "",
      hit.metadata.language ?? "", passage?.text ?? "",
    ]
  }

  private func write(_ fields: [String], to output: TextOutput) {
    let shown = fields.map { field in
      let text = kind == .commas ? Self.quoted(field) : Self.escaped(field)
      // What a person looks at must not act on the terminal; a program gets every character.
      return output.isTerminal ? text.escapedForTerminal : text
    }
    // The lines of comma separated values end as RFC 4180 has it.
    let (separator, lineEnd) = kind == .commas ? (",", "\r\n") : ("\t", "\n")
    output.write(shown.joined(separator: separator) + lineEnd)
  }

  static func quoted(_ field: String) -> String {
    guard field.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
      return field
    }
    var result = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  static func escaped(_ field: String) -> String {
    var result = ""
    for scalar in field.unicodeScalars {
      switch scalar {
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\\": result += "\\\\"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
