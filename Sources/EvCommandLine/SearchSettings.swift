// How to search and how to print, wherever the query comes from.

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
    /// Paths, one a line, or ended by NUL.
    case paths(endWithNull: Bool)
    /// How many documents match.
    case count
    /// Nothing.
    case nothing
  }

  var form: Form = .text(hasHeadings: nil)
  var color: ColorChoice = .auto
  /// How many documents; 0 for all, nil for what suits the form.
  var limit: Int?
  var offset = 0
  var passages = 1
  var isStrict = false

  /// The settings in the engine's terms; what is not printed is not made.
  var options: SearchOptions {
    var options = SearchOptions()
    options.offset = offset
    options.strict = isStrict
    switch form {
    case .text, .json:
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
