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
  /// What has become of the files since they were indexed.
  let freshness: Freshness

  /// Opens the index and searches it, with what its files hold now.
  init(
    to text: String, in path: String, _ settings: SearchSettings, environment: Environment
  ) throws(CommandError) {
    let clock = ContinuousClock()
    let start = clock.now
    var options = settings.options
    let opened = try SearchIndex.opened(at: path)
    root = settings.root ?? opened.collectionRoot
    if !settings.places.isEmpty {
      let scope = QueryScope(words: [], places: settings.places)
      options.folders = try scope.paths(from: SystemCalls.realPath(root) ?? root)
    }
    do throws(IndexError) {
      let check =
        settings.refreshes
        ? FreshnessCheck(opened, root: root, environment: environment) : nil
      let found =
        if let check { try check.search(text, options) } else {
          (results: try opened.search(text, options), index: opened, freshness: Freshness())
        }
      (index, freshness) = (found.index, found.freshness)
      if settings.form == .count, !found.results.totalIsExact {
        options.limit = 0
        results = try index.search(text, options)
      } else {
        results = found.results
      }
    } catch {
      throw CommandError(error)
    }
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
    for facet in results.facets {
      let palette = console.palette(of: console.output, settings.color)
      for line in facet.lines(columns: console.columns) { console.output.write(line, palette) }
    }
    for note in results.noteLines { console.note(note, color: settings.color) }
    for line in results.suggestion?.lines ?? [] { console.note(line, color: settings.color) }
    for note in freshness.notes {
      console.note(StyledText(note, .warning), color: settings.color)
    }
    console.note(
      results.footer(
        took: settings.showsTime ? took : nil, skipped: index.snapshot.manifest.skipped.count),
      color: settings.color)
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
      let freshness = freshness
      renderer.isStale = { FreshnessCheck.isStale($0, freshness) }
      if !settings.context.isEmpty {
        let files = DocumentFiles(ofIndex: index.path, root: root)
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

  /// The results as one document of JSON.
  var json: JSONValue { SearchJSON.results(results, frame) }

  /// Refuses what `--strict` does not take.
  func refuseProblems() throws(CommandError) {
    guard let problem = results.problems.first else { return }
    throw CommandError(
      code: "query", message: "The query is not what --strict takes: \(problem).",
      hint: "Without --strict it is searched as it is.")
  }

  private var frame: SearchJSON.Frame {
    SearchJSON.Frame(
      index: index, root: root, limit: limit, took: took, freshness: freshness)
  }
}
