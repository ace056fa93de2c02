internal import EvAnalysis
internal import EvBytes

/// The documents of a segment under way: tokens in memory, stored records already on disk.
///
/// Tokens are kept as they come, a number each, document after document, and are sorted into postings
/// once, when the segment is written. Nothing depends on how documents were batched.
struct SegmentBuffer {
  private let writer: SegmentWriter
  private var terms = TermTable()
  private var streams: [[UInt32]] = []
  private var tokenCounts: [Int] = []

  /// Tokens so far.
  private(set) var tokenCount = 0

  /// Creates the folder and the files of records.
  init(folder: String, configuration: IndexConfiguration) throws(IndexError) {
    writer = try SegmentWriter(
      folder: folder, analysis: AnalysisStamp(configuration.analyzer),
      storesText: configuration.storesText)
  }

  /// Where the segment's files are being written.
  var folder: String { writer.folder }

  /// Documents so far.
  var documentCount: Int { writer.documentCount }

  /// Appends the documents of a batch.
  mutating func add(_ batch: AnalyzedBatch) throws(IndexError) {
    for chunk in batch.chunks { try writer.addChunk(chunk) }
    for entry in batch.entries {
      tokenCounts.append(entry.tokenCount)
      try writer.addDocument(contentHash: entry.contentHash, length: entry.length)
    }

    var numbers: [UInt32] = []
    numbers.reserveCapacity(batch.terms.count)
    let bytes = batch.terms.bytes.span
    for local in 0..<batch.terms.count {
      numbers.append(
        terms.intern(bytes, batch.terms.range(of: local), hash: batch.terms.hashes[local]))
    }
    var stream = batch.stream
    for index in stream.indices {
      let word = stream[index]
      stream[index] = numbers[Int(word >> 1)] << 1 | word & 1
    }
    tokenCount += stream.count
    streams.append(stream)
  }

  /// Writes the segment's files and gives the folder its final contents.
  func write() throws(IndexError) -> SegmentInfo {
    let inverted = InvertedTokens(
      streams: streams, tokenCounts: tokenCounts, termCount: terms.count, tokenCount: tokenCount)
    let (postings, dictionary) = try writer.openPostings()
    let norms = writer.norms
    var list = PostingsList()
    for number in terms.sorted() {
      inverted.read(Int(number), into: &list)
      let info = try postings.add(
        documents: list.documents, frequencies: list.frequencies, positions: list.differences,
        norms: norms)
      let term = terms.bytes.rawSpan.extracting(terms.range(of: Int(number)))
      do throws(SystemError) { try dictionary.add(term, info) } catch { throw .system(error) }
    }
    return try writer.finish(postings, dictionary, tokenCount: tokenCount)
  }
}
