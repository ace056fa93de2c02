public import EvIndex

extension SearchIndex {
  /// The files that the index was made from; nil where that is not known.
  public func indexedFiles() -> IndexedFiles? {
    snapshot.indexedFiles()
  }

  /// The index with other documents in place of those of some files, for one search.
  ///
  /// Hits, counts and scores are those of an index that was brought up to date; nothing is committed.
  ///
  /// - Parameters:
  ///   - files: Paths of files whose documents are left out.
  ///   - documents: What is in these files now.
  ///   - scratch: A folder that is made and removed.
  public func replacing(
    files: [String], by documents: [Document], scratch: String
  ) throws(IndexError) -> SearchIndex {
    SearchIndex(
      path: path, collectionRoot: collectionRoot,
      snapshot: try snapshot.replacing(files: files, by: documents, scratch: scratch))
  }
}
