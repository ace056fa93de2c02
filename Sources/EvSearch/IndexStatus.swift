public import EvIndex

/// What an index consists of.
public struct IndexStatus: Equatable, Sendable {
  /// Commits so far.
  public var generation: UInt64
  /// Documents, empty ones included.
  public var documents: Int
  /// Words of all documents.
  public var words: Int
  /// Segments.
  public var segments: Int
  /// Different terms, counted in each segment by itself.
  public var terms: Int
  /// Bytes of all segments.
  public var bytes: Int
  /// What was not indexed, and why.
  public var skipped: [SkippedFile]
  /// How text became tokens.
  public var analyzer: String
  /// The version of ICU that did it.
  public var icuVersion: String
}

extension SearchIndex {
  /// What the index consists of.
  public var status: IndexStatus {
    let segments = snapshot.segments.map(\.info)
    let stamp = segments.first?.analysis ?? AnalysisStamp(snapshot.analyzer)
    return IndexStatus(
      generation: snapshot.manifest.generation, documents: snapshot.documentCount,
      words: Int(snapshot.totalLength), segments: segments.count,
      terms: segments.reduce(0) { $0 + $1.termCount },
      bytes: segments.reduce(0) { $0 + $1.byteCount }, skipped: snapshot.manifest.skipped,
      analyzer: "\(stamp.kind) \(stamp.version)", icuVersion: stamp.icu)
  }

  /// Reads all of the index at `path`, and compares it with everything that its format says of itself.
  public static func check(at path: String) -> IndexChecker.Report {
    IndexChecker.check(path: path)
  }

  /// Hands out the index as text, line by line: everything, or the postings of one term.
  public func inspect(term: String? = nil, to line: (String) -> Void) throws(IndexError) {
    for segment in snapshot.segments { try SegmentDump.write(segment, term: term, to: line) }
  }

  /// The libraries that the bytes of an index depend on, by name.
  public static var libraryVersions: [(name: String, version: String)] {
    IndexLibraries.versions
  }
}
