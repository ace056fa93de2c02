// What of a document depends on the path of its file, besides the path.

extension FolderSource {
  /// Whether the documents of a file would be the same, but for their paths, if it had another path.
  public func readsAlike(_ path: String, _ newPath: String) -> Bool {
    // Rules name the members of archives too.
    options.encodings.isEmpty && Self.readsAlike(path, newPath)
  }

  private static func readsAlike(_ path: String, _ newPath: String) -> Bool {
    let format = SourceFormat(path: path)
    guard format == SourceFormat(path: newPath) else { return false }
    guard format == .compressed else { return true }
    return readsAlike(SourceFormat.unpackedPath(path), SourceFormat.unpackedPath(newPath))
  }
}
