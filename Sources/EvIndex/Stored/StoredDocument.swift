internal import EvBytes

/// What a segment keeps of a document besides its text and its postings.
///
/// A record of the file `documents`, which keeps hash and path apart; see ``StoredRows``:
///
///     field          type
///     content hash   8
///     path           text
///     title          text
///     positions      varint
///     text length    difference: bytes, less six for each position
///     known          byte: 1 date, 2 source, 4 language, 8 url, 16 tags, 32 encoding, 64 file
///     date … url     text each, where known
///     tags           varint, then as many texts, where known
///     encoding       text, where known
///     file           varint, where known: bytes of the path that are the path of the record's file
public struct StoredDocument: Equatable, Sendable {
  /// XXH3 of everything that was indexed of the document: what it is known by, and found changed by.
  public var contentHash: UInt64
  /// The document's name in the collection.
  public var path: String
  /// ``Document/fileByteCount``.
  public var fileByteCount: Int?
  /// Its title; empty where it has none.
  public var title: String
  /// The length of its text in bytes.
  public var textByteCount: Int
  /// Its length in positions.
  public var positionCount: Int
  /// What else is known.
  public var metadata: Document.Metadata

  /// About as many bytes as a position has, white space included; what is above or below is small.
  private static let bytesOfPosition = 6

  private static func readTextLength(
    _ positionCount: Int, from reader: inout ByteReader
  ) throws(FormatError) -> Int {
    let start = reader.offset
    let count = bytesOfPosition * positionCount + (try reader.readDifference())
    guard 0...Int(UInt32.max) ~= count else {
      throw .invalidValue(field: "text length", value: UInt64(clamping: count), offset: start)
    }
    return count
  }

  /// Appends all fields but the hash.
  func encode(to writer: inout ByteWriter) {
    writer.writeString(path)
    writer.writeString(title)
    writer.writeCount(positionCount)
    writer.writeDifference(textByteCount - Self.bytesOfPosition * positionCount)
    let texts = [metadata.date, metadata.source, metadata.language, metadata.url]
    var known: UInt8 = metadata.tags.isEmpty ? 0 : 16
    if metadata.encoding != nil { known |= 32 }
    if fileByteCount != nil { known |= 64 }
    for (bit, text) in texts.enumerated() where text != nil { known |= 1 << UInt8(bit) }
    writer.writeByte(known)
    for text in texts { if let text { writer.writeString(text) } }
    if !metadata.tags.isEmpty {
      writer.writeCount(metadata.tags.count)
      for tag in metadata.tags { writer.writeString(tag) }
    }
    if let encoding = metadata.encoding { writer.writeString(encoding) }
    if let fileByteCount { writer.writeCount(fileByteCount) }
  }

  /// The path of the file that the document is, or is a record of.
  public var filePath: String {
    guard let fileByteCount else { return path }
    return String(decoding: path.utf8.prefix(fileByteCount), as: UTF8.self)
  }

  /// What a merge has to know of a record.
  struct Outline {
    var contentHash: UInt64
    /// Where the path's UTF-8 is in the record.
    var path: Range<Int>
    var textByteCount: Int
    var positionCount: UInt32
  }

  /// Reads the beginning of a record only.
  static func outline(_ bytes: RawSpan) throws(FormatError) -> Outline {
    var reader = ByteReader(bytes)
    let hash = try reader.read(UInt64.self)
    let path = try reader.readRange(count: try reader.readCount("path", atMost: bytes.byteCount))
    _ = try reader.readRange(count: try reader.readCount("title", atMost: bytes.byteCount))
    let positionCount = try reader.readVarint32()
    return Outline(
      contentHash: hash, path: path,
      textByteCount: try readTextLength(Int(positionCount), from: &reader),
      positionCount: positionCount)
  }

  /// Reads a record.
  static func decode(_ bytes: RawSpan) throws(FormatError) -> StoredDocument {
    var reader = ByteReader(bytes)
    let hash = try reader.read(UInt64.self)
    let path = try reader.readString("path")
    let title = try reader.readString("title")
    let positionCount = try reader.readCount("positions", atMost: Int(UInt32.max))
    let textByteCount = try readTextLength(positionCount, from: &reader)
    let known = try reader.read(UInt8.self)
    var metadata = Document.Metadata()
    if known & 1 != 0 { metadata.date = try reader.readString("date") }
    if known & 2 != 0 { metadata.source = try reader.readString("source") }
    if known & 4 != 0 { metadata.language = try reader.readString("language") }
    if known & 8 != 0 { metadata.url = try reader.readString("url") }
    if known & 16 != 0 {
      for _ in 0..<(try reader.readCount("tags", atMost: bytes.byteCount)) {
        metadata.tags.append(try reader.readString("tag"))
      }
    }
    if known & 32 != 0 { metadata.encoding = try reader.readString("encoding") }
    var fileByteCount: Int?
    if known & 64 != 0 {
      fileByteCount = try reader.readCount("file", atMost: path.utf8.count)
    }
    return StoredDocument(
      contentHash: hash, path: path, fileByteCount: fileByteCount, title: title,
      textByteCount: textByteCount, positionCount: positionCount, metadata: metadata)
  }
}
