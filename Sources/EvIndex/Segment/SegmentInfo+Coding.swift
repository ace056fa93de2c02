internal import EvAnalysis
internal import EvBytes

// The bytes of a segment's table of contents; SegmentInfo.swift has the layout.

extension SegmentInfo {
  /// The bytes of the section.
  package var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.writeByte(analysis.kind.rawValue)
    writer.writeVarint(UInt64(analysis.version))
    writer.writeString(analysis.icu)
    writer.writeString(analysis.unicode)
    writer.writeByte(storesText ? 1 : 0)
    writer.writeCount(documentCount)
    writer.writeCount(nonEmptyDocumentCount)
    writer.writeVarint(totalLength)
    writer.writeVarint(tokenCount)
    writer.writeCount(termCount)
    writer.writeCount(files.count)
    for file in files {
      writer.writeString(file.kind.rawValue)
      writer.writeCount(file.byteCount)
      writer.write(file.checksum)
    }
    return writer.bytes
  }

  /// Writes the file `segment` in `folder`.
  ///
  /// - Returns: Its entry, for the manifest.
  func write(to folder: String) throws(SystemError) -> File {
    let output = try SegmentFileWriter(.segment, folder: folder)
    try output.beginSection()
    try output.write(encoded)
    return try output.finish(id)
  }

  /// Reads and verifies the file `segment` in `folder`.
  static func read(from folder: String) throws(IndexError) -> SegmentInfo {
    let file = try SegmentFileReader(.segment, path: folder + "/segment", sectionCount: 1)
    try file.verify()
    do throws(FormatError) {
      return try decode(file.section(0), id: file.id)
    } catch {
      throw file.corrupt(0, error)
    }
  }

  /// Sums of a few such numbers do not overflow.
  private static let largest = 1 << 56

  private static func decode(_ bytes: RawSpan, id: SegmentID) throws(FormatError) -> SegmentInfo {
    var reader = ByteReader(bytes)
    let kindCode = try reader.read(UInt8.self)
    guard let kind = Analyzer.Kind(rawValue: kindCode) else {
      throw .invalidValue(field: "analyzer", value: UInt64(kindCode), offset: 0)
    }
    let stamp = AnalysisStamp(
      kind: kind, version: try reader.readVarint32(), icu: try reader.readString("ICU version"),
      unicode: try reader.readString("Unicode version"))
    let storesText = try reader.read(UInt8.self) != 0
    let documents = try reader.readCount("documents", atMost: Int(UInt32.max) - 1)
    let nonEmpty = try reader.readCount("documents with a word", atMost: documents)
    let totalLength = try reader.readCount("positions", atMost: largest)
    let tokens = try reader.readCount("tokens", atMost: largest)
    let terms = try reader.readCount("terms", atMost: Int(UInt32.max) - 1)
    let fileCount = try reader.readCount("files", atMost: SegmentFile.Kind.allCases.count)
    var files: [File] = []
    for _ in 0..<fileCount {
      let offset = reader.offset
      let name = try reader.readString("file")
      guard let kind = SegmentFile.Kind(rawValue: name) else {
        throw .invalidValue(field: "file", value: 0, offset: offset)
      }
      let byteCount = try reader.readCount("bytes", atMost: largest)
      files.append(File(kind: kind, byteCount: byteCount, checksum: try reader.read(UInt64.self)))
    }
    return SegmentInfo(
      id: id, analysis: stamp, storesText: storesText, documentCount: documents,
      nonEmptyDocumentCount: nonEmpty, totalLength: UInt64(totalLength), tokenCount: UInt64(tokens),
      termCount: terms, files: files)
  }
}
