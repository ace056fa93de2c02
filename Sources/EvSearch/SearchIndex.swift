public import EvIndex
internal import EvBytes
internal import EvPassages
internal import EvQuery

/// An index, open for searching.
///
///     let index = try SearchIndex.open(at: "Index")
///     let results = try index.search("lock-in rate")
///     for hit in results.hits {
///       print(hit.path, hit.passages.first?.text ?? "")
///     }
///
/// It shows the index as it was when it was opened; ``refreshed()`` sees later commits. Any number of
/// threads may search at once.
public struct SearchIndex: Sendable {
  /// The index's folder, as it was given.
  public let path: String

  /// The folder whose files were indexed; absolute where it exists.
  public let collectionRoot: String

  /// What is read; for those who work with segments and queries themselves.
  public let snapshot: IndexSnapshot

  /// When files were written that are read as they are now, in nanoseconds since 1970.
  var presentTimes: [String: Int64] = [:]

  /// Opens the index in a folder.
  ///
  /// - Throws: ``EvIndex/IndexError`` when there is none, or it cannot be read.
  public static func open(at path: String) throws(IndexError) -> SearchIndex {
    SearchIndex(
      path: path, collectionRoot: try root(of: path), snapshot: try IndexSnapshot(path: path))
  }

  /// The index as it is now; this one where no commit has come since.
  ///
  /// What both have in common is not opened again, so that it can be called before each search.
  public func refreshed() throws(IndexError) -> SearchIndex {
    let present = try snapshot.refreshed()
    guard present !== snapshot else { return self }
    return SearchIndex(path: path, collectionRoot: collectionRoot, snapshot: present)
  }

  /// The nearest index from `folder` upwards: a folder `Index` or `.evsearch` with a manifest.
  ///
  /// - Returns: Its path, or nil where there is none.
  public static func locate(from folder: String) -> String? {
    guard var current = try? FileSystem.resolve(folder) else { return nil }
    while true {
      for name in ["Index", ".evsearch"] {
        let candidate = current == "/" ? "/" + name : "\(current)/\(name)"
        if FileSystem.exists(candidate + "/manifest") { return candidate }
      }
      if current == "/" { return nil }
      current = FileSystem.folder(of: current)
    }
  }

  /// The folder whose files are in the index at `path`.
  static func root(of path: String) throws(IndexError) -> String {
    guard let root = try CollectionConfiguration.read(from: path)?.root else { return path }
    let joined = root.hasPrefix("/") ? root : "\(path)/\(root)"
    // A root that is gone still has a name, for messages.
    return (try? FileSystem.resolve(joined)) ?? joined
  }

  /// Finds the best documents for what a person typed, with the passages that say why.
  ///
  /// Plain words must all occur. Where no document has them all, those that have some are shown, and a
  /// note says so, unless ``SearchOptions/strict`` is set.
  public func search(
    _ text: String, _ options: SearchOptions = SearchOptions()
  ) throws(IndexError) -> SearchResults {
    var found = try find(text, options)
    let arrangement = try arrange(&found, options)
    let finder = try PassageFinder(snapshot, found.query)
    let shown = try collapsed(
      found.hits, offset: options.offset, limit: options.limit == 0 ? Int.max : options.limit,
      collapses: options.collapses && options.passages > 0)
    var hits: [SearchHit] = []
    for (index, one) in shown.enumerated() {
      // In another order the score is not what puts a hit where it is.
      let explanation =
        options.explains && options.sort == .relevance && !options.reverse
        ? try explanation(
          of: one.hit, in: found, options.ranking, isRescored: one.place < found.rescored) : nil
      hits.append(
        SearchHit(
          rank: options.offset + index + 1, id: hexadecimal(one.document.contentHash),
          path: one.document.path, title: one.document.title, metadata: one.document.metadata,
          score: one.hit.score,
          passages: try finder.passages(of: one.hit, limit: options.passages),
          droppedWords: one.place < found.missing.count ? found.missing[one.place] : [],
          similar: one.similar, explanation: explanation))
    }
    if let other = Self.otherCharacters(of: text, in: hits) {
      found.notes.append("also searched \(other)")
    }
    return SearchResults(
      text: text, readAs: found.readAs, notes: found.notes, total: found.total,
      totalIsExact: found.totalIsExact, offset: options.offset, hits: hits,
      suggestion: found.suggestion, problems: found.problems, facets: arrangement.facets,
      undated: arrangement.undated)
  }
}
