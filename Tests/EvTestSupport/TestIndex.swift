public import EvIndex

/// An index of documents in a folder that goes away with the value.
public struct TestIndex {
  /// The folder that holds the index.
  public let folder: TemporaryDirectory

  /// The index's path.
  public var path: String { folder.path("Index") }

  /// Builds an index.
  public init(
    _ documents: [Document], configuration: IndexConfiguration = IndexConfiguration(),
    threads: Int = 1
  ) throws {
    folder = try TemporaryDirectory()
    let writer = try IndexWriter(
      path: folder.path("Index"), configuration: configuration, threads: threads)
    for document in documents { try writer.add(document) }
    _ = try writer.commit()
  }

  /// Opens it.
  public func snapshot(
    _ verification: SegmentReader.Verification = .automatic
  ) throws -> IndexSnapshot {
    try IndexSnapshot(path: path, verification: verification)
  }
}
