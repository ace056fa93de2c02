internal import EvAnalysis
internal import EvBytes

/// Builds an index anew; a reader sees nothing of it until ``commit(skipped:)``.
///
/// One writer an index: it holds the index's lock from its creation until it goes away. What was not
/// committed leaves no trace but a folder that the next writer removes.
public final class IndexWriter {
  private let path: String
  private let configuration: IndexConfiguration
  private let lock: FileLock
  private let pool: AnalysisPool

  // Documents on their way to the analyzers: whole chunks, and the chunk that is being filled.
  private var chunks: [[Document]] = []
  private var chunk: [Document] = []
  private var chunkTextBytes = 0
  private var segmentTextBytes = 0
  /// Batches of the segment under way that the analyzers still have.
  private var pendingBatches = 0

  private var buffer: SegmentBuffer?
  private var segments: [SegmentInfo] = []

  /// Chunks in a batch: about a megabyte, so that a batch's own terms are far fewer than its tokens.
  private static let chunksInBatch = 16

  /// Takes the index's lock, and makes its folder where it is not there.
  ///
  /// - Parameter threads: How many threads analyse; the bytes written do not depend on it.
  public init(
    path: String, configuration: IndexConfiguration = IndexConfiguration(), threads: Int = 1
  ) throws(IndexError) {
    self.path = path
    self.configuration = configuration
    do throws(SystemError) { try FileSystem.makeFolder(path) } catch { throw .system(error) }
    do throws(FileLock.Failure) {
      lock = try FileLock(path: path + "/" + IndexFolder.lockName)
    } catch {
      switch error {
      case .held(let holder): throw .locked(path: path, holder: holder)
      case .system(let error): throw .system(error)
      }
    }
    pool = AnalysisPool(
      configuration.analyzer, storesText: configuration.storesText, threads: threads)
  }

  deinit {
    // Nothing of it is part of an index; if it stays, the next writer removes it.
    try? FileSystem.remove(path + "/" + IndexFolder.buildingName)
  }

  /// Adds a document after all that were added before.
  public func add(_ document: Document) throws(IndexError) {
    let count = document.text.utf8.count
    chunk.append(document)
    chunkTextBytes += count
    segmentTextBytes += count
    guard chunkTextBytes >= StoredFile.chunkTextBytes else { return }
    endChunk()
    if segmentTextBytes >= configuration.segmentTextBytes {
      try endSegment()
    } else if chunks.count == Self.chunksInBatch {
      try submit()
    }
  }

  /// Makes the index consist of the documents that were added, in one step.
  ///
  /// - Parameter skipped: What was left out, and why; kept in the index.
  /// - Returns: What the index consists of now.
  public func commit(skipped: [SkippedFile] = []) throws(IndexError) -> [SegmentInfo] {
    try endSegment()
    let generation: UInt64
    do throws(IndexError) {
      generation = try Manifest.read(from: path).generation + 1
    } catch {
      // An index that cannot be read is replaced by one that can.
      generation = 1
    }
    let names = segments.map(\.id.description)
    do throws(SystemError) {
      var manifest = Manifest(generation: generation, segments: [], skipped: skipped)
      for segment in segments {
        manifest.segments.append(
          .init(id: segment.id, checksum: try place(segment)))
      }
      try FileSystem.synchronizeFolder(path)
      try manifest.write(to: path)
      for name in try FileSystem.list(path)
      where IndexFolder.isSegment(name) && !names.contains(name) {
        try FileSystem.remove(path + "/" + name)
      }
    } catch {
      throw .system(error)
    }
    defer { segments = [] }
    return segments
  }

  /// Gives a written segment its name among the index's files.
  ///
  /// A sound segment of the same name has the same documents and the same bytes, and stays.
  ///
  /// - Returns: The checksum of its table of contents.
  private func place(_ segment: SegmentInfo) throws(SystemError) -> UInt64 {
    let written = buildingFolder(segment.id)
    let final = "\(path)/\(segment.id)"
    // Whatever is wrong with the one that is there, the new one takes its place.
    if FileSystem.exists(final),
      let present = try? SegmentReader(folder: final, verification: .checksums),
      present.info == segment
    {
      try FileSystem.remove(written)
    } else {
      try FileSystem.remove(final)
      try FileSystem.rename(written, to: final)
    }
    let contents = try MappedFile(path: final + "/segment")
    return contents.bytes.load(UInt64.self, at: contents.byteCount - 16) ?? 0
  }

  private func buildingFolder(_ id: SegmentID) -> String {
    "\(path)/\(IndexFolder.buildingName)/\(id)"
  }

  private func endChunk() {
    guard !chunk.isEmpty else { return }
    chunks.append(chunk)
    chunk = []
    chunkTextBytes = 0
  }

  private func submit() throws(IndexError) {
    guard !chunks.isEmpty else { return }
    pendingBatches += 1
    let full = chunks
    chunks = []
    if let batch = try pool.submit(full) { try take(batch) }
  }

  private func take(_ batch: AnalyzedBatch) throws(IndexError) {
    pendingBatches -= 1
    if buffer == nil {
      buffer = try SegmentBuffer(
        folder: "\(path)/\(IndexFolder.buildingName)/segment", configuration: configuration)
    }
    try buffer?.add(batch)
  }

  /// Writes the segment under way to disk.
  private func endSegment() throws(IndexError) {
    endChunk()
    try submit()
    while pendingBatches > 0, let batch = try pool.next() { try take(batch) }
    guard let written = buffer else { return }
    let info = try written.write()
    buffer = nil
    segmentTextBytes = 0
    segments.append(info)
    do throws(SystemError) {
      let named = buildingFolder(info.id)
      try FileSystem.remove(named)
      try FileSystem.rename(written.folder, to: named)
    } catch {
      throw .system(error)
    }
  }
}
