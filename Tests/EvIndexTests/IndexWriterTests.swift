import EvBytes
import EvIndex
import EvTestSupport
import Testing

@Suite struct IndexWriterTests {
  private static func documents(_ seed: UInt64, _ count: Int = 400) -> [Document] {
    var corpus = RandomCorpus(seed: seed)
    return corpus.documents(count)
  }

  /// The bytes of every file of an index.
  private static func contents(_ index: TestIndex) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileSystem.list(index.path) where name != "lock" {
      let path = index.path + "/" + name
      if name.count == 16 {
        for file in try FileSystem.list(path) {
          let mapped = try MappedFile(path: path + "/" + file)
          files["\(name)/\(file)"] = mapped.bytes.copied()
        }
      } else {
        let mapped = try MappedFile(path: path)
        files[name] = mapped.bytes.copied()
      }
    }
    return files
  }

  @Test(arguments: 0..<4)
  func `an index passes its own check`(seed: UInt64) throws {
    let index = try TestIndex(Self.documents(seed, 900))
    let report = IndexChecker.check(path: index.path)
    #expect(report.problems.isEmpty)
    #expect(report.postingCount > 1000)
  }

  @Test func `an index of nothing can be opened, checked and searched`() throws {
    let index = try TestIndex([])
    #expect(try index.snapshot().documentCount == 0)
    #expect(IndexChecker.check(path: index.path).problems.isEmpty)
  }

  @Test func `documents come back as they were added`() throws {
    let document = Document(
      path: "a/b.md", text: "Orders rise\n\nThe lock-in rate rose. 锁单率上升。", title: 0..<11,
      headings: [0..<11],
      sourceMap: SourceMap(runs: [
        .init(textOffset: 0, source: SourcePosition(byte: 12, utf16: 12, line: 2, column: 8)),
        .init(textOffset: 13, source: SourcePosition(byte: 4, utf16: 4, line: 1, column: 5)),
      ]),
      metadata: .init(
        date: "2024-04-02", source: "EV Daily", language: "en", url: "https://example.org/",
        tags: ["orders", "锁单"]))
    let index = try TestIndex([document, Document(path: "empty", text: "")])
    let segment = try #require(try index.snapshot().segments.first)
    let stored = try segment.document(0)
    #expect(stored.path == document.path)
    #expect(stored.title == "Orders rise")
    #expect(stored.metadata == document.metadata)
    let text = try #require(try segment.text(0))
    #expect(text.bytes == Array(document.text.utf8))
    #expect(text.headings == document.headings)
    #expect(text.sourceMap == document.sourceMap)
    #expect(try segment.document(1).positionCount == 0)
  }

  @Test(arguments: [1, 2, 3])
  func `the bytes do not depend on threads or on the folder`(threads: Int) throws {
    // Enough text for several batches.
    let documents = Self.documents(7).map { document in
      var long = document
      long.text = String(repeating: document.text + " ", count: 40)
      return long
    }
    let one = try Self.contents(try TestIndex(documents))
    let other = try Self.contents(try TestIndex(documents, threads: threads))
    #expect(one.keys.sorted() == other.keys.sorted())
    #expect(one == other)
  }

  @Test func `a full segment is followed by another`() throws {
    var configuration = IndexConfiguration()
    configuration.segmentTextBytes = 100_000
    let documents = Self.documents(3, 2000)
    let index = try TestIndex(documents, configuration: configuration)
    let snapshot = try index.snapshot()
    #expect(snapshot.segments.count > 1)
    #expect(snapshot.documentCount == documents.count)
    var paths: [String] = []
    for segment in snapshot.segments {
      for number in 0..<segment.info.documentCount {
        paths.append(try segment.document(UInt32(number)).path)
      }
    }
    #expect(paths == documents.map(\.path))
    #expect(IndexChecker.check(path: index.path).problems.isEmpty)
  }

  @Test func `a second writer is refused while the first is at work`() throws {
    let index = try TestIndex([])
    let writer = try IndexWriter(path: index.path)
    #expect(throws: IndexError.self) { try IndexWriter(path: index.path) }
    _ = try writer.commit()
  }

  @Test func `what is not committed changes nothing`() throws {
    let index = try TestIndex([Document(path: "a", text: "one")])
    let before = try Self.contents(index)
    do {
      let writer = try IndexWriter(path: index.path)
      try writer.add(Document(path: "b", text: "two"))
    }
    #expect(try Self.contents(index) == before)
  }

  @Test func `a commit replaces what was there, and a reader keeps what it opened`() throws {
    let index = try TestIndex([Document(path: "a", text: "one")])
    let old = try index.snapshot()
    let writer = try IndexWriter(path: index.path)
    try writer.add(Document(path: "b", text: "two"))
    _ = try writer.commit(skipped: [SkippedFile(path: "c", reason: "empty")])
    let new = try index.snapshot()
    #expect(try old.documentFrequency(of: "one") == 1)
    #expect(try new.documentFrequency(of: "one") == 0)
    #expect(try new.documentFrequency(of: "two") == 1)
    #expect(new.manifest.generation == 2)
    #expect(new.manifest.skipped == [SkippedFile(path: "c", reason: "empty")])
    #expect(IndexChecker.check(path: index.path).problems.isEmpty)
  }

  @Test func `a damaged segment is replaced when the same documents are indexed again`() throws {
    let documents = Self.documents(5, 50)
    let index = try TestIndex(documents)
    let id = try #require(try index.snapshot().manifest.segments.first).id
    let path = "\(index.path)/\(id)/postings"
    let mapped = try MappedFile(path: path)
    var bytes = mapped.bytes.copied()
    bytes[70] ^= 1
    try FileSystem.replace(path, with: bytes)
    #expect(!IndexChecker.check(path: index.path).problems.isEmpty)
    let writer = try IndexWriter(path: index.path)
    for document in documents { try writer.add(document) }
    _ = try writer.commit()
    #expect(IndexChecker.check(path: index.path).problems.isEmpty)
  }
}
