internal import EvAnalysis
internal import EvBytes

/// Writes the files of one segment that are not postings, and its table of contents; what building a
/// segment from documents and merging segments have in common.
///
/// Records come first, chunk by chunk; then, once all documents are known, the postings.
final class SegmentWriter {
  /// Where the files are written.
  let folder: String

  /// The length code of every document so far.
  private(set) var norms: [UInt8] = []

  /// The length of every document's title, once one has a title.
  private var titles: [UInt8] = []

  /// The day of every document, once one has a date.
  private var days: [Int32] = []

  private let analysis: AnalysisStamp
  private let documents: StoredFileWriter
  private let texts: StoredFileWriter?
  private let identity = Checksum()
  private var nonEmptyCount = 0
  private var totalLength: UInt64 = 0

  /// Creates the folder and the files of records; whatever was in the folder is removed.
  init(folder: String, analysis: AnalysisStamp, storesText: Bool) throws(IndexError) {
    self.folder = folder
    self.analysis = analysis
    do throws(SystemError) {
      try FileSystem.remove(folder)
      try FileSystem.makeFolder(folder)
      documents = try StoredFileWriter(.documents, folder: folder)
      texts = storesText ? try StoredFileWriter(.texts, folder: folder) : nil
    } catch {
      throw .system(error)
    }
    var stamp = ByteWriter()
    stamp.writeString(analysis.description)
    stamp.writeByte(storesText ? 1 : 0)
    identity.update(stamp.bytes.rawSpan)
  }

  /// Documents so far.
  var documentCount: Int { norms.count }

  /// What the bounds of postings are made with; known when all documents are.
  var averageLength: Float {
    Float(Double(totalLength) / Double(max(1, nonEmptyCount)))
  }

  /// Takes note of the next document.
  ///
  /// - Parameters:
  ///   - contentHash: ``StoredDocument/contentHash``.
  ///   - length: Its length in positions.
  ///   - titleLength: How many of them are its title's; of 255 and more, 255.
  ///   - day: Its day, as ``DateColumn`` has it.
  func addDocument(
    contentHash: UInt64, length: UInt32, titleLength: UInt8, day: Int32
  ) throws(IndexError) {
    guard norms.count < Int(UInt32.max) - 2 else {
      throw .limit(reason: "A segment holds at most 4,294,967,293 documents.")
    }
    identity.update([contentHash].rawSpan)
    if day != DateColumn.unknown || !days.isEmpty {
      let missing = norms.count - days.count
      days.append(contentsOf: repeatElement(DateColumn.unknown, count: missing))
      days.append(day)
    }
    if titleLength > 0 || !titles.isEmpty {
      titles.append(contentsOf: repeatElement(0, count: norms.count - titles.count))
      titles.append(titleLength)
    }
    norms.append(NormCode.encode(length))
    totalLength += UInt64(length)
    if length > 0 { nonEmptyCount += 1 }
  }

  /// Appends the records of consecutive documents.
  func addChunk(_ chunk: StoredChunk) throws(IndexError) {
    do throws(SystemError) {
      try documents.add(chunk.documents, of: chunk)
      if let frame = chunk.texts { try texts?.add(frame, of: chunk) }
    } catch {
      throw .system(error)
    }
  }

  /// The writers of postings and of terms.
  func openPostings() throws(IndexError) -> (PostingsWriter, TermDictionaryWriter) {
    do throws(SystemError) {
      return (
        try PostingsWriter(folder: folder, norms: norms, averageLength: averageLength),
        try TermDictionaryWriter(folder: folder)
      )
    } catch {
      throw .system(error)
    }
  }

  /// What gathers the terms by their bases; nil where the analysis has none.
  func formTable() -> FormTableBuilder? {
    analysis.kind.hasFields ? FormTableBuilder(documentCount: documentCount) : nil
  }

  /// Completes all files and brings them to disk.
  ///
  /// - Parameters:
  ///   - forms: ``formTable()``, with all terms.
  ///   - tokenCount: Occurrences of all terms.
  func finish(
    _ postings: PostingsWriter, _ dictionary: TermDictionaryWriter,
    _ forms: consuming FormTableBuilder?, tokenCount: Int
  ) throws(IndexError) -> SegmentInfo {
    var info = SegmentInfo(
      id: SegmentID(rawValue: identity.value), analysis: analysis, storesText: texts != nil,
      documentCount: norms.count, nonEmptyDocumentCount: nonEmptyCount, totalLength: totalLength,
      tokenCount: UInt64(tokenCount), termCount: dictionary.count, files: [])
    info.files = try postings.finish(info.id)
    do throws(SystemError) {
      info.files.append(try dictionary.finish(info.id))
      info.files.append(try documents.finish(info.id))
      if let texts { info.files.append(try texts.finish(info.id)) }
      let normsFile = try SegmentFileWriter(.norms, folder: folder)
      try normsFile.beginSection()
      try normsFile.write(norms)
      try normsFile.beginSection()
      try normsFile.write(titles)
      info.files.append(try normsFile.finish(info.id))
      if let file = try forms?.write(to: folder, info.id) { info.files.append(file) }
      if let dates = try DateColumn.write(days, to: folder, info.id) { info.files.append(dates) }
      info.files.sort { $0.name < $1.name }
      _ = try info.write(to: folder)
      try FileSystem.synchronizeFolder(folder)
    } catch {
      throw .system(error)
    }
    return info
  }
}
