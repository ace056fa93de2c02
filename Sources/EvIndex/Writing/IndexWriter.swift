internal import EvAnalysis
internal import EvBytes

/// Builds an index anew, or brings one up to date; a reader sees nothing of it until
/// ``commit(skipped:)``.
///
/// One writer an index: it holds the index's lock from its creation until it goes away. What was not
/// committed leaves no trace but a folder that the next writer removes.
public final class IndexWriter {
  /// What a commit does with the documents that the index has.
  public enum Mode: Sendable {
    /// They go; the index will consist of the documents that are added.
    case rebuild
    /// They stay, unless they are removed or replaced.
    case update
    /// They stay where their segment is sound; the files of the others are read again.
    case repair
  }

  /// Whether documents that the index has will stay.
  ///
  /// False in the mode ``Mode/update`` too where there is no index, or one that cannot be read, or one
  /// that was made in another way. Such an index is replaced only where all its files are read again,
  /// see ``update(to:root:reader:)``; otherwise an error says what stands in the way.
  public var isUpdate: Bool { base != nil }

  /// The paths of documents that were added again, each as often as that; known after the commit.
  ///
  /// The last one of a path counts.
  public internal(set) var duplicates: [String] = []

  /// What a commit merges.
  package var mergePolicy = MergePolicy()

  let path: String
  private var configuration: IndexConfiguration
  private let lock: FileLock
  private let pool: AnalysisPool
  private let mode: Mode
  private let threads: Int
  var base: IndexSnapshot?
  /// Why documents that are to stay cannot stay; nil where there are none, or they can.
  private var obstacle: IndexError?
  /// What has to be read again, in the mode ``Mode/repair``.
  private(set) var damage: IndexDamage?
  private(set) var previous: Manifest?
  /// Documents that the index has and that go on under other names.
  var renaming = RenamedDocuments()

  /// When the writer was made, in nanoseconds since 1970.
  let madeAt = currentTime()
  var fileUpdate: FileUpdate?

  // Documents on their way to the analyzers: whole chunks, and the chunk that is being filled.
  private var chunks: [[Document]] = []
  private var chunk: [Document] = []
  private var chunkTextBytes = 0
  private var segmentTextBytes = 0
  /// Batches of the segment under way that the analyzers still have.
  private var pendingBatches = 0

  /// A commit is under way, or has failed: it took the documents of this run.
  private var isCommitting = false

  private var buffer: SegmentBuffer?
  private var parts: [IndexCommit.Part] = []

  /// The documents of this run.
  private var documents = RunDocuments()
  /// Files of which no document stays.
  private var removedFiles: Set<PathKey> = []
  /// Files whose documents stay, of those that could be taken for parts of others.
  var keptFiles: Set<PathKey> = []

  /// Text of the chunks in a batch, so much that a batch's own terms are far fewer than its tokens.
  private static let batchTextBytes = 1 << 20

  private var fullChunkBytes: Int {
    StoredFile.chunkTextBytes(storesText: configuration.storesText)
  }

  /// Takes the index's lock, and makes its folder where it is not there.
  ///
  /// - Parameters:
  ///   - path: The folder of the index.
  ///   - configuration: What the bytes of the index depend on besides the documents.
  ///   - threads: How many threads analyse; the bytes written do not depend on it.
  ///   - mode: What becomes of the documents that the index has.
  ///   - whenLocked: Called where another process writes to the index, with its number if it is known,
  ///     before waiting for it; nil to throw ``IndexError/locked(path:holder:)`` instead.
  public init(
    path: String, configuration: IndexConfiguration = IndexConfiguration(), threads: Int = 1,
    mode: Mode = .rebuild, whenLocked: ((_ holder: Int32?) -> Void)? = nil
  ) throws(IndexError) {
    self.path = path
    self.configuration = configuration
    self.mode = mode
    self.threads = threads
    do throws(SystemError) { try FileSystem.makeFolder(path, isDurable: true) } catch {
      throw .system(error)
    }
    do throws(FileLock.Failure) {
      lock = try FileLock(path: path + "/" + IndexFolder.lockName, whenHeld: whenLocked)
    } catch {
      switch error {
      case .held(let holder): throw .locked(path: path, holder: holder)
      case .system(let error): throw .system(error)
      }
    }
    // An index that cannot be read is replaced by one that can.
    previous = try? Manifest.read(from: path)
    do throws(IndexError) {
      switch mode {
      case .rebuild: break
      case .update:
        let snapshot = try IndexSnapshot(path: path, verification: .structure)
        try snapshot.requireMake(configuration)
        base = snapshot
      case .repair:
        damage = IndexDamage(path: path)
        if damage == nil { _ = try Manifest.read(from: path) }
        try damage?.sound.requireMake(configuration)
        base = damage?.sound
      }
    } catch {
      if case .notFound = error { obstacle = nil } else { obstacle = error }
    }
    pool = AnalysisPool(
      configuration.analyzer, storesText: configuration.storesText, threads: threads)
    do throws(SystemError) {
      try FileSystem.remove(path + "/" + IndexFolder.buildingName)
    } catch {
      throw .system(error)
    }
  }

