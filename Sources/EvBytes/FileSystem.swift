internal import Glibc

/// What an index asks of the file system besides reading and writing whole files.
public enum FileSystem {
  /// Whether something is at `path`.
  public static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  /// What is at `path`; nil where nothing is.
  ///
  /// Links are not followed.
  public static func information(_ path: String) throws(SystemError) -> FileInformation? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw SystemError("examine", path)
    }
    return FileInformation(
      byteCount: Int(status.st_size),
      modificationTime: Int64(status.st_mtim.tv_sec) &* 1_000_000_000
        &+ Int64(status.st_mtim.tv_nsec),
      inode: UInt64(status.st_ino), isRegular: status.st_mode & S_IFMT == S_IFREG)
  }

  /// Makes a folder, and those above it, unless it is there.
  ///
  /// - Parameter isDurable: Whether to wait until their names are on disk.
  public static func makeFolder(_ path: String, isDurable: Bool = false) throws(SystemError) {
    guard !exists(path) else { return }
    let parent = folder(of: path)
    if parent != path { try makeFolder(parent, isDurable: isDurable) }
    guard try announce(.makeFolder(path: path)) else { return }
    guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw SystemError("make folder", path)
    }
    if isDurable { try synchronizeFolder(parent) }
  }

  /// The names in a folder, sorted by bytes.
  public static func list(_ path: String) throws(SystemError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw SystemError("list", path) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      // Safe: `d_name` ends with a zero inside the entry, which lasts until the next readdir.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Gives a file or folder a new name; whatever file had that name is replaced in the same instant.
  public static func rename(_ old: String, to new: String) throws(SystemError) {
    guard try announce(.rename(path: old, to: new)) else { return }
    guard unsafe Glibc.rename(old, new) == 0 else { throw SystemError("rename", old) }
  }

  /// Brings the names in a folder to disk.
  public static func synchronizeFolder(_ path: String) throws(SystemError) {
    guard try announce(.synchronizeFolder(path: path)) else { return }
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw SystemError("synchronize", path) }
  }

  /// Removes a file, or a folder with everything in it; nothing at `path` is no error.
  public static func remove(_ path: String) throws(SystemError) {
    var information = stat()
    guard unsafe lstat(path, &information) == 0 else {
      if errno == ENOENT { return }
      throw SystemError("remove", path)
    }
    guard information.st_mode & S_IFMT == S_IFDIR else {
      guard try announce(.removeFile(path: path)) else { return }
      guard unsafe unlink(path) == 0 || errno == ENOENT else { throw SystemError("remove", path) }
      return
    }
    for name in try list(path) { try remove(path + "/" + name) }
    guard try announce(.removeFolder(path: path)) else { return }
    guard unsafe rmdir(path) == 0 else { throw SystemError("remove", path) }
  }

  /// The absolute path, without links and dots.
  public static func resolve(_ path: String) throws(SystemError) -> String {
    // Safe: realpath returns memory that is ours to free, or null.
    guard let resolved = unsafe realpath(path, nil) else { throw SystemError("find", path) }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Replaces the file at `path` by one with these bytes: after a crash there is the old or the new.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    let temporary = path + ".new"
    try remove(temporary)
    let writer = try FileWriter(path: temporary)
    try writer.write(bytes)
    try writer.finish()
    try rename(temporary, to: path)
    try synchronizeFolder(folder(of: path))
  }

  /// The folder that a path is in.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// What the file system says of a file.
public struct FileInformation: Equatable, Sendable {
  /// Bytes.
  public var byteCount: Int
  /// When it was last written, in nanoseconds since 1970.
  public var modificationTime: Int64
  /// Its number in its file system.
  public var inode: UInt64
  /// Whether it is a regular file: no folder, link or pipe.
  public var isRegular: Bool
}
