internal import Glibc

/// An advisory lock on a file, held until the object goes away or its process ends.
///
/// The file holds the number of the process that has the lock, for messages. It stays behind, empty
/// of meaning: the lock is the system's, not the file's.
public final class FileLock: Sendable {
  private let descriptor: Int32

  /// Why a lock was not taken.
  public enum Failure: Error, Equatable, Sendable {
    /// Another process has it; its number where the file says so.
    case held(by: Int32?)

    /// The file could not be opened or locked.
    case system(SystemError)
  }

  /// Takes the lock, or fails at once, or waits for it.
  ///
  /// - Parameter whenHeld: Called with the number of the process that has the lock, where the file says
  ///   so, before waiting for it; nil to fail instead.
  public init(path: String, whenHeld: ((Int32?) -> Void)? = nil) throws(Failure) {
    // Not the property, until nothing can fail: what is complete is closed by `deinit`, and a descriptor
    // that is closed twice may be somebody else's by then.
    let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard opened >= 0 else { throw .system(SystemError("open", path)) }
    var isLocked = flock(opened, LOCK_EX | LOCK_NB) == 0
    if !isLocked, errno == EWOULDBLOCK, let whenHeld {
      whenHeld(Self.holder(opened))
      repeat {
        isLocked = flock(opened, LOCK_EX) == 0
      } while !isLocked && errno == EINTR
    }
    guard isLocked else {
      let code = errno
      let holder = Self.holder(opened)
      close(opened)
      throw code == EWOULDBLOCK ? .held(by: holder) : .system(SystemError("lock", path, code: code))
    }
    let text = Array("\(getpid())\n".utf8)
    guard ftruncate(opened, 0) == 0,
      unsafe pwrite(opened, text, text.count, 0) == text.count
    else {
      let failure = SystemError("write", path)
      close(opened)
      throw .system(failure)
    }
    descriptor = opened
  }

  deinit {
    // Closing the last descriptor would give the lock back too; but a process that another thread is just
    // starting has a copy until it runs its own program.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  private static func holder(_ descriptor: Int32) -> Int32? {
    var buffer = [UInt8](repeating: 0, count: 16)
    let count = unsafe pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: buffer[..<count].prefix { $0 != 0x0A }, as: UTF8.self))
  }
}
