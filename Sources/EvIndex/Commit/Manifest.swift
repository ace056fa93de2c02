internal import EvBytes

/// A file that was not indexed, and why.
public struct SkippedFile: Equatable, Sendable {
  /// The file, relative to the collection's root; with `:line` for a record.
  public var path: String
  /// The reason, in words.
  public var reason: String

  /// Creates an entry.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// What an index consists of at one moment; the file `manifest`, replaced as a whole at each commit.
///
/// One section:
///
///     field            type
///     generation       varint, 1 for the first commit
///     segments         varint, then for each: id (8), checksum of its table of contents (8), whether
///                      documents are deleted (byte, 0 or 1), if so the checksum of the file that
///                      says which (8)
///     skipped files    varint, then for each: path (text), reason (text)
public struct Manifest: Equatable, Sendable {
  /// A segment of the index.
  public struct Segment: Hashable, Sendable {
    /// The segment; also its folder's name.
    public var id: SegmentID
    /// The checksum of its file `segment`.
    public var checksum: UInt64
    /// The checksum of the file that says which of its documents are deleted; nil where none is.
    public var deletions: UInt64?
  }

  /// How many commits there were, this one included.
  public var generation: UInt64
  /// The segments, in the order of their documents.
  public var segments: [Segment]
  /// What was not indexed.
  public var skipped: [SkippedFile]

  /// The file's name in the index's folder.
  static let name = SegmentFile.Kind.manifest.rawValue

  /// Replaces the manifest in `folder`: the commit.
  func write(to folder: String) throws(SystemError) {
    var writer = ByteWriter()
    writer.writeVarint(generation)
    writer.writeCount(segments.count)
    for segment in segments {
      writer.write(segment.id.rawValue)
      writer.write(segment.checksum)
      writer.writeByte(segment.deletions == nil ? 0 : 1)
      if let deletions = segment.deletions { writer.write(deletions) }
    }
    writer.writeCount(skipped.count)
    for file in skipped {
      writer.writeString(file.path)
      writer.writeString(file.reason)
    }
    let building = folder + "/" + IndexFolder.buildingName
    try FileSystem.remove(building)
    try FileSystem.makeFolder(building)
    let output = try SegmentFileWriter(.manifest, folder: building)
    try output.beginSection()
    try output.write(writer.bytes)
    _ = try output.finish(SegmentID(rawValue: 0))
    try FileSystem.rename(building + "/" + Self.name, to: folder + "/" + Self.name)
    try FileSystem.synchronizeFolder(folder)
    try FileSystem.remove(building)
  }

  /// Reads and verifies the manifest in `folder`.
  ///
  /// - Throws: ``IndexError/notFound(path:)`` where there is none.
  static func read(from folder: String) throws(IndexError) -> Manifest {
    let path = folder + "/" + name
    guard FileSystem.exists(path) else { throw .notFound(path: folder) }
    let file = try SegmentFileReader(.manifest, path: path, sectionCount: 1)
    try file.verify()
    do throws(FormatError) { return try decode(file.section(0)) } catch {
      throw file.corrupt(0, error)
    }
  }

  /// The checksum of the manifest in `folder`.
  static func checksum(in folder: String) throws(IndexError) -> UInt64 {
    try SegmentFileReader(.manifest, path: folder + "/" + name, sectionCount: 1).checksum
  }

  private static func decode(_ bytes: RawSpan) throws(FormatError) -> Manifest {
    var reader = ByteReader(bytes)
    var manifest = Manifest(generation: try reader.readVarint(), segments: [], skipped: [])
    for _ in 0..<(try reader.readCount("segments", atMost: bytes.byteCount)) {
      let id = SegmentID(rawValue: try reader.read(UInt64.self))
      var segment = Segment(id: id, checksum: try reader.read(UInt64.self))
      if try reader.readCount("deletions", atMost: 1) == 1 {
        segment.deletions = try reader.read(UInt64.self)
      }
      manifest.segments.append(segment)
    }
    for _ in 0..<(try reader.readCount("skipped files", atMost: bytes.byteCount)) {
      let path = try reader.readString("path")
      manifest.skipped.append(SkippedFile(path: path, reason: try reader.readString("reason")))
    }
    return manifest
  }
}
