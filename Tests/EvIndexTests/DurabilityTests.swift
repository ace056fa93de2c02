import EvBytes
@testable import EvIndex
import EvTestSupport
import Glibc
import Testing

/// What is left of an index when the machine stops, or its disk is full, at any operation.
@Suite struct DurabilityTests {
  /// A few commits, each with the documents that the index then has: path and text.
  private struct Scenario {
    struct Commit {
      var edits: EditedCollection.Edits
      var collection: EditedCollection
      var expected: [String: String]
    }

    var commits: [Commit] = []

    init(seed: UInt64) {
      var collection = EditedCollection(seed: seed)
      for _ in 0..<4 {
        let edits = collection.edit(atMost: 8)
        let expected = Dictionary(
          collection.documents.map { ($0.path, $0.text) }, uniquingKeysWith: { $1 })
        commits.append(Commit(edits: edits, collection: collection, expected: expected))
      }
    }

    /// Makes one commit in the index at `path`.
    func commit(_ number: Int, _ path: String, seed: UInt64) throws(IndexError) {
      let (edits, collection) = (commits[number].edits, commits[number].collection)
      let configuration = IndexConfiguration(segmentTextBytes: seed % 2 == 0 ? 500 : 1 << 20)
      let writer = try IndexWriter(path: path, configuration: configuration, mode: .update)
      if seed % 3 > 0 {
        writer.mergePolicy.smallBytes = 0
        writer.mergePolicy.factor = 3
        writer.mergePolicy.deletedShare = 0.7
      }
      for file in edits.removed + edits.changed { writer.removeDocuments(ofFile: file) }
      for file in edits.added + edits.changed {
        for document in collection.files[file] ?? [] { try writer.add(document) }
      }
      if seed % 5 == 0 && number == 3 { try writer.optimize() } else { try writer.commit() }
    }
  }

  /// The documents that an index has, or nil where there is no index.
  private static func documents(_ path: String) throws -> [String: String]? {
    let snapshot: IndexSnapshot
    do throws(IndexError) { snapshot = try IndexSnapshot(path: path) } catch {
      guard case .notFound = error else { throw error }
      return nil
    }
    var documents: [String: String] = [:]
    for segment in snapshot.segments {
      for number in 0..<UInt32(segment.info.documentCount) where !segment.isDeleted(number) {
        let text = try #require(try segment.text(number))
        documents[try segment.document(number).path] = String(decoding: text.bytes, as: UTF8.self)
      }
    }
    return documents
  }

  /// The files of an index's folder that its manifest does not account for.
  private static func leftovers(_ path: String) throws -> [String] {
    let manifest = try IndexSnapshot(path: path).manifest
    var wanted: Set<String> = ["manifest", "lock", "files"]
    for segment in manifest.segments {
      wanted.insert(segment.id.description)
      if let deletions = segment.deletions {
        wanted.insert(IndexFolder.deletionsName(segment.id, deletions))
      }
    }
    return try FileSystem.list(path).filter { !wanted.contains($0) }
  }

  static let crashes = runsLongTests ? 0..<1000 : 0..<80

  @Test(arguments: crashes)
  func `a machine that stops at any operation leaves the last commit or the one under way`(
    seed: Int
  ) throws {
    let seed = UInt64(seed)
    let scenario = Scenario(seed: seed)
    var random = SplitMix64(seed: seed)

    // Once to count the operations, once to stop at one of them.
    let whole = try Self.run(scenario, seed, limit: .max).disk
    let total = whole.operationCount
    // Anywhere, or right behind a rename, which is where a commit is made.
    let anywhere = Int.random(in: 0..<total, using: &random)
    let renames = whole.renames.filter { $0 < total }
    let limit = seed % 3 == 0 ? renames.randomElement(using: &random) ?? anywhere : anywhere
    let (disk, committed) = try Self.run(scenario, seed, limit: limit)
    #expect(disk.hasStopped)

    let after = try TemporaryDirectory()
    try disk.restore(into: after, seed: seed)
    let path = after.path("Index")
    let found = try Self.documents(path)
    let before = committed > 0 ? scenario.commits[committed - 1].expected : nil
    let next = scenario.commits[committed].expected
    #expect(found == before || found == next, "operation \(limit) of \(total)")
    if found != nil { #expect(IndexChecker.check(path: path).problems == []) }

    // The next commit takes what is there for what it is, and clears up.
    let writer = try IndexWriter(path: path, mode: .update)
    try writer.add(Document(path: "new", text: "new"))
    try writer.commit()
    var expected = found ?? [:]
    expected["new"] = "new"
    #expect(try Self.documents(path) == expected)
    #expect(IndexChecker.check(path: path).problems == [])
    #expect(try Self.leftovers(path) == [])
  }

  /// Runs a scenario on a disk that stops.
  ///
  /// - Returns: The disk, and how many commits were reported as done.
  private static func run(
    _ scenario: Scenario, _ seed: UInt64, limit: Int
  ) throws -> (disk: CrashingDisk, committed: Int) {
    let folder = try TemporaryDirectory()
    let disk = CrashingDisk(root: folder.path, stoppingAfter: limit)
    var committed = 0
    FileSystem.$watcher.withValue(disk) {
      for number in scenario.commits.indices {
        do throws(IndexError) {
          try scenario.commit(number, folder.path("Index"), seed: seed)
          committed += 1
        } catch { return }
      }
    }
    return (disk, committed)
  }

  @Test(arguments: [ENOSPC, EROFS], 0..<3)
  func `a full or read-only disk is one clear line, and the old index stays`(
    code: Int32, seed: UInt64
  ) throws {
    let scenario = Scenario(seed: seed)
    var limit = 0
    var failures = 0
    while true {
      let folder = try TemporaryDirectory()
      let path = folder.path("Index")
      try scenario.commit(0, path, seed: seed)
      let disk = FullDisk(after: limit, code: code)
      var failure: IndexError?
      FileSystem.$watcher.withValue(disk) {
        do throws(IndexError) { try scenario.commit(1, path, seed: seed) } catch { failure = error }
      }
      let found = try Self.documents(path)
      if let failure {
        failures += 1
        let line = failure.description
        #expect(line.contains(code == ENOSPC ? "No space left" : "Read-only file system"))
        #expect(!line.contains("\n"))
        #expect(found == scenario.commits[0].expected || found == scenario.commits[1].expected)
      } else {
        #expect(found == scenario.commits[1].expected)
      }
      #expect(IndexChecker.check(path: path).problems == [])
      guard failure != nil || disk.operationCount > limit else { break }
      limit += 1
    }
    #expect(failures > 10)
  }

  @Test func `a writer whose commit failed takes nothing more, so that nothing is lost unsaid`()
    throws
  {
    var failures = 0
    while true {
      let folder = try TemporaryDirectory()
      let path = folder.path("Index")
      do {
        let writer = try IndexWriter(path: path)
        try writer.add(Document(path: "old", text: "old"))
        try writer.commit()
      }
      let writer = try IndexWriter(path: path)
      try writer.add(Document(path: "new", text: "new"))
      var failed = false
      FileSystem.$watcher.withValue(FullDisk(after: failures, code: ENOSPC)) {
        do throws(IndexError) { try writer.commit() } catch { failed = true }
      }
      guard failed else { break }
      failures += 1
      // There is space again, but what was to be committed may be gone.
      #expect(throws: IndexError.self) { try writer.add(Document(path: "more", text: "more")) }
      #expect(throws: IndexError.self) { try writer.commit() }
      let found = try Self.documents(path)
      #expect(found == ["old": "old"] || found == ["new": "new"])
    }
    #expect(failures > 10)
  }
}
