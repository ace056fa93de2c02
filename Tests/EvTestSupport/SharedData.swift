import Foundation
import Glibc

/// Test data that is too large, or not ours to publish, and so is not in the repository.
///
/// It lies in a folder `shared` beside the checkout, or where `EV_SHARED` says. A test that needs it
/// is skipped, visibly, where it is absent:
///
///     @Test(.enabled(if: SharedData.has("corpora/cranfield"), "needs the shared corpora"))
public enum SharedData {
  /// The folder, whether it exists or not.
  public static let root: String = {
    if let value = unsafe getenv("EV_SHARED") { return unsafe String(cString: value) }
    // Tests/EvTestSupport/SharedData.swift, four levels below the folder that holds the checkout.
    let components = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    return components.joined(separator: "/") + "/shared"
  }()

  /// The path of a file or folder in the shared data.
  public static func path(_ relativePath: String) -> String {
    root + "/" + relativePath
  }

  /// Whether the shared data has a file or folder.
  public static func has(_ relativePath: String) -> Bool {
    unsafe access(path(relativePath), R_OK) == 0
  }
}

/// The repository's own files.
public enum Repository {
  /// The folder that holds `Package.swift`.
  public static let root: String =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    .joined(separator: "/")

  /// The folder of the example articles, without links.
  public static let seeds: String =
    URL(fileURLWithPath: root + "/seeds").resolvingSymlinksInPath().path
}

/// Whether the slow tests were asked for, with `EV_LONG=1`.
public let runsLongTests: Bool = unsafe getenv("EV_LONG") != nil
