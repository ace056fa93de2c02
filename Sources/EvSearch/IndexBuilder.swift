internal import EvBytes
public import EvIndex

/// Builds an index, or brings one up to date; a reader sees nothing of it until ``commit(skipped:)``.
///
///     let builder = try IndexBuilder(indexPath: "Index", root: "articles")
///     try builder.add(Document(path: "a.txt", text: "The lock-in rate rose."))
///     try builder.commit()
///
/// To read only what changed since the last time, list the files, and ask:
///
///     let update = try builder.update(to: files)
///     for file in update.filesToRead { … try builder.add(document) … }
///     print(try builder.commit().files.unchanged)
public final class IndexBuilder {
  private let writer: IndexWriter
  private let indexPath: String
  private let root: String?
  private let options: Options
  private var counts = IndexUpdate.Counts()

  /// How an index is built.
  public struct Options: Sendable {
    /// Threads that analyse text; the bytes of the index do not depend on it.
    public var threads = 1

    /// What the bytes of the index do depend on.
    public var configuration = IndexConfiguration()

    /// Whether documents that the index has stay, unless they are replaced or removed.
    public var mode = IndexWriter.Mode.rebuild

    /// What the documents of a file depend on besides its bytes; see ``IndexBuilder/update(to:)``.
    public var reader = ""

    /// Whether a file whose path was the first and is now the second gives the same documents as before,
    /// but for their paths: then what was indexed of a renamed file is used again.
    public var readsAlike: @Sendable (_ path: String, _ newPath: String) -> Bool = { _, _ in false }

    /// Called where another process writes to the index, with its number if it is known, before
    /// waiting for it; nil to throw ``EvIndex/IndexError/locked(path:holder:)`` instead.
    public var whenLocked: (@Sendable (_ holder: Int32?) -> Void)?

    /// See ``limitMemory(to:)``.
    fileprivate var memoryBytes: Int?

    /// The defaults.
    public init() {}

    /// Holds indexing and merging to a resident set of so many bytes; fewer threads may be used.
    ///
    /// No document may have more text than ``EvIndex/IndexConfiguration/largestText(forMemory:)`` then.
    ///
    /// - Parameter memoryBytes: At least ``EvIndex/IndexConfiguration/leastMemory``.
    public mutating func limitMemory(to memoryBytes: Int) {
      self.memoryBytes = memoryBytes
      configuration.segmentTextBytes = IndexConfiguration.segmentTextBytes(forMemory: memoryBytes)
      threads = min(threads, IndexConfiguration.threads(forMemory: memoryBytes))
    }
  }

  /// Takes the index's lock, and makes its folder where it is not there.
  ///
  /// - Parameters:
  ///   - root: The folder that the documents' paths are relative to; kept in the index's
  ///     configuration, unless it has one.
  ///   - reading: How the files are read, kept in the configuration too; nil to leave there what is.
  public init(
    indexPath: String, root: String? = nil, reading: CollectionConfiguration.Reading? = nil,
    options: Options = Options()
  ) throws(IndexError) {
    self.indexPath = indexPath
    self.root = root
    self.options = options
    writer = try IndexWriter(
      path: indexPath, configuration: options.configuration, threads: options.threads,
      mode: options.mode, whenLocked: options.whenLocked)
    if var known = try CollectionConfiguration.read(from: indexPath) {
      guard let reading, known.reading != reading else { return }
      known.reading = reading
      try known.write(to: indexPath)
      return
    }
    guard let root else { return }
    try Self.keep(CollectionConfiguration(root: root, reading: reading ?? .init()), in: indexPath)
  }

  /// What a commit merges.
  package var mergePolicy: MergePolicy {
    get { writer.mergePolicy }
    set { writer.mergePolicy = newValue }
  }

  /// Finds out which files have to be read, in the mode ``EvIndex/IndexWriter/Mode/update``.
  ///
  /// Documents of files that changed or are gone are taken out of the index; those of
  /// ``EvIndex/IndexUpdate/filesToRead`` have to be added. These are all files where the index is new,
  /// or was made in another way.
  ///
  /// - Parameter files: All files of the collection, listed after the builder was made.
  public func update(to files: [SourceFile]) -> IndexUpdate {
    if let memory = options.memoryBytes {
      writer.limitSegments(
        toTextBytes: IndexConfiguration.segmentTextBytes(forMemory: memory, files: files.count))
    }
    let update = writer.update(
      to: files, root: root ?? ".", reader: options.reader, readsAlike: options.readsAlike)
    counts = update.counts
    return update
  }

  /// Whether, in the mode ``EvIndex/IndexWriter/Mode/repair``, it is known what has to be read again;
  /// else that is all.
  public var canRepair: Bool { writer.canRepair }

  /// Adds a document after all that were added before; one of the same path is replaced.
  public func add(_ document: Document) throws(IndexError) {
    try writer.add(document)
  }

  /// Makes the index consist of the documents that were added, with those that stay, in one step.
  ///
  /// - Parameter skipped: What was left out, and why; kept in the index. What is known of files that
  ///   were not read again is kept too.
  @discardableResult
  public func commit(skipped: [SkippedFile] = []) throws(IndexError) -> IndexSummary {
    try writer.commit(skipped: skipped)
    return try summary()
  }

  /// Commits too, and makes the index one segment whose documents are in the order of their paths.
  ///
  /// - Parameter skipped: As in ``commit(skipped:)``; nil to keep what the index says.
  @discardableResult
  public func optimize(skipped: [SkippedFile]? = nil) throws(IndexError) -> IndexSummary {
    try writer.optimize(skipped: skipped)
    return try summary()
  }

  private func summary() throws(IndexError) -> IndexSummary {
    let snapshot = try IndexSnapshot(path: indexPath, verification: .structure)
    return IndexSummary(
      documents: snapshot.documentCount, words: Int(snapshot.totalLength),
      bytes: snapshot.segments.reduce(0) { $0 + $1.info.byteCount },
      segments: snapshot.segments.count, files: counts, duplicates: writer.duplicates,
      skipped: snapshot.manifest.skipped)
  }

  /// The path of `target` as seen from `folder`, both absolute: so that both can be moved together.
  static func relativePath(from folder: String, to target: String) -> String {
    let from = folder.split(separator: "/")
    let to = target.split(separator: "/")
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let parts = Array(repeating: "..", count: from.count - shared) + to[shared...].map(String.init)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }
}

/// What an index consists of after a commit, and what became of the files.
public struct IndexSummary: Equatable, Sendable {
  /// Documents, empty ones included.
  public var documents: Int
  /// Words of all documents.
  public var words: Int
  /// Bytes of the index's segments.
  public var bytes: Int
  /// Segments.
  public var segments: Int
  /// Files that were new, changed, removed, renamed or unchanged, where the builder was told of files.
  public var files = IndexUpdate.Counts()
  /// Paths of documents that were added again in the same run; the last one of each counts.
  public var duplicates: [String] = []
  /// Files that are not in the index, those that were not looked at again among them.
  public var skipped: [SkippedFile] = []
}
