public import EvIndex
public import EvPassages
public import EvQuery

/// What is asked for besides the query.
public struct SearchOptions: Equatable, Sendable {
  /// The most hits that are wanted; 0 for all.
  public var limit = 10

  /// Hits to pass over, for the next page.
  public var offset = 0

  /// The most passages that are wanted of each document.
  public var passages = 1

  /// Whether documents that lack a word are left out even where no document has them all, and operators
  /// that are not used as they should be are ``SearchResults/problems``.
  public var strict = false

  /// In which order hits come.
  public var sort = HitOrder.relevance

  /// Whether the order is turned round; documents whose date is not known come last by date anyway.
  public var reverse = false

  /// The first day of documents that are wanted; those without a date are then left out.
  public var since: CalendarDate?

  /// The last day of documents that are wanted; those without a date are then left out.
  public var until: CalendarDate?

  /// Folders and files of the collection that are searched; all where there are none.
  public var folders: [String] = []

  /// Patterns of paths, from the collection's root: documents that any of them matches, but for those
  /// that one with a leading `!` matches; all where there are none.
  ///
  /// A pattern is what `path:` takes; without a `/` it is compared with the names of files and folders.
  public var globs: [String] = []

  /// What all matches are counted by.
  public var facets: [Facet] = []

  /// The most values of a facet that are wanted.
  public var facetLimit = 20

  /// Whether of documents whose texts are nearly the same only the best is a hit of its own.
  ///
  /// Only where passages are wanted, and among the best 200.
  public var collapses = true

  /// How documents are put in order.
  public var ranking = Ranking.standard

  /// Whether each hit has an ``SearchHit/explanation``.
  public var explains = false

  /// Whether documents without some of the words are ranked among those with all, whatever the length
  /// of the query.
  public var ranksPartialMatches = false

  /// The defaults.
  public init() {}
}

/// The answer to a query.
public struct SearchResults: Sendable {
  /// What was typed.
  public var text: String

  /// How it was read.
  public var readAs: String

  /// What was taken literally, left out or loosened; a sentence each.
  public var notes: [String]

  /// Documents that match.
  public var total: Int

  /// Whether `total` is exact rather than a lower bound.
  public var totalIsExact: Bool

  /// Hits that were passed over.
  public var offset: Int

  /// The best documents, best first.
  public var hits: [SearchHit]

  /// What was probably meant, where nothing is found.
  public var suggestion: Suggestion?

  /// Operators that were not used as they should be, a sentence each; looked for where
  /// ``SearchOptions/strict`` is set, and then nothing is searched.
  public var problems: [String] = []

  /// All matches, counted as ``SearchOptions/facets`` asks for, in that order.
  public var facets: [FacetCounts] = []

  /// How many matches have no date that is known, where hits come by date; nil where they do not.
  public var undated: Int?
}

/// A document that was found.
public struct SearchHit: Sendable {
  /// Its place among all hits, from 1.
  public var rank: Int

  /// The hash of its contents, sixteen hexadecimal digits.
  public var id: String

  /// Its path, relative to the collection's root.
  public var path: String

  /// Its title; empty where it has none.
  public var title: String

  /// What else is known of it.
  public var metadata: Document.Metadata

  /// How well it answers, comparable within one answer.
  public var score: Float

  /// The passages that say why, best first.
  public var passages: [Passage]

  /// Words of the query that it lacks, as they were typed; where no document has them all.
  public var droppedWords: [String] = []

  /// The paths of documents behind this one whose text is nearly the same, best first; they are no hits
  /// of their own.
  public var similar: [String] = []

  /// Why it has its score, where ``SearchOptions/explains`` is set.
  public var explanation: Explanation?
}
