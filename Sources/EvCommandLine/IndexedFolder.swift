// The folder of an index, read as it was when it was indexed.

import EvIndex
import EvIngest
import EvTerminal

/// Finds out how the files of an index are read.
enum IndexedFolder {
  /// The folder of an index as a source of documents, with the options that the index has kept.
  ///
  /// - Parameters:
  ///   - root: The folder of the documents, an absolute path.
  ///   - reading: Options to use instead of those that the index has kept.
  static func source(
    of indexPath: String, root: String, reading: CollectionConfiguration.Reading? = nil
  ) throws(CommandError) -> FolderSource {
    let kept: CollectionConfiguration.Reading
    if let reading { kept = reading } else { kept = try IndexRun.kept(in: indexPath) }
    do throws(EncodingRule.Failure) {
      return FolderSource(
        root: root,
        options: try IngestOptions(
          kept, excludedFolders: [SystemCalls.realPath(indexPath) ?? indexPath]))
    } catch {
      throw CommandError(
        code: "configuration", message: error.description,
        hint: "The rule is in \(indexPath)/collection.conf.")
    }
  }
}
