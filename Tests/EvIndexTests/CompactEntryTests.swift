import EvBytes
import EvTestSupport
import Testing

@testable import EvIndex

/// The entries of terms and of documents, which are written in as few bytes as they need.
@Suite struct CompactEntryTests {
  @Test(arguments: 0..<4)
  func `entries of terms are read as they were written`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var writer = ByteWriter()
    var written: [TermInfo] = []
    for _ in 0..<2_000 {
      var info = TermInfo.none
      // Around the edges of each form.
      let most = [1, 2, 10, 127, 1 << 20].randomElement(using: &random) ?? 1
      info.documentFrequency = Int.random(in: 1...most, using: &random)
      info.totalFrequency = info.documentFrequency + Int.random(in: 0...9, using: &random)
      info.postingsLength = Int.random(in: 0...info.documentFrequency + 20, using: &random)
      info.positionsLength = Int.random(in: 0...info.totalFrequency + 20, using: &random)
      info.writeEntry(to: &writer)
      if info.blockCount > 0 { for _ in 0..<14 { writer.writeByte(0) } }
      written.append(info)
    }
    let bytes = writer.bytes
    var reader = ByteReader(bytes.rawSpan)
    var passing = ByteReader(bytes.rawSpan)
    for info in written {
      var (read, passed) = (TermInfo.none, TermInfo.none)
      try read.readEntry(from: &reader)
      try passed.passEntry(of: &passing)
      #expect(read.documentFrequency == info.documentFrequency)
      #expect(read.totalFrequency == info.totalFrequency)
      #expect(read.postingsLength == info.postingsLength)
      #expect(read.positionsLength == info.positionsLength)
      #expect(passed.postingsLength == info.postingsLength)
      let (offset, passingOffset) = (reader.offset, passing.offset)
      #expect(offset == passingOffset)
    }
    let isAtEnd = reader.isAtEnd
    #expect(isAtEnd)
  }

  @Test func `most entries are a byte or two, and no other code is read`() throws {
    func bytes(_ documents: Int, _ occurrences: Int, _ postings: Int, _ positions: Int) -> [UInt8] {
      var info = TermInfo.none
      (info.documentFrequency, info.totalFrequency) = (documents, occurrences)
      (info.postingsLength, info.positionsLength) = (postings, positions)
      var writer = ByteWriter()
      info.writeEntry(to: &writer)
      return writer.bytes
    }
    #expect(bytes(1, 1, 3, 2) == [0b1000_1001])
    #expect(bytes(1, 8, 4, 11) == [0b1111_1111])
    #expect(bytes(8, 15, 23, 30) == [0b0110_0111, 0xFF])
    #expect(bytes(2, 2, 18, 2) == [0b0000_1000, 18, 2])
    #expect(bytes(1, 9, 4, 11) == [0x70, 1, 8, 4, 11])
    for code in UInt8(0x71)...0x7F {
      var info = TermInfo.none
      let bytes = [code, 1, 1, 1, 1]
      var reader = ByteReader(bytes.rawSpan)
      #expect(throws: FormatError.self) { try info.readEntry(from: &reader) }
    }
  }

  @Test(arguments: [0, 1, 14, 15, 16, 254])
  func `lengths of terms are read as they were written`(shared: Int) throws {
    for rest in [1, 14, 15, 16, 255 - shared] {
      var writer = ByteWriter()
      writer.writeLengths(shared: shared, rest: rest)
      let bytes = writer.bytes
      if shared < 15, rest < 15 { #expect(bytes.count == 1) }
      var reader = ByteReader(bytes.rawSpan)
      let read = try reader.readLengths()
      #expect(read == (shared, rest))
    }
  }

  /// Records as documents make them, some with a path that begins as the one in front.
  private static func records(_ random: inout SplitMix64) -> [UInt8] {
    var writer = ByteWriter()
    for number in 0..<Int.random(in: 0...20, using: &random) {
      var record = ByteWriter()
      record.write(random.next())
      let paths = ["", "a.jsonl#\(number)", "a.jsonl#\(number / 10)", "é"]
      record.writeString(paths.randomElement(using: &random) ?? "")
      for _ in 0..<Int.random(in: 0...9, using: &random) { record.writeByte(UInt8(number)) }
      writer.writeCount(record.count)
      writer.write(contentsOf: record.bytes)
    }
    return writer.bytes
  }

  @Test(arguments: 0..<20)
  func `records are put together as they were taken apart`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let records = Self.records(&random)
    let (rows, hashes) = try StoredRows.encode(records)
    let together = try StoredRows.decode(rows, hashes: hashes.rawSpan, first: 0)
    #expect(together == records)
    let behind = [0, 0] + hashes
    let further = try StoredRows.decode(rows, hashes: behind.rawSpan, first: 2)
    #expect(further == records)
    // Whatever the bytes are, there is an error or there are records: either will do.
    for cut in rows.indices {
      _ = try? StoredRows.decode(Array(rows[..<cut]), hashes: hashes.rawSpan, first: 0)
      var damaged = rows
      damaged[cut] ^= UInt8.random(in: 1...255, using: &random)
      _ = try? StoredRows.decode(damaged, hashes: hashes.rawSpan, first: 0)
    }
    if !hashes.isEmpty {
      #expect(throws: FormatError.self) {
        try StoredRows.decode(rows, hashes: hashes.rawSpan, first: 1)
      }
    }
  }
}
