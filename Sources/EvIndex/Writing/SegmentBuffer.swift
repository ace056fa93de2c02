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
    var numbers: [UInt32] = []
    numbers.reserveCapacity(batch.terms.count)
    for local in batch.order { numbers.append(terms.intern(Int(local), of: batch.terms)) }
    tokenCount += batch.tokenCount
    batches.append(
      BufferedPostings.Batch(
        postings: batch.postings, terms: numbers, firstDocument: firstDocument))
  }

  /// Writes the segment's files and gives the folder its final contents.
  ///
  /// - Parameter threads: With more than one, postings are put together on another thread.
  mutating func write(threads: Int) throws(IndexError) -> SegmentInfo {
    terms.freeze()
    let buffered = BufferedPostings(batches, order: terms.sorted())
    batches = []
    let (postings, dictionary) = try writer.openPostings()
    let norms = writer.norms
    let work = OrderedWork<BufferedPostings.Group>(threads: threads)
    var list = PostingsList()
    var stems = writer.stemTable()
    for group in buffered.groups() {
      guard let ready = work.submit({ buffered.read(group) }) else { continue }
      try write(ready, buffered, postings, dictionary, norms, &list, &stems)
    }
    while let ready = work.next() {
      try write(ready, buffered, postings, dictionary, norms, &list, &stems)
    }
    return try writer.finish(postings, dictionary, stems, tokenCount: tokenCount)
  }

  private func write(
    _ group: BufferedPostings.Group, _ buffered: BufferedPostings, _ postings: PostingsWriter,
    _ dictionary: TermDictionaryWriter, _ norms: [UInt8], _ list: inout PostingsList,
    _ stems: inout StemTableBuilder?
  ) throws(IndexError) {
    var start = (documents: 0, positions: 0, fields: 0)
    for (place, end) in zip(group.terms, group.ends) {
      list.removeAll()
      let documents = start.documents..<end.documents
      list.documents.append(contentsOf: group.list.documents[documents])
      list.frequencies.append(contentsOf: group.list.frequencies[documents])
      list.differences.append(
        contentsOf: group.list.differences[start.positions..<end.positions])
      for var field in group.list.fields[start.fields..<end.fields] {
        field.posting -= start.documents
        list.fields.append(field)
      }
      start = end
      let info = try postings.add(list, norms: norms)
      let range = terms.range(of: Int(buffered.order[place]))
      let term = terms.bytes.rawSpan.extracting(range)
      do throws(SystemError) { try dictionary.add(term, info) } catch { throw .system(error) }
      stems?.add(term.copied(), documentFrequency: info.documentFrequency)
    }
  }
}
