internal import EvBytes

// Indexes that were built apart, joined into one.

extension IndexWriter {
  /// Makes the index one segment of the documents of other indexes, or of single segments, and commits.
  ///
  /// The result has the bytes of an index that is built at once from the same documents. Of documents
  /// with the same path the last one counts; see ``duplicates``. What was skipped is taken over too.
  ///
  /// - Parameters:
  ///   - folders: Folders of indexes or of segments, in the order of their documents. They are only read.
  ///   - sortsByPath: Whether the documents come in the order of their paths, not in that of `folders`.
  /// - Throws: ``IndexError/notFound(path:)`` for a folder that is neither; ``IndexError/limit(reason:)``
  ///   where they were not made in the same way.
  /// - Precondition: No document was added.
  public func join(_ folders: [String], sortsByPath: Bool = false) throws(IndexError)
    -> [SegmentInfo]
  {
    var joined: [IndexCommit.Part] = []
    var skipped: [SkippedFile] = []
    for folder in folders {
      let (parts, left) = try Self.open(folder)
      joined += parts
      skipped += left
    }
    if let refusal = SegmentMerger.refusal(of: joined.map(\.segment)) {
      throw .limit(reason: "These cannot be merged. \(refusal)")
    }
    try removeRepeated(in: &joined)
    var commit = IndexCommit(path: path, parts: joined)
    try commit.join(sortingByPath: sortsByPath)
    skipped.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    return try finish(commit, skipped: skipped)
  }

  /// The segments of an index, or the one in a folder.
  private static func open(
    _ folder: String
  ) throws(IndexError) -> (parts: [IndexCommit.Part], skipped: [SkippedFile]) {
    if FileSystem.exists(folder + "/" + Manifest.name) {
      let snapshot = try IndexSnapshot(path: folder, verification: .structure)
      let parts = zip(snapshot.segments, snapshot.manifest.segments).map { segment, entry in
        IndexCommit.Part(segment: segment, deleted: segment.deletions.words, entry: entry)
      }
      return (parts, snapshot.manifest.skipped)
    }
    guard FileSystem.exists(folder + "/" + SegmentFile.Kind.segment.rawValue) else {
      throw .notFound(path: folder)
    }
    let segment = try SegmentReader(folder: folder, verification: .structure)
    try segment.requirePresentAnalysis(at: folder)
    // It has an entry so that it is verified before it is merged.
    let entry = Manifest.Segment(id: segment.info.id, checksum: 0)
    return ([IndexCommit.Part(segment: segment, deleted: [], entry: entry)], [])
  }

  /// Takes out the documents that a later one of the same path replaces.
  private func removeRepeated(in parts: inout [IndexCommit.Part]) throws(IndexError) {
    var documents = RunDocuments()
    var places: [(part: UInt32, document: UInt32)] = []
    for (number, part) in parts.enumerated() {
      let source = part.source
      try part.segment.documents.forEachRecord { document, record throws(FormatError) in
        guard !source.isDeleted(Int(document)) else { return }
        documents.append(PathKey(record.extracting(try StoredDocument.outline(record).path)))
        places.append((UInt32(number), document))
      }
    }
    let (replaced, again) = documents.repetitions()
    for number in replaced {
      Self.delete(Int(places[number].document), in: &parts[Int(places[number].part)])
    }
    duplicates = []
    for number in again {
      let (part, document) = places[number]
      duplicates.append(try parts[Int(part)].segment.document(document).path)
    }
  }
}
