/// Something that the package is about to do to the file system, in every place where it changes it.
public enum FileOperation: Sendable, Equatable {
  /// A new, empty file.
  case create(path: String)
  /// Bytes at the end of a file.
  case write(path: String, bytes: [UInt8])
  /// A file's bytes are brought to disk.
  case synchronize(path: String)
  /// The names in a folder are brought to disk.
  case synchronizeFolder(path: String)
  /// A file or folder gets another name.
  case rename(path: String, to: String)
  /// A file goes.
  case removeFile(path: String)
  /// An empty folder goes.
  case removeFolder(path: String)
  /// A new, empty folder.
  case makeFolder(path: String)

  /// The file or folder that it is done to.
  public var path: String {
    switch self {
    case .create(let path), .write(let path, _), .synchronize(let path),
      .synchronizeFolder(let path), .rename(let path, _), .removeFile(let path),
      .removeFolder(let path), .makeFolder(let path):
      path
    }
  }
}

/// Watches what is done to the file system, and may forbid it: for tests of what happens when a disk
/// is full or a machine stops.
public protocol FileOperationWatcher: Sendable {
  /// Called in front of each operation.
  ///
  /// - Returns: Whether the operation is carried out; one that is not is taken for done.
  /// - Throws: What the operation fails with instead.
  func willPerform(_ operation: FileOperation) throws(SystemError) -> Bool
}

extension FileSystem {
  /// The watcher of what is done in a task, on its own thread; nil where nobody watches.
  @TaskLocal public static var watcher: (any FileOperationWatcher)?

  /// Tells the watcher.
  ///
  /// - Returns: Whether the operation is to be carried out.
  static func announce(
    _ operation: @autoclosure () -> FileOperation
  ) throws(SystemError) -> Bool {
    guard let watcher else { return true }
    return try watcher.willPerform(operation())
  }
}
