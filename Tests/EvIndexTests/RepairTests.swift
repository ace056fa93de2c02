import EvBytes
@testable import EvIndex
import EvTestSupport
import Testing

/// A damaged index, and the files that it was made from.
@Suite struct RepairTests {
  /// A folder of files, some of which are read as two records, with an index of three segments.
  private final class Collection {
    let folder: TemporaryDirectory
    var path: String { folder.path("Index") }
    var texts: [String: String] = [:]
    private var times: [String: Int64] = [:]

    init(seed: UInt64) throws {
      folder = try TemporaryDirectory()
      var corpus = RandomCorpus(seed: seed)
      for round in 0..<3 {
        for (number, document) in corpus.documents(8).enumerated() {
          try write("\(round)-\(number)", document.text + " word\(round)")
        }
        _ = try run(.update)
      }
    }

    func write(_ name: String, _ text: String) throws {
      texts[name] = text
      times[name, default: 0] += 1
      try folder.write("files/" + name, text)
    }

    func remove(_ name: String) throws {
      texts[name] = nil
      try FileSystem.remove(folder.path("files/" + name))
    }

    /// Every third file has two records.
    private func documents(_ name: String) -> [Document] {
      guard let text = texts[name] else { return [] }
      guard name.hasSuffix("3") || name.hasSuffix("6") else {
        return [Document(path: name, text: text)]
      }
      return [Document(path: name + "#1", text: text), Document(path: name + "#2", text: "second")]
    }

    func run(_ mode: IndexWriter.Mode) throws -> IndexUpdate {
      let writer = try IndexWriter(path: path, mode: mode)
      writer.mergePolicy.smallBytes = 0
      let scan = texts.keys.sorted().map { name in
        SourceFile(
          path: name, byteCount: (texts[name] ?? "").utf8.count, modificationTime: times[name] ?? 0,
          inode: 1)
      }
      let update = writer.update(to: scan, root: folder.path("files"), reader: "test")
      for file in update.filesToRead {
        for document in documents(file.path) { try writer.add(document) }
      }
      try writer.commit()
      return update
    }

    /// Text by path.
    func indexed() throws -> [String: String] {
      var found: [String: String] = [:]
      let snapshot = try IndexSnapshot(path: path)
      for segment in snapshot.segments {
        for number in 0..<UInt32(segment.info.documentCount) where !segment.isDeleted(number) {
          let text = try #require(try segment.text(number))
          let path = try segment.document(number).path
          #expect(
            found.updateValue(String(decoding: text.bytes, as: UTF8.self), forKey: path) == nil)
        }
      }
      return found
    }

    var expected: [String: String] {
      var all: [String: String] = [:]
      for name in texts.keys {
        for document in documents(name) { all[document.path] = document.text }
      }
      return all
    }

    func damage(segment number: Int, _ name: String) throws {
      let segment = try IndexSnapshot(path: path).manifest.segments[number]
      let file = "\(path)/\(segment.id)/\(name)"
      let mapped = try MappedFile(path: file)
      var bytes = mapped.bytes.copied()
      bytes[70] ^= 0x10
      try FileSystem.replace(file, with: bytes)
    }
  }

  static let names = ["terms", "postings", "positions", "norms", "documents", "texts", "segment"]

  @Test(arguments: names)
  func `only what is damaged is read again`(name: String) throws {
    let collection = try Collection(seed: 1)
    try #require(try IndexSnapshot(path: collection.path).segments.count == 3)
    try collection.damage(segment: 1, name)
    let problems = IndexChecker.check(path: collection.path).problems
    #expect(problems.contains { $0.description.contains("/\(name) is damaged at byte ") })

    let update = try collection.run(.repair)
    let read = update.filesToRead.map(\.path)
    if name == "documents" || name == "segment" {
      // Nobody knows what was lost, so files of several records are read again too.
      let records = (0..<3).flatMap { ["\($0)-3", "\($0)-6"] }
      #expect(Set(read) == Set((0..<8).map { "1-\($0)" } + records))
    } else {
      #expect(read == (0..<8).map { "1-\($0)" })
    }
    #expect(update.unrecoverable == [])
    #expect(IndexChecker.check(path: collection.path).problems == [])
    #expect(try collection.indexed() == collection.expected)
  }

  @Test func `what is gone is named, and other changes are left to the next update`() throws {
    let collection = try Collection(seed: 2)
    let before = collection.expected
    try collection.remove("0-2")
    try collection.remove("1-4")
    try collection.write("2-1", "changed")
    try collection.damage(segment: 1, "postings")
    let update = try collection.run(.repair)
    #expect(update.unrecoverable == ["1-4"])
    #expect(update.filesToRead.count == 7)
    var left = before
    left["1-4"] = nil
    #expect(try collection.indexed() == left)
    #expect(IndexChecker.check(path: collection.path).problems == [])

    let next = try collection.run(.update)
    #expect(next.counts.removed == 1)
    #expect(next.counts.changed == 1)
    #expect(try collection.indexed() == collection.expected)
  }

  @Test(arguments: ["manifest", "files"])
  func `without the lists of an index everything is read again`(name: String) throws {
    let collection = try Collection(seed: 3)
    let mapped = try MappedFile(path: collection.path + "/" + name)
    var bytes = mapped.bytes.copied()
    bytes[66] ^= 1
    try FileSystem.replace(collection.path + "/" + name, with: bytes)
    let update = try collection.run(.repair)
    #expect(update.filesToRead.count == 24)
    #expect(try collection.indexed() == collection.expected)
    #expect(IndexChecker.check(path: collection.path).problems == [])
  }

  @Test func `documents of an archive go with it`() throws {
    let index = try TestIndex([
      Document(path: "a.zip!/b.txt", text: "one"), Document(path: "a.zip!/c.csv#1", text: "two"),
      Document(path: "a.zip.txt", text: "three"), Document(path: "x!y", text: "four"),
    ])
    let writer = try IndexWriter(path: index.path, mode: .update)
    writer.removeDocuments(ofFile: "a.zip")
    writer.removeDocuments(ofFile: "x")
    try writer.commit()
    let snapshot = try index.snapshot()
    #expect(snapshot.documentCount == 2)
    #expect(try snapshot.documentFrequency(of: "three") == 1)
    #expect(try snapshot.documentFrequency(of: "four") == 1)
  }
}
