package import EvBytes

/// One mapped file of a segment.
///
/// Opening checks the frame: magic, kind, version, id, and that every section lies inside the file.
/// ``verify()`` checks the bytes.
@safe
package final class SegmentFileReader: Sendable {
  /// The file's path, for messages.
  package var path: String { file.path }

  /// Where the sections are in the file.
  package let sections: [Range<Int>]

  /// The checksum that the file's footer states.
  package let checksum: UInt64

  /// The segment that the file says it belongs to.
  package let id: SegmentID

  /// Keeps the mapping that `start` points into.
  private let file: MappedFile
  private nonisolated(unsafe) let start: UnsafeRawPointer

  /// The first byte of the file, for kernels that check their bounds; valid as long as the object.
  package var address: UnsafeRawPointer { unsafe start }

  /// Maps the file of `kind` at `path`.
  ///
  /// - Parameter sectionCount: How many sections a file of this kind has.
  /// - Throws: ``IndexError`` when the file is absent, of another version, or not framed as it should.
  package init(
    _ kind: SegmentFile.Kind, path: String, sectionCount: Int
  ) throws(IndexError) {
    let file: MappedFile
    do throws(SystemError) { file = try MappedFile(path: path) } catch { throw .system(error) }
    self.file = file
    unsafe start = file.start
    byteCount = file.byteCount
    (sections, id, checksum) = try Self.readFrame(
      file.bytes, kind, path: path, sectionCount: sectionCount)
  }

  private static func readFrame(
    _ bytes: RawSpan, _ kind: SegmentFile.Kind, path: String, sectionCount: Int
  ) throws(IndexError) -> (sections: [Range<Int>], id: SegmentID, checksum: UInt64) {
    let count = bytes.byteCount
    guard count >= SegmentFile.headerSize + SegmentFile.trailerSize else {
      throw .corrupt(file: path, offset: count, reason: "the file is cut short")
    }
    guard bytes.slice(0..<8)?.copied() == SegmentFile.magic else {
      throw .corrupt(file: path, offset: 0, reason: "it is not a file of evsearch")
    }
    guard bytes.slice(8..<12)?.copied() == kind.letters else {
      throw .corrupt(file: path, offset: 8, reason: "it is not a file of \(kind.rawValue)")
    }
    let version = bytes.load(UInt32.self, at: 12) ?? 0
    guard version == SegmentFile.version else {
      throw .unsupportedVersion(file: path, found: version, supported: SegmentFile.version)
    }
    guard bytes.slice(count - 8..<count)?.copied() == SegmentFile.magic,
      bytes.slice(count - 20..<count - 16)?.copied() == kind.letters
    else { throw .corrupt(file: path, offset: count - 8, reason: "the file is cut short") }

    let tableEnd = count - SegmentFile.trailerSize
    guard bytes.load(UInt32.self, at: tableEnd + 8) == UInt32(sectionCount),
      tableEnd - 16 * sectionCount >= SegmentFile.headerSize
    else {
      throw .corrupt(file: path, offset: tableEnd + 8, reason: "the number of sections is wrong")
    }
    let id = SegmentID(rawValue: bytes.load(UInt64.self, at: tableEnd) ?? 0)
    let checksum = bytes.load(UInt64.self, at: count - 16) ?? 0

    let table = tableEnd - 16 * sectionCount
    var sections: [Range<Int>] = []
    for entry in 0..<sectionCount {
      let offset = bytes.load(UInt64.self, at: table + 16 * entry) ?? .max
      let length = bytes.load(UInt64.self, at: table + 16 * entry + 8) ?? .max
      guard offset <= UInt64(table), length <= UInt64(table) - offset,
        offset % UInt64(SegmentFile.alignment) == 0
      else {
        throw .corrupt(file: path, offset: table + 16 * entry, reason: "a section is out of bounds")
      }
      sections.append(Int(offset)..<Int(offset + length))
    }
    return (sections, id, checksum)
  }

  /// All bytes of the file.
  package var bytes: RawSpan {
    @_lifetime(borrow self) get {
      // Safe: the mapping is a constant of this object, so it lives as long.
      let span = unsafe RawSpan(_unsafeStart: start, byteCount: byteCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The bytes of a section.
  @_lifetime(borrow self)
  package func section(_ index: Int) -> RawSpan {
    bytes.extracting(sections[index])
  }

  /// Compares the checksum of the bytes with the one in the footer.
  ///
  /// Of a large file, the memory that holds what was read is given back on the way.
  package func verify() throws(IndexError) {
    let covered = byteCount - 16
    let checksum = Checksum()
    for start in stride(from: 0, to: covered, by: Self.releaseInterval) {
      checksum.update(bytes.extracting(start..<min(covered, start + Self.releaseInterval)))
      if covered > Self.releaseInterval { releasePages() }
    }
    let found = checksum.value
    guard found == self.checksum else {
      throw IndexError(
        .checksumMismatch(expected: self.checksum, found: found, offset: covered), file: path)
    }
  }

  private static let releaseInterval = 8 << 20

  /// Gives back the memory that holds what was read of the file.
  func releasePages() { file.releasePages() }

  /// An error at `offset` of a section.
  package func corrupt(_ section: Int, _ error: FormatError) -> IndexError {
    .corrupt(
      file: path, offset: sections[section].lowerBound + error.offset,
      reason: "\(error.description) (section \(section))")
  }

  /// An error at `offset` of a section.
  package func corrupt(_ section: Int, at offset: Int, _ reason: String) -> IndexError {
    .corrupt(
      file: path, offset: sections[section].lowerBound + offset,
      reason: "\(reason) (section \(section))")
  }

  /// How many bytes the file has.
  package let byteCount: Int
}
