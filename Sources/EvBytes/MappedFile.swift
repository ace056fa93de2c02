internal import Glibc

/// The bytes of a file, mapped for reading until the object goes away.
///
/// The file must not be cut short while it is mapped: reading past the new end is a fault of the
/// machine. Ours never are: a file is written once, under a name of its own, and only ever removed,
/// which leaves existing mappings whole.
@safe
public final class MappedFile: Sendable {
  /// The path that was opened, for messages.
  public let path: String

  /// The length of the file when it was opened.
  public let byteCount: Int

  /// The first byte, for kernels that have checked their bounds; valid as long as the object.
  public nonisolated(unsafe) let start: UnsafeRawPointer

  /// Maps a whole file.
  ///
  /// - Parameter path: A regular file. An empty one is a mapping of no bytes.
  public init(path: String) throws(SystemError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }

    var information = stat()
    guard unsafe fstat(descriptor, &information) == 0 else { throw SystemError("examine", path) }
    guard information.st_mode & S_IFMT == S_IFREG else {
      throw SystemError("map", path, code: EINVAL)
    }
    self.path = path
    byteCount = Int(information.st_size)
    guard byteCount > 0 else {
      // Safe: no byte is ever read at it.
      unsafe start = UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped
      return
    }
    let address = unsafe mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw SystemError("map", path)
    }
    unsafe start = UnsafeRawPointer(address)
  }

  deinit {
    guard byteCount > 0 else { return }
    // Safe: this is the mapping that init made; spans of it cannot outlive the object.
    unsafe munmap(UnsafeMutableRawPointer(mutating: start), byteCount)
  }

  /// Gives back the memory that holds what was read of the file; what is read again comes from the
  /// system's cache or the disk.
  public func releasePages() {
    guard byteCount > 0 else { return }
    // Safe: the mapping is read-only and shared with the file, so dropping pages loses nothing. That
    // the system may decline is no matter.
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: start), byteCount, MADV_DONTNEED)
  }

  /// All bytes of the file.
  public var bytes: RawSpan {
    @_lifetime(borrow self) get {
      // Safe: the mapping is `byteCount` long and lives as long as the object.
      let span = unsafe RawSpan(_unsafeStart: start, byteCount: byteCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }
}
