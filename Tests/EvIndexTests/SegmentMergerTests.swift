import EvAnalysis
import EvBytes
@testable import EvIndex
import EvTestSupport
import Testing

/// A segment that is merged has the bytes of one that is built from the same documents.
@Suite struct SegmentMergerTests {
  /// How a corpus is made; each value is one case of the law.
  struct Case: CustomTestStringConvertible, Sendable {
    var seed: UInt64
    var storesText: Bool
    /// Documents of each part.
    var counts: [Int]
    /// How often a text is repeated: long texts make many chunks of records.
    var repetitions = 1
    /// Which parts have documents with metadata; the others have none.
    var described: Set<Int> = []
    var testDescription: String { "\(counts) × \(repetitions), text \(storesText), seed \(seed)" }
  }

  static let cases = [
    Case(seed: 1, storesText: true, counts: [1, 1]),
    Case(seed: 2, storesText: false, counts: [10, 300]),
    Case(seed: 3, storesText: true, counts: [700, 40, 900]),
    Case(seed: 4, storesText: true, counts: [60, 5, 80, 1, 30], repetitions: 60),
    Case(seed: 5, storesText: false, counts: [200, 200], repetitions: 20),
    Case(seed: 6, storesText: true, counts: [129, 128, 127], repetitions: 10),
    Case(seed: 7, storesText: true, counts: [150, 1, 200], described: [0, 1, 2]),
    Case(seed: 8, storesText: false, counts: [130, 20, 30], described: [1]),
  ]

  private static func parts(_ test: Case) -> [[Document]] {
    var corpus = RandomCorpus(seed: test.seed)
    var number = 0
    return test.counts.enumerated().map { part, count in
      if test.described.contains(part) {
        defer { number += count }
        return corpus.describedDocuments(count, from: number, seed: test.seed + UInt64(part))
      }
      return corpus.documents(count, hasFields: test.seed % 2 == 0).map { document in
        defer { number += 1 }
        let path = "\(String(repeating: "0", count: 6 - String(number).count))\(number)"
        let text = Array(repeating: document.text, count: test.repetitions).joined(separator: ". ")
        return Document(
          path: path, text: text, title: document.title, headings: document.headings)
      }
    }
  }

  private static func configuration(_ test: Case) -> IndexConfiguration {
    IndexConfiguration(storesText: test.storesText)
  }

  /// The files of an index's only segment, and of its deletions none.
  private static func segment(_ index: TestIndex) throws -> (SegmentReader, [String: [UInt8]]) {
    let snapshot = try index.snapshot()
    let segment = try #require(snapshot.segments.first)
    #expect(snapshot.segments.count == 1)
    return (segment, try folderContents(segment.folder))
  }

