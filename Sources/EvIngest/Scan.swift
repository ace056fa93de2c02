// What a folder holds, before anything in it is read.

import Glibc

/// A file that will be read.
public struct FileEntry: Sendable, Equatable {
  /// The path from the root, with `/` between components.
  public let path: String

  /// The file's size when it was listed, in bytes.
  public let byteCount: Int

  /// When the file was last written, in nanoseconds since 1970.
  public let modificationTime: Int64

  /// The file's number in its file system; with the size and the time it tells whether a file that
  /// was indexed before has changed.
  public let inode: UInt64

  /// Creates an entry.
  public init(path: String, byteCount: Int, modificationTime: Int64 = 0, inode: UInt64 = 0) {
    self.path = path
    self.byteCount = byteCount
    self.modificationTime = modificationTime
    self.inode = inode
  }
}

/// The files of a folder.
public struct Scan: Sendable, Equatable {
  /// The files to read, in ascending order of the bytes of their paths.
  public internal(set) var files: [FileEntry]

  /// The files that will not be read, and folders that could not be, in the same order.
  ///
  /// What is hidden or ignored is not among them: nobody expects it to be read.
  public internal(set) var skipped: [Skipped]

  /// The size of all files to read together, in bytes.
  public var byteCount: Int {
    files.reduce(0) { $0 + $1.byteCount }
  }
}

extension Scan {
  /// Takes the file at `path`, or says why it is not taken.
  mutating func add(_ path: String, _ status: stat, _ options: IngestOptions) {
    if let reason = SkipReason(mode: status.st_mode) { return skip(path, reason) }
    let format = SourceFormat(path: path)
    if case .notSupportedYet(let kind) = format { return skip(path, .notSupportedYet(kind)) }
    guard status.st_size > 0 else { return skip(path, .empty) }
    if let reason = options.refusal(ofBytes: Int(status.st_size), format) {
      return skip(path, reason)
    }
    let time = status.st_mtim
    files.append(
      FileEntry(
        path: path, byteCount: Int(status.st_size),
        modificationTime: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec),
        inode: UInt64(status.st_ino)))
  }

  mutating func skip(_ path: String, _ reason: SkipReason) {
    skipped.append(Skipped(path: path, reason: reason))
  }
}
