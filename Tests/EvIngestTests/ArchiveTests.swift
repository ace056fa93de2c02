// Packed files: what is inside is read, within limits, and nothing in them does harm.

import EvIndex
import EvTestSupport
import Foundation
import Testing

@testable import EvIngest

@Suite struct ArchiveTests {
  /// Runs a program of the system in a folder; nil where there is no such program.
  private static func run(_ name: String, _ arguments: [String], in folder: String) throws -> Bool {
    let paths = ["/usr/bin/", "/bin/"].map { $0 + name }
    guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      return false
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  private static func has(_ name: String) -> Bool {
    ["/usr/bin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + name) }
  }

  /// The files of a small collection, and its archive by a program of the system.
  private func packed(_ command: String, _ arguments: [String]) throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    try folder.write("in/a.txt", "Title\n\nThe lock-in rate.")
    try folder.write("in/dir/b.md", "# B\n\ntext **b**")
    try folder.write("in/dir/c.jsonl", "{\"id\":7,\"text\":\"c\"}\nno\n")
    try folder.write("in/dir/d.html", "<title>D</title><p>d &amp; d")
    try folder.write("in/e.csv", "id,text\n9,e\n")
    try folder.write("in/.hidden.txt", "hidden")
    try folder.write("in/f.bin", [0, 1, 2])
    try folder.write("in/g.pdf", "%PDF")
    try folder.write("in/h.txt.gz", "nothing")
    try folder.write("in/empty.txt", "")
    try folder.write("in/锁.txt", "锁单率")
    try #require(try Self.run(command, arguments, in: folder.path("in")))
    try FileManager.default.removeItem(atPath: folder.path("in"))
    return folder
  }

  @Test(
    arguments: [
      ("zip", "a.zip", ["-q", "-r", "../a.zip", "."]), ("tar", "a.tar", ["-cf", "../a.tar", "."]),
      ("tar", "a.tgz", ["-czf", "../a.tgz", "."]),
      ("tar", "a.tar.xz", ["-cJf", "../a.tar.xz", "."]),
      ("tar", "a.tar.zst", ["--zstd", "-cf", "../a.tar.zst", "."]),
    ].filter { command, name, _ in
      // tar calls other programs to compress.
      has(command) && (!name.hasSuffix(".xz") || has("xz"))
        && (!name.hasSuffix(".zst") || has("zstd"))
    })
  func `the members of an archive are documents`(
    command: String, name: String, arguments: [String]
  ) throws {
    let folder = try packed(command, arguments)
    let reading = try Reading(folder.path)
    let prefix = name + "!/"
    let texts = Dictionary(
      reading.documents.map { (String($0.path.dropFirst(prefix.count)), $0.text) },
      uniquingKeysWith: { $0 + $1 })
    #expect(
      texts == [
        "a.txt": "Title\n\nThe lock-in rate.", "dir/b.md": "B\n\ntext b", "dir/c.jsonl#7": "c",
        "dir/d.html": "D\n\nd & d", "e.csv#9": "e", "锁.txt": "锁单率",
      ])
    #expect(reading.paths.allSatisfy { $0.hasPrefix(prefix) })
    #expect(
      reading.codes.sorted() == [
        "\(prefix)dir/c.jsonl:2: malformed-record:not JSON", "\(prefix)empty.txt: empty",
        "\(prefix)f.bin: binary", "\(prefix)g.pdf: not-supported:pdf in an archive",
        "\(prefix)h.txt.gz: not-supported:archive in an archive",
      ])
  }

  @Test(
    arguments: [("gzip", "gz"), ("zstd", "zst"), ("xz", "xz"), ("bzip2", "bz2")].filter {
      has($0.0)
    })
  func `a compressed file is read as what is inside`(command: String, ending: String) throws {
    let folder = try TemporaryDirectory()
    let lines = (0..<5000).map { "{\"id\":\($0),\"text\":\"text \($0)\"}\n" }.joined()
    for (name, text) in [
      ("a.txt", "The lock-in rate."), ("b.md", "# B"), ("c.jsonl", lines), ("d.html", "<p>d"),
    ] {
      try folder.write(name, text)
      try #require(try Self.run(command, [name], in: folder.path))
      if FileManager.default.fileExists(atPath: folder.path(name)) {
        try FileManager.default.removeItem(atPath: folder.path(name))
      }
    }
    let reading = try Reading(folder.path)
    #expect(reading.skipped == [])
    #expect(reading.documents.count == 5003)
    #expect(reading.documents.first?.path == "a.txt.\(ending)")
    #expect(reading.documents.first?.text == "The lock-in rate.")
    #expect(reading.documents[1].titleText == "B")
    #expect(reading.documents[2].path == "c.jsonl.\(ending)#0")
    #expect(reading.documents.last?.text == "d")
  }

  @Test(.enabled(if: has("gzip"), "needs gzip"))
  func `what unpacks to much more than it is stops at the limit`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("bomb.txt", [UInt8](repeating: 0x61, count: 24 << 20))
    try #require(try Self.run("gzip", ["-9", "bomb.txt"], in: folder.path))
    #expect(try Reading(folder.path).codes == ["bomb.txt.gz: decompression-limit"])
    let limits = IngestOptions(maximumFileBytes: 1 << 20)
    #expect(try Reading(folder.path, limits).codes == ["bomb.txt.gz: too-large"])
    let total = IngestOptions(maximumUnpackedBytes: 20 << 20, maximumUnpackRatio: 1 << 20)
    #expect(try Reading(folder.path, total).codes == ["bomb.txt.gz: decompression-limit"])
    let high = IngestOptions(maximumUnpackRatio: 1 << 20)
    #expect(try Reading(folder.path, high).documents.first?.text.utf8.count == 24 << 20)
  }

  @Test(.enabled(if: has("tar"), "needs tar"))
  func `what is left out of an archive counts too`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("in/a.pdf", [UInt8](repeating: 0, count: 24 << 20))
    try folder.write("in/b.txt", "b")
    try #require(
      try Self.run("tar", ["-czf", "../a.tgz", "a.pdf", "b.txt"], in: folder.path("in")))
    try FileManager.default.removeItem(atPath: folder.path("in"))
    let reading = try Reading(folder.path)
    #expect(
      reading.codes == [
        "a.tgz!/a.pdf: not-supported:pdf in an archive", "a.tgz: decompression-limit",
      ])
    #expect(reading.documents.isEmpty)
  }

  @Test func `what is no archive is said to be none`() throws {
    let text = try Reading(named: "a.zip", "This is no archive at all, whatever its name says.")
    #expect(text.documents.isEmpty)
    #expect(text.skipped.map(\.path) == ["a.zip"])
    #expect(text.codes.first?.hasPrefix("a.zip: archive:") == true)
  }

  @Test(
    .enabled(if: has("zip") && has("tar") && has("gzip"), "needs zip, tar and gzip"),
    arguments: 0..<40 as Range<UInt64>)
  func `damaged archives do no harm`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for (command, name, arguments) in [
      ("zip", "a.zip", ["-q", "-r", "../a.zip", "."]), ("tar", "a.tgz", ["-czf", "../a.tgz", "."]),
      ("tar", "a.tar", ["-cf", "../a.tar", "."]),
    ] where seed % 3 == UInt64(name.utf8.count) % 3 || name == "a.zip" {
      let folder = try packed(command, arguments)
      let whole = Array(try Data(contentsOf: URL(fileURLWithPath: folder.path(name))))
      for _ in 0..<10 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...8, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.removeSubrange(place..<min(bytes.count, place + 9))
          default:
            bytes.replaceSubrange(
              place..<min(bytes.count, place + 4), with: [0xFF, 0xFF, 0xFF, 0x7F])
          }
        }
        try folder.write(name, bytes)
        let reading = try Reading(folder.path)
        #expect(reading.documents.count + reading.skipped.count > 0)
      }
    }
  }

  @Test(
    arguments: ["a.zip", "a.gz", "a.tar", "a.tgz", "a.zst", "a.txt.xz"], 0..<10 as Range<UInt64>)
  func `random bytes are no archive`(name: String, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let magic: [[UInt8]] = [
      [], [0x50, 0x4B, 3, 4], [0x1F, 0x8B, 8], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58],
    ]
    let file =
      magic[Int(seed) % magic.count]
      + (0..<2000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let reading = try Reading(named: name, file)
    #expect(reading.documents.count + reading.skipped.count > 0)
  }
}
