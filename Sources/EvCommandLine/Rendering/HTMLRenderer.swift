// Results as a page that needs nothing from anywhere else.

import EvSearch
import EvTerminal

/// Prints a page of HTML: no script, nothing loaded, every text of a document escaped.
struct HTMLRenderer: ResultRenderer {
  let paths: DocumentPaths
  /// The line under the results.
  let footer: String
  /// What stands above the hits, in HTML.
  var form = ""
  /// Where the link of a document leads, by its path in the collection; nil for the file itself.
  var documentAddress: ((String) -> String)?

  func print(_ results: SearchResults, to output: TextOutput) {
    let title = Self.escaped(results.text.withSingleSpaces.shortened(to: 300))
    output.write(
      Self.head(title: title) + """
        \(form)<h1>\(title)</h1>
        <ol start="\(results.offset + 1)">

        """)
    for hit in results.hits { write(hit, to: output) }
    output.write("</ol>\n<footer>\(Self.escaped(footer))</footer>\n</body>\n</html>\n")
  }

  /// The beginning of a page, its title in HTML.
  static func head(title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="und">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>\(title)</title>
    <style>
    body { max-width: 44em; margin: 2em auto; padding: 0 1em; font: 16px/1.5 sans-serif }
    blockquote { margin: .3em 0 .8em; }
    .place, footer { color: #666; font-size: 90% }
    </style>
    </head>
    <body>

    """
  }

  private func write(_ hit: SearchHit, to output: TextOutput) {
    let path = paths.shown(hit.path)
    let title = hit.title.isEmpty ? path : hit.title.withSingleSpaces
    let details = ([path] + hit.details).joined(separator: " · ")
    let address = documentAddress?(hit.path) ?? Self.address(path)
    let language = hit.metadata.language.map { " lang=\"\(Self.escaped($0))\"" } ?? ""
    output.write(
      "<li\(language)>\n<a href=\"\(address)\">\(Self.escaped(title))</a>\n"
        + "<div class=\"place\">\(Self.escaped(details))</div>\n")
    for passage in hit.passages {
      output.write("<blockquote>\(passage.marked(Self.escaped))</blockquote>\n")
    }
    output.write("</li>\n")
  }

  /// Text between tags and in quoted attributes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.escapedForTerminal.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A path as an address that is relative to the page; it can name no scheme.
  static func address(_ path: String) -> String {
    (path.hasPrefix("/") ? "" : "./") + path.percentEncoded
  }
}
