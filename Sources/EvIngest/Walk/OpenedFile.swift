// Files of other people, read without trusting them: not followed, not waited for, not mapped.

import Glibc

/// A regular file that is open for reading.
///
/// The bytes are copied and not mapped, because a file that shrinks while it is mapped kills the
/// process that reads it, and these files are not ours.
struct OpenedFile: ~Copyable, ByteStream {
  /// What the system knows the open file by; it is closed with this value.
  let descriptor: Int32

  /// The file's length in bytes when it was opened.
  let byteCount: Int

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - maximum: The size above which it is not opened, in bytes.
  ///   - followsLink: Whether it may be a link.
  /// - Throws: What the file is instead of a regular one, or why it cannot be opened, or
  ///   ``SkipReason/tooLarge``.
  init(
    path: String, maximum: Int = .max, followsLink: Bool = false
  ) throws(SkipReason) {
    // A link or a pipe may have taken the file's place since the folder was listed. O_NONBLOCK:
    // opening a pipe would wait for someone to write to it.
    let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW)
    let opened = unsafe open(path, flags)
    guard opened >= 0 else {
      throw errno == ELOOP ? .symbolicLink : errno == ENXIO ? .socket : .unreadable(errno)
    }
    var status = stat()
    let reason =
      unsafe fstat(opened, &status) == 0
      ? SkipReason(mode: status.st_mode) : SkipReason.unreadable(errno)
    if let reason = reason ?? (status.st_size > maximum ? .tooLarge : nil) {
      _ = close(opened)
      throw reason
    }
    descriptor = opened
    byteCount = Int(status.st_size)
  }

  deinit {
    // Nothing was written, so there is nothing that a failing close could lose.
    _ = close(descriptor)
  }

  /// Reads on, at most `limit` bytes, and appends them to `bytes`.
  ///
  /// - Returns: How many bytes came; 0 at the end of the file.
  func read(into bytes: inout [UInt8], limit: Int) throws(SkipReason) -> Int {
    var count = -1
    bytes.append(addingCapacity: limit) { (output: inout OutputSpan<UInt8>) in
      // Safe: the call is given the free capacity as its limit and says how much it filled.
      unsafe output.withUnsafeMutableBufferPointer { buffer, used in
        let free = unsafe UnsafeMutableRawBufferPointer(
          UnsafeMutableBufferPointer(rebasing: buffer[used...]))
        count = Self.read(descriptor, free, limit: limit)
        used += max(count, 0)
      }
    }
    guard count >= 0 else { throw .unreadable(errno) }
    return count
  }

  /// `read(2)` that a signal does not cut short.
  ///
  /// Safe: `buffer` bounds the call.
  @safe private static func read(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, limit: Int
  ) -> Int {
    while true {
      let count = unsafe Glibc.read(descriptor, buffer.baseAddress, min(buffer.count, limit))
      guard count < 0, errno == EINTR else { return count }
    }
  }
}

extension OpenedFile {
  /// Reads a whole file of text; throws as ``ByteStream`` does.
  static func readText(path: String, maximum: Int) throws(SkipReason) -> [UInt8] {
    let file = try OpenedFile(path: path, maximum: maximum)
    return try file.readText(byteCount: file.byteCount, maximum: maximum)
  }
}

extension SkipReason {
  /// Why a file of this mode is not read, or nil for a regular file.
  init?(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: return nil
    case S_IFLNK: self = .symbolicLink
    case S_IFIFO: self = .fifo
    case S_IFSOCK: self = .socket
    case S_IFDIR: self = .unreadable(EISDIR)
    default: self = .device
    }
  }
}
