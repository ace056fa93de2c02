internal import EvBytes

// What an update by files adds to a writer.

extension IndexWriter {
  /// Finds out which files have to be read, and takes the documents of those that changed or are gone
  /// out of the index.
  ///
  /// The caller then adds the documents of ``IndexUpdate/filesToRead``, and commits; the commit keeps
  /// what is needed for the next update. Where ``isUpdate`` is false all files have to be read.
  ///
  /// - Parameters:
  ///   - scan: All files of the collection, listed after the writer was made.
  ///   - root: The folder that their paths are relative to.
  ///   - reader: What the documents of a file depend on besides its bytes: the version of whatever
  ///     reads files, and its options. When it changes, all files are read again.
  ///   - readsAlike: Whether a file whose path was the first and is now the second gives the same
  ///     documents as before, but for their paths; asked of files with the same bytes. Their documents
  ///     are taken over where that is quicker than reading them again.
  public func update(
    to scan: [SourceFile], root: String, reader: String = "",
    readsAlike: (_ path: String, _ newPath: String) -> Bool = { _, _ in false }
  ) -> IndexUpdate {
    // Without the table, or with that of another commit, all files are read.
    var table = base == nil ? nil : currentFileTable()
    if table?.reader != reader { table = nil }
    if table == nil { base = nil }
    func contentHash(_ file: SourceFile) -> UInt64? {
      // A file that cannot be read is reported by whoever reads it.
      try? Checksum.ofFile(root + "/" + file.path)
    }
    var update: IndexUpdate
    if let damage, let table {
      update = IndexUpdate(
        repairing: table, scan, isLost: damage.isLost, contentHash: contentHash)
    } else {
      update = IndexUpdate(
        scan, previous: table, readsAlike: readsAlike, contentHash: contentHash)
      keptFiles = DocumentFile.likeParts(update.unchanged)
      planRenaming(&update)
    }
    for file in update.outdated { removeDocuments(ofFile: file) }
    fileUpdate = FileUpdate(update: update, reader: reader, previous: table)
    return update
  }

  /// Whether, in the mode ``Mode/repair``, it is known what has to be read again; else that is all.
  public var canRepair: Bool { base != nil && currentFileTable() != nil }

  /// The table of the files that the index was made from; nil where it is not known.
  func currentFileTable() -> FileTable? {
    // Where it cannot be read it is not known.
    guard let table = try? FileTable.read(from: path),
      let manifest = try? Manifest.checksum(in: path), table.manifestChecksum == manifest
    else { return nil }
    return table
  }

  /// Makes a table that of the present manifest.
  func write(_ table: FileTable) throws(IndexError) {
    var table = table
    table.manifestChecksum = try Manifest.checksum(in: path)
    do throws(SystemError) { try table.write(to: path) } catch { throw .system(error) }
  }

  /// An update by files that is under way.
  struct FileUpdate {
    var update: IndexUpdate
    var reader: String
    /// The table of the last commit.
    var previous: FileTable?
  }

  /// Keeps what the next update has to know, once the index is committed.
  func writeFileTable() throws(IndexError) {
    guard let fileUpdate else { return }
    let table = FileTable(
      manifestChecksum: try Manifest.checksum(in: path), madeAt: madeAt,
      reader: fileUpdate.reader, files: fileUpdate.update.files)
    if let previous = fileUpdate.previous, previous.manifestChecksum == table.manifestChecksum,
      previous.files == table.files, !previous.hasFreshFiles
    {
      return
    }
    try write(table)
  }
}
