package import EvBytes

/// The frame that all files of an index share.
///
///     offset        bytes   field
///     0             8       magic "EVSEARCH"
///     8             4       kind, four ASCII letters
///     12            4       format version
///     16            48      zero
///     64            …       sections, each at a multiple of 64, zeros between
///     …             16 × n  for each section: offset (8), length in bytes (8)
///     end − 32      8       segment id
///     end − 24      4       n, the number of sections
///     end − 20      4       kind again
///     end − 16      8       XXH3 of all bytes before it
///     end − 8       8       magic again
///
/// The footer has what is known last, so that a file is written front to back. Integers are unsigned and
/// little-endian, here and in all files.
package enum SegmentFile {
  /// Raised with every change of the bytes of any file.
  ///
  /// - 1: the first.
  /// - 2: occurrences in titles and headings, bounds for two sets of parameters; terms of fields, dates, stems;
  ///   the encoding of a document and the file of a record are kept.
  package static let version: UInt32 = 2

  static let magic: [UInt8] = Array("EVSEARCH".utf8)
  static let headerSize = 64
  static let alignment = 64
  static let trailerSize = 32

  /// What a file holds; its raw value is the file's name in its segment.
  package enum Kind: String, CaseIterable, Sendable {
    /// The words and what is known of each.
    case terms
    /// Documents and frequencies of each term, and the metadata of their blocks.
    case postings
    /// Positions of each term in each document.
    case positions
    /// A byte a document: its length.
    case norms
    /// The day of each document.
    case dates
    /// What is known about each document, without its text.
    case documents
    /// Text, sentences and source map of each document.
    case texts
    /// The terms by their stems.
    case forms
    /// The segment's own table of contents.
    case segment
    /// Which documents of a segment are deleted.
    case deletions
    /// The index's list of segments.
    case manifest
    /// What the files were like that the index was made from.
    case files

    var letters: [UInt8] { Array(rawValue.utf8.prefix(4)) }
  }
}

/// Writes one file of a segment, section by section.
package final class SegmentFileWriter {
  private let kind: SegmentFile.Kind
  private let output: FileWriter
  private var sections: [(offset: Int, length: Int)] = []

  /// Creates the file in `folder`, under the name of its kind.
  package init(_ kind: SegmentFile.Kind, folder: String) throws(SystemError) {
    self.kind = kind
    output = try FileWriter(path: folder + "/" + kind.rawValue)
    var header = ByteWriter()
    header.write(contentsOf: SegmentFile.magic)
    header.write(contentsOf: kind.letters)
    header.write(SegmentFile.version)
    header.pad(to: SegmentFile.headerSize)
    try output.write(header.bytes)
  }

  /// Begins the next section; what is written from here belongs to it.
  package func beginSection() throws(SystemError) {
    endSection()
    try output.pad(to: SegmentFile.alignment)
    sections.append((output.count, 0))
  }

  /// Bytes of the current section so far.
  package var sectionLength: Int { output.count - (sections.last?.offset ?? 0) }

  /// Appends bytes to the current section.
  package func write(_ bytes: [UInt8]) throws(SystemError) {
    try output.write(bytes)
  }

  /// Appends integers to the current section.
  package func write<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ values: [Integer]
  ) throws(SystemError) {
    // The machines that this builds on are little-endian, as the format is.
    try output.write(values.rawSpan)
  }

  /// Writes the footer and brings the file to disk.
  ///
  /// - Parameter id: The segment that the file belongs to.
  /// - Returns: The file's entry in the segment's table of contents.
  package func finish(_ id: SegmentID) throws(SystemError) -> SegmentInfo.File {
    endSection()
    try output.pad(to: 8)
    var footer = ByteWriter()
    for section in sections {
      footer.write(UInt64(section.offset))
      footer.write(UInt64(section.length))
    }
    footer.write(id.rawValue)
    footer.write(UInt32(sections.count))
    footer.write(contentsOf: kind.letters)
    try output.write(footer.bytes)
    let checksum = try output.checksumSoFar()
    var end = ByteWriter()
    end.write(checksum)
    end.write(contentsOf: SegmentFile.magic)
    try output.write(end.bytes)
    try output.finish()
    return SegmentInfo.File(kind: kind, byteCount: output.count, checksum: checksum)
  }

  private func endSection() {
    guard let last = sections.indices.last, sections[last].length == 0 else { return }
    sections[last].length = output.count - sections[last].offset
  }
}
