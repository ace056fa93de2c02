internal import EvAnalysis
internal import EvBytes

/// The documents of a segment under way: tokens in memory, stored records already on disk.
///
/// Tokens are kept as they come, a number each, document after document, and are sorted into postings
/// once, when the segment is written. Nothing depends on how documents were batched.
struct SegmentBuffer {
  /// Where the segment's files are being written.
  let folder: String

  private let configuration: IndexConfiguration
  private let documents: StoredFileWriter
  private let texts: StoredFileWriter?

  private var terms = TermTable()
  private var streams: [[UInt32]] = []
  private var tokenCounts: [Int] = []
  private var lengths: [UInt32] = []
  private let identity = Checksum()

  /// Tokens so far.
  private(set) var tokenCount = 0

  /// Creates the folder and the files of records.
  init(folder: String, configuration: IndexConfiguration) throws(IndexError) {
    self.folder = folder
    self.configuration = configuration
    do throws(SystemError) {
      try FileSystem.remove(folder)
      try FileSystem.makeFolder(folder)
      documents = try StoredFileWriter(.documents, folder: folder)
      texts = configuration.storesText ? try StoredFileWriter(.texts, folder: folder) : nil
    } catch {
      throw .system(error)
    }
    var stamp = ByteWriter()
    stamp.writeString(AnalysisStamp(configuration.analyzer).description)
    stamp.writeByte(configuration.storesText ? 1 : 0)
    identity.update(stamp.bytes.rawSpan)
  }

  /// Documents so far.
  var documentCount: Int { lengths.count }

  /// Appends the documents of a batch.
  mutating func add(_ batch: AnalyzedBatch) throws(IndexError) {
    guard lengths.count + batch.entries.count < Int(UInt32.max) - 1 else {
      throw .limit(reason: "A segment holds at most 4,294,967,294 documents.")
    }
    do throws(SystemError) {
      for chunk in batch.chunks {
        try documents.add(
          chunk.documents, documentCount: chunk.documentCount, byteCount: chunk.documentsByteCount)
        try texts?.add(
          chunk.texts, documentCount: chunk.documentCount, byteCount: chunk.textsByteCount)
      }
    } catch {
      throw .system(error)
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
    for entry in batch.entries {
      tokenCounts.append(entry.tokenCount)
      lengths.append(entry.length)
      identity.update([entry.contentHash].rawSpan)
    }
  }

  /// Writes the segment's files and gives the folder its final contents.
  func write() throws(IndexError) -> SegmentInfo {
    let totalLength = lengths.reduce(UInt64(0)) { $0 + UInt64($1) }
    let nonEmpty = lengths.count { $0 > 0 }
    var info = SegmentInfo(
      id: SegmentID(rawValue: identity.value), analysis: AnalysisStamp(configuration.analyzer),
      storesText: configuration.storesText, documentCount: lengths.count,
      nonEmptyDocumentCount: nonEmpty, totalLength: totalLength,
      tokenCount: UInt64(tokenCount), termCount: terms.count, files: [])
    let average = Float(Double(totalLength) / Double(max(1, nonEmpty)))
    let norms = lengths.map(NormCode.encode)
    info.files = try writePostings(info.id, norms: norms, ImpactModel(averageLength: average))
    do throws(SystemError) {
      info.files.append(try documents.finish(info.id))
      if let texts { info.files.append(try texts.finish(info.id)) }
      let normsFile = try SegmentFileWriter(.norms, folder: folder)
      try normsFile.beginSection()
      try normsFile.write(norms)
      info.files.append(try normsFile.finish(info.id))
      info.files.sort { $0.name < $1.name }
      _ = try info.write(to: folder)
      try FileSystem.synchronizeFolder(folder)
    } catch {
      throw .system(error)
    }
    return info
  }

  private func writePostings(
    _ id: SegmentID, norms: [UInt8], _ impacts: ImpactModel
  ) throws(IndexError) -> [SegmentInfo.File] {
    let inverted = InvertedTokens(
      streams: streams, tokenCounts: tokenCounts, termCount: terms.count, tokenCount: tokenCount)
    let (postings, dictionary) = try openPostings(impacts)
    var list = PostingsList()
    for number in terms.sorted() {
      inverted.read(Int(number), into: &list)
      let info = try postings.add(
        documents: list.documents, frequencies: list.frequencies, positions: list.differences,
        norms: norms)
      let term = terms.bytes.rawSpan.extracting(terms.range(of: Int(number)))
      do throws(SystemError) { try dictionary.add(term, info) } catch { throw .system(error) }
    }
    do throws(SystemError) {
      return try postings.finish(id) + [try dictionary.finish(id)]
    } catch {
      throw .system(error)
    }
  }

  private func openPostings(
    _ impacts: ImpactModel
  ) throws(IndexError) -> (PostingsWriter, TermDictionaryWriter) {
    do throws(SystemError) {
      return (
        try PostingsWriter(folder: folder, impacts: impacts),
        try TermDictionaryWriter(folder: folder)
      )
    } catch {
      throw .system(error)
    }
  }
}
