import EvBytes
import EvIndex
import EvTestSupport
import Testing

/// Damages every byte of a small index, and reads everything again.
@Suite struct CorruptionTests {
  private static let documents: [Document] = {
    var corpus = RandomCorpus(seed: 11, wordCount: 30)
    // Short texts, and enough documents for blocks, tails and several groups of positions.
    return corpus.documents(300, longest: 6).enumerated().map { number, document in
      // Records, since the terms of 300 files would be most of the index.
      var document = Document(path: "all.jsonl", record: "\(number)", text: document.text)
      guard number % 60 == 0 else { return document }
      document.metadata = Document.Metadata(
        date: "2024-05-0\(1 + number / 60)", language: "en", tags: ["a"], encoding: "GB18030")
      return document
    }
  }()

  /// Everything that can be read of an index, as text.
  private static func everything(
    _ path: String, _ verification: SegmentReader.Verification
  ) throws(IndexError) -> [String] {
    let snapshot = try IndexSnapshot(path: path, verification: verification)
    var lines: [String] = []
    for segment in snapshot.segments {
      try SegmentDump.write(segment) { lines.append($0) }
      for document in 0..<UInt32(segment.info.documentCount) {
        lines.append("\(try segment.document(document))")
        lines.append(String(describing: try segment.text(document)))
      }
    }
    lines.append("\(snapshot.manifest)")
    return lines
  }

  /// Calls `body` for each file of an index, with its path and bytes, and puts it back afterwards.
  private static func forEachFile(
    _ index: TestIndex, _ body: (String, [UInt8]) throws -> Void
  ) throws {
    let id = try #require(try index.snapshot().manifest.segments.first).id
    let folder = "\(index.path)/\(id)"
    let paths = try FileSystem.list(folder).map { "\(folder)/\($0)" } + ["\(index.path)/manifest"]
    for path in paths {
      let mapped = try MappedFile(path: path)
      let bytes = mapped.bytes.copied()
      try body(path, bytes)
      try FileSystem.replace(path, with: bytes)
    }
  }

  /// Overwrites a file in place, without the cost of a safe replacement.
  private static func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    try FileSystem.remove(path)
    let writer = try FileWriter(path: path, isDurable: false)
    try writer.write(bytes)
    try writer.finish()
  }

  @Test func `any changed byte gives an error or the same answers`() throws {
    let index = try TestIndex(Self.documents)
    let sound = try Self.everything(index.path, .automatic)
    var random = SplitMix64(seed: 1)
    var errors = 0
    try Self.forEachFile(index) { path, bytes in
      for place in bytes.indices {
        var damaged = bytes
        damaged[place] ^= UInt8.random(in: 1...255, using: &random)
        try Self.overwrite(path, damaged)
        do throws(IndexError) {
          let read = try Self.everything(index.path, .automatic)
          #expect(read == sound, "\(path), byte \(place)")
        } catch {
          errors += 1
        }
      }
    }
    #expect(errors > 1000)
  }

  @Test func `a file cut at any length gives an error`() throws {
    let index = try TestIndex(Self.documents)
    try Self.forEachFile(index) { path, bytes in
      for length in bytes.indices {
        try Self.overwrite(path, Array(bytes[..<length]))
        #expect(throws: IndexError.self, "\(path), cut at \(length)") {
          try Self.everything(index.path, .automatic)
        }
      }
      try FileSystem.remove(path)
      #expect(throws: IndexError.self) { try Self.everything(index.path, .automatic) }
    }
  }

  @Test func `damage never traps where checksums are not looked at`() throws {
    let index = try TestIndex(Self.documents)
    var random = SplitMix64(seed: 2)
    var errors = 0
    // Every byte takes a minute and a half; one in eight finds what is wrong in general.
    let step = runsLongTests ? 1 : 8
    try Self.forEachFile(index) { path, bytes in
      let first = Int.random(in: 0..<step, using: &random)
      for place in stride(from: first, to: bytes.count, by: step) {
        var damaged = bytes
        damaged[place] ^= UInt8.random(in: 1...255, using: &random)
        // Several at once reach combinations that one byte does not.
        if place % 3 == 0 {
          damaged[Int.random(in: 0..<bytes.count, using: &random)] = .random(
            in: 0...255, using: &random)
        }
        try Self.overwrite(path, damaged)
        do throws(IndexError) { _ = try Self.everything(index.path, .structure) } catch {
          errors += 1
        }
      }
    }
    #expect(errors > 100)
  }

  @Test func `the check names the damaged file and the offset`() throws {
    let index = try TestIndex(Self.documents)
    try Self.forEachFile(index) { path, bytes in
      var damaged = bytes
      damaged[80] ^= 0x10
      try Self.overwrite(path, damaged)
      let report = IndexChecker.check(path: index.path)
      guard case .corrupt(let file, _, _)? = report.problems.first else {
        Issue.record("\(path): \(report.problems)")
        return
      }
      #expect(file == path)
    }
  }
}
