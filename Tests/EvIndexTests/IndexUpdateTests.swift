import EvBytes
@testable import EvIndex
import EvTestSupport
import Testing

/// Which files an update reads.
@Suite struct IndexUpdateTests {
  private static let now: Int64 = 1_000_000_000_000

  private static func file(
    _ path: String, bytes: Int = 10, time: Int64 = 0, inode: UInt64 = 1
  ) -> SourceFile {
    SourceFile(path: path, byteCount: bytes, modificationTime: time, inode: inode)
  }

  private static func table(_ files: [(SourceFile, UInt64)]) -> FileTable {
    FileTable(
      manifestChecksum: 1, madeAt: now, reader: "",
      files: files.map { IndexedFile(file: $0.0, contentHash: $0.1) })
  }

  @Test func `a file with the same size, time and number is not looked at`() {
    var hashed: [String] = []
    let file = Self.file("a")
    let update = IndexUpdate([file], previous: Self.table([(file, 7)])) { file in
      hashed.append(file.path)
      return 8
    }
    #expect(hashed.isEmpty)
    #expect(update.counts.unchanged == 1)
    #expect(update.filesToRead.isEmpty)
  }

  @Test(arguments: [
    SourceFile(path: "a", byteCount: 10, modificationTime: 1, inode: 1),
    SourceFile(path: "a", byteCount: 10, modificationTime: 0, inode: 2),
  ])
  func `a file that was touched or copied is hashed, and stays when its bytes are the same`(
    file: SourceFile
  ) {
    let table = Self.table([(Self.file("a"), 7)])
    let same = IndexUpdate([file], previous: table) { _ in 7 }
    #expect(same.counts.unchanged == 1)
    #expect(same.files == [IndexedFile(file: file, contentHash: 7)])
    let other = IndexUpdate([file], previous: table) { _ in 8 }
    #expect(other.counts.changed == 1)
    #expect(other.filesToRead == [file])
    #expect(other.outdated == ["a"])
  }

  @Test func `a file written just before the last listing is hashed, whatever its time says`() {
    let fresh = Self.file("a", time: Self.now - 1)
    let update = IndexUpdate([fresh], previous: Self.table([(fresh, 7)])) { _ in 8 }
    #expect(update.counts.changed == 1)
  }

  @Test(arguments: [true, false])
  func
    `a renamed file is not read where it would be read alike, else it is one removed and one new`(
      isAlike: Bool
    )
  {
    let table = Self.table([(Self.file("a"), 7), (Self.file("c"), 7)])
    let scan = [Self.file("b"), Self.file("c")]
    let update = IndexUpdate(scan, previous: table, readsAlike: { _, _ in isAlike }) { _ in 7 }
    #expect(update.counts.renamed == (isAlike ? 1 : 0))
    #expect(update.counts.new == (isAlike ? 0 : 1))
    #expect(update.counts.removed == (isAlike ? 0 : 1))
    #expect(update.counts.unchanged == 1)
    #expect(update.filesToRead.map(\.path) == (isAlike ? [] : ["b"]))
    #expect(update.outdated == ["a"])
  }

  @Test
  func `files with the same bytes are paired one by one, and those left over are new or gone`() {
    let table = Self.table([
      (Self.file("a"), 7), (Self.file("b"), 7), (Self.file("x", bytes: 9), 8),
    ])
    let alike: (String, String) -> Bool = { _, _ in true }
    let fewer = IndexUpdate([Self.file("c")], previous: table, readsAlike: alike) { _ in 7 }
    #expect(fewer.renamedPaths.map(\.old) == ["a"])
    #expect(fewer.removedPaths == ["b", "x"])
    let scan = ["c", "d", "e"].map { Self.file($0) }
    let more = IndexUpdate(scan, previous: table, readsAlike: alike) { _ in 7 }
    #expect(more.renamedPaths.map(\.new) == ["c", "d"])
    #expect(more.newPaths == ["e"])
    // A hash alone does not make two files of different sizes one.
    let longer = IndexUpdate([Self.file("y")], previous: table, readsAlike: alike) { _ in 8 }
    #expect(longer.counts.renamed == 0)
  }

  @Test func `renamed files that are read after all are read in their place`() {
    let names = ["a", "b", "c", "d"]
    let table = Self.table(names.enumerated().map { (Self.file($1), UInt64($0)) })
    let scan = ["e", "f", "g", "h", "i"].map { Self.file($0) }
    var update = IndexUpdate(scan, previous: table, readsAlike: { _, _ in true }) { file in
      file.path == "f" ? 9 : UInt64(scan.firstIndex(of: file) ?? 0) % 4
    }
    #expect(update.filesToRead.map(\.path) == ["f", "i"])
    update.readAgain { $0.file.path != "g" }
    #expect(update.filesToRead.map(\.path) == ["e", "f", "h", "i"])
    #expect(update.renamings.map(\.file.path) == ["g"])
  }

  @Test func `a file that cannot be read now is looked at again the next time`() {
    let update = IndexUpdate([Self.file("a")], previous: nil) { _ in nil }
    #expect(update.filesToRead.count == 1)
    #expect(update.files.isEmpty)
  }

  @Test func `a table is read as it was written, and not where it is damaged`() throws {
    let folder = try TemporaryDirectory()
    var table = Self.table([(Self.file("a"), 7), (Self.file("锁单", bytes: 1 << 40, time: -5), .max)])
    table.reader = "reader 1"
    try table.write(to: folder.path)
    #expect(try FileTable.read(from: folder.path) == table)
    var bytes = try folder.read(folder.path("files"))
    bytes[70] ^= 1
    try folder.write("files", bytes)
    #expect(throws: IndexError.self) { try FileTable.read(from: folder.path) }
  }

  @Test func `skips of files that are not read again are kept`() throws {
    let folder = try TemporaryDirectory()
    let scan = [Self.file("binary"), Self.file("rows.jsonl"), Self.file("a")]
    func commit(_ scan: [SourceFile], _ skipped: [SkippedFile]) throws -> IndexUpdate.Counts {
      let writer = try IndexWriter(path: folder.path("Index"), mode: .update)
      let update = writer.update(to: scan, root: folder.path)
      for file in update.filesToRead where file.path == "a" {
        try writer.add(Document(path: "a", text: "word"))
      }
      try writer.commit(skipped: skipped)
      return update.counts
    }
    for file in scan { try folder.write(file.path, file.path) }
    let skipped = [
      SkippedFile(path: "binary", reason: "binary"),
      SkippedFile(path: "rows.jsonl:3", reason: "malformed"),
    ]
    _ = try commit(scan, skipped)
    let counts = try commit(scan, [])
    #expect(counts.unchanged == 3)
    let manifest = try IndexSnapshot(path: folder.path("Index")).manifest
    #expect(manifest.generation == 1)
    #expect(manifest.skipped == skipped)
    _ = try commit([scan[2]], [])
    #expect(try IndexSnapshot(path: folder.path("Index")).manifest.skipped == [])
  }
}
