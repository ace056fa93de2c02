internal import EvBytes

/// Which files have to be read to bring an index up to date.
///
/// A file is unchanged where size, modification time and inode are as they were; where they are not,
/// or the time is too fresh to tell, its bytes are hashed. A new file with the bytes of one that is gone
/// is that file renamed, if it would be read in the same way.
public struct IndexUpdate: Sendable {
  /// How many files there are of each kind.
  public struct Counts: Equatable, Sendable {
    /// Files that the index did not know.
    public var new = 0
    /// Files whose bytes are others than they were.
    public var changed = 0
    /// Files that are there no more, under any name.
    public var removed = 0
    /// Files that have another name than they had.
    public var renamed = 0
    /// Files that need not be read.
    public var unchanged = 0

    /// Creates counts of nothing.
    public init() {}
  }

  /// How many files there are of each kind.
  public private(set) var counts = Counts()

  /// A file that has another name than it had.
  struct Renaming: Sendable {
    /// The path it had.
    var oldPath: String
    /// The file as it is now.
    var file: SourceFile
    /// How many of ``IndexUpdate/filesToRead`` come before it in the scan.
    fileprivate var place: Int

    var paths: FileRenaming { FileRenaming(old: oldPath, new: file.path) }
  }

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

  /// The files that were renamed and need not be read, in the order of the scan.
  private(set) var renamings: [Renaming] = []

  /// The old and the new paths of the files that were renamed, in the order of the scan.
  public private(set) var renamedPaths: [(old: String, new: String)] = []

  /// Whether nothing has to be done.
  public var isEmpty: Bool {
    newPaths.isEmpty && changedPaths.isEmpty && removedPaths.isEmpty && renamedPaths.isEmpty
  }

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
  ///   - readsAlike: Whether a file would be read in the same way under another path.
  ///   - contentHash: The hash of a file's bytes; nil where it cannot be read.
  init(
    _ scan: [SourceFile], previous: FileTable?,
    readsAlike: (_ path: String, _ newPath: String) -> Bool = { _, _ in false },
    contentHash: (SourceFile) -> UInt64?
  ) {
    isRepair = false
    var gone = GoneFiles(previous?.files ?? [], scan)
    let known = Dictionary(
      (previous?.files ?? []).map { ($0.file.path, $0) }, uniquingKeysWith: { $1 })
    var present: Set<String> = []
    for file in scan where present.insert(file.path).inserted {
      guard let before = known[file.path] else {
        let hash = contentHash(file)
        if let old = gone.take(
          byteCount: file.byteCount, hash, where: { readsAlike($0, file.path) })
        {
          rename(old, to: file, hash)
        } else {
          counts.new += 1
          newPaths.append(file.path)
          take(file, hash: hash)
        }
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
    for file in gone.left {
      counts.removed += 1
      removedPaths.append(file)
      outdated.append(file)
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

  private mutating func rename(_ old: String, to file: SourceFile, _ hash: UInt64?) {
    counts.renamed += 1
    renamedPaths.append((old, file.path))
    renamings.append(Renaming(oldPath: old, file: file, place: filesToRead.count))
    outdated.append(old)
    if let hash { files.append(IndexedFile(file: file, contentHash: hash)) }
  }

  /// Makes renamed files some that have to be read after all.
  mutating func readAgain(where isRead: (Renaming) -> Bool) {
    var all: [SourceFile] = []
    var kept: [Renaming] = []
    var next = 0
    for renaming in renamings {
      all += filesToRead[next..<renaming.place]
      next = renaming.place
      if isRead(renaming) { all.append(renaming.file) } else { kept.append(renaming) }
    }
    filesToRead = all + filesToRead[next...]
    renamings = kept
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
      skipped.isOf { named.contains($0) } != isRepair
    }
  }
}

extension SkippedFile {
  /// Whether this is a file of some, or is inside of one.
  func isOf(_ isFile: (String) -> Bool) -> Bool {
    if isFile(path) { return true }
    // What is inside a file is called by the file's path, a mark, and a line, an id or a member.
    var path = path[...]
    while let mark = path.lastIndex(where: { ":#!".contains($0) }) {
      path = path[..<mark]
      if isFile(String(path)) { return true }
    }
    return false
  }
}

/// The files that an index was made from and that are not where they were.
private struct GoneFiles {
  /// Ascending by the bytes of their paths, as the table has them; nil for one that was found.
  private var paths: [String?] = []
  /// Where in `paths` the files with a hash are.
  private var places: [UInt64: [Int]] = [:]
  private var byteCounts: [Int] = []

  init(_ known: [IndexedFile], _ scan: [SourceFile]) {
    let present = Set(scan.map(\.path))
    for entry in known where !present.contains(entry.file.path) {
      places[entry.contentHash, default: []].append(paths.count)
      paths.append(entry.file.path)
      byteCounts.append(entry.file.byteCount)
    }
  }

  /// Finds a file by its bytes, and takes it out; of several the first.
  mutating func take(
    byteCount: Int, _ hash: UInt64?, where isWanted: (String) -> Bool
  ) -> String? {
    guard let hash, let candidates = places[hash] else { return nil }
    for place in candidates where byteCounts[place] == byteCount {
      guard let path = paths[place], isWanted(path) else { continue }
      paths[place] = nil
      return path
    }
    return nil
  }

  /// The paths of those that were not found.
  var left: [String] { paths.compactMap(\.self) }
}
