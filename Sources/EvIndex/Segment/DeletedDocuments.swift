internal import EvBytes

/// The documents of a segment that are no longer part of the index.
///
/// A segment never changes. What an update takes out of it is in a file of its own in the index's
/// folder, which the manifest names; see ``IndexFolder/deletionsName(_:_:)``.
///
///     section  type     contents
///     0        UInt64   a bit a document, the lowest of the first word first; 1: deleted
///     1        UInt64   deleted documents; live documents with a word; positions of live documents
///     2        UInt64   for each term that a deleted document holds: where its postings begin in the
///                       payload of the segment's postings, ascending, which is the terms' order
///     3        UInt32   how many deleted documents hold it
///
/// With the last two sections the number of live documents of a term is exact and costs a binary
/// search, not a walk over its postings; so an index with deletions gives the scores of one without
/// the deleted documents.
package struct DeletedDocuments: Sendable {
  /// The bits, the lowest of the first word first; empty where nothing is deleted.
  package let words: [UInt64]

  /// How many documents are deleted.
  package let count: Int

  /// Documents with at least one word that are left.
  package let liveNonEmptyCount: Int

  /// Positions of all documents that are left.
  package let liveTotalLength: UInt64

  /// Those among them that no file has: deleted for one search, ascending.
  let unsaved: [UInt32]

  private let file: SegmentFileReader?

  static let sectionCount = 4

  /// Nothing is deleted.
  init(noneOf info: SegmentInfo) {
    words = []
    count = 0
    liveNonEmptyCount = info.nonEmptyDocumentCount
    liveTotalLength = info.totalLength
    unsaved = []
    file = nil
  }

  private init(
    _ base: DeletedDocuments, words: [UInt64], unsaved: [UInt32], nonEmpty: Int, length: UInt64
  ) {
    self.words = words
    count = base.count + unsaved.count
    // The lengths are those of the records, which a damaged table of contents may contradict.
    liveNonEmptyCount = max(0, base.liveNonEmptyCount - nonEmpty)
    liveTotalLength = base.liveTotalLength - min(length, base.liveTotalLength)
    self.unsaved = (base.unsaved + unsaved).sorted()
    file = base.file
  }

  /// These documents and more, in memory only.
  ///
  /// - Parameters:
  ///   - documents: Live documents of the segment.
  ///   - lengths: How many positions each of them has.
  ///   - documentCount: The documents of the segment.
  func adding(_ documents: [UInt32], lengths: [Int], documentCount: Int) -> DeletedDocuments {
    var words = words.isEmpty ? [UInt64](repeating: 0, count: (documentCount + 63) / 64) : words
    for document in documents { words[Int(document >> 6)] |= 1 << UInt64(document & 63) }
    return DeletedDocuments(
      self, words: words, unsaved: documents, nonEmpty: lengths.count { $0 > 0 },
      length: UInt64(lengths.reduce(0, +)))
  }

  /// Reads and verifies the file at `path`.
  package init(path: String, checksum: UInt64, of info: SegmentInfo) throws(IndexError) {
    let file = try SegmentFileReader(.deletions, path: path, sectionCount: Self.sectionCount)
    try file.verify()
    guard file.checksum == checksum, file.id == info.id else {
      throw .corrupt(file: path, offset: 0, reason: "it is not the one that the manifest names")
    }
    words = file.integers(0, UInt64.self)
    let numbers = file.integers(1, UInt64.self)
    let documents = info.documentCount
    guard words.count == (documents + 63) / 64, numbers.count == 3,
      numbers[0] == UInt64(words.reduce(0) { $0 + $1.nonzeroBitCount }),
      documents % 64 == 0 || (words.last ?? 0) >> UInt64(documents % 64) == 0,
      numbers[1] <= UInt64(info.nonEmptyDocumentCount), numbers[2] <= info.totalLength
    else { throw file.corrupt(0, at: 0, "the numbers of deleted documents do not fit the segment") }
    guard file.sections[2].count % 8 == 0, file.sections[3].count * 2 == file.sections[2].count
    else {
      throw file.corrupt(2, at: 0, "the arrays of terms have different lengths")
    }
    count = Int(numbers[0])
    liveNonEmptyCount = Int(numbers[1])
    liveTotalLength = numbers[2]
    unsaved = []
    self.file = file
  }

  /// Whether nothing is deleted.
  @inlinable
  package var isEmpty: Bool { words.isEmpty }

  /// Whether a document of the segment is deleted.
  @inlinable
  package func contains(_ document: UInt32) -> Bool {
    !words.isEmpty && words[Int(document >> 6)] >> UInt64(document & 63) & 1 != 0
  }

  /// How many deleted documents hold a term of the segment.
  ///
  /// - Complexity: O(log of the terms in deleted documents).
  package func documentFrequency(of term: TermInfo) -> Int {
    guard let file else { return 0 }
    let target = UInt64(term.postingsOffset)
    var low = 0
    var high = file.sections[3].count / 4
    while low < high {
      let middle = (low + high) / 2
      let offset = file.section(2).load(UInt64.self, at: 8 * middle) ?? .max
      if offset < target { low = middle + 1 } else { high = middle }
    }
    guard file.section(2).load(UInt64.self, at: 8 * low) == target else { return 0 }
    return Int(file.section(3).load(UInt32.self, at: 4 * low) ?? 0)
  }

  /// The file, for checks; nil where nothing is deleted.
  var reader: SegmentFileReader? { file }
}

extension SegmentFileReader {
  /// All integers of a section.
  func integers<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ section: Int, _ type: Integer.Type
  ) -> [Integer] {
    let bytes = self.section(section)
    let size = MemoryLayout<Integer>.size
    return (0..<bytes.byteCount / size).compactMap { bytes.load(type, at: $0 * size) }
  }
}
