internal import EvBytes

/// Compressed records.
struct StoredFrame: Sendable {
  /// The zstd frame.
  var bytes: [UInt8]
  /// Bytes when decompressed.
  var byteCount: Int
}

/// The records of consecutive documents, compressed; the unit that the files of records are made of.
struct StoredChunk: Sendable {
  /// The content hash of each document.
  var hashes: [UInt64]
  var documents: StoredFrame
  /// Nil where the index keeps no text.
  var texts: StoredFrame?

  var documentCount: Int { hashes.count }
}

/// Gathers records until they make a chunk.
struct StoredChunkBuilder {
  /// Documents gathered.
  private(set) var documentCount = 0

  /// Bytes of text of these documents.
  private(set) var textByteCount = 0

  private var documents = ByteWriter()
  private var texts = ByteWriter()

  /// Whether the documents make a chunk; the next one belongs to another.
  func isFull(storesText: Bool) -> Bool {
    textByteCount >= StoredFile.chunkTextBytes(storesText: storesText)
  }

  /// Begins the record of the next document, which is appended to the writers by `body`.
  ///
  /// - Parameter textByteCount: Bytes of the document's text, whether it is kept or not.
  mutating func add(
    textByteCount: Int, _ body: (_ documents: inout ByteWriter, _ texts: inout ByteWriter) -> Void
  ) {
    documentCount += 1
    self.textByteCount += textByteCount
    body(&documents, &texts)
  }

  /// Compresses what was gathered, and begins anew.
  mutating func finish(
    _ compressor: Compressor, storesText: Bool
  ) throws(IndexError) -> StoredChunk {
    let rows: [UInt8]
    let hashes: [UInt64]
    do throws(FormatError) { (rows, hashes) = try StoredRows.encode(documents.bytes) } catch {
      preconditionFailure("a record that was written cannot be read: \(error)")
    }
    let chunk = StoredChunk(
      hashes: hashes,
      documents: StoredFrame(bytes: try compressor.compress(rows), byteCount: rows.count),
      texts: storesText
        ? StoredFrame(bytes: try compressor.compress(texts.bytes), byteCount: texts.count) : nil)
    documentCount = 0
    textByteCount = 0
    documents.removeAll()
    texts.removeAll()
    return chunk
  }
}
