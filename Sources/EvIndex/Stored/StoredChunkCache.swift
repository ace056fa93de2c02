internal import EvBytes

/// Records of one file, with the chunks that were read last kept in memory.
///
/// A merge reads documents nearly in order; in another order several chunks are in use at once.
final class StoredChunkCache {
  let file: StoredFile

  private var chunks: [Entry] = []
  private var clock = 0
  private let capacity: Int

  private struct Entry {
    var chunk: Int
    var first: Int
    var bytes: [UInt8]
    var records: [Range<Int>]
    var lastUse: Int
  }

  /// - Parameter capacity: Chunks that are kept; at least 1.
  init(_ file: StoredFile, capacity: Int = 16) {
    self.file = file
    self.capacity = capacity
  }

  /// Hands the record of `document` to `body`.
  func withRecord<Result>(
    _ document: Int, _ body: (RawSpan) throws(FormatError) -> Result
  ) throws(IndexError) -> Result {
    let place = try find(document)
    let entry = chunks[place]
    let range = entry.records[document - entry.first]
    do throws(FormatError) { return try body(entry.bytes.rawSpan.extracting(range)) } catch {
      throw file.corrupt(inChunk: entry.chunk, error)
    }
  }

  /// Where in `chunks` the chunk of `document` is.
  private func find(_ document: Int) throws(IndexError) -> Int {
    clock += 1
    for (place, entry) in chunks.enumerated()
    where document >= entry.first && document - entry.first < entry.records.count {
      chunks[place].lastUse = clock
      return place
    }
    let chunk = try file.chunk(of: document)
    let first = try file.documents(ofChunk: chunk)
    let bytes = try file.contents(ofChunk: chunk)
    let records = try file.records(bytes, ofChunk: chunk)
    guard records.count == first.count else {
      throw file.corrupt(
        inChunk: chunk,
        .invalidValue(field: "number of records", value: UInt64(records.count), offset: 0))
    }
    let entry = Entry(
      chunk: chunk, first: first.lowerBound, bytes: bytes, records: records, lastUse: clock)
    guard chunks.count >= capacity else {
      chunks.append(entry)
      return chunks.count - 1
    }
    let oldest = chunks.indices.min { chunks[$0].lastUse < chunks[$1].lastUse } ?? 0
    chunks[oldest] = entry
    return oldest
  }
}
