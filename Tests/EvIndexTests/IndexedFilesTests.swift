import EvAnalysis
import EvTestSupport
import Glibc
import Testing

@testable import EvIndex

/// What has become of files since they were indexed, and an index that takes it into account.
@Suite struct IndexedFilesTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
  }

  private func document(_ path: String, _ text: String) -> Document {
    Document(path: path, text: text)
  }

  /// An index of the given files, made from them as they are on disk.
  private func index(_ files: [String: String]) throws -> IndexSnapshot {
    for (path, text) in files { try folder.write("T/\(path)", text) }
    let writer = try IndexWriter(path: folder.path("I"), mode: .update)
    let paths = files.keys.sorted()
    _ = writer.update(to: try paths.map(scan), root: folder.path("T"))
    for path in paths { try writer.add(document(path, files[path] ?? "")) }
    try writer.commit()
    return try IndexSnapshot(path: folder.path("I"))
  }

  private func scan(_ path: String) throws -> SourceFile {
    var status = stat()
    try #require(unsafe stat(folder.path("T/\(path)"), &status) == 0)
    return SourceFile(
      path: path, byteCount: Int(status.st_size),
      modificationTime: Int64(status.st_mtim.tv_sec) * 1_000_000_000
        + Int64(status.st_mtim.tv_nsec),
      inode: UInt64(status.st_ino))
  }

  @Test func `a file is unchanged, changed, gone or unknown`() throws {
    let snapshot = try index(["a": "one rate", "b": "two rates", "c#d": "three"])
    let files = try #require(snapshot.indexedFiles())
    let root = folder.path("T")
    #expect(files.paths == ["a", "b", "c#d"])
    #expect(files.state(ofFile: "a", in: root) == .unchanged)
    // Of the same length, within the same moment: only the bytes can tell.
    try folder.write("T/a", "one lock")
    #expect(files.state(ofFile: "a", in: root) == .changed)
    try folder.write("T/a", "one rate")
    #expect(files.state(ofFile: "a", in: root) == .unchanged)
    #expect(unsafe unlink(folder.path("T/b")) == 0)
    #expect(files.state(ofFile: "b", in: root) == .gone)
    #expect(files.state(ofFile: "x", in: root) == .unknown)
    #expect(files.file(ofDocument: "a#7") == "a")
    #expect(files.file(ofDocument: "c#d#7") == "c#d")
    #expect(files.file(ofDocument: "x#7") == nil)
  }

  @Test func `a comparison lists what is new, changed and removed`() throws {
    let snapshot = try index(["a": "one", "b": "two", "c": "three"])
    try folder.write("T/a", "other")
    try folder.write("T/d", "four")
    let files = try #require(snapshot.indexedFiles())
    let update = files.comparison(
      with: [try scan("a"), try scan("b"), try scan("d")], in: folder.path("T"))
    #expect(update.changedPaths == ["a"])
    #expect(update.newPaths == ["d"])
    #expect(update.removedPaths == ["c"])
    #expect(!update.isEmpty)
    #expect(
      files.comparison(with: [try scan("b")], in: folder.path("T")).changedPaths.isEmpty)
  }

  @Test func `an index of another commit knows nothing of its files`() throws {
    let snapshot = try index(["a": "one"])
    _ = try index(["a": "one", "b": "two"])
    #expect(snapshot.indexedFiles() == nil)
    #expect(try IndexSnapshot(path: folder.path("I")).indexedFiles() != nil)
  }

  @Test(arguments: 0..<20)
  func `with files replaced in memory all numbers are those of an index built anew`(
    seed: Int
  ) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let words = ["lock", "rate", "nio", "range", "order"]
    func text() -> String {
      (0..<Int.random(in: 0...6, using: &random)).map { _ in
        words[Int.random(in: 0..<words.count, using: &random)]
      }.joined(separator: " ")
    }
    let paths = (0..<8).map { "f\($0)" } + ["g#1", "g#2"]
    let writer = try IndexWriter(path: folder.path("I"))
    for path in paths { try writer.add(document(path, text())) }
    try writer.commit()

    let stale = ["f1", "f5", "g"].filter { _ in Bool.random(using: &random) }
    let fresh = stale.filter { $0 != "f5" }.map { document($0, text() + " fresh") }
    let base = try IndexSnapshot(path: folder.path("I"))
    let overlay = try base.replacing(files: stale, by: fresh, scratch: folder.path("S"))

    let anew = try IndexWriter(path: folder.path("N"), mode: .rebuild)
    for segment in base.segments {
      for number in 0..<UInt32(segment.info.documentCount) {
        let stored = try segment.document(number)
        let isStale = stale.contains { stored.path == $0 || stored.path.hasPrefix($0 + "#") }
        guard !isStale else { continue }
        let bytes = try #require(try segment.text(number)).bytes
        try anew.add(document(stored.path, String(decoding: bytes, as: UTF8.self)))
      }
    }
    for document in fresh { try anew.add(document) }
    try anew.commit()
    let expected = try IndexSnapshot(path: folder.path("N"))

    #expect(overlay.documentCount == expected.documentCount)
    #expect(overlay.nonEmptyDocumentCount == expected.nonEmptyDocumentCount)
    #expect(overlay.totalLength == expected.totalLength)
    for word in words + ["fresh", "none"] {
      #expect(
        try overlay.documentFrequency(of: word) == expected.documentFrequency(of: word), "\(word)")
    }
    #expect(overlay.manifest == base.manifest)
    #expect(unsafe access(folder.path("S"), F_OK) != 0)
  }
}
