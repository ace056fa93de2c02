internal import Dispatch
internal import EvAnalysis
internal import EvBytes

/// The documents of a segment under way: packed postings in memory, stored records already on disk.
///
/// Each batch comes sorted by term; the segment's postings are those of the batches one behind the
/// other, term by term, put together once, when the segment is written. Nothing depends on how
/// documents were batched.
struct SegmentBuffer {
  private let writer: SegmentWriter
  private var terms = TermTable()
  private var batches: [BufferedPostings.Batch] = []
  private var tokenCount = 0

  /// Creates the folder and the files of records.
  init(folder: String, configuration: IndexConfiguration) throws(IndexError) {
    writer = try SegmentWriter(
      folder: folder, analysis: AnalysisStamp(configuration.analyzer),
      storesText: configuration.storesText)
  }

  /// Where the segment's files are being written.
  var folder: String { writer.folder }

  /// Appends the documents of a batch.
  mutating func add(_ batch: AnalyzedBatch) throws(IndexError) {
    let firstDocument = UInt32(writer.documentCount)
    for chunk in batch.chunks { try writer.addChunk(chunk) }
    for entry in batch.entries {
      try writer.addDocument(
        contentHash: entry.contentHash, length: entry.length, titleLength: entry.titleLength,
        day: entry.day)
    }
    let numbers = terms.intern(batch.order, of: batch.terms)
    tokenCount += batch.tokenCount
    batches.append(
      BufferedPostings.Batch(
        postings: batch.postings, terms: numbers, firstDocument: firstDocument))
  }

  /// Writes the segment's files and gives the folder its final contents.
  ///
  /// - Parameter threads: With more than one, postings are encoded on other threads.
  mutating func write(threads: Int) throws(IndexError) -> SegmentInfo {
    terms.close()
    let buffered = BufferedPostings(batches, order: terms.sorted(threads: threads))
    batches = []
    let (postings, dictionary) = try writer.openPostings()
    let (norms, averageLength) = (writer.norms, writer.averageLength)
    let work = OrderedWork<Result<EncodedPostings, IndexError>>(threads: threads)
    var forms = writer.formTable()
    var written = 0
    func append(_ encoded: EncodedPostings) throws(IndexError) {
      for info in try postings.append(encoded) {
        let range = terms.range(of: Int(buffered.order[written]))
        let term = terms.bytes.rawSpan.extracting(range)
        do throws(SystemError) { try dictionary.add(term, info) } catch { throw .system(error) }
        forms?.add(term.copied(), documentFrequency: info.documentFrequency)
        written += 1
      }
    }
    for group in buffered.groups() {
      let ready = work.submit {
        do throws(IndexError) {
          return .success(
            try buffered.encode(group, norms: norms, averageLength: averageLength))
        } catch {
          return .failure(error)
        }
      }
      if let ready { try append(try ready.get()) }
    }
    while let ready = work.next() { try append(try ready.get()) }
    return try writer.finish(postings, dictionary, forms, tokenCount: tokenCount)
  }
}
