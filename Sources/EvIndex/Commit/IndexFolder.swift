/// The names of an index's files.
///
///     manifest          what the index consists of
///     collection.conf   where the documents come from; see ``CollectionConfiguration``
///     lock              held by the process that writes
///     building          what is being written; of no meaning to readers
///     <16 digits>/      a segment: terms, postings, positions, norms, documents, texts, segment
package enum IndexFolder {
  package static let buildingName = "building"
  package static let lockName = "lock"
  package static let configurationName = "collection.conf"

  /// Whether a name is that of a segment's folder.
  package static func isSegment(_ name: String) -> Bool {
    name.utf8.count == 16
      && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
