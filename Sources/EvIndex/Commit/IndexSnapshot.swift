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
    manifest = try Manifest.read(from: path)
    var segments: [SegmentReader] = []
    for segment in manifest.segments {
      let reader = try SegmentReader(
        folder: "\(path)/\(segment.id)", expected: segment.checksum, verification: verification)
      let present = AnalysisStamp(Analyzer(reader.info.analysis.kind))
      guard reader.info.analysis == present else {
        throw .analysisMismatch(
          path: path, stored: reader.info.analysis.description, present: present.description)
      }
      segments.append(reader)
    }
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

  /// Documents, empty ones included.
  public var documentCount: Int { segments.reduce(0) { $0 + $1.info.documentCount } }

  /// Documents with at least one word.
  public var nonEmptyDocumentCount: Int {
    segments.reduce(0) { $0 + $1.info.nonEmptyDocumentCount }
  }

  /// Positions of all documents.
  public var totalLength: UInt64 { segments.reduce(0) { $0 + $1.info.totalLength } }

  /// Documents that hold `term`.
  public func documentFrequency(of term: String) throws(IndexError) -> Int {
    var count = 0
    for segment in segments { count += try segment.terms.find(term)?.documentFrequency ?? 0 }
    return count
  }
}
