// What is read of an index of which a file is damaged: each reading ends with an error or an answer.

import EvBytes
import EvIndex
import EvQuery
import Synchronization

/// Reads an index with a damaged file.
enum IndexReading {
  /// The index of each kind of file; whoever uses one holds the lock.
  private static let indexes = Mutex<[SegmentFile.Kind: DamagedIndex]>([:])

  private static func index(
    _ kind: SegmentFile.Kind, in indexes: inout [SegmentFile.Kind: DamagedIndex]
  ) throws -> DamagedIndex {
    if let index = indexes[kind] { return index }
    let index = try DamagedIndex(kind)
    indexes[kind] = index
    return index
  }

  /// The sections of a file of this kind, as they are written.
  static func seeds(_ kind: SegmentFile.Kind) -> [[UInt8]] {
    // Without an index every input is a finding.
    (try? indexes.withLock { try index(kind, in: &$0).seeds() }) ?? []
  }

  /// What is wrong with how a damaged file is read, or nil.
  static func problem(_ kind: SegmentFile.Kind, with input: [UInt8]) -> String? {
    do {
      _ = try refusals(kind, of: input, readsAll: false)
      return nil
    } catch {
      return "there is no index to damage: \(error)"
    }
  }

  /// How many readings end with an error; 0 for what is sound.
  ///
  /// - Parameter readsAll: Whether everything is read; else what depends on the file, and of the searches
  ///   and checks a part that is drawn by the input, so that there is time for many inputs.
  static func refusals(
    _ kind: SegmentFile.Kind, of input: [UInt8], readsAll: Bool
  ) throws -> Int {
    try indexes.withLock { indexes in
      let index = try index(kind, in: &indexes)
      try index.damage(input)
      var reading = Reading(index, readsAll: readsAll)
      reading.read(kind)
      return reading.refusals
    }
  }

  /// One reading.
  private struct Reading {
    private let index: DamagedIndex
    private let readsAll: Bool
    private(set) var refusals = 0

    init(_ index: DamagedIndex, readsAll: Bool) {
      self.index = index
      self.readsAll = readsAll
    }

    /// Whether one of several readings, which take turns, is due.
    private func isDue(_ number: Int, of count: UInt64) -> Bool {
      readsAll || index.checksum % count == UInt64(number) % count
    }

    private mutating func attempt(_ body: () throws(IndexError) -> Void) {
      // To be refused is right.
      do throws(IndexError) { try body() } catch { refusals += 1 }
    }

    mutating func read(_ kind: SegmentFile.Kind) {
      if kind == .files { return readFiles() }
      let opened: SegmentReader?
      do throws(IndexError) { opened = try segment(kind) } catch {
        refusals += 1
        return
      }
      guard let opened else { return }
      let isOfTerms = kind == .terms || kind == .postings || kind == .positions
      let isOfRecords = kind == .documents || kind == .texts
      if isOfTerms || kind == .forms || isDue(1, of: 16) { readTerms(opened) }
      if isOfRecords || isDue(2, of: 16) { readDocuments(opened) }
      search(opened, share: isOfTerms ? 4 : 16)
      if isDue(0, of: 16) { refusals += IndexChecker.check(opened).problems.count }
    }

    /// The segment whose file of a kind is damaged.
    private func segment(_ kind: SegmentFile.Kind) throws(IndexError) -> SegmentReader? {
      switch kind {
      case .manifest:
        let snapshot = try IndexSnapshot(path: index.path, verification: .structure)
        _ = (snapshot.documentCount, snapshot.totalLength, snapshot.nonEmptyDocumentCount)
        return snapshot.segments.first
      case .deletions:
        let name = IndexFolder.deletionsName(index.sound.info.id, index.soundDeletions)
        let deletions = try DeletedDocuments(
          path: "\(index.path)/\(name)", checksum: index.checksum, of: index.sound.info)
        return try SegmentReader(reopening: index.sound, deletions: deletions)
      default: return try SegmentReader(folder: index.sound.folder, verification: .structure)
      }
    }

    private mutating func readFiles() {
      let index = self.index
      attempt { () throws(IndexError) in
        let snapshot = try IndexSnapshot(path: index.path)
        guard let files = snapshot.indexedFiles() else { throw .notFound(path: index.path) }
        for path in files.paths { _ = files.state(ofFile: path, in: index.path) }
        _ = files.file(ofDocument: "all.jsonl#7")
        _ = files.comparison(
          with: [SourceFile(path: "all.jsonl", byteCount: 9, modificationTime: 7, inode: 3)],
          in: index.path)
      }
    }

    /// Looks terms up, and reads all postings and positions.
    private mutating func readTerms(_ segment: SegmentReader) {
      let index = self.index
      for term in index.terms {
        attempt { () throws(IndexError) in
          guard let info = try segment.terms.find(term) else { return }
          var cursor = PostingsCursor(segment.postings, info)
          _ = try cursor.seek(to: 64)
          _ = try cursor.seek(to: 139)
        }
      }
      var infos: [TermInfo] = []
      attempt { () throws(IndexError) in
        var cursor = TermCursor(segment.terms)
        while try cursor.next() { infos.append(cursor.info) }
      }
      var positions: [UInt32] = []
      for info in infos {
        attempt { () throws(IndexError) in
          var cursor = PostingsCursor(segment.postings, info)
          while try cursor.next() != PostingsCursor.end {
            _ = try cursor.fieldFrequency()
            try cursor.readPositions(into: &positions)
          }
        }
      }
      attempt { () throws(IndexError) in
        for number in [0, 1, segment.info.termCount - 1] { _ = try segment.terms.term(at: number) }
        try segment.terms.scan(for: Array("te".utf8), atEnd: true) { _, _ in }
        let snapshot = IndexSnapshot(path: index.path, segments: [segment])
        for word in ["rate", "lock", "the"] {
          _ = try snapshot.stemForms(of: word)
          _ = try snapshot.markedForms(of: word)
        }
      }
    }

    private mutating func readDocuments(_ segment: SegmentReader) {
      for number in stride(from: 0, to: UInt32(segment.info.documentCount), by: 35) {
        attempt { () throws(IndexError) in
          _ = try segment.document(number)
          _ = try segment.titlePositionCount(of: number)
          if let text = try segment.text(number) {
            _ = text.sourceMap.position(of: text.bytes.count, in: text.bytes.span)
          }
        }
      }
      attempt { () throws(IndexError) in _ = try segment.paths(of: [0, 1, 70, 139]) }
      attempt { () throws(IndexError) in _ = try segment.languages() }
      attempt { () throws(IndexError) in
        try segment.forEachLiveDocument { number, _ in _ = segment.dates?.day(of: number) }
      }
    }

    private mutating func search(_ segment: SegmentReader, share: UInt64) {
      let index = self.index
      let snapshot = IndexSnapshot(path: index.path, segments: [segment])
      let searcher = Searcher(snapshot)
      for (number, query) in index.queries.enumerated() where isDue(number, of: share) {
        attempt { () throws(IndexError) in
          _ = try searcher.search(query, limit: 5, counts: false)
          _ = try searcher.search(query, limit: 5)
          _ = try searcher.search(query, limit: 0)
        }
      }
      guard isDue(3, of: share) else { return }
      attempt { () throws(IndexError) in
        let matches = try searcher.matches(index.queries[0])
        for facet in Facet.allCases { _ = try searcher.counts(of: facet, matches) }
        _ = try snapshot.terms(prefix: "r", limit: 5)
      }
    }
  }
}
