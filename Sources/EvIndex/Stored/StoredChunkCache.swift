internal import EvBytes

/// Records of several files, with the chunks that were read last kept in memory.
///
/// A merge reads documents nearly in order; in another order several chunks are in use at once, of one file
/// more than of the others. So all files share what is kept.
final class StoredChunkCache {
  private let files: [StoredFile]
  private var chunks: [Entry] = []
  private var byteCount = 0
  private var clock = 0

  private struct Entry {
    var file: Int
    var chunk: Int
    var first: Int
    var bytes: [UInt8]
    var records: [Range<Int>]
    var lastUse: Int

    /// Bytes in memory, about.
    var byteCount: Int { bytes.count + 16 * records.count }
  }

  /// Bytes of chunks that are kept; the chunk that was read last is kept whatever its size.
  private static let capacity = 4 << 20

  init(_ files: [StoredFile]) {
    self.files = files
  }

  convenience init(_ file: StoredFile) {
    self.init([file])
  }

  /// Hands the record of `document` to `body`.
  ///
  /// - Parameter file: The place of its file among those of the cache.
  func withRecord<Result>(
    _ document: Int, ofFile file: Int = 0, _ body: (RawSpan) throws(FormatError) -> Result
  ) throws(IndexError) -> Result {
    let entry = chunks[try find(document, file)]
    let range = entry.records[document - entry.first]
    do throws(FormatError) { return try body(entry.bytes.rawSpan.extracting(range)) } catch {
      throw files[file].corrupt(inChunk: entry.chunk, error)
    }
  }

  /// Where in `chunks` the chunk of `document` is.
  private func find(_ document: Int, _ file: Int) throws(IndexError) -> Int {
    clock += 1
    for (place, entry) in chunks.enumerated()
    where entry.file == file && document >= entry.first
      && document - entry.first < entry.records.count
    {
      chunks[place].lastUse = clock
      return place
    }
    let entry = try read(document, file)
    while !chunks.isEmpty, byteCount + entry.byteCount > Self.capacity { removeOldest() }
    byteCount += entry.byteCount
    chunks.append(entry)
    return chunks.count - 1
  }

  private func read(_ document: Int, _ number: Int) throws(IndexError) -> Entry {
    let file = files[number]
    let chunk = try file.chunk(of: document)
    let first = try file.documents(ofChunk: chunk)
    let bytes = try file.contents(ofChunk: chunk)
    let records = try file.records(bytes, ofChunk: chunk)
    guard records.count == first.count else {
      throw file.corrupt(
        inChunk: chunk,
        .invalidValue(field: "number of records", value: UInt64(records.count), offset: 0))
    }
    return Entry(
      file: number, chunk: chunk, first: first.lowerBound, bytes: bytes, records: records,
      lastUse: clock)
  }

  private func removeOldest() {
    guard let oldest = chunks.indices.min(by: { chunks[$0].lastUse < chunks[$1].lastUse }) else {
      return
    }
    byteCount -= chunks[oldest].byteCount
    chunks.remove(at: oldest)
  }
}
