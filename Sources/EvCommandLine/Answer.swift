// A query's way through the index and to the streams.

import EvSearch
import EvTerminal

/// The results of a query, with what is needed to print them.
struct Answer {
  /// What was found so far.
  private(set) var results: SearchResults
  private(set) var index: SearchIndex
  /// The folder of the documents.
  let root: String
  /// The limit that was set; 0 for none.
  let limit: Int
  private(set) var took = Duration.zero
  /// What has become of the files since they were indexed.
  private(set) var freshness = Freshness()
  private let check: FreshnessCheck?
  private let options: SearchOptions
  /// Whether there may be more hits than were found so far.
  private var hasMore = false

  /// The hits of the first page, which is printed while others are looked for; each page is as many
  /// hits as all before it, times nine, up to a limit.
  private static let firstPage = 50
  private static let largestPage = 5000

  /// Opens the index and searches it, with what its files hold now.
  ///
  /// - Parameter inPages: Whether many hits are printed while the others are looked for.
  init(
    to text: String, in path: String, _ settings: SearchSettings, environment: Environment,
    inPages: Bool = false
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
    self.options = options
    limit = options.limit
    check =
      settings.refreshes ? FreshnessCheck(opened, root: root, environment: environment) : nil
    if inPages, case .text = settings.form, limit == 0 || limit > Self.firstPage {
      options.limit = Self.firstPage
      hasMore = true
    }
    do throws(IndexError) {
      (results, index, freshness) =
        if let check { try check.search(text, options) } else {
          (try opened.search(text, options), opened, Freshness())
        }
      if settings.form == .count || hasMore, !results.totalIsExact {
        options.limit = hasMore ? limit : 0
        hasMore = false
        results = try index.search(text, options)
      }
    } catch {
      throw CommandError(error)
    }
    hasMore = hasMore && results.hits.count == options.limit
    took = clock.now - start
  }

  /// Looks for the next page of hits, and adds it to ``results``.
  ///
  /// - Returns: Nil where there are no more.
  private mutating func nextPage() throws(CommandError) -> SearchResults? {
    guard hasMore else { return nil }
    let clock = ContinuousClock()
    let start = clock.now
    let count = results.hits.count
    var options = options
    options.offset += count
    options.limit = min(9 * count, Self.largestPage, limit == 0 ? .max : limit - count)
    let page: SearchResults
    do throws(IndexError) {
      if let check {
        (page, index, freshness) = try check.search(
          results.text, options, after: (index, freshness))
      } else {
        page = try index.search(results.text, options)
      }
    } catch {
      throw CommandError(error)
    }
    results.hits += page.hits
    results.notes += page.notes.filter { !results.notes.contains($0) }
    hasMore = page.hits.count == options.limit && results.hits.count != limit
    took += clock.now - start
    return page.hits.isEmpty ? nil : page
  }

  /// Prints the results, in the form that was asked for.
  func print(_ settings: SearchSettings, on console: Console) throws(CommandError) {
    var answer = self
    try answer.printAll(settings, on: console)
  }

  private mutating func printAll(
    _ settings: SearchSettings, on console: Console
  ) throws(CommandError) {
    switch settings.form {
    case .nothing: return
    case .count: console.output.write("\(results.total)\n")
    default: break
    }
    try printHits(settings, on: console)
    if settings.isVerbose { for line in circumstances { console.note(line) } }
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

  /// Prints the hits, page by page, through a pager where they are taller than a person's screen.
  private mutating func printHits(
    _ settings: SearchSettings, on console: Console
  ) throws(CommandError) {
    let output = console.output
    guard settings.usesPager, output.isTerminal, console.inputIsTerminal,
      console.environment["TERM"] != "dumb",
      let pager = Pager(environment: console.environment)
    else { return try writePages(startingWith: results, settings, on: console, to: output) }
    let first = output.capture { renderer(settings, on: console)?.print(results, to: output) }
    // The footer, its notes and the prompt want a few lines too.
    guard hasMore || Pager.rows(of: first, columns: console.columns) + 3 > console.rows else {
      return output.write(first)
    }
    let (whole, more) = (results, hasMore)
    var failure: CommandError?
    let isShown = pager.show(environment: console.environment) { reader in
      do throws(CommandError) {
        reader.write(first)
        try writePages(startingWith: nil, settings, on: console, to: reader)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    guard !isShown else { return }
    // Such a program reads little before it turns out that there is none.
    (results, hasMore) = (whole, more)
    try writePages(startingWith: whole, settings, on: console, to: output)
  }

  /// Writes hits until there are no more, or nobody reads on.
  private mutating func writePages(
    startingWith first: SearchResults?, _ settings: SearchSettings, on console: Console,
    to reader: TextOutput
  ) throws(CommandError) {
    var page = first
    repeat {
      if let page, let renderer = renderer(settings, on: console) {
        // What is printed depends on where it is printed in the end, not on the pipe to a pager.
        let text = console.output.capture { renderer.print(page, to: console.output) }
        reader.write(text)
      }
      if hasMore { reader.flush() }
      page = reader.isClosed ? nil : try nextPage()
    } while page != nil
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
      let last =
        limit == 0 ? results.total : min(results.total, min(results.total, limit) + options.offset)
      renderer.ranks = (options.offset + 1, hasMore ? last : results.hits.last?.rank ?? 0)
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

  /// What was searched, and which files are not as they were indexed.
  private var circumstances: [String] {
    let documents = Quantities.count(index.snapshot.documentCount, "document")
    let generation = index.snapshot.manifest.generation
    return ["index \(index.path) of \(root), generation \(generation), \(documents)"]
      + freshness.changed.sorted().map { "changed: \($0)" }
      + freshness.unread.sorted().map { "changed, not read: \($0)" }
      + freshness.gone.sorted().map { "gone: \($0)" }
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