  deinit {
    // Nothing of it is part of an index; if it stays, the next writer removes it.
    try? FileSystem.remove(path + "/" + IndexFolder.buildingName)
  }

  /// Makes segments smaller from here on, so that there is memory for something else.
  package func limitSegments(toTextBytes byteCount: Int) {
    configuration.segmentTextBytes = min(configuration.segmentTextBytes, byteCount)
  }

  /// Documents go only where the caller builds the index anew, or has listed all files.
  private func requireNoLoss() throws(IndexError) {
    if let obstacle, fileUpdate == nil { throw obstacle }
    guard !isCommitting else {
      throw .limit(reason: "A commit of this writer failed; make another writer and add all again.")
    }
  }

  /// Adds a document after all that were added before; one of the same path is replaced.
  ///
  /// - Throws: What stands in the way of an update, where ``isUpdate`` is false though there is an index.
  public func add(_ document: Document) throws(IndexError) {
    try requireNoLoss()
    let count = document.text.utf8.count
    let isLong = count >= IndexConfiguration.longText
    if isLong { try makeRoom(forText: count) }
    documents.append(PathKey(document.path))
    chunk.append(document)
    chunkTextBytes += count
    segmentTextBytes += count
    guard chunkTextBytes >= fullChunkBytes else { return }
    endChunk()
    if segmentTextBytes >= configuration.segmentTextBytes {
      try endSegment()
    } else if isLong || chunks.count == Self.batchTextBytes / fullChunkBytes {
      try submit()
      if isLong { try takePending() }
    }
  }

  /// Sees to it that a long text is analysed alone, and that there is memory for it beside the postings
  /// of the segment under way; where that ends depends on the documents and the configuration only.
  private func makeRoom(forText byteCount: Int) throws(IndexError) {
    let memory = segmentTextBytes + IndexConfiguration.memoryOfText * byteCount
    if segmentTextBytes > 0, memory > configuration.sharedMemory { return try endSegment() }
    try submit()
    try takePending()
  }

  /// Waits for the analyzers.
  private func takePending() throws(IndexError) {
    while pendingBatches > 0, let batch = try pool.next() { try take(batch) }
  }

  /// Removes the documents that the index has of a file: that of its path, and those of its records.
  ///
  /// Documents that are added in this run are not touched. In a run that builds the index anew it has
  /// no effect.
  public func removeDocuments(ofFile path: String) {
    removedFiles.insert(PathKey(path))
  }

  /// Makes the documents of the index those that were added, with those that stay, in one step.
  ///
  /// - Parameter skipped: What was left out, and why; kept in the index.
  /// - Returns: What the index consists of now.
  @discardableResult
  public func commit(skipped: [SkippedFile] = []) throws(IndexError) -> [SegmentInfo] {
    var commit = try preparedCommit()
    try commit.merge(mergePolicy, isUpdate: isUpdate)
    return try finish(commit, skipped: skipped)
  }

  /// Merges everything into one segment, its documents in the order of their paths, and commits.
  ///
  /// - Parameter skipped: As in ``commit(skipped:)``; nil to keep what the index says.
  /// - Returns: What the index consists of now.
  @discardableResult
  public func optimize(skipped: [SkippedFile]? = nil) throws(IndexError) -> [SegmentInfo] {
    // Where no document came or went, the index is still of the same files.
    let table = documents.isEmpty && removedFiles.isEmpty ? currentFileTable() : nil
    var commit = try preparedCommit()
    try commit.optimize()
    let segments = try finish(commit, skipped: skipped ?? previous?.skipped ?? [])
    if let table { try write(table) }
    return segments
  }

