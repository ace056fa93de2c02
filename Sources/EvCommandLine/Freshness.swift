// What has become of the files since they were indexed.

import EvIndex
import EvIngest
import EvSearch
import EvTerminal

/// The differences between an index and its files, as far as a search looked for them.
struct Freshness: Equatable {
  /// Files that changed and were read as they are now.
  var changed: Set<String> = []
  /// Files that changed and were too many or too large to be read for a search; the index's text of
  /// them is shown.
  var unread: Set<String> = []
  /// Files that are gone, or hold no text any more.
  var gone: Set<String> = []

  var isEmpty: Bool { changed.isEmpty && unread.isEmpty && gone.isEmpty }

  /// How many files are not as they were indexed.
  var count: Int { changed.count + unread.count + gone.count }

  /// What a person has to know, a line each.
  var notes: [String] {
    var notes: [String] = []
    if !changed.isEmpty {
      let verb = changed.count == 1 ? "was" : "were"
      notes.append(
        "\(Quantities.count(changed.count, "file")) changed since indexing and \(verb) read as"
          + " \(changed.count == 1 ? "it is" : "they are") now")
    }
    if !unread.isEmpty {
      notes.append(
        "\(Quantities.count(unread.count, "more file")) changed; shown is what was indexed")
    }
    if !gone.isEmpty {
      let verb = gone.count == 1 ? "is" : "are"
      notes.append("\(Quantities.count(gone.count, "indexed file")) \(verb) gone")
    }
    if let last = notes.indices.last { notes[last] += " — bring it up to date: evsearch index" }
    return notes
  }
}

/// Looks at the files of an index while it is searched.
struct FreshnessCheck {
  /// Collections of up to so many files are looked at whole, which takes about a microsecond a file.
  static let smallCollection = 5000
  /// Above that, a search without any hit looks at all files of collections of up to this size.
  static let largeCollection = 200_000
  /// What is read for one search: so many files, and so many bytes.
  static let readLimit = (files: 200, bytes: 20_000_000)

  private let index: SearchIndex
  private let files: IndexedFiles
  private let root: String
  private let scratch: String

  /// - Parameter root: The folder of the documents.
  /// - Returns: Nil where it is not known what the files were, or the folder is not there.
  init?(_ index: SearchIndex, root: String, environment: Environment) {
    guard let files = index.indexedFiles(), SystemCalls.isFolder(root) else { return nil }
    self.index = index
    self.files = files
    self.root = root
    scratch = Scratch.path(environment)
  }

  /// Searches with what the files hold now.
  ///
  /// - Parameter known: What the search for the page before has found out.
  func search(
    _ text: String, _ options: SearchOptions,
    after known: (index: SearchIndex, freshness: Freshness)? = nil
  ) throws(IndexError) -> (results: SearchResults, index: SearchIndex, freshness: Freshness) {
    var (current, freshness) = known ?? (index, Freshness())
    if files.count <= Self.smallCollection {
      if known == nil {
        freshness = look(at: files.paths)
        if !freshness.isEmpty { current = try refreshed(&freshness) }
      }
      return (try current.search(text, options), current, freshness)
    }
    var results = try current.search(text, options)
    // What is shown instead of a stale hit may be stale too.
    for _ in 0..<4 {
      let found = results.hits.isEmpty && files.count <= Self.largeCollection
      let paths =
        found ? files.paths : results.hits.compactMap { files.file(ofDocument: $0.path) }
      let news = look(at: paths.filter { !freshness.mentions($0) })
      if news.isEmpty { break }
      freshness.formUnion(news)
      current = try refreshed(&freshness)
      results = try current.search(text, options)
    }
    return (results, current, freshness)
  }

  /// The index with a document's file as it is now; of a small collection, with all files.
  func index(
    reading document: String
  ) throws(IndexError) -> (index: SearchIndex, freshness: Freshness) {
    let file = files.file(ofDocument: document)
    var freshness = look(
      at: files.count <= Self.smallCollection ? files.paths : file.map { [$0] } ?? [])
    guard !freshness.isEmpty else { return (index, freshness) }
    let current = try refreshed(&freshness)
    return (current, freshness)
  }

  /// The files that are not as they were.
  private func look(at paths: [String]) -> Freshness {
    var freshness = Freshness()
    for path in paths {
      switch files.state(ofFile: path, in: root) {
      case .changed: freshness.changed.insert(path)
      case .gone: freshness.gone.insert(path)
      default: break
      }
    }
    return freshness
  }

  /// The index with the documents of changed files as they are now.
  private func refreshed(_ freshness: inout Freshness) throws(IndexError) -> SearchIndex {
    var documents: [Document] = []
    var byteCount = 0
    let source = DocumentFiles(ofIndex: index.path, root: root).source
    for (number, path) in freshness.changed.sorted().enumerated() {
      let size = SystemCalls.byteCount("\(root)/\(path)")
      guard number < Self.readLimit.files, byteCount + size <= Self.readLimit.bytes else {
        freshness.changed.remove(path)
        freshness.unread.insert(path)
        continue
      }
      byteCount += size
      try Interruption.check()
      var isEmpty = true
      _ = source.read(FileEntry(path: path, byteCount: size)) { document in
        documents.append(document)
        isEmpty = false
      }
      if isEmpty {
        freshness.changed.remove(path)
        freshness.gone.insert(path)
      }
    }
    return try index.replacing(
      files: (freshness.changed.union(freshness.gone)).sorted(), in: root, by: documents,
      scratch: scratch)
  }

  /// Whether a hit is of a file that is not as it was indexed.
  static func isStale(
    _ hit: SearchHit, _ freshness: Freshness
  ) -> Bool {
    !freshness.isEmpty && freshness.files(of: hit.path).contains(where: freshness.mentions)
  }
}

extension Freshness {
  /// Whether a file is known not to be as it was indexed.
  func mentions(_ path: String) -> Bool {
    changed.contains(path) || unread.contains(path) || gone.contains(path)
  }

  /// What a document's file may be: its path, or what is in front of a `#` in it.
  func files(of document: String) -> [String] {
    [document]
      + document.indices.filter { document[$0] == "#" }.map { String(document[..<$0]) }
  }

  /// What has become of a document's file, a few words; nil where it is as it was indexed.
  func news(of document: String) -> String? {
    let files = files(of: document)
    if files.contains(where: gone.contains) { return "the file is gone" }
    if files.contains(where: changed.contains) {
      return "the file changed since indexing and was read as it is now"
    }
    return files.contains(where: unread.contains)
      ? "the file changed since indexing; this is of what was indexed" : nil
  }

  mutating func formUnion(_ other: Freshness) {
    changed.formUnion(other.changed)
    unread.formUnion(other.unread)
    gone.formUnion(other.gone)
  }
}

/// A folder for what one search needs, in memory where the system has a place for that.
enum Scratch {
  /// The path of a folder that does not exist, of this process only.
  static func path(_ environment: Environment) -> String {
    let places = [
      environment.absolutePath("XDG_RUNTIME_DIR"), "/dev/shm", environment.absolutePath("TMPDIR"),
    ]
    let place = places.compactMap { $0 }.first { SystemCalls.isWritableFolder($0) } ?? "/tmp"
    let number = UInt64.random(in: 0...UInt64.max)
    return "\(place)/evsearch-\(String(number, radix: 36))"
  }
}
