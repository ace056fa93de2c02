internal import EvBytes

// How the file of deletions is made; DeletedDocuments.swift has the layout.

extension DeletedDocuments {
  /// Writes the file that says which documents of a segment are deleted.
  ///
  /// Every postings list of the segment is looked at: the short ones are read, in the long ones the
  /// deleted documents are looked up.
  ///
  /// - Parameters:
  ///   - words: Bits as ``words``; at least one set.
  ///   - folder: Where the file is written, under the name of its kind.
  /// - Returns: The file's checksum.
  static func write(
    _ words: [UInt64], of segment: SegmentReader, to folder: String
  ) throws(IndexError) -> UInt64 {
    let source = MergeSource(segment, deleted: words)
    var nonEmpty: UInt64 = 0
    var length: UInt64 = 0
    try segment.documents.forEachRecord { number, record throws(FormatError) in
      guard !source.isDeleted(Int(number)) else { return }
      let own = try StoredDocument.outline(record).positionCount
      length += UInt64(own)
      if own > 0 { nonEmpty += 1 }
    }

    let deleted = (0..<UInt32(segment.info.documentCount)).filter { source.isDeleted(Int($0)) }
    var offsets: [UInt64] = []
    var counts: [UInt32] = []
    var terms = TermCursor(segment.terms)
    while try terms.next() {
      let count = try Self.count(deleted, source, terms.info)
      guard count > 0 else { continue }
      offsets.append(UInt64(terms.info.postingsOffset))
      counts.append(count)
    }

    do throws(SystemError) {
      let output = try SegmentFileWriter(.deletions, folder: folder)
      try output.beginSection()
      try output.write(words)
      try output.beginSection()
      try output.write([UInt64(deleted.count), nonEmpty, length])
      try output.beginSection()
      try output.write(offsets)
      try output.beginSection()
      try output.write(counts)
      return try output.finish(segment.info.id).checksum
    } catch {
      throw .system(error)
    }
  }

  /// How many deleted documents hold a term.
  private static func count(
    _ deleted: [UInt32], _ source: MergeSource, _ term: TermInfo
  ) throws(IndexError) -> UInt32 {
    var cursor = PostingsCursor(source.segment.postings, term)
    var count: UInt32 = 0
    // A look-up decodes a block of 128 at worst, so it pays for lists that are much longer.
    if term.documentFrequency <= 32 * deleted.count {
      while true {
        let document = try cursor.next()
        if document == PostingsCursor.end { return count }
        if source.isDeleted(Int(document)) { count += 1 }
      }
    }
    for document in deleted {
      let found = try cursor.seek(to: document)
      if found == PostingsCursor.end { break }
      if found == document { count += 1 }
    }
    return count
  }
}
