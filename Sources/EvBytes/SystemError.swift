internal import Glibc

/// The operating system refused something.
public struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried, as a verb: "open", "write", "rename".
  public let operation: String

  /// The file or folder that it was tried on.
  public let path: String

  /// The system's error number.
  public let code: Int32

  /// Creates an error; by default with the system's last error number of this thread.
  public init(_ operation: String, _ path: String, code: Int32? = nil) {
    self.operation = operation
    self.path = path
    self.code = code ?? errno
  }

  /// The system's own words for the code.
  public var reason: String {
    // Safe: strerror returns a C string that lasts until the thread calls it again.
    unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
  }

  /// What, where and why, in one line.
  public var description: String { "cannot \(operation) \(path): \(reason)" }
}
