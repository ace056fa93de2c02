// Whether an index is of what its folder holds now.

import EvIndex
import EvIngest
import EvSearch
import EvTerminal

/// The files of a collection, held against its index.
struct CollectionState {
  /// What differs; paths from the folder of the documents.
  let update: IndexUpdate
  /// The folder of the documents.
  let root: String

  /// Lists all files of the collection of an index, and compares them with what was indexed.
  ///
  /// - Parameter root: Where the documents are, if not where the index says.
  init(_ indexPath: String, root: String? = nil) throws(CommandError) {
    let index = try SearchIndex.opened(at: indexPath)
    self.root = root ?? index.collectionRoot
    guard let files = index.indexedFiles() else {
      throw CommandError(
        code: "unknown_files", message: "The index at \(indexPath) does not know its files.",
        hint: "Bring it up to date: evsearch index")
    }
    let source = try IndexedFolder.source(of: indexPath, root: self.root)
    update = files.comparison(
      with: try Self.files(of: source), in: self.root, readsAlike: source.readsAlike)
  }

  /// Compares a folder with its index, as a run with these options would find it.
  ///
  /// Without an index, or with one that does not know its files, all files are new.
  init(
    planned target: IndexLocation.Target, reading: CollectionConfiguration.Reading
  ) throws(CommandError) {
    root = target.root
    let source = try IndexedFolder.source(of: target.indexPath, root: root, reading: reading)
    let found = try Self.files(of: source)
    // An index that cannot be opened is built anew, from all files.
    let known = (try? SearchIndex.open(at: target.indexPath))?.indexedFiles()
    update =
      known?.comparison(with: found, in: root, readsAlike: source.readsAlike)
      ?? IndexUpdate(new: found)
  }

  private static func files(of source: FolderSource) throws(CommandError) -> [SourceFile] {
    do throws(IngestError) {
      return try source.scan().files.map {
        SourceFile(
          path: $0.path, byteCount: $0.byteCount, modificationTime: $0.modificationTime,
          inode: $0.inode)
      }
    } catch {
      throw CommandError(error)
    }
  }

  /// Throws where the index is not of what the folder holds now.
  func requireFresh() throws(CommandError) {
    guard !update.isEmpty else { return }
    throw CommandError(
      code: "stale", message: "The index is out of date: \(counts).",
      hint: "Bring it up to date: evsearch index")
  }

  /// `1 new, 2 changed, 0 removed`, and how many were renamed where some were.
  var counts: String {
    let renamed = update.counts.renamed
    return "\(Quantities.grouped(update.counts.new)) new, "
      + "\(Quantities.grouped(update.counts.changed)) changed, "
      + "\(Quantities.grouped(update.counts.removed)) removed"
      + (renamed > 0 ? ", \(Quantities.grouped(renamed)) renamed" : "")
  }

  /// The files that differ, a line each: `new: en/x.md`.
  var lines: [StyledText] {
    let kinds = [
      ("new", update.newPaths), ("changed", update.changedPaths),
      ("removed", update.removedPaths),
    ]
    let lines = kinds.flatMap { kind, paths in
      paths.map { path in
        var line = StyledText(kind + ": ", .warning)
        line.append(path, .path)
        return line
      }
    }
    return lines
      + update.renamedPaths.map { old, new in
        var line = StyledText("renamed: ", .warning)
        line.append(old, .path)
        line.append(" to ")
        line.append(new, .path)
        return line
      }
  }
}

extension CommandError {
  /// A folder that could not be looked through.
  init(_ error: IngestError) {
    switch error {
    case .notFound(let path):
      self.init(code: "no_folder", message: "There is no folder \(path).")
    case .system(let operation, let path, let code):
      self.init(
        code: "system",
        message: "\(path) cannot be read: \(operation): \(SystemCalls.message(code)).")
    }
  }
}
