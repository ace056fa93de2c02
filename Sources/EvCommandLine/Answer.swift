// A query's way through the index and to the streams.

import EvSearch
import EvTerminal

/// The results of a query, with what is needed to print them.
struct Answer {
  let results: SearchResults
  let index: SearchIndex
  /// The folder of the documents.
  let root: String
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
    root = settings.root ?? index.collectionRoot
    limit = options.limit
    took = clock.now - start
  }

  /// Prints the results, in the form that was asked for.
  func print(_ settings: SearchSettings, on console: Console) {
    switch settings.form {
    case .nothing: return
    case .count: console.output.write("\(results.total)\n")
    default: break
    }
    if let renderer = renderer(settings, on: console) { page(renderer, settings, on: console) }
    guard case .text(let hasHeadings) = settings.form else { return }
    if hasHeadings ?? console.output.isTerminal, !results.hits.isEmpty {
      console.output.write("\n")
    }
    for note in results.noteLines { console.note(note, color: settings.color) }
    console.note(results.footer(took: took), color: settings.color)
  }

  /// Prints the hits, through a pager where they are taller than a person's screen.
  private func page(_ renderer: any ResultRenderer, _ settings: SearchSettings, on console: Console)
  {
    let output = console.output
    guard settings.usesPager, output.isTerminal, console.inputIsTerminal,
      console.environment["TERM"] != "dumb",
      let pager = Pager(environment: console.environment)
    else { return renderer.print(results, to: output) }
    let text = output.capture { renderer.print(results, to: output) }
    // The footer, its notes and the prompt want a few lines too.
    guard Pager.rows(of: text, columns: console.columns) + 3 > console.rows,
      pager.show(text, environment: console.environment)
    else { return output.write(text) }
  }

  /// What prints the hits; nil where none are printed.
  private func renderer(
    _ settings: SearchSettings, on console: Console
  ) -> (any ResultRenderer)? {
    let output = console.output
    let palette = console.palette(of: output, settings.color)
    let paths = DocumentPaths(
      root: root, workingFolder: console.workingFolder,
      hyperlinks: palette.showsLinks ? settings.hyperlinks : .none)
    switch settings.form {
    case .nothing, .count: return nil
    case .json: return JSONRenderer(frame: frame)
    case .jsonLines: return JSONLinesRenderer(frame: frame)
    case .separated(let kind): return SeparatedRenderer(kind: kind, paths: paths)
    case .markdown: return MarkdownRenderer(paths: paths)
    case .html: return HTMLRenderer(paths: paths, footer: results.footer(took: took).plain)
    case .paths(let endsWithNull):
      return PathRenderer(paths: paths, palette: palette, endsWithNull: endsWithNull)
    case .text(let hasHeadings):
      var renderer = TextRenderer(
        layout: hasHeadings ?? output.isTerminal ? .blocks : .lines, palette: palette,
        columns: console.columns, paths: paths,
        marks: palette.isPlain ? settings.marks : nil)
      if !settings.context.isEmpty {
        let files = DocumentFiles(root: root)
        renderer.context = { hit, passage in
          files.document(hit.path).map {
            PassageContext(of: $0, around: passage.range, settings.context)
          }
        }
      }
      return renderer
    }
  }

  /// Where a hit's best passage is.
  func place(of hit: SearchHit) -> EditorPlace {
    EditorPlace(
      path: FilePath.join(root, hit.path), line: hit.passages.first?.start.line ?? 1)
  }

  private var frame: SearchJSON.Frame {
    SearchJSON.Frame(
      index: index, root: root, limit: limit, took: took, staleDocuments: 0)
  }
}