  @Test(arguments: cases)
  func `merging what was built apart is building at once`(test: Case) throws {
    let parts = Self.parts(test)
    let configuration = Self.configuration(test)
    let indexes = try parts.map { try TestIndex($0, configuration: configuration) }
    let whole = try TestIndex(Array(parts.joined()), configuration: configuration)
    let (expectedSegment, expected) = try Self.segment(whole)

    let sources = try indexes.map { MergeSource(try Self.segment($0).0) }
    let folder = whole.folder.path("merged")
    // Some lists are read in pieces, and some are not.
    let info = try SegmentMerger.merge(
      sources, order: MergeOrder(concatenating: sources), into: folder,
      longList: 300)
    #expect(info == expectedSegment.info)
    let merged = try folderContents(folder)
    #expect(merged.keys.sorted() == expected.keys.sorted())
    for (name, bytes) in expected { #expect(merged[name] == bytes, "\(name)") }
  }

  @Test(arguments: cases, [0.05, 0.5, 0.9])
  func `merging without deleted documents is building without them`(
    test: Case, share: Double
  ) throws {
    var random = SplitMix64(seed: test.seed)
    let parts = Self.parts(test)
    let configuration = Self.configuration(test)
    var left: [Document] = []
    var sources: [MergeSource] = []
    var indexes: [TestIndex] = []
    for part in parts {
      let index = try TestIndex(part, configuration: configuration)
      var deleted = [UInt64](repeating: 0, count: (part.count + 63) / 64)
      for (number, document) in part.enumerated() {
        if Double.random(in: 0..<1, using: &random) < share {
          deleted[number / 64] |= 1 << UInt64(number % 64)
        } else {
          left.append(document)
        }
      }
      sources.append(MergeSource(try Self.segment(index).0, deleted: deleted))
      indexes.append(index)
    }
    guard !left.isEmpty else { return }
    let whole = try TestIndex(left, configuration: configuration)
    let (expectedSegment, expected) = try Self.segment(whole)
    let folder = whole.folder.path("merged")
    let info = try SegmentMerger.merge(
      sources, order: MergeOrder(concatenating: sources), into: folder,
      longList: share > 0.1 ? 100 : 1 << 22)
    #expect(info == expectedSegment.info)
    #expect(try folderContents(folder) == expected)
  }

  @Test(arguments: 0..<4)
  func `merging by path is building in the order of the paths`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let test = Case(
      seed: seed, storesText: seed % 2 == 0, counts: [1, 150, 400], repetitions: seed < 2 ? 1 : 30)
    let documents = Array(Self.parts(test).joined()).shuffled(using: &random)
    let configuration = Self.configuration(test)
    var sources: [MergeSource] = []
    var indexes: [TestIndex] = []
    for part in [documents[..<100], documents[100..<107], documents[107...]] {
      let index = try TestIndex(Array(part), configuration: configuration)
      sources.append(MergeSource(try Self.segment(index).0))
      indexes.append(index)
    }
    let whole = try TestIndex(
      documents.sorted { $0.path < $1.path }, configuration: configuration)
    let (_, expected) = try Self.segment(whole)
    let folder = whole.folder.path("merged")
    _ = try SegmentMerger.merge(
      sources, order: try MergeOrder(byPathIn: sources), into: folder,
      longList: seed % 2 == 0 ? 200 : 1 << 22)
    #expect(try folderContents(folder) == expected)
  }

  @Test func `chunks whose boundaries agree are copied, not compressed again`() throws {
    // The first part ends with a full chunk, so all chunks of the second are chunks of the whole.
    let long = String(repeating: "word ", count: 14_000)
    let documents = (0..<6).map { Document(path: "\($0)", text: long) }
    let whole = try TestIndex(documents)
    let parts = [documents[..<2], documents[2...]]
    let indexes = try parts.map { try TestIndex(Array($0)) }
    let sources = try indexes.map { MergeSource(try Self.segment($0).0) }
    let folder = whole.folder.path("merged")
    _ = try SegmentMerger.merge(
      sources, order: MergeOrder(concatenating: sources), into: folder)
    let merged = try SegmentReader(folder: folder)
    let texts = try #require(merged.texts)
    #expect(texts.chunkCount == 6)
    var chunk = 0
    for source in sources {
      let own = try #require(source.segment.texts)
      for number in 0..<own.chunkCount {
        #expect(try texts.frame(ofChunk: chunk).bytes == (try own.frame(ofChunk: number).bytes))
        chunk += 1
      }
    }
    #expect(try folderContents(folder) == (try Self.segment(whole).1))
  }

  @Test func `parts with and without text are not merged`() throws {
    let document = [Document(path: "a", text: "one")]
    let with = try TestIndex(document)
    let without = try TestIndex(document, configuration: IndexConfiguration(storesText: false))
    let segments = [try Self.segment(with).0, try Self.segment(without).0]
    #expect(SegmentMerger.refusal(of: segments) != nil)
    #expect(SegmentMerger.refusal(of: [segments[0], segments[0]]) == nil)
  }

  @Test func `how long a title is is kept, up to 255 positions, and known where others have none`()
    throws
  {
    let lengths = [0, 1, 7, 254, 255, 300, 0]
    let documents = lengths.enumerated().map { number, length in
      let title = Array(repeating: "word", count: length).joined(separator: " ")
      return Document(
        path: "\(number)", text: title.isEmpty ? "body" : "\(title)\nbody",
        title: 0..<title.utf8.count)
    }
    let (segment, _) = try Self.segment(try TestIndex(documents))
    let numbers = lengths.indices.map { UInt32($0) }
    #expect(numbers.map { segment.titleLength(of: $0) } == lengths.map { UInt8(clamping: $0) })
    #expect(
      try numbers.map { try segment.titlePositionCount(of: $0) } == lengths.map { UInt32($0) })
    let (none, _) = try Self.segment(try TestIndex([documents[0], documents[6]]))
    #expect(none.titleLength(of: 0) == 0 && none.titleLength(of: 1) == 0)
  }
}
