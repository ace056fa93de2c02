internal import EvBytes

/// The records of a chunk of the file `documents` without what the others of the chunk say as well, and
/// without their hashes, which nothing compresses.
///
/// A row is: its length (varint); how many bytes of the path are those of the path of the row in front, 0
/// in the first (varint); the length of the rest of the path (varint), and the rest; the record behind the
/// path.
enum StoredRows {
  /// Bytes of a hash.
  static let hashSize = 8

  /// Takes records, each behind its length, apart.
  static func encode(
    _ records: [UInt8]
  ) throws(FormatError) -> (rows: [UInt8], hashes: [UInt64]) {
    var reader = ByteReader(records.rawSpan)
    var rows = ByteWriter()
    var row = ByteWriter()
    var hashes: [UInt64] = []
    var previous = 0..<0
    while !reader.isAtEnd {
      let range = try reader.readRange(
        count: try reader.readCount("record", atMost: records.count))
      var record = ByteReader(records.rawSpan, at: range.lowerBound)
      hashes.append(try record.read(UInt64.self))
      let path = try record.readRange(count: try record.readCount("path", atMost: records.count))
      let shared = records.rawSpan.extracting(path)
        .commonPrefixLength(with: records.rawSpan.extracting(previous))
      previous = path
      row.removeAll()
      row.writeCount(shared)
      row.writeCount(path.count - shared)
      row.write(contentsOf: records[path.lowerBound + shared..<range.upperBound])
      rows.writeCount(row.count)
      rows.write(contentsOf: row.bytes)
    }
    return (rows.bytes, hashes)
  }

  /// Puts records together again, each behind its length.
  ///
  /// - Parameters:
  ///   - hashes: 8 bytes a document.
  ///   - first: The number of the first document.
  static func decode(
    _ rows: [UInt8], hashes: RawSpan, first: Int
  ) throws(FormatError) -> [UInt8] {
    var reader = ByteReader(rows.rawSpan)
    var records = ByteWriter()
    var head = ByteWriter()
    var path: [UInt8] = []
    var document = first
    while !reader.isAtEnd {
      let end = try reader.readRange(count: try reader.readCount("record", atMost: rows.count))
      var row = ByteReader(rows.rawSpan, at: end.lowerBound)
      let shared = try row.readCount("shared bytes", atMost: path.count)
      let rest = try row.readRange(count: try row.readCount("path", atMost: rows.count))
      guard rest.upperBound <= end.upperBound,
        let hash = hashes.load(UInt64.self, at: hashSize * document)
      else { throw .truncated(offset: end.lowerBound) }
      path.removeLast(path.count - shared)
      path += rows[rest]
      head.removeAll()
      head.write(hash)
      head.writeCount(path.count)
      records.writeCount(head.count + path.count + end.upperBound - rest.upperBound)
      records.write(contentsOf: head.bytes)
      records.write(contentsOf: path)
      records.write(contentsOf: rows[rest.upperBound..<end.upperBound])
      document += 1
    }
    return records.bytes
  }
}
