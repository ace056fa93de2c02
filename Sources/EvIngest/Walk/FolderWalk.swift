// One pass over a folder: every file that will be read, and every one that will not and why.

import Glibc

/// Walks a folder in the order of its paths.
struct FolderWalk {
  private let root: String
  private let options: IngestOptions
  private let excluded: [FileIdentity]
  private let globs: GlobFilter

  /// The folders that were entered, where links are followed.
  private var entered: Set<FileIdentity> = []
  private var scan = Scan(files: [], skipped: [])

  /// The path from the top of the repository to the root, with a `/` at its end, or empty.
  private var pathAboveRoot: [UInt8] = []

  /// A folder that is being walked.
  private struct Frame {
    /// The path from the root with a `/` at its end; empty for the root.
    let path: [UInt8]
    var rest: ArraySlice<DirectoryEntry>
    let rules: IgnoreRules
  }

  init(root: String, options: IngestOptions) {
    self.root = root
    self.options = options
    globs = GlobFilter(options.globs)
    excluded = options.excludedFolders.compactMap { FileIdentity(path: $0) }
  }

  /// Walks.
  ///
  /// Folders are kept on a stack of our own, so that no depth of folders exhausts the thread's.
  mutating func run() throws(IngestError) -> Scan {
    var rules = options.respectsIgnoreFiles ? rulesAboveRoot() : IgnoreRules()
    let entries: [DirectoryEntry]
    do throws(SkipReason) {
      entries = try list([], followsLink: true)
    } catch {
      let code = if case .unreadable(let code) = error { code } else { EIO }
      throw .system(operation: "open", path: root, code: code)
    }
    addRules(of: [], entries, to: &rules)
    if options.followsLinks, let top = FileIdentity(path: root) { entered.insert(top) }
    var stack = [Frame(path: [], rest: entries[...], rules: rules)]
    while var frame = stack.popLast() {
      guard let entry = frame.rest.popFirst() else { continue }
      let rules = frame.rules
      let path = frame.path + entry.name
      stack.append(frame)
      guard isWanted(entry, at: path, rules) else { continue }
      // Through links a folder can be inside of itself, and of as many others as there are.
      if entry.isDirectory, entry.isLink, entered.contains(FileIdentity(entry.status)) {
        scan.skip(String(decoding: path, as: UTF8.self), .symbolicLink)
      } else if let folder = visit(entry, at: path, rules) {
        stack.append(folder)
      }
    }
    return scan
  }

  /// Takes a file, or says why not, or opens a folder.
  private mutating func visit(
    _ entry: DirectoryEntry, at path: [UInt8], _ rules: IgnoreRules
  ) -> Frame? {
    guard let name = String(validating: path, as: UTF8.self) else {
      scan.skip(String(decoding: path, as: UTF8.self), .notUTF8Name)
      return nil
    }
    guard entry.isDirectory else {
      scan.add(name, entry.status, options)
      return nil
    }
    guard !isIndex(entry, at: path) else { return nil }
    do throws(SkipReason) {
      let entries = try list(path, followsLink: options.followsLinks)
      let prefix = path + [UInt8(ascii: "/")]
      var rules = rules
      addRules(of: prefix, entries, to: &rules)
      if options.followsLinks { entered.insert(FileIdentity(entry.status)) }
      return Frame(path: prefix, rest: entries[...], rules: rules)
    } catch {
      scan.skip(name, error)
      return nil
    }
  }

  private func list(_ path: [UInt8], followsLink: Bool) throws(SkipReason) -> [DirectoryEntry] {
    try DirectoryListing.read(
      path: fullPath(path), followsLink: followsLink, followsLinks: options.followsLinks
    ) { name in
      name.first != UInt8(ascii: ".") || options.includesHidden || !options.globs.isEmpty
        || IgnoreRules.names.contains(name)
    }
  }

  private func fullPath(_ path: [UInt8]) -> String {
    path.isEmpty ? root : root + "/" + String(decoding: path, as: UTF8.self)
  }

  /// Whether an entry may be looked at: the patterns of the command line say so, or else it is neither
  /// hidden nor ignored.
  private func isWanted(
    _ entry: DirectoryEntry, at path: [UInt8], _ rules: IgnoreRules
  ) -> Bool {
    if entry.name == Array(".git".utf8) || entry.name == Array(".evsearch".utf8) { return false }
    if let verdict = globs.verdict(on: path, isFolder: entry.isDirectory) { return verdict }
    if entry.name.first == UInt8(ascii: "."), !options.includesHidden { return false }
    return !rules.ignores(pathAboveRoot + path, isFolder: entry.isDirectory)
  }

  /// Whether a folder holds an index of ours, or is one that the caller does not want.
  private func isIndex(_ entry: DirectoryEntry, at path: [UInt8]) -> Bool {
    if excluded.contains(FileIdentity(entry.status)) { return true }
    guard entry.name == Array("Index".utf8) else { return false }
    return FileIdentity(path: fullPath(path) + "/manifest") != nil
  }

  /// Reads the ignore files of a folder.
  private func addRules(
    of path: [UInt8], _ entries: [DirectoryEntry], to rules: inout IgnoreRules
  ) {
    guard options.respectsIgnoreFiles else { return }
    let files = IgnoreRules.names.map { name -> [UInt8]? in
      guard entries.contains(where: { $0.name == name }) else { return nil }
      return Self.ignoreFile(fullPath(path + name))
    }
    rules.push(files, pathStart: pathAboveRoot.count + path.count)
  }

  /// The rules of the folders above the root, up to the top of the repository that it is in.
  private mutating func rulesAboveRoot() -> IgnoreRules {
    var rules = IgnoreRules()
    let components = root.utf8.split(separator: UInt8(ascii: "/"))
    let paths = (0...components.count).map { depth in
      "/"
        + components.prefix(depth).map { String(decoding: $0, as: UTF8.self) }
        .joined(separator: "/")
    }
    guard root.hasPrefix("/"),
      let top = paths.lastIndex(where: { FileIdentity(path: $0 + "/.git") != nil })
    else { return rules }

    let below = components[top...]
    pathAboveRoot = Array(below.joined(separator: [UInt8(ascii: "/")]))
    if !below.isEmpty { pathAboveRoot.append(UInt8(ascii: "/")) }
    // What this clone alone ignores; weaker than any file in the tree, because it comes first.
    rules.push([nil, nil, Self.ignoreFile(paths[top] + "/.git/info/exclude")], pathStart: 0)
    var start = 0
    for depth in top..<components.count {
      let texts = IgnoreRules.names.map {
        Self.ignoreFile(paths[depth] + "/" + String(decoding: $0, as: UTF8.self))
      }
      rules.push(texts, pathStart: start)
      start += components[depth].count + 1
    }
    return rules
  }

  /// The text of an ignore file; nil where it cannot be read, and then it ignores nothing.
  private static func ignoreFile(_ path: String) -> [UInt8]? {
    // A missing or unreadable ignore file is not a skipped document, and git too goes on without.
    try? OpenedFile.readText(path: path, maximum: 1 << 20)
  }
}

/// What tells one file from another, whatever it is called.
struct FileIdentity: Hashable {
  private let device: UInt64
  private let inode: UInt64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// The identity of what is at `path`, links followed; nil where nothing is.
  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}
