public import EvIndex
internal import EvBytes

extension IndexBuilder {
  /// Joins indexes, or single segments, that were built apart into a new index.
  ///
  /// The new index is one segment, with the bytes of an index that is built at once from the same
  /// documents in the same order. Of documents with the same path the last one counts.
  ///
  /// - Parameters:
  ///   - folders: Folders of indexes or of segments, in the order of their documents. They are only read.
  ///   - indexPath: The folder of the new index; there must be none yet.
  ///   - sortsByPath: Whether the documents come in the order of their paths instead.
  public static func merge(
    _ folders: [String], into indexPath: String, sortsByPath: Bool = false
  ) throws(IndexError) -> IndexSummary {
    guard !FileSystem.exists(indexPath + "/manifest") else {
      throw .limit(reason: "There is an index at \(indexPath) already; name a new folder.")
    }
    let writer = try IndexWriter(path: indexPath)
    let segments = try writer.join(folders, sortsByPath: sortsByPath)
    if let configuration = try sharedConfiguration(of: folders) {
      try keep(configuration, in: indexPath)
    }
    return IndexSummary(
      documents: segments.reduce(0) { $0 + $1.documentCount },
      words: segments.reduce(0) { $0 + Int($1.totalLength) },
      bytes: segments.reduce(0) { $0 + $1.byteCount }, segments: segments.count,
      duplicates: writer.duplicates)
  }

  /// Makes an index one segment, its documents in the order of their paths, without any of its files.
  ///
  /// - Parameter whenLocked: As ``Options/whenLocked``.
  /// - Returns: What the index consists of now, and of how many segments it was.
  /// - Throws: What is wrong with an index that was made by another analysis or format, or is damaged; it
  ///   stays as it is.
  public static func optimize(
    _ indexPath: String, whenLocked: (@Sendable (_ holder: Int32?) -> Void)? = nil
  ) throws(IndexError) -> (summary: IndexSummary, segmentsBefore: Int) {
    let snapshot = try IndexSnapshot(path: indexPath, verification: .structure)
    var options = Options()
    options.mode = .update
    options.whenLocked = whenLocked
    options.configuration.analyzer = snapshot.analyzer
    if let segment = snapshot.segments.first {
      options.configuration.storesText = segment.info.storesText
    }
    let builder = try IndexBuilder(indexPath: indexPath, options: options)
    return (try builder.optimize(), snapshot.segments.count)
  }

  /// What the configurations of indexes say where all say the same; the root an absolute path.
  private static func sharedConfiguration(
    of folders: [String]
  ) throws(IndexError) -> CollectionConfiguration? {
    var shared: CollectionConfiguration?
    for folder in folders {
      guard var own = try CollectionConfiguration.read(from: folder) else { return nil }
      own.root = try SearchIndex.root(of: folder)
      guard shared == nil || shared == own else { return nil }
      shared = own
    }
    return shared
  }

  /// Writes the configuration of an index, with its root as it is seen from there.
  static func keep(
    _ configuration: CollectionConfiguration, in indexPath: String
  ) throws(IndexError) {
    var configuration = configuration
    do throws(SystemError) {
      configuration.root = Self.relativePath(
        from: try FileSystem.resolve(indexPath), to: try FileSystem.resolve(configuration.root))
    } catch {
      throw .system(error)
    }
    try configuration.write(to: indexPath)
  }
}
