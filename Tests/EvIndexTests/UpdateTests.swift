import EvAnalysis
import EvBytes
@testable import EvIndex
import EvTestSupport
import Testing

/// An index that was brought up to date has what one that is built anew has.
@Suite struct UpdateTests {
  /// What statistics and documents an index shows, deleted ones left out.
  struct Contents: Equatable {
    var documentCount: Int
    var nonEmptyDocumentCount: Int
    var totalLength: UInt64
    /// Content hash by path.
    var documents: [String: UInt64] = [:]
    var frequencies: [String: Int] = [:]

    init(_ snapshot: IndexSnapshot) throws {
      documentCount = snapshot.documentCount
      nonEmptyDocumentCount = snapshot.nonEmptyDocumentCount
      totalLength = snapshot.totalLength
      var terms: Set<String> = []
      for segment in snapshot.segments {
        for number in 0..<UInt32(segment.info.documentCount) where !segment.isDeleted(number) {
          let document = try segment.document(number)
          #expect(documents.updateValue(document.contentHash, forKey: document.path) == nil)
        }
        var cursor = TermCursor(segment.terms)
        while try cursor.next() { terms.insert(String(decoding: cursor.term, as: UTF8.self)) }
      }
      for term in terms {
        let count = try snapshot.documentFrequency(of: term)
        if count > 0 { frequencies[term] = count }
      }
    }
  }

  /// A policy that keeps deletions and small segments, which the usual one would merge away.
  private static func lazyPolicy() -> MergePolicy {
    var policy = MergePolicy()
    policy.smallBytes = 0
    policy.factor = 6
    policy.deletedShare = 0.6
    return policy
  }

  @Test(arguments: 0..<8)
  func `random edits leave the contents of an index that is built anew`(seed: UInt64) throws {
    let configuration = IndexConfiguration(
      storesText: seed % 2 == 0, segmentTextBytes: seed % 3 == 0 ? 2000 : 1 << 20)
    let folder = try TemporaryDirectory()
    let path = folder.path("Index")
    var collection = EditedCollection(seed: seed)
    var sawDeletions = false
    for _ in 0..<10 {
      let edits = collection.edit(atMost: 20)
      let writer = try IndexWriter(path: path, configuration: configuration, mode: .update)
      if seed >= 4 { writer.mergePolicy = Self.lazyPolicy() }
      for file in edits.changed + edits.removed { writer.removeDocuments(ofFile: file) }
      for file in edits.added + edits.changed {
        for document in collection.files[file] ?? [] { try writer.add(document) }
      }
      try writer.commit()
      let snapshot = try IndexSnapshot(path: path)
      let anew = try TestIndex(collection.documents, configuration: configuration)
      #expect(try Contents(snapshot) == Contents(anew.snapshot()))
      #expect(IndexChecker.check(path: path).problems == [])
      sawDeletions = sawDeletions || snapshot.segments.contains { !$0.deletions.isEmpty }
    }
    #expect(sawDeletions == (seed >= 4))
  }

  @Test(arguments: [true, false])
  func `what was built in increments and optimized is what was built at once and optimized`(
    storesText: Bool
  ) throws {
    let configuration = IndexConfiguration(storesText: storesText)
    let folder = try TemporaryDirectory()
    var collection = EditedCollection(seed: 77)
    func optimized(_ path: String) throws -> [String: [UInt8]] {
      let writer = try IndexWriter(path: path, configuration: configuration, mode: .update)
      try writer.optimize()
      #expect(try IndexSnapshot(path: path).segments.count == 1)
      #expect(IndexChecker.check(path: path).problems == [])
      return try folderContents(path) { $0.contains("/") }
    }
    for _ in 0..<10 {
      let edits = collection.edit(atMost: 20)
      let writer = try IndexWriter(
        path: folder.path("a"), configuration: configuration, mode: .update)
      writer.mergePolicy = Self.lazyPolicy()
      for file in edits.changed + edits.removed { writer.removeDocuments(ofFile: file) }
      for file in edits.added + edits.changed {
        for document in collection.files[file] ?? [] { try writer.add(document) }
      }
      try writer.commit()
    }
    do {
      let writer = try IndexWriter(path: folder.path("b"), configuration: configuration)
      for document in collection.documents.reversed() { try writer.add(document) }
      try writer.commit()
    }
    #expect(try optimized(folder.path("a")) == optimized(folder.path("b")))
  }

