internal import EvBytes

/// The file that a document was read from, as far as the document's path tells.
///
/// A path is that of the file, or goes on behind it: with `#` and the name of a record, with `!/` and
/// that of a member of an archive. A file's own name may hold both, so there are several candidates; of
/// those that are there, the longest name is the file's.
enum DocumentFile {
  /// Files whose own names look like parts of others: `notes#1.md`, beside which there may be `notes`.
  static func likeParts(_ files: some Sequence<String>) -> Set<PathKey> {
    Set(files.filter { $0.contains("#") || $0.contains("!/") }.map { PathKey($0) })
  }

  /// Hands out the key of each file that a document may be of, the longest name first, until `body` returns
  /// true.
  ///
  /// - Returns: Whether it did.
  static func contains(
    _ path: RawSpan, where body: (PathKey) -> Bool
  ) -> Bool {
    if body(PathKey(path)) { return true }
    for index in (0..<path.byteCount).reversed() {
      let byte = path.load(UInt8.self, at: index)
      let isMember =
        byte == UInt8(ascii: "!") && path.load(UInt8.self, at: index + 1) == UInt8(ascii: "/")
      guard byte == UInt8(ascii: "#") || isMember else { continue }
      if body(PathKey(path.extracting(0..<index))) { return true }
    }
    return false
  }
}
