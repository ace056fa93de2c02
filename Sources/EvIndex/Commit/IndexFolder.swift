internal import EvBytes

/// The names of an index's files.
///
///     manifest          what the index consists of
///     collection.conf   where the documents come from; see ``CollectionConfiguration``
///     lock              held by the process that writes
///     building          what is being written; of no meaning to readers
///     <16 digits>/      a segment: terms, postings, positions, norms, documents, texts, segment
///     <16>.<16 digits>  which documents of a segment are deleted; see ``DeletedDocuments``
///     files             what the source files were like; see ``FileTable``. It holds times and numbers
///                       of this machine's file system, so it is no part of reproducible bytes
package enum IndexFolder {
  package static let buildingName = "building"
  package static let lockName = "lock"
  package static let configurationName = "collection.conf"

  /// The name of the file that says which documents of a segment are deleted.
  ///
  /// It has the file's checksum, so that no two different ones share a name.
  package static func deletionsName(_ id: SegmentID, _ checksum: UInt64) -> String {
    "\(id).\(hexadecimal(checksum))"
  }

  /// Whether a name is that of a segment's folder.
  package static func isSegment(_ name: String) -> Bool {
    name.utf8.count == 16 && name.utf8.allSatisfy(isDigit)
  }

  /// Whether a name is that of a file of deletions.
  package static func isDeletions(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { isSegment(String($0)) }
  }

  /// Whether a name is that of a file that was to replace another one, when its writer ended.
  package static func isTemporary(_ name: String) -> Bool {
    name == configurationName + ".new"
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
