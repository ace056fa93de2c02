internal import EvAnalysis
internal import EvBytes
internal import EvCodecs

/// Reads all of an index and compares it with everything that the format says of itself.
public struct IndexChecker {
  /// What was read.
  public struct Report: Equatable, Sendable {
    /// What is wrong; empty for a sound index.
    public var problems: [IndexError] = []
    /// Files read.
    public var fileCount = 0
    /// Bytes read.
    public var byteCount = 0
    /// Postings read.
    public var postingCount = 0
  }

  private var report = Report()

  private init() {}

  /// Checks the index in a folder.
  ///
  /// Goes on after a problem where something is left that can be read.
  public static func check(path: String) -> Report {
    var checker = IndexChecker()
    checker.check(path)
    return checker.report
  }

  private mutating func check(_ path: String) {
    let manifest: Manifest
    do throws(IndexError) { manifest = try Manifest.read(from: path) } catch {
      report.problems.append(error)
      return
    }
    report.fileCount += 1
    for segment in manifest.segments { check(segment, path) }
  }

  /// Checks a segment that is open.
  package static func check(_ segment: SegmentReader) -> Report {
    var checker = IndexChecker()
    checker.check(segment)
    return checker.report
  }

  /// Checks one segment of an index.
  static func check(_ segment: Manifest.Segment, in path: String) -> Report {
    var checker = IndexChecker()
    checker.check(segment, path)
    return checker.report
  }

  private mutating func check(_ segment: Manifest.Segment, _ path: String) {
    do throws(IndexError) {
      check(try SegmentReader(segment, in: path, verification: .structure))
    } catch {
      report.problems.append(error)
    }
  }

  /// Checks one segment.
  private mutating func check(_ segment: SegmentReader) {
    report.fileCount += segment.files.count + 1
    report.byteCount += segment.info.byteCount
    if let deletions = segment.deletions.reader {
      report.fileCount += 1
      report.byteCount += deletions.byteCount
    }
    for file in segment.files {
      do throws(IndexError) { try file.verify() } catch { report.problems.append(error) }
    }
    // Where a checksum is wrong, the first contradiction tells where about the damage is.
    do throws(IndexError) {
      let lengths = try checkDocuments(segment)
      try checkDeletions(segment, lengths)
      try checkTerms(segment, lengths)
      try FieldChecker(segment).check()
    } catch {
      report.problems.append(error)
    }
  }

  /// - Returns: The length of each document.
  private func checkDocuments(_ segment: SegmentReader) throws(IndexError) -> [UInt32] {
    var lengths: [UInt32] = []
    let identity = segment.files[4]
    try segment.forEachDocument { number, document throws(FormatError) in
      lengths.append(UInt32(document.positionCount))
      let norms = segment.norms
      let code = norms.section(0).load(UInt8.self, at: Int(number))
      guard code == NormCode.encode(UInt32(document.positionCount)) else {
        throw .invalidValue(
          field: "length of document \(number)", value: UInt64(document.positionCount), offset: 0)
      }
      let title = segment.titleLength(of: number)
      guard title <= document.positionCount, title == 0 || !document.title.isEmpty else {
        throw .invalidValue(
          field: "title of document \(number)", value: UInt64(title), offset: 0)
      }
    }
    let total = lengths.reduce(UInt64(0)) { $0 + UInt64($1) }
    guard total == segment.info.totalLength,
      lengths.count(where: { $0 > 0 }) == segment.info.nonEmptyDocumentCount
    else { throw identity.corrupt(0, at: 0, "the documents' lengths do not add up") }
    try segment.forEachText { number, text throws(FormatError) in
      for sentence in text.sentences
      where sentence.firstPosition > lengths[Int(number)] {
        throw .invalidValue(
          field: "sentence of document \(number)", value: UInt64(sentence.firstPosition), offset: 0)
      }
    }
    return lengths
  }

