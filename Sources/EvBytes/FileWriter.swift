internal import Glibc

/// Writes a new file front to back, with its checksum kept on the way.
///
/// The file is not safe on disk until ``finish()`` returns; one that is dropped before is removed.
public final class FileWriter {
  /// Where the file is written.
  public let path: String

  /// Bytes appended so far.
  public private(set) var count = 0

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private let checksum = Checksum()
  private var isFinished = false
  private let isDurable: Bool

  /// Bytes that are gathered before the system is called.
  private static let bufferSize = 1 << 18

  /// Creates the file; one that is there is an error.
  ///
  /// - Parameter isDurable: Whether ``finish()`` waits for the disk.
  public init(path: String, isDurable: Bool = true) throws(SystemError) {
    self.path = path
    self.isDurable = isDurable
    guard try FileSystem.announce(.create(path: path)) else {
      throw SystemError("create", path, code: ECANCELED)
    }
    let opened = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    // Before the object is complete, or `deinit` would remove the file that is there.
    guard opened >= 0 else { throw SystemError("create", path) }
    descriptor = opened
    buffer.reserveCapacity(Self.bufferSize)
  }

  deinit {
    close(descriptor)
    if !isFinished { unsafe unlink(path) }
  }

  /// Appends bytes.
  public func write(_ bytes: RawSpan) throws(SystemError) {
    count += bytes.byteCount
    if buffer.count + bytes.byteCount > Self.bufferSize { try flush() }
    if bytes.byteCount >= Self.bufferSize {
      checksum.update(bytes)
      try put(bytes)
    } else {
      // Safe: the buffer is used inside the closure only.
      unsafe bytes.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
    }
  }

  /// Appends bytes.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    try write(bytes.rawSpan)
  }

  /// Appends zeros up to a multiple of `alignment`.
  public func pad(to alignment: Int) throws(SystemError) {
    let rest = count % alignment
    if rest > 0 { try write([UInt8](repeating: 0, count: alignment - rest)) }
  }

  /// The checksum of all bytes so far.
  public func checksumSoFar() throws(SystemError) -> UInt64 {
    try flush()
    return checksum.value
  }

  /// Brings everything to disk.
  ///
  /// The file's name is safe only once its folder is synchronized too.
  public func finish() throws(SystemError) {
    try flush()
    if isDurable, try FileSystem.announce(.synchronize(path: path)) {
      guard fsync(descriptor) == 0 else { throw SystemError("synchronize", path) }
    }
    isFinished = true
  }

  private func flush() throws(SystemError) {
    guard !buffer.isEmpty else { return }
    // Taken out of the object while it is read, and put back to keep its memory.
    var gathered: [UInt8] = []
    swap(&gathered, &buffer)
    checksum.update(gathered.rawSpan)
    try put(gathered.rawSpan)
    gathered.removeAll(keepingCapacity: true)
    swap(&gathered, &buffer)
  }

  private func put(_ bytes: RawSpan) throws(SystemError) {
    guard try FileSystem.announce(.write(path: path, bytes: bytes.copied())) else { return }
    var offset = 0
    while offset < bytes.byteCount {
      let rest = bytes.extracting(offset..<bytes.byteCount)
      // Safe: the system reads `count` bytes at the pointer, inside the closure.
      let written = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw SystemError("write", path)
      }
      offset += written
    }
  }
}
