// A query's way through the index and to the streams.

import EvSearch
import EvTerminal

/// The results of a query, with what is needed to print them.
struct Answer {
  let results: SearchResults
  let index: SearchIndex
  /// The limit that was set; 0 for none.
  let limit: Int
  let took: Duration

  /// Opens the index and searches it.
  init(to text: String, in path: String, _ settings: SearchSettings) throws(CommandError) {
    let clock = ContinuousClock()
    let start = clock.now
    var options = settings.options
    do throws(IndexError) {
      index = try SearchIndex.open(at: path)
      let first = try index.search(text, options)
      if settings.form == .count, !first.totalIsExact {
        options.limit = 0
        results = try index.search(text, options)
      } else {
        results = first
      }
    } catch {
      throw CommandError(error)
    }
    limit = options.limit
    took = clock.now - start
  }

  /// Prints the results, in the form that was asked for.
  func print(_ settings: SearchSettings, on console: Console) {
    let output = console.output
    let palette = console.palette(of: output, settings.color)
    let paths = DocumentPaths(root: index.collectionRoot, workingFolder: console.workingFolder)
    switch settings.form {
    case .nothing: break
    case .json:
      let value = SearchJSON.results(results, of: index, limit: limit, took: took)
      output.write(value.text + "\n")
    case .count: output.write("\(results.total)\n")
    case .paths(let endWithNull):
      for hit in results.hits {
        printPath(paths.shown(hit.path), endWithNull: endWithNull, palette, output)
      }
    case .text(let hasHeadings):
      let layout: TextRenderer.Layout = hasHeadings ?? output.isTerminal ? .blocks : .lines
      TextRenderer(layout: layout, palette: palette, columns: console.columns, paths: paths)
        .print(results, to: output)
      if layout == .blocks, !results.hits.isEmpty { output.write("\n") }
      for note in results.noteLines { console.note(note, color: settings.color) }
      console.note(results.footer(took: took), color: settings.color)
    }
  }

  /// Prints a path for a program as it is, for a person with its control characters shown.
  private func printPath(
    _ path: String, endWithNull: Bool, _ palette: Palette, _ output: TextOutput
  ) {
    if endWithNull {
      output.write(path + "\0")
    } else if output.isTerminal {
      output.write(StyledText(path, .path), palette)
    } else {
      output.write(path + "\n")
    }
  }
}
