internal import EvBytes

/// What a scan says of a source file.
public struct SourceFile: Equatable, Sendable {
  /// The path from the collection's root.
  public var path: String
  /// Bytes.
  public var byteCount: Int
  /// When it was last written, in nanoseconds since 1970.
  public var modificationTime: Int64
  /// Its number in its file system.
  public var inode: UInt64

  /// Creates a file.
  public init(path: String, byteCount: Int, modificationTime: Int64, inode: UInt64) {
    self.path = path
    self.byteCount = byteCount
    self.modificationTime = modificationTime
    self.inode = inode
  }
}

/// A source file as it was when it was indexed.
struct IndexedFile: Equatable, Sendable {
  var file: SourceFile
  /// XXH3 of its bytes.
  var contentHash: UInt64
}

/// The source files that an index was made from; the file `files` of its folder.
///
/// It only saves work: where it is missing, or belongs to another commit than the last, all files are
/// read. It is the one file of an index that depends on the machine.
///
///     field        type
///     manifest     8, the checksum of the manifest that it belongs to
///     made at      8, nanoseconds since 1970, when the files were listed
///     reader       text, what the documents depend on besides the files' bytes
///     files        varint, then for each, ascending by the bytes of its path: path (text), bytes
///                  (varint), modification time (8), inode (8), content hash (8)
struct FileTable: Equatable, Sendable {
  var manifestChecksum: UInt64
  var madeAt: Int64
  var reader: String
  var files: [IndexedFile]

  static let name = SegmentFile.Kind.files.rawValue

  /// A time that is no older than this when the files are listed may hide a later change: a file can be
  /// written twice within one tick of the file system's clock, which is two seconds on the coarsest.
  private static let clockTick: Int64 = 2_000_000_000

  /// Whether a time is so close to the listing that an equal time later proves nothing.
  func isFresh(_ modificationTime: Int64) -> Bool {
    modificationTime >= madeAt - Self.clockTick
  }

  /// Whether the next update has to hash some file although its times are as they were.
  var hasFreshFiles: Bool { files.contains { isFresh($0.file.modificationTime) } }

  /// Replaces the table in the index's folder.
  func write(to folder: String) throws(SystemError) {
    var writer = ByteWriter()
    writer.write(manifestChecksum)
    writer.write(UInt64(bitPattern: madeAt))
    writer.writeString(reader)
    writer.writeCount(files.count)
    for entry in files {
      writer.writeString(entry.file.path)
      writer.writeCount(entry.file.byteCount)
      writer.write(UInt64(bitPattern: entry.file.modificationTime))
      writer.write(entry.file.inode)
      writer.write(entry.contentHash)
    }
    let building = folder + "/" + IndexFolder.buildingName
    try FileSystem.remove(building)
    try FileSystem.makeFolder(building)
    let output = try SegmentFileWriter(.files, folder: building)
    try output.beginSection()
    try output.write(writer.bytes)
    _ = try output.finish(SegmentID(rawValue: 0))
    try FileSystem.rename(building + "/" + Self.name, to: folder + "/" + Self.name)
    try FileSystem.synchronizeFolder(folder)
    try FileSystem.remove(building)
  }

  /// Reads and verifies the table in the index's folder.
  static func read(from folder: String) throws(IndexError) -> FileTable {
    let file = try SegmentFileReader(.files, path: folder + "/" + name, sectionCount: 1)
    try file.verify()
    do throws(FormatError) { return try decode(file.section(0)) } catch {
      throw file.corrupt(0, error)
    }
  }

  private static func decode(_ bytes: RawSpan) throws(FormatError) -> FileTable {
    var reader = ByteReader(bytes)
    var table = FileTable(
      manifestChecksum: try reader.read(UInt64.self),
      madeAt: Int64(bitPattern: try reader.read(UInt64.self)),
      reader: try reader.readString("reader"), files: [])
    for _ in 0..<(try reader.readCount("files", atMost: bytes.byteCount)) {
      let path = try reader.readString("path")
      let byteCount = try reader.readCount("bytes", atMost: .max)
      let time = Int64(bitPattern: try reader.read(UInt64.self))
      let file = SourceFile(
        path: path, byteCount: byteCount, modificationTime: time,
        inode: try reader.read(UInt64.self))
      table.files.append(IndexedFile(file: file, contentHash: try reader.read(UInt64.self)))
    }
    return table
  }
}
