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
  public init(
    path: String, verification: SegmentReader.Verification = .automatic
  ) throws(IndexError) {
    self.path = path
    var manifest = try Manifest.read(from: path)
    while true {
      do throws(IndexError) {
        segments = try Self.open(manifest, in: path, verification)
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
    _ manifest: Manifest, in path: String, _ verification: SegmentReader.Verification
  ) throws(IndexError) -> [SegmentReader] {
    var segments: [SegmentReader] = []
    for segment in manifest.segments {
      let reader = try SegmentReader(segment, in: path, verification: verification)
      let present = AnalysisStamp(Analyzer(reader.info.analysis.kind))
      guard reader.info.analysis == present else {
        throw .analysisMismatch(
          path: path, stored: reader.info.analysis.description, present: present.description)
      }
      segments.append(reader)
    }
    return segments
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
