internal import EvAnalysis
internal import EvBytes

/// A damaged index: the segments that are sound, and which files the others were made from.
struct IndexDamage {
  /// The index without its damaged segments.
  let sound: IndexSnapshot

  /// The files that documents of damaged segments may be of.
  private var damaged: Set<PathKey> = []

  /// The documents of sound segments, where it is not known which the damaged ones have.
  private var known: Set<PathKey>?

  /// Checks an index; nil where its manifest cannot be read, so that nothing of it can be kept.
  init?(path: String) {
    // Why it cannot be read is what the check says.
    guard let manifest = try? Manifest.read(from: path) else { return nil }
    var segments: [SegmentReader] = []
    var left = manifest
    left.segments = []
    var damagedSegments: [Manifest.Segment] = []
    for entry in manifest.segments {
      // The check says what is wrong; here it counts only that something is.
      if IndexChecker.check(entry, in: path).problems.isEmpty,
        let segment = try? SegmentReader(entry, in: path, verification: .structure)
      {
        segments.append(segment)
        left.segments.append(entry)
      } else {
        damagedSegments.append(entry)
      }
    }
    sound = IndexSnapshot(path: path, manifest: left, segments: segments)
    for entry in damagedSegments where !takeFiles(ofSegment: "\(path)/\(entry.id)") {
      known = []
    }
    guard known != nil else { return }
    for segment in segments {
      // It was read a moment ago, when it was sound; what cannot be read now is read from the sources.
      try? segment.documents.forEachRecord { _, record throws(FormatError) in
        let path = record.extracting(try StoredDocument.outline(record).path)
        known?.insert(PathKey(path))
      }
    }
  }

  /// Whether the documents of a file, or some of them, are lost.
  func isLost(_ file: String) -> Bool {
    let key = PathKey(file)
    if damaged.contains(key) { return true }
    // Where it is not known what was lost, a file is whole only if it is one document, which is there.
    return known.map { !$0.contains(key) } ?? false
  }

  /// Takes note of the files of a damaged segment.
  ///
  /// - Returns: Whether the segment still says which they are.
  private mutating func takeFiles(ofSegment folder: String) -> Bool {
    var files: Set<PathKey> = []
    do throws(IndexError) {
      let info = try SegmentInfo.read(from: folder)
      let documents = try StoredFile(.documents, folder: folder, documentCount: info.documentCount)
      try documents.reader.verify()
      try documents.forEachRecord { _, record throws(FormatError) in
        let path = record.extracting(try StoredDocument.outline(record).path)
        _ = DocumentFile.contains(path) {
          files.insert($0)
          return false
        }
      }
    } catch { return false }
    damaged.formUnion(files)
    return true
  }
}

extension IndexSnapshot {
  /// - Throws: What is different, where a segment was not made as `configuration` wants it by this
  ///   program's analysis.
  func requireMake(_ configuration: IndexConfiguration) throws(IndexError) {
    let wanted = AnalysisStamp(configuration.analyzer)
    for info in segments.map(\.info) {
      guard info.analysis == wanted else {
        throw .analysisMismatch(
          path: path, stored: info.analysis.description, present: wanted.description)
      }
      guard info.storesText == configuration.storesText else {
        let has = info.storesText ? "keeps" : "does not keep"
        throw .limit(reason: "The index at \(path) \(has) its text, unlike what is added to it.")
      }
    }
  }
}
