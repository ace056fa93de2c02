// The forms in which results are printed.

import EvSearch
import EvTerminal

/// Prints the results of a search in one form, escaped for what that form is.
///
/// Whatever a document says, nothing that is printed acts on a terminal.
protocol ResultRenderer {
  /// Prints all hits.
  func print(_ results: SearchResults, to output: TextOutput)
}

extension SearchHit {
  /// The date and the source, as far as they are known, each on one line.
  var details: [String] {
    [metadata.date, metadata.source].compactMap { $0?.withSingleSpaces }.filter { !$0.isEmpty }
  }
}

extension Passage {
  /// The text with its matches in `<mark>`, each piece escaped.
  func marked(_ escaped: (String) -> String) -> String {
    pieces.map { $0.highlight == nil ? escaped($0.text) : "<mark>\(escaped($0.text))</mark>" }
      .joined()
  }
}

/// The names of the forms, as `--format` takes them.
enum OutputFormat: String, CaseIterable, Sendable {
  case text, json, jsonl, csv, tsv, md, html, paths
}

/// Prints the paths of documents, one a line, or ended by NUL.
struct PathRenderer: ResultRenderer {
  let paths: DocumentPaths
  let palette: Palette
  let endsWithNull: Bool

  /// Prints a path for a program as it is, for a person with its control characters shown.
  func print(_ results: SearchResults, to output: TextOutput) {
    for hit in results.hits {
      let path = paths.shown(hit.path)
      if endsWithNull {
        output.write((output.isTerminal ? path.escapedForTerminal : path) + "\0")
      } else if output.isTerminal {
        output.write(paths.styled(hit.path), palette)
      } else {
        output.write(path + "\n")
      }
    }
  }
}
