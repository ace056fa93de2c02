// The entries of one folder, sorted, each with what `lstat` says of it.

import Glibc

/// One name in a folder.
struct DirectoryEntry {
  /// The name as the file system has it; any bytes but `/` and NUL.
  let name: [UInt8]

  /// The kind, the size and the like, of the entry itself; of what a link points to where links are
  /// followed and that is there.
  let status: stat

  /// Whether it is a link, even if the link is followed.
  var isLink = false

  /// Whether it is a folder.
  var isDirectory: Bool { status.st_mode & S_IFMT == S_IFDIR }
}

/// Reads folders.
enum DirectoryListing {
  /// The entries of a folder in the order of their paths.
  ///
  /// A folder is sorted as if its name ended with `/`, so that walking the folders in place gives
  /// all paths below them in the order of their bytes.
  ///
  /// - Parameters:
  ///   - path: The folder; a link is not followed unless `followsLink`.
  ///   - followsLink: Whether `path` may be a link, as the root that a person typed may be.
  ///   - followsLinks: Whether the links in it stand for what they point to.
  ///   - isWanted: Whether a name is worth an `lstat`.
  /// - Returns: The entries that are wanted, without `.` and `..`.
  /// - Throws: ``SkipReason/unreadable(_:)``.
  static func read(
    path: String, followsLink: Bool, followsLinks: Bool = false, isWanted: ([UInt8]) -> Bool
  ) throws(SkipReason) -> [DirectoryEntry] {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW)
    let descriptor = unsafe open(path, flags)
    guard descriptor >= 0 else { throw .unreadable(errno) }
    guard let stream = unsafe fdopendir(descriptor) else {
      let code = errno
      _ = close(descriptor)
      throw .unreadable(code)
    }
    // Closes the descriptor too. Nothing was written, so there is nothing to lose.
    defer { unsafe _ = closedir(stream) }

    var entries: [DirectoryEntry] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw .unreadable(errno) }
        break
      }
      let name = Self.name(of: entry)
      guard name != [0x2E], name != [0x2E, 0x2E], isWanted(name) else { continue }
      var status = stat()
      // An entry that is gone by now was removed while we looked: it is not there.
      let characters = name.map(CChar.init(bitPattern:)) + [0]
      guard unsafe fstatat(descriptor, characters, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
        continue
      }
      var isLink = false
      if followsLinks, status.st_mode & S_IFMT == S_IFLNK {
        var target = stat()
        if unsafe fstatat(descriptor, characters, &target, 0) == 0 { status = target }
        isLink = true
      }
      entries.append(DirectoryEntry(name: name, status: status, isLink: isLink))
    }
    return entries.sorted { $0.precedes($1) }
  }

  /// The name in an entry.
  ///
  /// Safe: `readdir` ends every name with a NUL inside the record.
  @safe private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    let start = unsafe UnsafeRawPointer(entry) + offset
    let length = unsafe strlen(start.assumingMemoryBound(to: CChar.self))
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: length))
  }
}

extension DirectoryEntry {
  /// Whether this entry, and all below it, comes before `other` and all below that.
  fileprivate func precedes(_ other: DirectoryEntry) -> Bool {
    let shared = min(name.count, other.name.count)
    for index in 0..<shared where name[index] != other.name[index] {
      return name[index] < other.name[index]
    }
    return byte(at: shared) < other.byte(at: shared)
  }

  /// A byte of the name; behind it the `/` of a folder; behind that nothing, which sorts first.
  private func byte(at index: Int) -> Int {
    if index < name.count { return Int(name[index]) }
    return index == name.count && isDirectory ? 0x2F : -1
  }
}
