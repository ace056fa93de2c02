internal import EvBytes

/// Records of all documents of a segment, compressed in chunks: the files `documents` and `texts`.
///
///     section  type     contents
///     0        bytes    the chunks, a zstd frame each
///     1        …        for each chunk, 24 bytes: first document (8), offset in section 0 (8),
///                       bytes when decompressed (8)
///     2        8 each   in `documents` only: the content hash of each document
///
/// A decompressed chunk of `texts` is its records, each after its length as a varint, one of `documents`
/// is ``StoredRows``. A chunk ends with the document with which its documents' text reaches
/// ``chunkTextBytes(storesText:)``, in both files alike, so that chunks depend on the documents only.
struct StoredFile: Sendable {
  /// Bytes of text with which a chunk is full.
  ///
  /// Without text, what is left of so many documents would be too little to be compressed.
  static func chunkTextBytes(storesText: Bool) -> Int { storesText ? 1 << 16 : 1 << 18 }

  static let entrySize = 24

  private let file: SegmentFileReader
  private let documentCount: Int
  private let hasHashes: Bool

  /// How many chunks there are.
  let chunkCount: Int

  init(
    _ kind: SegmentFile.Kind, folder: String, documentCount: Int
  ) throws(IndexError) {
    hasHashes = kind == .documents
    file = try SegmentFileReader(
      kind, path: folder + "/" + kind.rawValue, sectionCount: hasHashes ? 3 : 2)
    self.documentCount = documentCount
    chunkCount = file.sections[1].count / Self.entrySize
    guard file.sections[1].count == Self.entrySize * chunkCount else {
      throw file.corrupt(1, at: 0, "the table of chunks has a wrong length")
    }
    guard !hasHashes || file.sections[2].count == StoredRows.hashSize * documentCount else {
      throw file.corrupt(2, at: 0, "the table of hashes has a wrong length")
    }
  }

  /// The file, for checks.
  var reader: SegmentFileReader { file }

  /// Hands the record of `document` to `body`.
  func withRecord<Result>(
    _ document: UInt32, _ body: (RawSpan) throws(FormatError) -> Result
  ) throws(IndexError) -> Result {
    let chunk = try chunk(of: Int(document))
    let bytes = try contents(ofChunk: chunk)
    let first = try entry(chunk, 0)
    do throws(FormatError) {
      var reader = ByteReader(bytes.rawSpan)
      for _ in first..<Int(document) {
        _ = try reader.readRange(count: try reader.readCount("record", atMost: bytes.count))
      }
      let range = try reader.readRange(
        count: try reader.readCount("record", atMost: bytes.count))
      return try body(bytes.rawSpan.extracting(range))
    } catch {
      throw file.corrupt(0, at: try entry(chunk, 1), "in a chunk of records, \(error)")
    }
  }

  /// Hands the records of all documents to `body`, in order.
  func forEachRecord(
    _ body: (UInt32, RawSpan) throws(FormatError) -> Void
  ) throws(IndexError) {
    var document: UInt32 = 0
    for chunk in 0..<chunkCount {
      let bytes = try contents(ofChunk: chunk)
      guard try entry(chunk, 0) == Int(document) else {
        throw file.corrupt(1, at: Self.entrySize * chunk, "a chunk's first document is wrong")
      }
      do throws(FormatError) {
        var reader = ByteReader(bytes.rawSpan)
        while !reader.isAtEnd {
          let range = try reader.readRange(
            count: try reader.readCount("record", atMost: bytes.count))
          // Whoever is given a number looks things up by it.
          guard Int(document) < documentCount else {
            throw .invalidValue(field: "record", value: UInt64(document), offset: range.lowerBound)
          }
          try body(document, bytes.rawSpan.extracting(range))
          document += 1
        }
      } catch {
        throw file.corrupt(0, at: try entry(chunk, 1), "in a chunk of records, \(error)")
      }
    }
    guard Int(document) == documentCount else {
      throw file.corrupt(1, at: 0, "there are \(document) records for \(documentCount) documents")
    }
  }

  /// The chunk that holds `document`.
  func chunk(of document: Int) throws(IndexError) -> Int {
    var low = 0
    var high = chunkCount
    while low < high {
      let middle = (low + high) / 2
      if try entry(middle, 0) <= document { low = middle + 1 } else { high = middle }
    }
    guard low > 0, document < documentCount else {
      throw file.corrupt(1, at: 0, "there is no document \(document)")
    }
    return low - 1
  }

  /// A number of a chunk's entry: 0 first document, 1 offset, 2 bytes when decompressed.
  private func entry(_ chunk: Int, _ field: Int) throws(IndexError) -> Int {
    let offset = Self.entrySize * chunk + 8 * field
    // Nothing is larger than this, so sums of two do not overflow.
    guard let value = file.section(1).load(UInt64.self, at: offset), value < 1 << 48 else {
      throw file.corrupt(1, at: offset, "a chunk's entry is wrong")
    }
    return Int(value)
  }

