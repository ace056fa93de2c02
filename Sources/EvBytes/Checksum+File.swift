internal import Glibc

extension Checksum {
  /// The hash of a file's bytes.
  ///
  /// The file is read, not mapped, so that it may be changed or cut short by others meanwhile.
  public static func ofFile(_ path: String) throws(SystemError) -> UInt64 {
    // Not to wait, should the name be that of a pipe by now.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError("open", path) }
    defer { close(descriptor) }
    var information = stat()
    guard unsafe fstat(descriptor, &information) == 0 else { throw SystemError("examine", path) }
    guard information.st_mode & S_IFMT == S_IFREG else {
      throw SystemError("read", path, code: EINVAL)
    }
    let checksum = Checksum()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemError("read", path)
      }
      if count == 0 { return checksum.value }
      checksum.update(buffer.rawSpan.extracting(0..<count))
    }
  }
}

/// The time of day, in nanoseconds since 1970, as the file system counts it.
public func currentTime() -> Int64 {
  var time = timespec()
  guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return 0 }
  return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
}
