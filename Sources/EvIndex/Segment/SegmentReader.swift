internal import EvAnalysis
internal import EvBytes

/// An open segment: its files, mapped.
public final class SegmentReader: Sendable {
  /// What the segment holds.
  public let info: SegmentInfo

  /// The segment's folder.
  public let folder: String

  /// The terms and what is known of each.
  package let terms: TermDictionary

  /// Postings and positions.
  package let postings: PostingsFile

  /// Which documents a search has to pass over.
  package let deletions: DeletedDocuments

  /// The documents' dates; nil where none has one.
  package let dates: DateColumn?

  /// The terms by their stems; nil where no language has any.
  let forms: FormTable?

  /// Records of the documents, without their text.
  let documents: StoredFile

  /// The documents' text; nil where the index keeps none.
  let texts: StoredFile?

  /// How much is checked when a segment is opened.
  public enum Verification: Sendable {
    /// The frames of all files, and that their sizes fit each other.
    case structure
    /// The checksums of all files as well.
    case checksums
    /// The checksums where all files together are small enough not to matter; else the structure.
    case automatic

    /// Bytes up to which `automatic` reads everything: about a millisecond's work.
    static let smallSegment = 8 << 20
  }

  /// Opens the segment in `folder`.
  ///
  /// - Parameter expected: The checksum of its table of contents, where it is known.
  public convenience init(
    folder: String, expected: UInt64? = nil, verification: Verification = .automatic
  ) throws(IndexError) {
    try self.init(
      folder: folder, expected: expected, deletions: nil, verification: verification)
  }

  /// Opens a segment as the manifest of the index at `path` names it.
  convenience init(
    _ entry: Manifest.Segment, in path: String, verification: Verification
  ) throws(IndexError) {
    let deletions = entry.deletions.map { checksum in
      (path: "\(path)/\(IndexFolder.deletionsName(entry.id, checksum))", checksum: checksum)
    }
    try self.init(
      folder: "\(path)/\(entry.id)", expected: entry.checksum, deletions: deletions,
      verification: verification)
  }

  /// Opens a segment once more, with other documents deleted; its bytes were verified before.
  package convenience init(
    reopening segment: SegmentReader, deletions: DeletedDocuments
  ) throws(IndexError) {
    try self.init(
      folder: segment.folder, expected: nil, deletions: nil, replacing: deletions,
      verification: .structure)
  }

  private init(
    folder: String, expected: UInt64?, deletions: (path: String, checksum: UInt64)?,
    replacing: DeletedDocuments? = nil, verification: Verification
  ) throws(IndexError) {
    self.folder = folder
    info = try SegmentInfo.read(from: folder)
    let count = info.documentCount
    if let replacing {
      self.deletions = replacing
    } else if let deletions {
      self.deletions = try DeletedDocuments(
        path: deletions.path, checksum: deletions.checksum, of: info)
    } else {
      self.deletions = DeletedDocuments(noneOf: info)
    }
    terms = try TermDictionary(path: folder + "/terms", count: info.termCount)
    postings = try PostingsFile(folder: folder, documentCount: count)
    norms = try SegmentFileReader(.norms, path: folder + "/norms", sectionCount: 2)
    documents = try StoredFile(.documents, folder: folder, documentCount: count)
    texts = info.storesText ? try StoredFile(.texts, folder: folder, documentCount: count) : nil
    dates =
      info.files.contains { $0.kind == .dates }
      ? try DateColumn(folder: folder, documentCount: count) : nil
    forms = info.files.contains { $0.kind == .forms } ? try FormTable(folder: folder) : nil
    guard norms.sections[0].count == count else {
      throw norms.corrupt(0, at: 0, "there are not as many lengths as documents")
    }
    guard norms.sections[1].isEmpty || norms.sections[1].count == count else {
      throw norms.corrupt(1, at: 0, "there are not as many titles as documents")
    }
    for file in files { try check(file) }
    if verification == .checksums
      || verification == .automatic && info.byteCount <= Verification.smallSegment
    {
      for file in files { try file.verify() }
    }
    if let expected, try contentsChecksum() != expected {
      throw .corrupt(
        file: folder + "/segment", offset: 0, reason: "it is not the one that the manifest names")
    }
  }

  /// Documents that are not deleted, empty ones included.
  public var liveDocumentCount: Int { info.documentCount - deletions.count }

  /// Whether a document is no longer part of the index.
  package func isDeleted(_ document: UInt32) -> Bool { deletions.contains(document) }

  /// Documents that are not deleted and hold a term of this segment; may be 0.
  package func liveDocumentFrequency(of term: TermInfo) -> Int {
    term.documentFrequency - deletions.documentFrequency(of: term) - unsavedFrequency(of: term)
  }

  /// How many of the documents that are deleted in memory only hold a term.
  private func unsavedFrequency(of term: TermInfo) -> Int {
    guard !deletions.unsaved.isEmpty else { return 0 }
    var count = 0
    var cursor = PostingsCursor(postings, term)
    for document in deletions.unsaved {
      // A list that cannot be read is reported by whoever reads all of it.
      guard let found = try? cursor.seek(to: document), found != PostingsCursor.end else { break }
      if found == document { count += 1 }
    }
    return count
  }

  /// Whether a term of this segment is one of a field, and no word.
  package func isField(_ term: [UInt8]) -> Bool {
    term.first == FieldTerm.mark && info.analysis.kind.hasFields
  }

  /// All files but the table of contents.
  package var files: [SegmentFileReader] {
    var files = [terms.reader, postings.postings, postings.positions, norms, documents.reader]
    if let texts { files.append(texts.reader) }
    if let dates { files.append(dates.reader) }
    if let forms { files.append(forms.reader) }
    return files
  }

  /// The length code of each document, and the length of its title where any has one.
  package let norms: SegmentFileReader

  /// What is kept of a document besides its text.
  public func document(_ number: UInt32) throws(IndexError) -> StoredDocument {
    try documents.withRecord(number) { record throws(FormatError) in
      try StoredDocument.decode(record)
    }
  }

  /// A document's text, or nil where the index keeps none.
  public func text(_ number: UInt32) throws(IndexError) -> StoredText? {
    try texts?.withRecord(number) { record throws(FormatError) in
      try StoredText.decode(record)
    }
  }

  /// Hands out what is kept of each document, in order.
  func forEachDocument(
    _ body: (UInt32, StoredDocument) throws(FormatError) -> Void
  ) throws(IndexError) {
    try documents.forEachRecord { number, record throws(FormatError) in
      try body(number, try StoredDocument.decode(record))
    }
  }

  /// Hands out the text of each document, in order; nothing where the index keeps none.
  func forEachText(
    _ body: (UInt32, StoredText) throws(FormatError) -> Void
  ) throws(IndexError) {
    try texts?.forEachRecord { number, record throws(FormatError) in
      try body(number, try StoredText.decode(record))
    }
  }

  /// Compares a file's frame with its entry in the table of contents.
  private func check(_ file: SegmentFileReader) throws(IndexError) {
    let name = file.path.split(separator: "/").last.map(String.init) ?? ""
    guard let entry = info.files.first(where: { $0.name == name }) else {
      throw .corrupt(file: file.path, offset: 0, reason: "the table of contents does not name it")
    }
    guard file.id == info.id, file.byteCount == entry.byteCount, file.checksum == entry.checksum
    else { throw .corrupt(file: file.path, offset: 0, reason: "it is of another segment") }
  }

  private func contentsChecksum() throws(IndexError) -> UInt64 {
    try SegmentFileReader(.segment, path: folder + "/segment", sectionCount: 1).checksum
  }
}
