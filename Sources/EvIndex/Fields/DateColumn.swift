internal import EvBytes

/// The days of a segment's documents; the file `dates`, which a segment has if a document has a date.
///
///     section  type   contents
///     0        Int32  for each document its day, since 1 January 1970; −2³¹ where it is not known
package struct DateColumn: Sendable {
  /// What stands for a date that is not known.
  package static let unknown = Int32.min

  let reader: SegmentFileReader

  /// Writes the file, unless no document has a date.
  static func write(
    _ days: [Int32], to folder: String, _ id: SegmentID
  ) throws(SystemError) -> SegmentInfo.File? {
    guard days.contains(where: { $0 != unknown }) else { return nil }
    let output = try SegmentFileWriter(.dates, folder: folder)
    try output.beginSection()
    try output.write(days)
    return try output.finish(id)
  }

  /// Opens the file in a segment's folder.
  init(folder: String, documentCount: Int) throws(IndexError) {
    reader = try SegmentFileReader(.dates, path: folder + "/dates", sectionCount: 1)
    guard reader.sections[0].count == 4 * documentCount else {
      throw reader.corrupt(0, at: 0, "there are not as many dates as documents")
    }
  }

  /// The day of a document; ``unknown`` also for one that there is not.
  package func day(of document: UInt32) -> Int32 {
    let reader = self.reader
    return reader.section(0).load(Int32.self, at: 4 * Int(document)) ?? Self.unknown
  }

  /// The days of all documents.
  package var days: [Int32] { reader.integers(0, Int32.self) }
}
