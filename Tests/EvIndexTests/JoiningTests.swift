import EvAnalysis
import EvBytes
@testable import EvIndex
import EvTestSupport
import Testing

/// Indexes that were built apart, joined into one.
@Suite struct JoiningTests {
  private static func documents(_ counts: [Int], seed: UInt64) -> [[Document]] {
    var corpus = RandomCorpus(seed: seed)
    var number = 0
    return counts.map { count in
      corpus.documents(count).map { document in
        number += 1
        return Document(path: "\(1000 + number)", text: document.text)
      }
    }
  }

  private static func join(
    _ sources: [String], sortsByPath: Bool = false
  ) throws -> (folder: TemporaryDirectory, path: String, duplicates: [String]) {
    let folder = try TemporaryDirectory()
    let path = folder.path("Index")
    let writer = try IndexWriter(path: path)
    _ = try writer.join(sources, sortsByPath: sortsByPath)
    return (folder, path, writer.duplicates)
  }

  private static func segments(_ path: String) throws -> [String: [UInt8]] {
    try folderContents(path) { $0.contains("/") }
  }

  @Test(arguments: [[1], [5, 1], [200, 3, 400], [0, 7], [0]], [true, false])
  func `joining what was built apart is building at once`(
    counts: [Int], storesText: Bool
  ) throws {
    let configuration = IndexConfiguration(storesText: storesText)
    let parts = Self.documents(counts, seed: UInt64(counts.count))
    let indexes = try parts.map { try TestIndex($0, configuration: configuration) }
    let whole = try TestIndex(Array(parts.joined()), configuration: configuration)
    let joined = try Self.join(indexes.map(\.path))
    // Their folders go away with them, which an optimized build does after their last use.
    defer { withExtendedLifetime((indexes, whole, joined.folder)) {} }
    #expect(try Self.segments(joined.path) == Self.segments(whole.path))
    #expect(joined.duplicates == [])
    #expect(IndexChecker.check(path: joined.path).problems == [])
  }

  @Test func `a segment is a folder of its own that can be moved and joined`() throws {
    let parts = Self.documents([40, 60], seed: 3)
    let indexes = try parts.map { try TestIndex($0) }
    let moved = try TemporaryDirectory()
    for (number, index) in indexes.enumerated() {
      let segment = try #require(try index.snapshot().segments.first)
      for (name, bytes) in try folderContents(segment.folder) {
        try moved.write("\(number)/\(name)", bytes)
      }
    }
    let whole = try TestIndex(Array(parts.joined()))
    let joined = try Self.join([moved.path("0"), moved.path("1")])
    defer { withExtendedLifetime((moved, whole, joined.folder)) {} }
    #expect(try Self.segments(joined.path) == Self.segments(whole.path))
  }

  @Test func `in the order of paths it is the optimized index`() throws {
    let parts = Self.documents([30, 50], seed: 4)
    let indexes = try parts.reversed().map { try TestIndex(Array($0.reversed())) }
    let whole = try TestIndex(Array(parts.joined()))
    let joined = try Self.join(indexes.map(\.path), sortsByPath: true)
    defer { withExtendedLifetime((indexes, whole, joined.folder)) {} }
    #expect(try Self.segments(joined.path) == Self.segments(whole.path))
  }

  @Test func `of documents with the same path the last one counts`() throws {
    let first = try TestIndex([Document(path: "a", text: "one"), Document(path: "b", text: "two")])
    let second = try TestIndex([Document(path: "a", text: "three")])
    let joined = try Self.join([first.path, second.path])
    defer { withExtendedLifetime((first, second, joined.folder)) {} }
    #expect(joined.duplicates == ["a"])
    let snapshot = try IndexSnapshot(path: joined.path)
    #expect(snapshot.documentCount == 2)
    #expect(try snapshot.documentFrequency(of: "one") == 0)
    #expect(try snapshot.documentFrequency(of: "three") == 1)
  }

  @Test func `parts of another making are refused in one line, and nothing is left behind`() throws
  {
    let document = [Document(path: "a", text: "one")]
    let sources = [
      try TestIndex(document),
      try TestIndex(document, configuration: IndexConfiguration(storesText: false)),
      try TestIndex(document, configuration: IndexConfiguration(analyzer: Analyzer(.space))),
    ]
    for other in sources.dropFirst() {
      let folder = try TemporaryDirectory()
      let path = folder.path("Index")
      let writer = try IndexWriter(path: path)
      let error = try #require(throws: IndexError.self) {
        _ = try writer.join([sources[0].path, other.path])
      }
      #expect(error.description.hasPrefix("These cannot be merged."))
      #expect(!error.description.contains("\n"))
      #expect(throws: IndexError.notFound(path: path)) { try IndexSnapshot(path: path) }
    }
  }

  @Test func `damage is not joined, and a folder that is no index is named`() throws {
    let index = try TestIndex(Self.documents([50], seed: 9)[0])
    let segment = try #require(try index.snapshot().segments.first)
    let mapped = try MappedFile(path: segment.folder + "/positions")
    var bytes = mapped.bytes.copied()
    bytes[80] ^= 4
    try FileSystem.replace(segment.folder + "/positions", with: bytes)
    let folder = try TemporaryDirectory()
    let writer = try IndexWriter(path: folder.path("Index"))
    #expect(throws: IndexError.self) { _ = try writer.join([index.path]) }
    #expect(throws: IndexError.notFound(path: folder.path("nothing"))) {
      _ = try writer.join([folder.path("nothing")])
    }
    #expect(try !FileSystem.list(folder.path("Index")).contains("manifest"))
  }
}
