internal import EvBytes

/// The segments that an index will consist of, and the steps that make them so.
///
/// Nothing that the present manifest names is touched until the new manifest is in its place; a
/// process that ends at any moment leaves the one or the other index, and perhaps files that the next
/// commit removes.
struct IndexCommit {
  /// A segment on its way into the index.
  struct Part {
    var segment: SegmentReader
    /// Bits as ``DeletedDocuments/words``.
    var deleted: [UInt64]
    /// Its entry in the present manifest; nil for a segment that is still being built.
    var entry: Manifest.Segment?

    var source: MergeSource { MergeSource(segment, deleted: deleted) }
    var hasDeletions: Bool { deleted.contains { $0 != 0 } }

    var candidate: MergePolicy.Candidate {
      let (all, live) = (segment.info.documentCount, source.liveCount)
      return MergePolicy.Candidate(
        byteCount: segment.info.byteCount / max(1, all) * live, documentCount: all,
        deletedCount: all - live)
    }
  }

  private let path: String
  private(set) var parts: [Part]
  private var mergeCount = 0

  /// - Parameter parts: In the order of their documents; those that are not in the index's folder yet
  ///   are in its folder of things under way.
  init(path: String, parts: [Part]) {
    self.path = path
    self.parts = parts.filter { $0.source.liveCount > 0 }
  }

  /// Merges as the policy wants it.
  mutating func merge(_ policy: MergePolicy, isUpdate: Bool) throws(IndexError) {
    while let wanted = policy.next(parts.map(\.candidate), isUpdate: isUpdate) {
      let range = try narrowed(wanted)
      let sources = parts[range].map(\.source)
      let merged = try merge(range, MergeOrder(concatenating: sources))
      parts.replaceSubrange(range, with: [merged])
    }
  }

  /// Merges everything into one segment, its documents in the order of their paths.
  mutating func optimize() throws(IndexError) {
    guard !parts.isEmpty else { return }
    if let refusal = SegmentMerger.refusal(of: parts.map(\.segment)) {
      throw .limit(reason: refusal)
    }
    _ = try narrowed(parts.indices)
    let sources = parts.map(\.source)
    let order = try MergeOrder(byPathIn: sources)
    if parts.count == 1, !parts[0].hasDeletions,
      order.places == MergeOrder(concatenating: sources).places
    {
      return
    }
    parts = [try merge(parts.indices, order)]
  }

  /// Writes everything into one new segment, even if it is one already.
  mutating func join(sortingByPath: Bool) throws(IndexError) {
    guard !parts.isEmpty else { return }
    _ = try narrowed(parts.indices)
    let sources = parts.map(\.source)
    let order =
      sortingByPath ? try MergeOrder(byPathIn: sources) : MergeOrder(concatenating: sources)
    parts = [try merge(parts.indices, order)]
  }

  /// The most segments that are merged at once: each takes a megabyte or two, for the pages around what is
  /// read of its files.
  private static let widestMerge = 16

  /// Merges neighbours until a range has few enough segments to be merged at once; the result is the same.
  ///
  /// - Returns: The range that these are in.
  private mutating func narrowed(_ range: Range<Int>) throws(IndexError) -> Range<Int> {
    var range = range
    while range.count > Self.widestMerge {
      var start = range.lowerBound
      var end = range.upperBound
      while start < end {
        let group = start..<min(end, start + Self.widestMerge)
        if group.count > 1 {
          let order = MergeOrder(concatenating: parts[group].map(\.source))
          parts.replaceSubrange(group, with: [try merge(group, order)])
        }
        end -= group.count - 1
        start += 1
      }
      range = range.lowerBound..<end
    }
    return range
  }

  private mutating func merge(
    _ range: Range<Int>, _ order: MergeOrder
  ) throws(IndexError) -> Part {
    // Damage must not be copied under a new checksum.
    for part in parts[range] where part.entry != nil {
      for file in part.segment.files {
        try file.verify()
        file.releasePages()
      }
    }
    releaseFreeMemory()
    mergeCount += 1
    let folder = "\(path)/\(IndexFolder.buildingName)/merge-\(mergeCount)"
    let info = try SegmentMerger.merge(parts[range].map(\.source), order: order, into: folder)
    return try Self.part(info, writtenIn: folder, path: path)
  }

