import EvAnalysis
import EvIndex
import EvTestSupport

/// A word of the fixture's documents: how often a document has it.
enum FixtureWord: String, CaseIterable {
  case dense, medium, sparse

  /// Every document of so many has the word, on average.
  var gap: Int {
    switch self {
    case .dense: 2
    case .medium: 8
    case .sparse: 40
    }
  }
}

/// A small index of random documents, and lists of it as a search opens them.
@safe
final class ListFixture {
  /// Documents of the index.
  static let documentCount = 65_536

  let segment: SegmentReader
  private let folder: TemporaryDirectory
  private let norms: NormTable
  private let table: UnsafeMutablePointer<Float>
  private let scratch: UnsafeMutableRawPointer
  private var listCount = 0

  /// Lists that can be opened.
  private static let mostLists = 512

  init() throws {
    folder = try TemporaryDirectory()
    let configuration = IndexConfiguration(analyzer: Analyzer(.space), storesText: false)
    let writer = try IndexWriter(path: folder.path, configuration: configuration, threads: 1)
    var random = SplitMix64(seed: 3)
    for number in 0..<Self.documentCount {
      try writer.add(Document(path: "\(number)", text: Self.text(&random)))
    }
    _ = try writer.commit()
    let snapshot = try IndexSnapshot(path: folder.path)
    segment = snapshot.segments[0]
    let averageLength = Float(snapshot.totalLength) / Float(snapshot.nonEmptyDocumentCount)
    // Safe: freed in deinit, and the segment keeps the codes.
    unsafe scratch = .allocate(
      byteCount: Self.mostLists * TermList.scratchBytes, alignment: 64)
    unsafe table = .allocate(capacity: 256)
    unsafe table.initialize(
      from: BM25().inverseSaturation(averageLength: averageLength), count: 256)
    let codes = unsafe segment.norms.address + segment.norms.sections[0].lowerBound
    unsafe norms = NormTable(
      codes: codes.assumingMemoryBound(to: UInt8.self), inverse: UnsafePointer(table),
      titleBonus: 0,
      headingBonus: 0, weighsFields: false)
  }

  deinit {
    unsafe scratch.deallocate()
    unsafe table.deallocate()
  }

  /// The text of a document: each word one to several times or not at all, among others.
  private static func text(_ random: inout SplitMix64) -> String {
    var words = [String](repeating: "other", count: Int.random(in: 1...150, using: &random))
    for word in FixtureWord.allCases where Int.random(in: 0..<word.gap, using: &random) == 0 {
      repeat { words.append(word.rawValue) } while Int.random(in: 0..<3, using: &random) == 0
    }
    return words.shuffled(using: &random).joined(separator: " ")
  }

  /// What the dictionary knows of a word.
  func info(_ word: FixtureWord) throws -> TermInfo {
    guard let info = try segment.terms.find(word.rawValue) else {
      throw KernelTable.Mismatch(kernel: "dictionary", call: 0)
    }
    return info
  }

  /// The list of a word, in memory of its own.
  func list(_ word: FixtureWord) throws -> TermList {
    let info = try info(word)
    precondition(listCount < Self.mostLists, "too many lists are open")
    // Safe: there is room for so many lists, and no two have the same.
    let memory = unsafe scratch + listCount * TermList.scratchBytes
    listCount += 1
    return unsafe try TermList(
      TermBlocks(segment.postings, info), maximumImpact: info.plainImpacts.maximum, term: 0,
      weight: 1.5, multiplicity: 1,
      norms: norms, drift: 1, isScored: true, scratch: memory)
  }

  /// 1 / K of a document.
  func inverse(_ document: UInt32) -> Float {
    // Safe: documents of the segment have a code, and codes are below 256.
    unsafe norms.inverse[Int(norms.codes[Int(document)])]
  }

  /// All postings of a word, read one after the other.
  func postings(_ word: FixtureWord) throws -> (documents: [UInt32], frequencies: [UInt32]) {
    var cursor = PostingsCursor(segment.postings, try info(word))
    var (documents, frequencies) = ([UInt32](), [UInt32]())
    while try cursor.next() != PostingsCursor.end {
      documents.append(cursor.document)
      frequencies.append(try cursor.frequency())
    }
    return (documents, frequencies)
  }
}