  /// The documents of a chunk.
  func documents(ofChunk chunk: Int) throws(IndexError) -> Range<Int> {
    let start = try entry(chunk, 0)
    let end = chunk + 1 < chunkCount ? try entry(chunk + 1, 0) : documentCount
    guard start < end else {
      throw file.corrupt(1, at: Self.entrySize * chunk, "a chunk's first document is wrong")
    }
    return start..<end
  }

  /// A chunk as it is in the file.
  func frame(ofChunk chunk: Int) throws(IndexError) -> StoredFrame {
    let (range, size) = try place(ofChunk: chunk)
    return StoredFrame(bytes: file.section(0).extracting(range).copied(), byteCount: size)
  }

  /// The content hashes of a chunk's documents.
  func hashes(ofChunk chunk: Int) throws(IndexError) -> [UInt64] {
    try documents(ofChunk: chunk).map { document in
      file.section(2).load(UInt64.self, at: StoredRows.hashSize * document) ?? 0
    }
  }

  /// The records of a chunk, one behind the other.
  func contents(ofChunk chunk: Int) throws(IndexError) -> [UInt8] {
    let (range, size) = try place(ofChunk: chunk)
    let frame = file.section(0).extracting(range)
    let contents: [UInt8]
    do throws(FormatError) { contents = try Decompressor.decompress(frame, count: size) } catch {
      throw file.corrupt(0, at: range.lowerBound, "a chunk of records cannot be decompressed")
    }
    guard hasHashes else { return contents }
    let first = try entry(chunk, 0)
    do throws(FormatError) {
      return try StoredRows.decode(contents, hashes: file.section(2), first: first)
    } catch {
      throw corrupt(inChunk: chunk, error)
    }
  }

  /// Where each record is in the contents of a chunk.
  func records(_ bytes: [UInt8], ofChunk chunk: Int) throws(IndexError) -> [Range<Int>] {
    var records: [Range<Int>] = []
    do throws(FormatError) {
      var reader = ByteReader(bytes.rawSpan)
      while !reader.isAtEnd {
        records.append(
          try reader.readRange(count: try reader.readCount("record", atMost: bytes.count)))
      }
    } catch {
      throw corrupt(inChunk: chunk, error)
    }
    return records
  }

  /// An error in the contents of a chunk.
  func corrupt(inChunk chunk: Int, _ error: FormatError) -> IndexError {
    let entry = file.section(1).load(UInt64.self, at: Self.entrySize * chunk + 8) ?? 0
    return file.corrupt(0, at: Int(clamping: entry), "in a chunk of records, \(error)")
  }

  private func place(ofChunk chunk: Int) throws(IndexError) -> (Range<Int>, byteCount: Int) {
    let start = try entry(chunk, 1)
    let end = chunk + 1 < chunkCount ? try entry(chunk + 1, 1) : file.sections[0].count
    let size = try entry(chunk, 2)
    // zstd's best ratio is below 2¹⁶, so that a damaged size does not ask for all memory.
    guard start < end, end <= file.sections[0].count, size >> 16 <= end - start else {
      throw file.corrupt(1, at: Self.entrySize * chunk, "a chunk is out of bounds")
    }
    return (start..<end, size)
  }
}

/// Writes a ``StoredFile``, chunk by chunk.
final class StoredFileWriter {
  private let output: SegmentFileWriter
  private var entries: [UInt64] = []
  /// Nil where the file has none.
  private var hashes: SpilledColumn<UInt64>?
  private var documentCount = 0
  private var written = 0

  init(_ kind: SegmentFile.Kind, folder: String) throws(SystemError) {
    if kind == .documents { hashes = SpilledColumn(path: "\(folder)/\(kind.rawValue).hashes") }
    output = try SegmentFileWriter(kind, folder: folder)
    try output.beginSection()
  }

  /// Appends the compressed records of a chunk.
  func add(_ frame: StoredFrame, of chunk: StoredChunk) throws(SystemError) {
    entries += [UInt64(documentCount), UInt64(written), UInt64(frame.byteCount)]
    try output.write(frame.bytes)
    documentCount += chunk.documentCount
    try hashes?.append(chunk.hashes)
    written += frame.bytes.count
  }

  /// Writes the tables and brings the file to disk.
  func finish(_ id: SegmentID) throws(SystemError) -> SegmentInfo.File {
    try output.beginSection()
    try output.write(entries)
    try hashes?.writeSection(to: output)
    return try output.finish(id)
  }
}
