// How to search and how to print, wherever the query comes from.

import EvIndex
import EvQuery
import EvSearch
import EvTerminal

/// What a person asked of a search besides its words.
struct SearchSettings: Equatable {
  /// What is printed of the results.
  enum Form: Equatable {
    /// Passages; with or without headings, or as suits the stream.
    case text(hasHeadings: Bool?)
    /// One JSON document.
    case json
    /// A JSON document a line.
    case jsonLines
    /// A table, a row a passage.
    case separated(SeparatedRenderer.Kind)
    /// A list in Markdown.
    case markdown
    /// A page of HTML.
    case html
    /// Paths, one a line, or ended by NUL.
    case paths(endWithNull: Bool)
    /// How many documents match.
    case count
    /// Nothing.
    case nothing

    /// The form of a name.
    init(_ format: OutputFormat, endsWithNull: Bool = false) {
      switch format {
      case .text: self = .text(hasHeadings: nil)
      case .json: self = .json
      case .jsonl: self = .jsonLines
      case .csv: self = .separated(.commas)
      case .tsv: self = .separated(.tabs)
      case .md: self = .markdown
      case .html: self = .html
      case .paths: self = .paths(endWithNull: endsWithNull)
      }
    }
  }

  var form: Form = .text(hasHeadings: nil)
  var color: ColorChoice = .auto
  /// How many documents; 0 for all, nil for what suits the form.
  var limit: Int?
  var offset = 0
  var passages = 1
  var isStrict = false
  /// In which order hits come, and whether it is turned round.
  var sort = HitOrder.relevance
  var reverse = false
  /// The first and the last day of documents that are wanted.
  var since: CalendarDate?
  var until: CalendarDate?
  /// What matches are counted by.
  var facets: [Facet] = []
  /// Folders and files that are searched, absolute paths; all where there are none.
  var places: [String] = []
  /// Patterns of the paths of documents that are wanted, or with a leading ! are not.
  var globs: [String] = []
  /// How hits are put in order.
  var ranking = Ranking.standard
  /// Whether it is printed of what each score consists.
  var explains = false
  /// Whether of documents that are nearly the same only the best is shown.
  var collapses = true
  /// Lines of the document around a passage.
  var context = ContextSize()
  /// What stands around a match where there is no colour.
  var marks: MatchMarks?
  /// The addresses behind paths.
  var hyperlinks = HyperlinkFormat.file
  /// Whether results that are taller than the screen go through a pager.
  var usesPager = true
  /// Where the documents are, if not where the index says; an absolute path.
  var root: String?

  /// Whether it is said what was searched, and which files are not as they were indexed.
  var isVerbose = false
  /// Whether the time is printed below results.
  var showsTime = true
  /// Whether files are looked at, and read where they changed since they were indexed.
  var refreshes = true

  /// The settings in the engine's terms; what is not printed is not made.
  var options: SearchOptions {
    var options = SearchOptions()
    options.offset = offset
    options.strict = isStrict
    options.sort = sort
    options.reverse = reverse
    options.since = since
    options.until = until
    options.facets = facets
    options.globs = globs
    options.ranking = ranking
    options.explains = explains
    options.collapses = collapses
    switch form {
    case .text, .json, .jsonLines, .separated, .markdown, .html:
      options.limit = limit ?? 10
      options.passages = passages
    case .paths:
      options.limit = limit ?? 0
      options.passages = 0
    case .count, .nothing:
      options.limit = 1
      options.offset = 0
      options.passages = 0
    }
    return options
  }
}
