internal import EvBytes

/// Where an index's documents come from; the file `collection.conf` of its folder.
///
/// A text file for people: a `key = value` a line, `#` begins a comment. The keys are
///
///     root          the folder of the documents, relative to the index's folder unless it begins
///                   with /
///     hidden        yes to take hidden files too
///     ignore        no to disregard .gitignore, .ignore and .evsearchignore
///     follow        yes to follow symbolic links
///     search-zip    no to leave archives and compressed files alone
///     max-filesize  the largest file that is read whole, in bytes
///     glob          a pattern of paths to take, or with a leading ! to leave out; may come repeatedly
///     encoding      [GLOB=]NAME, in which encoding files are; may come repeatedly
///
/// It is data only: nothing in it is ever run.
public struct CollectionConfiguration: Equatable, Sendable {
  /// The folder of the documents, as it is written in the file.
  public var root: String

  /// Which files of it are read, and how, so that each update agrees with the one before.
  public var reading: Reading

  /// Which files are read, and how.
  public struct Reading: Equatable, Sendable {
    /// Whether hidden files and folders are taken.
    public var includesHidden = false

    /// Whether ignore files are obeyed.
    public var respectsIgnoreFiles = true

    /// Whether symbolic links are followed.
    public var followsLinks = false

    /// Whether archives and compressed files are unpacked.
    public var unpacks = true

    /// The largest file that is read whole, in bytes; nil for the reader's own limit.
    public var maximumFileBytes: Int?

    /// Patterns of paths, as they were written.
    public var globs: [String] = []

    /// Rules `[GLOB=]NAME`, as they were written.
    public var encodings: [String] = []

    /// What is read where nothing is said.
    public init() {}
  }

  /// Creates a configuration.
  public init(root: String, reading: Reading = Reading()) {
    self.root = root
    self.reading = reading
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
    let lines = ["# Where the documents of this index come from.", "root = \(root)"]
    let text = (lines + reading.lines).map { $0 + "\n" }.joined()
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
    var reading = Reading()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = trimmed(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      guard let equals = line.firstIndex(of: "=") else {
        throw .configuration(file: file, line: index + 1, reason: "a line is key = value")
      }
      let key = trimmed(line[..<equals])
      let value = String(trimmed(line[line.index(after: equals)...]))
      if key == "root" {
        root = value
      } else if let problem = reading.take(String(key), value) {
        throw .configuration(file: file, line: index + 1, reason: problem)
      }
    }
    guard let root, !root.isEmpty else {
      throw .configuration(file: file, line: 1, reason: "there is no root = FOLDER")
    }
    return CollectionConfiguration(root: root, reading: reading)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    var end = start
    while let last = end.last, last == " " || last == "\t" || last == "\r" { end.removeLast() }
    return end
  }
}

extension CollectionConfiguration.Reading {
  /// The lines of a configuration file that say this; none for what goes without saying.
  fileprivate var lines: [String] {
    var lines: [String] = []
    if includesHidden { lines.append("hidden = yes") }
    if !respectsIgnoreFiles { lines.append("ignore = no") }
    if followsLinks { lines.append("follow = yes") }
    if !unpacks { lines.append("search-zip = no") }
    if let maximumFileBytes { lines.append("max-filesize = \(maximumFileBytes)") }
    lines += globs.map { "glob = \($0)" }
    lines += encodings.map { "encoding = \($0)" }
    return lines
  }

  /// Takes a line of a configuration file.
  ///
  /// - Returns: What is wrong with it, or nil.
  fileprivate mutating func take(_ key: String, _ value: String) -> String? {
    switch key {
    case "hidden", "ignore", "follow", "search-zip":
      guard value == "yes" || value == "no" else { return "\(key) is yes or no" }
      let isYes = value == "yes"
      switch key {
      case "hidden": includesHidden = isYes
      case "ignore": respectsIgnoreFiles = isYes
      case "search-zip": unpacks = isYes
      default: followsLinks = isYes
      }
    case "max-filesize":
      guard let count = Int(value), count > 0 else { return "max-filesize is a number of bytes" }
      maximumFileBytes = count
    case "glob": globs.append(value)
    case "encoding": encodings.append(value)
    default:
      return "unknown key \"\(key)\"; known are: root, hidden, ignore, follow, search-zip, "
        + "max-filesize, glob, encoding"
    }
    return nil
  }
}