  func finish(
    _ commit: IndexCommit, skipped: [SkippedFile]
  ) throws(IndexError) -> [SegmentInfo] {
    var skipped = skipped
    if let update = fileUpdate?.update {
      skipped += update.skippedBefore(previous)
      skipped.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
    previous = try commit.finish(previous: previous, skipped: skipped, evenIfEqual: !isUpdate)
    try writeFileTable()
    fileUpdate = nil
    if mode != .rebuild { base = try IndexSnapshot(path: path, verification: .structure) }
    damage = nil
    renaming = RenamedDocuments()
    removedFiles = []
    keptFiles = []
    obstacle = nil
    isCommitting = false
    return commit.parts.map(\.segment.info)
  }

  /// The segments of this run, written, behind those that stay.
  private func preparedCommit() throws(IndexError) -> IndexCommit {
    try requireNoLoss()
    isCommitting = true
    try endSegment()
    pool.releaseMemory()
    releaseFreeMemory()
    let paths = documents.paths()
    let stay = try baseParts(paths)
    let renamed = try renamedParts(replacedBy: paths)
    try removeRepeated()
    // From here on the commit has them, and merging needs the memory.
    let added = parts
    parts = []
    documents = RunDocuments()
    return IndexCommit(path: path, parts: stay + renamed + added)
  }

  /// Takes out the documents of this run that a later one replaces.
  private func removeRepeated() throws(IndexError) {
    var (replaced, again) = documents.repetitions()
    duplicates = []
    var first = 0
    for index in parts.indices {
      let segment = parts[index].segment
      let end = first + segment.info.documentCount
      for number in replaced.prefix(while: { $0 < end }) {
        Self.delete(number - first, in: &parts[index])
      }
      let cache = StoredChunkCache(segment.documents)
      for number in again.prefix(while: { $0 < end }) {
        duplicates.append(
          try cache.withRecord(number - first) { record throws(FormatError) in
            try StoredDocument.decode(record).path
          })
      }
      replaced = replaced.drop { $0 < end }
      again = again.drop { $0 < end }
      first = end
    }
  }

  /// The segments that the index has, without the documents that this run removes or replaces.
  private func baseParts(_ added: PathKeySet) throws(IndexError) -> [IndexCommit.Part] {
    guard let base else { return [] }
    var parts: [IndexCommit.Part] = []
    for (segment, entry) in zip(base.segments, base.manifest.segments) {
      var part = IndexCommit.Part(
        segment: segment, deleted: segment.deletions.words, entry: entry)
      if !documents.isEmpty || !removedFiles.isEmpty {
        try segment.documents.forEachRecord { number, record throws(FormatError) in
          let path = record.extracting(try StoredDocument.outline(record).path)
          if isReplaced(path, by: added) { Self.delete(Int(number), in: &part) }
        }
      }
      parts.append(part)
    }
    return parts
  }

  /// Whether a document of the index does not stay.
  private func isReplaced(_ path: RawSpan, by added: PathKeySet) -> Bool {
    let key = PathKey(path)
    if added.contains(key) || renaming.newPaths.contains(key) { return true }
    guard !removedFiles.isEmpty else { return false }
    var isOfRemovedFile = false
    _ = DocumentFile.contains(path) { file in
      isOfRemovedFile = removedFiles.contains(file)
      return isOfRemovedFile || keptFiles.contains(file)
    }
    return isOfRemovedFile
  }

  static func delete(_ document: Int, in part: inout IndexCommit.Part) {
    if part.deleted.isEmpty {
      part.deleted = [UInt64](repeating: 0, count: (part.segment.info.documentCount + 63) / 64)
    }
    part.deleted[document >> 6] |= 1 << UInt64(document & 63)
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
    try takePending()
    guard var written = buffer else { return }
    buffer = nil
    let info = try written.write(threads: threads)
    segmentTextBytes = 0
    parts.append(try IndexCommit.part(info, writtenIn: written.folder, path: path))
  }
}
