internal import EvBytes

/// Where an index's documents come from; the file `collection.conf` of its folder.
///
/// A text file for people: a `key = value` a line, `#` begins a comment. The keys are
///
///     root    the folder of the documents, relative to the index's folder unless it begins with /
///
/// It is data only: nothing in it is ever run.
public struct CollectionConfiguration: Equatable, Sendable {
  /// The folder of the documents, as it is written in the file.
  public var root: String

  /// Creates a configuration.
  public init(root: String) {
    self.root = root
  }

  /// Reads the configuration of the index in `folder`; nil where there is none.
  public static func read(from folder: String) throws(IndexError) -> CollectionConfiguration? {
    let path = folder + "/" + IndexFolder.configurationName
    guard FileSystem.exists(path) else { return nil }
    let file: MappedFile
    do throws(SystemError) { file = try MappedFile(path: path) } catch { throw .system(error) }
    guard let text = file.bytes.string(0..<file.byteCount) else {
      throw .configuration(file: path, line: 1, reason: "the file is not UTF-8")
    }
    return try parse(text, file: path)
  }

  /// Writes the configuration of the index in `folder`.
  public func write(to folder: String) throws(IndexError) {
    let text = "# Where the documents of this index come from.\nroot = \(root)\n"
    do throws(SystemError) {
      try FileSystem.makeFolder(folder)
      try FileSystem.replace(
        folder + "/" + IndexFolder.configurationName, with: Array(text.utf8))
    } catch {
      throw .system(error)
    }
  }

  static func parse(
    _ text: String, file: String
  ) throws(IndexError) -> CollectionConfiguration {
    var root: String?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = trimmed(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      guard let equals = line.firstIndex(of: "=") else {
        throw .configuration(file: file, line: index + 1, reason: "a line is key = value")
      }
      let key = trimmed(line[..<equals])
      guard key == "root" else {
        throw .configuration(
          file: file, line: index + 1, reason: "unknown key \"\(key)\"; known is: root")
      }
      root = String(trimmed(line[line.index(after: equals)...]))
    }
    guard let root, !root.isEmpty else {
      throw .configuration(file: file, line: 1, reason: "there is no root = FOLDER")
    }
    return CollectionConfiguration(root: root)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    var end = start
    while let last = end.last, last == " " || last == "\t" || last == "\r" { end.removeLast() }
    return end
  }
}
