public import EvAnalysis

/// An index as it was at one commit; what a search reads.
///
/// Any number of threads may read it. Later commits do not change it: the files that it has open
/// stay readable until it goes away.
public final class IndexSnapshot: Sendable {
  /// The index's folder.
  public let path: String

  /// What the index consists of.
  public let manifest: Manifest

  /// The segments, in the order of their documents.
  public let segments: [SegmentReader]

  /// Opens the index in a folder, as it is now.
  ///
  /// - Throws: ``IndexError/notFound(path:)`` where no index is; ``IndexError/analysisMismatch`` where
  ///   it was made with other rules or libraries of analysis than this program has.
  public convenience init(
    path: String, verification: SegmentReader.Verification = .automatic
  ) throws(IndexError) {
    try self.init(path: path, try Manifest.read(from: path), known: [:], verification)
  }

  /// Opens what a manifest names, or, where a commit has removed that, what the next one names.
  ///
  /// - Parameter known: Segments that are open.
  private init(
    path: String, _ manifest: Manifest, known: [Manifest.Segment: SegmentReader],
    _ verification: SegmentReader.Verification
  ) throws(IndexError) {
    self.path = path
    var manifest = manifest
    while true {
      do throws(IndexError) {
        segments = try Self.open(manifest, in: path, known, verification)
        break
      } catch {
        // A commit may have removed what the manifest named when it was read; then there is another.
        let present = try Manifest.read(from: path)
        guard present != manifest else { throw error }
        manifest = present
      }
    }
    self.manifest = manifest
  }

  private static func open(
    _ manifest: Manifest, in path: String, _ known: [Manifest.Segment: SegmentReader],
    _ verification: SegmentReader.Verification
  ) throws(IndexError) -> [SegmentReader] {
    var segments: [SegmentReader] = []
    for entry in manifest.segments {
      if let segment = known[entry] {
        segments.append(segment)
        continue
      }
      let segment = try SegmentReader(entry, in: path, verification: verification)
      try segment.requirePresentAnalysis(at: path)
      segments.append(segment)
    }
    return segments
  }

  /// The index as it is now: this snapshot where no commit has come since.
  ///
  /// Segments that are in both are not opened again. The lists that other snapshots have open stay
  /// readable.
  public func refreshed() throws(IndexError) -> IndexSnapshot {
    let present = try Manifest.read(from: path)
    guard present != manifest else { return self }
    var known: [Manifest.Segment: SegmentReader] = [:]
    for (entry, segment) in zip(manifest.segments, segments) { known[entry] = segment }
    return try IndexSnapshot(path: path, present, known: known, .automatic)
  }

  /// A snapshot of segments that are open.
  init(path: String, manifest: Manifest, segments: [SegmentReader]) {
    self.path = path
    self.manifest = manifest
    self.segments = segments
  }

  /// Opens segments as one index, in the order given.
  package init(path: String, segments: [SegmentReader]) {
    self.path = path
    self.segments = segments
    manifest = Manifest(
      generation: 0, segments: segments.map { .init(id: $0.info.id, checksum: 0) }, skipped: [])
  }

  /// How the index's text became tokens; the standard way where there is no text yet.
  public var analyzer: Analyzer { Analyzer(segments.first?.info.analysis.kind ?? .standard) }

  // All of these leave out what is deleted, so that scores are those of an index built anew.

  /// Documents, empty ones included.
  public var documentCount: Int { segments.reduce(0) { $0 + $1.liveDocumentCount } }

  /// Documents with at least one word.
  public var nonEmptyDocumentCount: Int {
    segments.reduce(0) { $0 + $1.deletions.liveNonEmptyCount }
  }

  /// Positions of all documents.
  public var totalLength: UInt64 { segments.reduce(0) { $0 + $1.deletions.liveTotalLength } }

  /// Documents that hold `term`.
  public func documentFrequency(of term: String) throws(IndexError) -> Int {
    var count = 0
    for segment in segments {
      if let info = try segment.terms.find(term) {
        count += segment.liveDocumentFrequency(of: info)
      }
    }
    return count
  }
}

extension SegmentReader {
  /// - Throws: ``IndexError/analysisMismatch`` where this program's analysis is another.
  func requirePresentAnalysis(at path: String) throws(IndexError) {
    let present = AnalysisStamp(Analyzer(info.analysis.kind))
    guard info.analysis == present else {
      throw .analysisMismatch(
        path: path, stored: info.analysis.description, present: present.description)
    }
  }
}
