internal import EvBytes
public import EvIndex

/// Builds an index; a reader sees nothing of it until ``commit(skipped:)``.
///
///     let builder = try IndexBuilder(indexPath: "Index", root: "articles")
///     try builder.add(Document(path: "a.txt", text: "The lock-in rate rose."))
///     try builder.commit()
public final class IndexBuilder {
  private let writer: IndexWriter
  private let indexPath: String

  /// How an index is built.
  public struct Options: Sendable {
    /// Threads that analyse text; the bytes of the index do not depend on it.
    public var threads = 1

    /// What the bytes of the index do depend on.
    public var configuration = IndexConfiguration()

    /// The defaults.
    public init() {}
  }

  /// Takes the index's lock, and makes its folder where it is not there.
  ///
  /// - Parameter root: The folder that the documents' paths are relative to; kept in the index's
  ///   configuration, unless it has one.
  public init(
    indexPath: String, root: String? = nil, options: Options = Options()
  ) throws(IndexError) {
    self.indexPath = indexPath
    writer = try IndexWriter(
      path: indexPath, configuration: options.configuration, threads: options.threads)
    guard let root, try CollectionConfiguration.read(from: indexPath) == nil else { return }
    let relative: String
    do throws(SystemError) {
      relative = Self.relativePath(
        from: try FileSystem.resolve(indexPath), to: try FileSystem.resolve(root))
    } catch {
      throw .system(error)
    }
    try CollectionConfiguration(root: relative).write(to: indexPath)
  }

  /// Adds a document after all that were added before.
  public func add(_ document: Document) throws(IndexError) {
    try writer.add(document)
  }

  /// Makes the index consist of the documents that were added, in one step.
  ///
  /// - Parameter skipped: What was left out, and why; kept in the index.
  @discardableResult
  public func commit(skipped: [SkippedFile] = []) throws(IndexError) -> IndexSummary {
    let segments = try writer.commit(skipped: skipped)
    return IndexSummary(
      documents: segments.reduce(0) { $0 + $1.documentCount },
      words: segments.reduce(0) { $0 + Int($1.totalLength) },
      bytes: segments.reduce(0) { $0 + $1.byteCount }, segments: segments.count)
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

/// What an index consists of after a commit.
public struct IndexSummary: Equatable, Sendable {
  /// Documents, empty ones included.
  public var documents: Int
  /// Words of all documents.
  public var words: Int
  /// Bytes of the index's segments.
  public var bytes: Int
  /// Segments.
  public var segments: Int
}
