// The walk through a folder: what is taken, in which order, and what is skipped and why.

import EvIndex
import EvIngest
import EvTestSupport
import Foundation
import Testing

@Suite struct FolderSourceTests {
  @Test func `files come in the order of their paths`() throws {
    let folder = try TemporaryDirectory()
    let paths = [
      "B.txt", "a-b.txt", "a.txt", "a/a.txt", "a/b/c.txt", "a/b.txt", "a0.txt", "é.txt", "あ/x.txt",
    ]
    for path in paths.reversed() { try folder.write(path, "x") }
    let scan = try FolderSource(root: folder.path).scan()
    #expect(scan.files.map(\.path) == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(scan.byteCount == paths.count)
  }

  @Test func `links, pipes, sockets and broken links are named and not opened`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("dir/a.txt", "text")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: folder.path("dir/loop"), withDestinationPath: ".")
    try manager.createSymbolicLink(atPath: folder.path("dir/broken"), withDestinationPath: "/no")
    try manager.createSymbolicLink(atPath: folder.path("dir/file"), withDestinationPath: "a.txt")
    #expect(unsafe mkfifo(folder.path("dir/pipe"), 0o600) == 0)

    let reading = try Reading(folder.path)
    #expect(reading.paths == ["dir/a.txt"])
    #expect(
      reading.codes == [
        "dir/broken: symbolic-link", "dir/file: symbolic-link", "dir/loop: symbolic-link",
        "dir/pipe: fifo",
      ])
  }

  @Test func `the root may be a link or a single file`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("real/.hidden.txt", "text")
    try folder.write("real/.gitignore", "*")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: "real")
    #expect(try Reading(folder.path("link"), IngestOptions(includesHidden: true)).paths == [])
    let file = try Reading(folder.path("link/.hidden.txt"))
    #expect(file.paths == [".hidden.txt"])
    #expect(file.documents.first?.text == "text")
  }

  @Test func `a root that is missing is an error`() throws {
    let folder = try TemporaryDirectory()
    #expect(throws: IngestError.notFound(path: folder.path("no"))) {
      try FolderSource(root: folder.path("no")).scan()
    }
  }

  @Test func `a file that cannot be opened is skipped with the reason`() throws {
    // The super-user opens everything, so a name too long for the system stands in for the rest.
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", "a")
    let source = FolderSource(root: folder.path)
    let entry = FileEntry(path: String(repeating: "n", count: 300), byteCount: 1)
    #expect(source.read(entry) { _ in }.map(\.reason) == [.unreadable(ENAMETOOLONG)])
    let gone = FileEntry(path: "gone.jsonl", byteCount: 1)
    #expect(
      source.read(gone) { _ in } == [Skipped(path: "gone.jsonl", reason: .unreadable(ENOENT))])
  }

  @Test(.enabled(if: geteuid() != 0, "the super-user may read everything"))
  func `files and folders without permission are skipped`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("closed.txt", "x")
    try folder.write("dir/a.txt", "x")
    try folder.write("open.txt", "x")
    #expect(unsafe chmod(folder.path("closed.txt"), 0) == 0)
    #expect(unsafe chmod(folder.path("dir"), 0) == 0)
    defer { unsafe _ = chmod(folder.path("dir"), 0o700) }
    let reading = try Reading(folder.path)
    #expect(reading.paths == ["open.txt"])
    #expect(reading.codes.sorted() == ["closed.txt: unreadable:13", "dir: unreadable:13"])
  }

  @Test func `what took a file's place after the scan is not followed`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("secret", "secret")
    try folder.write("dir/a.txt", "x")
    try folder.write("dir/b.txt", "x")
    try folder.write("dir/c.txt", "x")
    let source = FolderSource(root: folder.path("dir"))
    let files = try source.scan().files
    for file in files {
      try FileManager.default.removeItem(atPath: folder.path("dir/" + file.path))
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("dir/a.txt"), withDestinationPath: "../secret")
    #expect(unsafe mkfifo(folder.path("dir/b.txt"), 0o600) == 0)
    try folder.write("dir/c.txt/x", "x")
    let reasons = files.flatMap { source.read($0) { _ in Issue.record("it was read") } }
    #expect(reasons.map(\.reason) == [.symbolicLink, .fifo, .unreadable(EISDIR)])
  }

  @Test func `nothing stays open, whatever a file turns out to be`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", "x")
    try folder.write("b.bin", [0, 1])
    try folder.write("c.jsonl", "{")
    #expect(unsafe mkfifo(folder.path("pipe"), 0o600) == 0)
    let source = FolderSource(root: folder.path)
    for _ in 0..<2000 {
      for name in ["a.txt", "b.bin", "c.jsonl", "pipe", "."] {
        _ = source.read(FileEntry(path: name, byteCount: 1)) { _ in }
      }
    }
    #expect(try source.scan().files.count == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count < 500)
  }

  @Test func `hidden files are taken only when asked for`() throws {
    let folder = try TemporaryDirectory()
    for path in [".a.txt", ".d/b.txt", "c.txt", ".git/x.txt", ".evsearch/x.txt", ".gitignore"] {
      try folder.write(path, "x")
    }
    #expect(try Reading(folder.path).paths == ["c.txt"])
    #expect(
      try Reading(folder.path, IngestOptions(includesHidden: true)).paths
        == [".a.txt", ".d/b.txt", ".gitignore", "c.txt"])
  }

  @Test func `an index of ours is not read`() throws {
    let folder = try TemporaryDirectory()
    for path in ["Index/manifest", "Index/a.txt", "x/Index/a.txt", "own/a.txt"] {
      try folder.write(path, "x")
    }
    #expect(
      try Reading(folder.path, IngestOptions(excludedFolders: [folder.path("own")])).paths
        == ["x/Index/a.txt"])
  }

  @Test func `ignore files hold below their folder, and the stronger name wins`() throws {
    let folder = try TemporaryDirectory()
    try folder.write(".gitignore", "ignored/\n*.log\nc.txt\nd.txt\n")
    try folder.write("sub/.gitignore", "!keep.log\n/top.txt\n")
    try folder.write(".ignore", "!c.txt\n")
    try folder.write(".evsearchignore", "e.txt\n")
    try folder.write("sub/.ignore", "!e.txt\n")
    for path in [
      "a.txt", "c.txt", "d.txt", "e.txt", "ignored/x.txt", "sub/keep.log", "sub/no.log",
      "sub/top.txt", "sub/deep/top.txt", "sub/e.txt", "sub/ignored/y.txt",
    ] {
      try folder.write(path, "x")
    }
    let reading = try Reading(folder.path)
    #expect(reading.paths == ["a.txt", "c.txt", "sub/deep/top.txt", "sub/keep.log"])
    #expect(reading.skipped == [])
    let all = try Reading(folder.path, IngestOptions(respectsIgnoreFiles: false))
    #expect(all.paths.count == 11)
  }

  @Test func `a folder inside a repository obeys the files above it`() throws {
    let folder = try TemporaryDirectory()
    try folder.write(".gitignore", "*.txt\n")
    try folder.write("repo/.git/info/exclude", "mine.*\n")
    try folder.write("repo/.gitignore", "/docs/draft.*\nmade/\n!mine.md\n")
    for name in ["a.txt", "draft.md", "mine.md", "mine.txt", "made/x.md", "sub/draft.md"] {
      try folder.write("repo/docs/" + name, "x")
    }
    #expect(
      try Reading(folder.path("repo/docs")).paths == ["a.txt", "mine.md", "sub/draft.md"])
  }

  @Test func `a file's kind is its extension's, and text where nothing else is known`() throws {
    let folder = try TemporaryDirectory()
    for name in [
      "a.txt", "b.text", "c.swift", "d", "e.csv", "README", "x.html", "y.HTM", "x.pdf", "x.doc",
      "x.pdf.zst",
    ] {
      try folder.write(name, "word")
    }
    let reading = try Reading(folder.path, IngestOptions(programFolders: []))
    #expect(
      reading.paths == [
        "README", "a.txt", "b.text", "c.swift", "d", "e.csv", "x.html", "y.HTM",
      ])
    #expect(
      reading.codes == [
        "x.doc: not-supported:doc", "x.pdf.zst: not-supported:pdf in an archive",
        "x.pdf: missing-program:pdftotext",
      ])
  }

  @Test func `empty, binary and large files are skipped`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a-empty.txt", "")
    try folder.write("b-blank.txt", " \n\t\r\n")
    try folder.write("c.bin", [0, 1, 2])
    try folder.write("d-late.txt", [UInt8](repeating: 0x61, count: 100_000) + [0])
    try folder.write("e-large.txt", [UInt8](repeating: 0x61, count: 200_001))
    try folder.write("f-fits.txt", [UInt8](repeating: 0x61, count: 200_000))
    try folder.write("g-blank.md", "<!-- -->\n")
    try folder.write("h-odd.txt", [0x61, 0x62, 0xE9, 1, 2, 3])
    let reading = try Reading(folder.path, IngestOptions(maximumFileBytes: 200_000))
    #expect(reading.paths == ["f-fits.txt"])
    #expect(
      Set(reading.codes) == [
        "a-empty.txt: empty", "b-blank.txt: empty", "c.bin: binary", "d-late.txt: binary",
        "e-large.txt: too-large", "g-blank.md: empty", "h-odd.txt: binary",
      ])
  }

  @Test func `a name that is not UTF-8 is named as well as it can be`() throws {
    let folder = try TemporaryDirectory()
    let name = Array(folder.path("").utf8).map { CChar(bitPattern: $0) } + [0x61, -1, 0x62, 0]
    let descriptor = unsafe open(name, O_CREAT | O_WRONLY, 0o600)
    try #require(descriptor >= 0)
    close(descriptor)
    let reading = try Reading(folder.path)
    #expect(reading.skipped == [Skipped(path: "a\u{FFFD}b", reason: .notUTF8Name)])
  }

  @Test func `a tree that is very deep does no harm`() throws {
    let folder = try TemporaryDirectory()
    try folder.write(String(repeating: "d/", count: 500) + "a.txt", "x")
    #expect(try FolderSource(root: folder.path).scan().files.count == 1)
  }

  @Test func `what the reader of documents throws ends the reading`() throws {
    struct Stop: Error {}
    let folder = try TemporaryDirectory()
    try folder.write("a.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n")
    let source = FolderSource(root: folder.path)
    var count = 0
    #expect(throws: Stop.self) {
      try source.read(FileEntry(path: "a.jsonl", byteCount: 1)) { _ throws(Stop) in
        count += 1
        throw Stop()
      }
    }
    #expect(count == 1)
  }
}
