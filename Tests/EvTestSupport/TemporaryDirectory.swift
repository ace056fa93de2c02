import Foundation
import Glibc
import Synchronization

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
  private static let kept = Mutex<[String]>([])

  /// A folder that is removed when the process ends: for static properties, which never go away.
  public static func untilExit() throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    kept.withLock { kept in
      if kept.isEmpty {
        _ = atexit {
          for path in TemporaryDirectory.kept.withLock({ $0 }) {
            // As in `deinit`.
            try? FileManager.default.removeItem(atPath: path)
          }
        }
      }
      kept.append(folder.path)
    }
    return folder
  }

  /// The bytes of a file anywhere.
  public func read(_ absolutePath: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: absolutePath)))
  }
}
