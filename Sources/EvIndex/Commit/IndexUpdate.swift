internal import EvBytes

/// Which files have to be read to bring an index up to date.
///
/// A file is unchanged where size, modification time and inode are as they were; where they are not,
/// or the time is too fresh to tell, its bytes are hashed. A file that was renamed counts as one
/// removed and one new.
public struct IndexUpdate: Sendable {
  /// How many files there are of each kind.
  public struct Counts: Equatable, Sendable {
    /// Files that the index did not know.
    public var new = 0
    /// Files whose bytes are others than they were.
    public var changed = 0
    /// Files that are there no more.
    public var removed = 0
    /// Files that need not be read.
    public var unchanged = 0

    /// Creates counts of nothing.
    public init() {}
  }

  /// How many files there are of each kind.
  public private(set) var counts = Counts()

  /// The files to read, in the order of the scan.
  public private(set) var filesToRead: [SourceFile] = []

  /// Files that are gone, and whose documents were in a damaged segment: these documents are lost.
  public private(set) var unrecoverable: [String] = []

  /// Whether only a damaged index is repaired, and other changes of the files are left alone.
  private let isRepair: Bool

  /// The paths of the files that the index did not know, in the order of the scan.
  public private(set) var newPaths: [String] = []

  /// The paths of the files whose bytes are others than they were, in the order of the scan.
  public private(set) var changedPaths: [String] = []

  /// The paths of the files that are there no more, ascending by their bytes.
  public private(set) var removedPaths: [String] = []

  /// Whether nothing has to be done.
  public var isEmpty: Bool { newPaths.isEmpty && changedPaths.isEmpty && removedPaths.isEmpty }

  /// Files of which the index has documents that must go.
  private(set) var outdated: [String] = []

  /// Files that need not be read.
  private(set) var unchanged: Set<String> = []

  /// All files that are there, as the next update will have to know them.
  private(set) var files: [IndexedFile] = []

  /// All files of a folder that has no index yet are new.
  public init(new files: [SourceFile]) {
    self.init(files, previous: nil) { _ in nil }
  }

  /// Compares the files that are there with those that the index was made from.
  ///
  /// - Parameters:
  ///   - previous: What the index was made from; nil where that is not known, and all have to be read.
  ///   - contentHash: The hash of a file's bytes; nil where it cannot be read.
  init(
    _ scan: [SourceFile], previous: FileTable?, contentHash: (SourceFile) -> UInt64?
  ) {
    isRepair = false
    let known = Dictionary(
      (previous?.files ?? []).map { ($0.file.path, $0) }, uniquingKeysWith: { $1 })
    var present: Set<String> = []
    for file in scan where present.insert(file.path).inserted {
      guard let before = known[file.path] else {
        counts.new += 1
        newPaths.append(file.path)
        take(file, hash: contentHash(file))
        continue
      }
      if before.file == file, previous?.isFresh(file.modificationTime) == false {
        keep(before)
        continue
      }
      let hash = contentHash(file)
      if let hash, hash == before.contentHash, file.byteCount == before.file.byteCount {
        keep(IndexedFile(file: file, contentHash: hash))
      } else {
        counts.changed += 1
        changedPaths.append(file.path)
        outdated.append(file.path)
        take(file, hash: hash)
      }
    }
    for path in known.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    where !present.contains(path) {
      counts.removed += 1
      removedPaths.append(path)
      outdated.append(path)
    }
    files.sort { $0.file.path.utf8.lexicographicallyPrecedes($1.file.path.utf8) }
  }

  /// Finds out which files have to be read to replace what was lost.
  ///
  /// - Parameters:
  ///   - previous: What the index was made from.
  ///   - isLost: Whether documents of a file were in a damaged segment.
  init(
    repairing previous: FileTable, _ scan: [SourceFile], isLost: (String) -> Bool,
    contentHash: (SourceFile) -> UInt64?
  ) {
    isRepair = true
    let present = Dictionary(scan.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    for before in previous.files {
      guard isLost(before.file.path) else {
        keep(before)
        continue
      }
      outdated.append(before.file.path)
      if let file = present[before.file.path] {
        counts.changed += 1
        take(file, hash: contentHash(file))
      } else {
        counts.removed += 1
        unrecoverable.append(before.file.path)
      }
    }
  }

  private mutating func keep(_ file: IndexedFile) {
    counts.unchanged += 1
    unchanged.insert(file.file.path)
    files.append(file)
  }

  private mutating func take(_ file: SourceFile, hash: UInt64?) {
    filesToRead.append(file)
    // A file that cannot be read now is new or changed the next time.
    if let hash { files.append(IndexedFile(file: file, contentHash: hash)) }
  }

  /// The skipped files and records that the index knows of files that are not read again.
  func skippedBefore(_ manifest: Manifest?) -> [SkippedFile] {
    // A repair leaves what is not read again as it is; an update looks at all files.
    let named = isRepair ? Set(outdated) : unchanged
    return (manifest?.skipped ?? []).filter { skipped in
      if named.contains(skipped.path) { return !isRepair }
      // What is inside a file is called by the file's path, a mark, and a line, an id or a member.
      var path = skipped.path[...]
      while let mark = path.lastIndex(where: { ":#!".contains($0) }) {
        path = path[..<mark]
        if named.contains(String(path)) { return !isRepair }
      }
      return isRepair
    }
  }
}