  /// A segment that was just written, open.
  static func part(
    _ info: SegmentInfo, writtenIn folder: String, path: String
  ) throws(IndexError) -> Part {
    let named = "\(path)/\(IndexFolder.buildingName)/\(info.id)"
    do throws(SystemError) {
      try FileSystem.remove(named)
      try FileSystem.rename(folder, to: named)
    } catch {
      throw .system(error)
    }
    let segment = try SegmentReader(folder: named, verification: .structure)
    // There may be many, and none is read before they are merged.
    for file in segment.files { file.releasePages() }
    return Part(segment: segment, deleted: [], entry: nil)
  }

  /// Puts everything in its place: the commit.
  ///
  /// - Parameter previous: The present manifest; nil where there is none that can be read.
  /// - Returns: The new manifest, or the present one where there is nothing new in it.
  func finish(
    previous: Manifest?, skipped: [SkippedFile], evenIfEqual: Bool
  ) throws(IndexError) -> Manifest {
    var manifest = Manifest(
      generation: (previous?.generation ?? 0) + 1, segments: [], skipped: skipped)
    for part in parts {
      var entry: Manifest.Segment
      if let present = part.entry {
        entry = present
      } else {
        entry = Manifest.Segment(id: part.segment.info.id, checksum: try place(part.segment))
      }
      if part.deleted != part.segment.deletions.words || part.entry == nil {
        entry.deletions = part.hasDeletions ? try placeDeletions(part) : nil
      }
      manifest.segments.append(entry)
    }
    if !evenIfEqual, let previous, previous.segments == manifest.segments,
      previous.skipped == skipped
    {
      return previous
    }
    do throws(SystemError) {
      try FileSystem.synchronizeFolder(path)
      try manifest.write(to: path)
      try removeLeftovers(manifest)
    } catch {
      throw .system(error)
    }
    return manifest
  }

  /// Gives a written segment its name among the index's files.
  ///
  /// A sound segment of the same name has the same documents and the same bytes, and stays.
  ///
  /// - Returns: The checksum of its table of contents.
  private func place(_ segment: SegmentReader) throws(IndexError) -> UInt64 {
    let final = "\(path)/\(segment.info.id)"
    do throws(SystemError) {
      // Whatever is wrong with the one that is there, the new one takes its place.
      if FileSystem.exists(final),
        let present = try? SegmentReader(folder: final, verification: .checksums),
        present.info == segment.info
      {
        try FileSystem.remove(segment.folder)
      } else {
        try FileSystem.remove(final)
        try FileSystem.rename(segment.folder, to: final)
      }
    } catch {
      throw .system(error)
    }
    return try SegmentFileReader(.segment, path: final + "/segment", sectionCount: 1).checksum
  }

  /// - Returns: The checksum of the file of deletions.
  private func placeDeletions(_ part: Part) throws(IndexError) -> UInt64 {
    let building = path + "/" + IndexFolder.buildingName
    do throws(SystemError) {
      try FileSystem.makeFolder(building)
      try FileSystem.remove(building + "/" + SegmentFile.Kind.deletions.rawValue)
    } catch {
      throw .system(error)
    }
    let checksum = try DeletedDocuments.write(part.deleted, of: part.segment, to: building)
    let name = IndexFolder.deletionsName(part.segment.info.id, checksum)
    do throws(SystemError) {
      try FileSystem.rename(
        building + "/" + SegmentFile.Kind.deletions.rawValue, to: path + "/" + name)
    } catch {
      throw .system(error)
    }
    return checksum
  }

  /// Removes what no manifest names any more.
  ///
  /// A file that is removed while it is mapped loses its name and keeps its bytes until the last mapping
  /// goes; so a reader that has a segment open keeps it, without a sign that it would have to leave and
  /// that could stay behind. A reader that is just opening it reads the manifest again.
  private func removeLeftovers(_ manifest: Manifest) throws(SystemError) {
    var wanted: Set<String> = []
    for segment in manifest.segments {
      wanted.insert(segment.id.description)
      if let checksum = segment.deletions {
        wanted.insert(IndexFolder.deletionsName(segment.id, checksum))
      }
    }
    for name in try FileSystem.list(path)
    where IndexFolder.isTemporary(name)
      || (IndexFolder.isSegment(name) || IndexFolder.isDeletions(name)) && !wanted.contains(name)
    {
      try FileSystem.remove(path + "/" + name)
    }
  }
}
