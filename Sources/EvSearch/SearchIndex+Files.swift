internal import EvBytes
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
  ///   - root: The folder that these are relative to.
  ///   - documents: What is in these files now.
  ///   - scratch: A folder that is made and removed.
  public func replacing(
    files: [String], in root: String, by documents: [Document], scratch: String
  ) throws(IndexError) -> SearchIndex {
    var index = SearchIndex(
      path: path, collectionRoot: collectionRoot,
      snapshot: try snapshot.replacing(files: files, by: documents, scratch: scratch))
    index.presentTimes = presentTimes
    for file in files {
      // Of a file that is gone there is no time, and no document.
      let information = try? FileSystem.information("\(root)/\(file)")
      index.presentTimes[file] = information?.modificationTime
    }
    return index
  }

  /// When each file was last written, in nanoseconds since 1970; nil where that is not known.
  func modificationTimes() -> [String: Int64]? {
    snapshot.indexedFiles()?.modificationTimes.merging(presentTimes) { _, present in present }
  }

  /// The files that were last written on some days, where the program runs; in the order of their paths.
  func files(writtenOn days: ClosedRange<Int32>) -> [String]? {
    guard let times = modificationTimes() else { return nil }
    let range = CalendarDate.nanoseconds(of: days)
    return times.lazy.filter { range.contains($0.value) }.map(\.key).sorted()
  }
}
