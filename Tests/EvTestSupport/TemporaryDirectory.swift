import Foundation

/// A new folder that is removed with everything in it when the value goes away.
public final class TemporaryDirectory: Sendable {
  /// The folder's absolute path.
  public let path: String

  /// Makes the folder.
  public init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("evsearch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    // What a failed test left behind is not worth a second failure.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of something in the folder.
  public func path(_ relativePath: String) -> String {
    path + "/" + relativePath
  }

  /// Writes a file, with the folders above it, and returns its path.
  @discardableResult
  public func write(_ relativePath: String, _ bytes: [UInt8]) throws -> String {
    let url = URL(fileURLWithPath: path(relativePath))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  /// Writes a file of text, with the folders above it, and returns its path.
  @discardableResult
  public func write(_ relativePath: String, _ text: String) throws -> String {
    try write(relativePath, Array(text.utf8))
  }
}

extension TemporaryDirectory {
  /// The bytes of a file anywhere.
  public func read(_ absolutePath: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: absolutePath)))
  }
}