  /// Compares what the file of deletions says of the documents that are left.
  private func checkDeletions(
    _ segment: SegmentReader, _ lengths: [UInt32]
  ) throws(IndexError) {
    guard let file = segment.deletions.reader else { return }
    let live = lengths.indices.filter { !segment.isDeleted(UInt32($0)) }.map { lengths[$0] }
    guard live.count(where: { $0 > 0 }) == segment.deletions.liveNonEmptyCount,
      live.reduce(0, { $0 + UInt64($1) }) == segment.deletions.liveTotalLength
    else {
      throw file.corrupt(1, at: 0, "the lengths of the documents that are left do not add up")
    }
  }

  /// Walks every posting and position.
  private mutating func checkTerms(
    _ segment: SegmentReader, _ lengths: [UInt32]
  ) throws(IndexError) {
    let average =
      Double(segment.info.totalLength) / Double(max(1, segment.info.nonEmptyDocumentCount))
    let impacts = ImpactModel.Kind.allCases.map {
      ImpactModel($0, averageLength: Float(average))
    }
    var cursor = TermCursor(segment.terms)
    var previous: [UInt8]?
    var tokens = 0
    var positions: [UInt32] = []
    while try cursor.next() {
      if let previous, !previous.rawSpan.precedes(cursor.term.rawSpan) {
        throw segment.terms.reader.corrupt(0, at: 0, "the terms are not in order")
      }
      previous = cursor.term
      if !segment.isField(cursor.term) { tokens += cursor.info.totalFrequency }
      try check(cursor, segment, lengths, impacts, &positions)
    }
    guard UInt64(tokens) == segment.info.tokenCount else {
      throw segment.terms.reader.corrupt(0, at: 0, "the terms' occurrences do not add up")
    }
  }

  private mutating func check(
    _ term: TermCursor, _ segment: SegmentReader, _ lengths: [UInt32],
    _ impacts: [ImpactModel], _ positions: inout [UInt32]
  ) throws(IndexError) {
    func wrong(_ reason: String) -> IndexError {
      let name = String(decoding: term.term, as: UTF8.self)
      return segment.postings.postings.corrupt(
        0, at: term.info.postingsOffset, "\(reason), for the term \(name)")
    }
    var postings = PostingsCursor(segment.postings, term.info)
    var previous: UInt32?
    var documents = 0
    var deleted = 0
    var occurrences = 0
    while try postings.next() != PostingsCursor.end {
      let document = postings.document
      if let previous, previous >= document { throw wrong("the documents do not ascend") }
      previous = document
      let frequency = try postings.fieldFrequency()
      try postings.readPositions(into: &positions)
      let length = segment.isField(term.term) ? 1 : lengths[Int(document)]
      guard (positions.last ?? 0) < length,
        zip(positions, positions.dropFirst()).allSatisfy({ $0 <= $1 })
      else { throw wrong("a position is out of order or past the end of document \(document)") }
      guard frequency.title <= frequency.count,
        frequency.heading <= frequency.count - frequency.title
      else { throw wrong("there are too many in the title or headings of document \(document)") }
      let block = term.info.firstBlock + documents / PackedBlock.count
      for kind in ImpactModel.Kind.allCases where term.info.blockCount > 0 {
        let norm = NormCode.encode(lengths[Int(document)])
        let bound = try segment.postings.entry(.bounds(kind), block, as: UInt8.self)
        let impact = impacts[kind.rawValue].impact(frequency, norm: norm)
        guard impact / term.info.impacts(kind).maximum <= ImpactCode.share(of: bound) else {
          throw wrong("the bound of block \(block) is too low for document \(document)")
        }
      }
      documents += 1
      if segment.isDeleted(document) { deleted += 1 }
      occurrences += Int(frequency.count)
    }
    report.postingCount += documents
    guard documents == term.info.documentFrequency, occurrences == term.info.totalFrequency else {
      throw wrong("the number of documents or occurrences is wrong")
    }
    guard deleted == segment.deletions.documentFrequency(of: term.info) else {
      throw wrong("the number of deleted documents is wrong")
    }
  }
}
