// The environment variables, as a value: a test can give its own.

import Glibc

/// The environment variables that a program was started with.
public struct Environment: Sendable, Equatable {
  private let values: [String: String]

  /// Creates an environment of these variables only.
  public init(_ values: [String: String]) {
    self.values = values
  }

  /// The environment of this process, as it is now.
  public static func current() -> Environment {
    var values: [String: String] = [:]
    // Safe: `environ` is an array of C strings that ends with a null pointer; nothing in this
    // program changes it, and everything is copied.
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let parts = unsafe String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
      unsafe entry += 1
    }
    return Environment(values)
  }

  /// The value of a variable, or nil where it is unset **or empty**.
  ///
  /// Every variable that we read is off when it is empty, as no-color.org and the XDG rules ask.
  public subscript(name: String) -> String? {
    guard let value = values[name], !value.isEmpty else { return nil }
    return value
  }

  /// Whether a variable is set to nothing, which switches some things off.
  public func isSetToNothing(_ name: String) -> Bool { values[name] == "" }

  /// The value of a variable that names a folder, or nil where it is not an absolute path.
  public func absolutePath(_ name: String) -> String? {
    guard let value = self[name], value.hasPrefix("/") else { return nil }
    return value
  }
}
