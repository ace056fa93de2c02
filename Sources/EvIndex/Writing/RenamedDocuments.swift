internal import EvBytes

/// Documents of an index that go on under other names, because their files were renamed.
///
/// Segments never change, so these documents are copied into new ones, with everything that was found
/// out of their text; only what is made of a path is made anew.
struct RenamedDocuments {
  /// A document, and what its file was and is called.
  struct Document {
    var number: UInt32
    var file: FileRenaming
  }

  /// For each segment of the index the documents to copy, ascending.
  private(set) var documents: [[Document]] = []

  /// The paths that the documents have now.
  private(set) var newPaths: Set<PathKey> = []

  /// The paths that their files had.
  private(set) var oldFiles: Set<String> = []

  /// Nothing was renamed.
  init() {}

  /// Chooses the documents that are copied.
  ///
  /// A file is left out, to be read again, where it has no document, where some of its documents are in
  /// a segment of which too little would be copied, or where it is not clear which documents are its.
  ///
  /// - Parameters:
  ///   - segments: The index.
  ///   - renamings: The files.
  ///   - kept: Files that stay, of those that could be taken for parts of others.
  ///   - share: ``MergePolicy/renamedShare``.
  init(
    in segments: [SegmentReader], of renamings: [IndexUpdate.Renaming], besides kept: Set<PathKey>,
    share: Double
  ) throws(IndexError) {
    let keys = Dictionary(
      renamings.indices.map { (PathKey(renamings[$0].oldPath), $0) }, uniquingKeysWith: { $1 })
    var found: [[(number: UInt32, renaming: Int, path: PathKey)]] = []
    var isRead = [Bool](repeating: false, count: renamings.count)
    for segment in segments {
      var (all, renamed) = (0, 0)
      var own: [(number: UInt32, renaming: Int, path: PathKey)] = []
      try segment.documents.forEachRecord { number, record throws(FormatError) in
        guard !segment.isDeleted(number) else { return }
        let outline = try StoredDocument.outline(record)
        all += outline.textByteCount
        var matches: [Int] = []
        _ = DocumentFile.contains(record.extracting(outline.path)) {
          if let match = keys[$0] { matches.append(match) }
          return kept.contains($0)
        }
        guard let match = matches.first else { return }
        var stored = try StoredDocument.decode(record)
        guard matches.count == 1, stored.rename(renamings[match].paths) else {
          for match in matches { isRead[match] = true }
          return
        }
        renamed += outline.textByteCount
        own.append((number, match, PathKey(stored.path)))
      }
      if Double(renamed) < share * Double(all) || !segment.info.storesText {
        for document in own { isRead[document.renaming] = true }
      }
      found.append(own)
    }
    for own in found {
      documents.append([])
      for document in own where !isRead[document.renaming] {
        let renaming = renamings[document.renaming]
        documents[documents.count - 1].append(
          Document(number: document.number, file: renaming.paths))
        newPaths.insert(document.path)
        oldFiles.insert(renaming.oldPath)
      }
    }
  }
}

extension IndexWriter {
  /// Decides which of the renamed files are not read.
  func planRenaming(_ update: inout IndexUpdate) {
    guard let base, !update.renamings.isEmpty else { return }
    let skipped = previous?.skipped ?? []
    var named: Set<String> = []
    // Of a file that was read in part it is said again what was left out, under its new name.
    for file in skipped { _ = file.isOf { named.insert($0).inserted && false } }
    update.readAgain { named.contains($0.oldPath) }
    // Where records cannot be read, the files are; the commit says what is wrong.
    let chosen = try? RenamedDocuments(
      in: base.segments, of: update.renamings, besides: keptFiles,
      share: mergePolicy.renamedShare)
    renaming = chosen ?? RenamedDocuments()
    update.readAgain { !renaming.oldFiles.contains($0.oldPath) }
  }

  /// New segments of the documents whose files were renamed.
  ///
  /// - Parameter added: The paths of the documents of this run, which replace them.
  func renamedParts(replacedBy added: PathKeySet) throws(IndexError) -> [IndexCommit.Part] {
    guard let base else { return [] }
    var parts: [IndexCommit.Part] = []
    for (segment, documents) in zip(base.segments, renaming.documents) where !documents.isEmpty {
      // Damage must not be copied under a new checksum.
      for file in segment.files {
        try file.verify()
        file.releasePages()
      }
      let count = segment.info.documentCount
      var left = [UInt64](repeating: .max, count: (count + 63) / 64)
      if count & 63 != 0 { left[left.count - 1] = 1 << UInt64(count & 63) - 1 }
      for document in documents {
        left[Int(document.number >> 6)] &= ~(1 << UInt64(document.number & 63))
      }
      let source = MergeSource(segment, deleted: left)
      let folder = "\(path)/\(IndexFolder.buildingName)/renamed-\(parts.count)"
      let info = try SegmentMerger.merge(
        [source], order: MergeOrder(concatenating: [source]), renamings: documents.map(\.file),
        into: folder)
      var part = try IndexCommit.part(info, writtenIn: folder, path: path)
      try part.segment.documents.forEachRecord { number, record throws(FormatError) in
        let path = record.extracting(try StoredDocument.outline(record).path)
        if added.contains(PathKey(path)) { Self.delete(Int(number), in: &part) }
      }
      parts.append(part)
    }
    return parts
  }
}

/// What a file was called, and is called now.
struct FileRenaming: Sendable {
  var old: String
  var new: String
}

extension StoredDocument {
  /// Gives the document the path that it has where its file has another one.
  ///
  /// - Returns: Whether it is of the file; if not, nothing happened.
  mutating func rename(_ file: FileRenaming) -> Bool {
    let own = Array(filePath.utf8)
    let old = Array(file.old.utf8)
    guard own == old || own.starts(with: old + Array("!/".utf8)) else { return false }
    path = file.new + String(decoding: Array(path.utf8).dropFirst(old.count), as: UTF8.self)
    if let count = fileByteCount { fileByteCount = count - old.count + file.new.utf8.count }
    return true
  }

  /// The record of the document, after its hash is made anew.
  ///
  /// - Parameter text: The document's record in the file of texts.
  mutating func record(with text: [UInt8]) throws(FormatError) -> [UInt8] {
    var fields = ByteWriter()
    encode(to: &fields)
    let hash = Checksum()
    hash.update(fields.bytes.rawSpan)
    let head = try StoredText.headByteCount(text.rawSpan)
    hash.update(text.rawSpan.extracting(0..<head))
    hash.update(text.rawSpan.extracting(max(head, text.count - textByteCount)..<text.count))
    contentHash = hash.value
    var writer = ByteWriter()
    writer.write(contentHash)
    writer.write(contentsOf: fields.bytes)
    return writer.bytes
  }
}