  @Test func `of documents with the same path the last one counts, and it is said`() throws {
    let folder = try TemporaryDirectory()
    let writer = try IndexWriter(
      path: folder.path("Index"), configuration: IndexConfiguration(segmentTextBytes: 70_000))
    let filler = String(repeating: "filler ", count: 10_000)
    try writer.add(Document(path: "a", text: "first"))
    try writer.add(Document(path: "b", text: filler))
    try writer.add(Document(path: "a", text: "second"))
    try writer.add(Document(path: "a", text: "third"))
    try writer.commit()
    #expect(writer.duplicates == ["a", "a"])
    let snapshot = try IndexSnapshot(path: folder.path("Index"))
    #expect(snapshot.documentCount == 2)
    #expect(try snapshot.documentFrequency(of: "first") == 0)
    #expect(try snapshot.documentFrequency(of: "second") == 0)
    #expect(try snapshot.documentFrequency(of: "third") == 1)
    #expect(IndexChecker.check(path: folder.path("Index")).problems == [])
  }

  /// Sixteen at once: 40 segments become three, and these one.
  @Test func `many segments are merged in steps, with the bytes of one built at once`() throws {
    let documents = (0..<40).map { number in
      Document(path: "\(100 - number)", text: "word\(number) word\(number % 7) again and again")
    }
    let index = try TestIndex(documents, configuration: .init(segmentTextBytes: 1))
    let writer = try IndexWriter(
      path: index.path, configuration: .init(segmentTextBytes: 1), mode: .update)
    try writer.optimize()
    let whole = try TestIndex(documents.sorted { $0.path < $1.path })
    let (merged, expected) = (try index.snapshot(), try whole.snapshot())
    #expect(merged.segments.map(\.info) == expected.segments.map(\.info))
    let name = "\(merged.segments[0].info.id)"
    #expect(try folderContents(index.path + "/" + name) == folderContents(whole.path + "/" + name))
  }

  /// `notes#1.md` is a file of its own, and could be a record of `notes`.
  @Test(arguments: [nil, "moved"])
  func `a file that could be a part of another stays when that one goes`(newName: String?) throws {
    let folder = try TemporaryDirectory()
    let texts = ["notes": "gone", "notes#1.md": "kept", "notes#1.md#7": "kept too"]
    func files(_ paths: [String: String]) throws -> [SourceFile] {
      try paths.sorted { $0.key < $1.key }.map { path, text in
        try folder.write(path, text)
        return SourceFile(path: path, byteCount: text.utf8.count, modificationTime: 0, inode: 0)
      }
    }
    let writer = try IndexWriter(path: folder.path("Index"), mode: .update)
    let scan = try files(["notes": "gone", "notes#1.md": "kept"])
    #expect(writer.update(to: scan, root: folder.path).filesToRead == scan)
    for (path, text) in texts { try writer.add(Document(path: path, text: text)) }
    try writer.commit()

    var left = ["notes#1.md": "kept"]
    if let newName { left[newName] = "gone" }
    let update = writer.update(to: try files(left), root: folder.path, readsAlike: { _, _ in true })
    #expect(!update.filesToRead.contains { $0.path == "notes#1.md" })
    for file in update.filesToRead { try writer.add(Document(path: file.path, text: "gone")) }
    try writer.commit()
    let snapshot = try IndexSnapshot(path: folder.path("Index"))
    #expect(try snapshot.documentFrequency(of: "kept") == 2)
    #expect(try snapshot.documentFrequency(of: "gone") == (newName == nil ? 0 : 1))
    #expect(IndexChecker.check(path: folder.path("Index")).problems == [])
  }

  @Test func `an update without changes writes nothing`() throws {
    let index = try TestIndex([Document(path: "a", text: "one")])
    let before = try folderContents(index.path) { $0 != "lock" }
    let writer = try IndexWriter(path: index.path, mode: .update)
    #expect(writer.isUpdate)
    writer.removeDocuments(ofFile: "unknown")
    try writer.commit()
    #expect(try folderContents(index.path) { $0 != "lock" } == before)
  }

  @Test func `an index of another make is built anew only where all its files are listed`() throws {
    let index = try TestIndex([Document(path: "a", text: "one")])
    let other = IndexConfiguration(analyzer: Analyzer(.space))
    let writer = try IndexWriter(path: index.path, configuration: other, mode: .update)
    #expect(!writer.isUpdate)
    let file = SourceFile(path: "b", byteCount: 3, modificationTime: 0, inode: 0)
    #expect(writer.update(to: [file], root: index.path).filesToRead == [file])
    try writer.add(Document(path: "b", text: "two"))
    try writer.commit()
    #expect(try index.snapshot().documentCount == 1)
    #expect(try index.snapshot().documentFrequency(of: "one") == 0)
  }

