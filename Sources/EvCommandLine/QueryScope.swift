// The folders behind a query: evsearch WORDS misc/

import EvTerminal

/// What was typed, as words and as the folders that are searched.
struct QueryScope: Equatable {
  /// The words of the query.
  let words: [String]
  /// Folders and files, absolute paths without links.
  let places: [String]

  init(words: [String], places: [String]) {
    self.words = words
    self.places = places
  }

  /// Takes the last arguments that have a slash and are there for places; the others are words.
  ///
  /// At least one word is left: a place alone is a query.
  init(_ arguments: [String], in workingFolder: String) {
    var words = arguments
    var places: [String] = []
    while words.count > 1, let last = words.last, last.contains("/"),
      let path = SystemCalls.realPath(FilePath.absolute(last, in: workingFolder))
    {
      places.insert(path, at: 0)
      words.removeLast()
    }
    self.words = words
    self.places = places
  }

  /// The places from the folder of the documents; none where that folder itself is among them.
  func paths(from root: String) throws(CommandError) -> [String] {
    var paths: [String] = []
    for place in places {
      if FilePath.contains(place, root) { return [] }
      guard FilePath.contains(root, place) else {
        throw CommandError(
          code: "other_folder", message: "\(place) is not in \(root), which the index is of.",
          hint: "Index it: evsearch index \(place)")
      }
      let inside = place.utf8.dropFirst(root == "/" ? 1 : root.utf8.count + 1)
      paths.append(String(inside) ?? place)
    }
    return paths
  }
}
