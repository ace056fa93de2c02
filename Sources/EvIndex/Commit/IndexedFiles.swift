internal import EvBytes

/// What has become of a file since it was indexed.
public enum FileState: Equatable, Sendable {
  /// Its bytes are those that were indexed.
  case unchanged
  /// Its bytes are others.
  case changed
  /// Nothing, or no regular file, has its path.
  case gone
  /// It is not known what it was, or what it is.
  case unknown
}

/// The files that an index was made from, as they were then.
public struct IndexedFiles: Sendable {
  private let table: FileTable

  init(_ table: FileTable) {
    self.table = table
  }

  /// How many files there are.
  public var count: Int { table.files.count }

  /// The paths from the collection's root, ascending by their bytes.
  public var paths: [String] { table.files.map(\.file.path) }

  /// When each file was last written, in nanoseconds since 1970.
  public var modificationTimes: [String: Int64] {
    Dictionary(
      table.files.map { ($0.file.path, $0.file.modificationTime) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What the documents depend on besides the files' bytes, as whoever read the files says it.
  public var reader: String { table.reader }

  /// The file that a document is of: the path, or what is in front of one of its `#`.
  public func file(ofDocument path: String) -> String? {
    if entry(path) != nil { return path }
    for index in path.indices where path[index] == "#" {
      let file = String(path[..<index])
      if entry(file) != nil { return file }
    }
    return nil
  }

  /// Compares a file with what it was: by size, time and inode, and by its bytes where these differ
  /// or are too fresh to tell.
  ///
  /// - Parameter root: The folder that paths are relative to.
  public func state(ofFile path: String, in root: String) -> FileState {
    guard let known = entry(path) else { return .unknown }
    let full = "\(root)/\(path)"
    let found: FileInformation?
    // A file behind a folder that may not be entered is neither there nor gone.
    do throws(SystemError) { found = try FileSystem.information(full) } catch { return .unknown }
    guard let found, found.isRegular else { return .gone }
    let present = SourceFile(
      path: path, byteCount: found.byteCount, modificationTime: found.modificationTime,
      inode: found.inode)
    if present == known.file, !table.isFresh(present.modificationTime) { return .unchanged }
    if present.byteCount != known.file.byteCount { return .changed }
    // A file that cannot be read is as it was, as far as anybody can tell.
    guard let hash = try? Checksum.ofFile(full) else { return .unknown }
    return hash == known.contentHash ? .unchanged : .changed
  }

  /// Compares all files that are there now with those that were indexed.
  ///
  /// - Parameters:
  ///   - scan: All files of the collection as they are now.
  ///   - root: The folder that their paths are relative to.
  ///   - readsAlike: As in ``IndexWriter/update(to:root:reader:readsAlike:)``.
  public func comparison(
    with scan: [SourceFile], in root: String,
    readsAlike: (_ path: String, _ newPath: String) -> Bool = { _, _ in false }
  ) -> IndexUpdate {
    IndexUpdate(scan, previous: table, readsAlike: readsAlike) { file in
      // A file that cannot be read counts as changed; whoever reads it says why.
      try? Checksum.ofFile(root + "/" + file.path)
    }
  }

  private func entry(_ path: String) -> IndexedFile? {
    var low = 0
    var high = table.files.count
    while low < high {
      let middle = (low + high) / 2
      if table.files[middle].file.path.utf8.lexicographicallyPrecedes(path.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < table.files.count, table.files[low].file.path.utf8.elementsEqual(path.utf8) else {
      return nil
    }
    return table.files[low]
  }
}

extension IndexSnapshot {
  /// The files that the index was made from; nil where that is not known, or only of a later commit.
  public func indexedFiles() -> IndexedFiles? {
    // Whatever is wrong with the table, it is not known then; the index itself does not need it.
    guard let table = try? FileTable.read(from: path),
      let present = try? Manifest.read(from: path), present == manifest,
      let checksum = try? Manifest.checksum(in: path), checksum == table.manifestChecksum
    else { return nil }
    return IndexedFiles(table)
  }

  /// The index with other documents in place of those of some files, in memory only.
  ///
  /// Counts and scores are those of an index that was brought up to date, and nothing of this is
  /// committed: it is for one search.
  ///
  /// - Parameters:
  ///   - files: Files whose documents are left out.
  ///   - documents: What they hold now.
  ///   - scratch: A folder for the documents' segment, which is made and removed.
  public func replacing(
    files: [String], by documents: [Document], scratch: String
  ) throws(IndexError) -> IndexSnapshot {
    var fresh: [SegmentReader] = []
    let keys = Set(files.map { PathKey($0) })
    for segment in segments {
      let outdated = try segment.documents(ofFiles: keys)
      fresh.append(outdated.isEmpty ? segment : try segment.without(outdated))
    }
    if !documents.isEmpty {
      // The files of a segment stay readable after they lose their names.
      defer { try? FileSystem.remove(scratch) }
      var configuration = IndexConfiguration(analyzer: analyzer)
      configuration.storesText = segments.first?.info.storesText ?? true
      let writer = try IndexWriter(path: scratch, configuration: configuration)
      for document in documents { try writer.add(document) }
      try writer.commit()
      fresh += try IndexSnapshot(path: scratch, verification: .structure).segments
    }
    return IndexSnapshot(path: path, manifest: manifest, segments: fresh)
  }
}

extension SegmentReader {
  /// The live documents of some files, ascending.
  func documents(ofFiles keys: Set<PathKey>) throws(IndexError) -> [UInt32] {
    var found: [UInt32] = []
    try documents.forEachRecord { number, record throws(FormatError) in
      guard !isDeleted(number) else { return }
      let path = record.extracting(try StoredDocument.outline(record).path)
      if keys.contains(PathKey(path)) { return found.append(number) }
      for index in 0..<path.byteCount where path.load(UInt8.self, at: index) == UInt8(ascii: "#") {
        if keys.contains(PathKey(path.extracting(0..<index))) { return found.append(number) }
      }
    }
    return found
  }

  /// The segment with more documents deleted, in memory only.
  func without(_ outdated: [UInt32]) throws(IndexError) -> SegmentReader {
    var lengths: [Int] = []
    for number in outdated { lengths.append(try document(number).positionCount) }
    return try SegmentReader(
      reopening: self,
      deletions: deletions.adding(outdated, lengths: lengths, documentCount: info.documentCount))
  }
}