  /// What is changed of an index so that it cannot be updated.
  enum Obstacle: CaseIterable { case analysis, text, version, damage }

  @Test(arguments: Obstacle.allCases, [IndexWriter.Mode.update, .repair])
  func `no commit drops the documents of an index that cannot be updated`(
    obstacle: Obstacle, mode: IndexWriter.Mode
  ) throws {
    let index = try TestIndex([Document(path: "a", text: "one")])
    var configuration = IndexConfiguration()
    let manifest = index.path + "/manifest"
    switch obstacle {
    case .analysis: configuration.analyzer = Analyzer(.space)
    case .text: configuration.storesText = false
    case .version, .damage:
      var bytes = try #require(try folderContents(index.path)["manifest"])
      // The version is at byte 12; a newer one is written in the same place.
      bytes[obstacle == .version ? 12 : bytes.count - 12] ^= 0x40
      try FileSystem.replace(manifest, with: bytes)
    }
    let before = try folderContents(index.path) { $0 != "lock" }
    let writer = try IndexWriter(path: index.path, configuration: configuration, mode: mode)
    #expect(!writer.isUpdate)
    writer.removeDocuments(ofFile: "a")
    #expect(throws: IndexError.self) { try writer.commit() }
    #expect(throws: IndexError.self) { try writer.optimize() }
    #expect(throws: IndexError.self) { try writer.add(Document(path: "b", text: "two")) }
    #expect(throws: IndexError.self) { try writer.commit() }
    #expect(try folderContents(index.path) { $0 != "lock" } == before)
  }

  @Test func `a reader keeps its documents while an update removes them`() throws {
    let index = try TestIndex((0..<50).map { Document(path: "\($0)", text: "word \($0)") })
    let old = try index.snapshot()
    let writer = try IndexWriter(path: index.path, mode: .update)
    for number in 0..<50 { writer.removeDocuments(ofFile: "\(number)") }
    try writer.commit()
    #expect(try index.snapshot().documentCount == 0)
    #expect(try index.snapshot().segments.isEmpty)
    #expect(try old.documentFrequency(of: "word") == 50)
    #expect(try old.segments[0].document(7).path == "7")
  }
}

@Suite struct MergePolicyTests {
  private static func candidates(
    _ sizes: [Int], deleted: [Int] = []
  ) -> [MergePolicy.Candidate] {
    sizes.enumerated().map { number, size in
      MergePolicy.Candidate(
        byteCount: size, documentCount: 100,
        deletedCount: number < deleted.count ? deleted[number] : 0)
    }
  }

  @Test func `small segments of updates become one`() {
    let sizes = Self.candidates([50 << 20, 1 << 20, 2 << 20, 1 << 10])
    #expect(MergePolicy().next(sizes, isUpdate: true) == 1..<4)
    #expect(MergePolicy().next(sizes, isUpdate: false) == nil)
  }

  @Test func `eight neighbours of a level become one, and large ones are left alone`() {
    let policy = MergePolicy()
    let eight = [Int](repeating: 10 << 20, count: 8)
    #expect(policy.next(Self.candidates([90 << 20] + eight), isUpdate: true) == 1..<9)
    #expect(policy.next(Self.candidates([90 << 20] + eight.dropLast()), isUpdate: true) == nil)
    let large = [Int](repeating: 3 << 30, count: 20)
    #expect(policy.next(Self.candidates(large), isUpdate: false) == nil)
  }

  @Test func `a segment is rewritten when much of it is deleted, or when it is small`() {
    let policy = MergePolicy()
    let sizes = [90 << 20, 40 << 20, 5 << 20]
    #expect(policy.next(Self.candidates(sizes, deleted: [20, 20, 20]), isUpdate: true) == nil)
    #expect(policy.next(Self.candidates(sizes, deleted: [20, 21, 20]), isUpdate: true) == 1..<2)
    let small = [90 << 20, 3 << 20]
    #expect(policy.next(Self.candidates(small, deleted: [1, 1]), isUpdate: true) == 1..<2)
  }

  @Test(arguments: 0..<20)
  func `merging ends, with few segments of each level`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let policy = MergePolicy()
    var segments: [MergePolicy.Candidate] = []
    for _ in 0..<300 {
      let size = 1 << Int.random(in: 10..<26, using: &random)
      segments += Self.candidates([size])
      var steps = 0
      while let range = policy.next(segments, isUpdate: true) {
        let sum = segments[range].reduce(0) { $0 + $1.byteCount }
        segments.replaceSubrange(range, with: Self.candidates([sum]))
        steps += 1
        #expect(steps < 50)
      }
      #expect(segments.count < 50)
    }
  }
}
