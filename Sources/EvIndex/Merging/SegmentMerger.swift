internal import EvBytes

/// Several segments into one.
///
/// The result has the bytes of a segment that is built from the same documents in the same order. A
/// merge takes 21 bytes a document, 16 bytes a document of the longest postings list, and some twenty
/// megabytes, whatever else the segments hold: what was read of them is given back on the way, the
/// positions of a long list are read in pieces, and columns that grow wait in files.
struct SegmentMerger {
  let sources: [MergeSource]
  let order: MergeOrder
  let writer: SegmentWriter
  private let storesText: Bool
  /// Occurrences above which the positions of a list are read in pieces of about as many.
  let longList: Int
  /// The file of each document, in the new order; nil where the documents keep their paths.
  let renamings: [FileRenaming]?

  /// Bytes of text or postings after which the memory of what was read is given back.
  static let releaseInterval = 8 << 20

  /// Merges segments into a new one in `folder`.
  ///
  /// - Parameters:
  ///   - sources: Segments of the same making.
  ///   - order: Documents of `sources`, none twice, at least one.
  ///   - folder: Where the segment is written.
  ///   - renamings: For each document, in the new order, what its file was and is called; nil where
  ///     the documents keep their paths.
  ///   - longList: Occurrences of a term above which its positions are read in pieces.
  /// - Precondition: All sources have the same analysis, and text or not; see ``refusal(of:)``. With
  ///   `renamings` they have it.
  static func merge(
    _ sources: [MergeSource], order: MergeOrder, renamings: [FileRenaming]? = nil,
    into folder: String, longList: Int = 1 << 19
  ) throws(IndexError) -> SegmentInfo {
    let merger = try SegmentMerger(sources, order, renamings, folder, longList)
    let paths = try merger.copyRecords()
    merger.releasePages()
    // The sources may stay open, until the commit is made.
    defer { merger.releasePages() }
    return try merger.mergePostings(paths)
  }

  /// Why segments cannot be merged, in words; nil where they can.
  static func refusal(of segments: [SegmentReader]) -> String? {
    guard let first = segments.first?.info else { return nil }
    for info in segments.map(\.info) {
      if info.analysis != first.analysis {
        return "One part was made with \(first.analysis), another with \(info.analysis)."
      }
      if info.storesText != first.storesText { return "Only one of the parts keeps its text." }
    }
    return nil
  }

  private init(
    _ sources: [MergeSource], _ order: MergeOrder, _ renamings: [FileRenaming]?, _ folder: String,
    _ longList: Int
  ) throws(IndexError) {
    precondition(!order.places.isEmpty, "a segment has at least one document")
    self.renamings = renamings
    self.sources = sources
    self.order = order
    self.longList = longList
    let info = sources[0].segment.info
    storesText = info.storesText
    writer = try SegmentWriter(
      folder: folder, analysis: info.analysis, storesText: info.storesText)
  }

  /// Gives back the memory that holds what was read of the sources.
  func releasePages() {
    for source in sources { source.releasePages() }
  }

  /// - Returns: Where files were renamed, the ``StoredDocument/filePath`` of every document.
  private func copyRecords() throws(IndexError) -> [String] {
    var paths: [String] = []
    let documents = StoredChunkCache(sources.map(\.segment.documents))
    let texts = StoredChunkCache(sources.compactMap(\.segment.texts))
    let compressor = Compressor()
    var builder = StoredChunkBuilder()
    var index = 0
    var textByteCount = 0
    while index < order.places.count {
      if textByteCount >= Self.releaseInterval {
        textByteCount = 0
        releasePages()
      }
      if builder.documentCount == 0, renamings == nil,
        let count = try copyChunk(at: index, documents)
      {
        index += count
        textByteCount += StoredFile.chunkTextBytes(storesText: storesText)
        continue
      }
      let place = order.places[index]
      let (source, number) = (Int(place.source), Int(place.document))
      var (record, outline) = try documents.withRecord(number, ofFile: source) {
        record throws(FormatError) in
        (record.copied(), try StoredDocument.outline(record))
      }
      let text =
        storesText ? try texts.withRecord(number, ofFile: source) { $0.copied() } : nil
      if let renamings, let text {
        do throws(FormatError) {
          var stored = try StoredDocument.decode(record.rawSpan)
          _ = stored.rename(renamings[index])
          paths.append(stored.filePath)
          record = try stored.record(with: text)
          outline.contentHash = stored.contentHash
        } catch {
          throw sources[source].segment.documents.reader.corrupt(0, error)
        }
      }
      try addDocument(outline, place)
      builder.add(textByteCount: outline.textByteCount) { documents, texts in
        documents.writeCount(record.count)
        documents.write(contentsOf: record)
        guard let text else { return }
        texts.writeCount(text.count)
        texts.write(contentsOf: text)
      }
      index += 1
      textByteCount += outline.textByteCount
      if builder.isFull(storesText: storesText) || index == order.places.count {
        try writer.addChunk(try builder.finish(compressor, storesText: storesText))
      }
    }
    return paths
  }

  /// Copies a chunk as it is, where the documents from `index` on are exactly those of a chunk that
  /// would be a chunk here too.
  ///
  /// - Returns: How many documents it has; nil where the records have to be gathered one by one.
  private func copyChunk(at index: Int, _ cache: StoredChunkCache) throws(IndexError) -> Int? {
    let place = order.places[index]
    let segment = sources[Int(place.source)].segment
    let chunk = try segment.documents.chunk(of: Int(place.document))
    let range = try segment.documents.documents(ofChunk: chunk)
    guard range.lowerBound == Int(place.document), index + range.count <= order.places.count else {
      return nil
    }
    for (offset, document) in range.enumerated()
    where order.places[index + offset] != .init(source: place.source, document: UInt32(document)) {
      return nil
    }
    var outlines: [StoredDocument.Outline] = []
    for document in range {
      outlines.append(
        try cache.withRecord(document, ofFile: Int(place.source), StoredDocument.outline))
    }
    // Only the last chunk of a segment may be less than full.
    let textByteCount = outlines.reduce(0) { $0 + $1.textByteCount }
    guard
      textByteCount >= StoredFile.chunkTextBytes(storesText: storesText)
        || index + range.count == order.places.count
    else { return nil }
    var copy = StoredChunk(
      hashes: try segment.documents.hashes(ofChunk: chunk),
      documents: try segment.documents.frame(ofChunk: chunk))
    if let texts = segment.texts {
      guard chunk < texts.chunkCount, try texts.documents(ofChunk: chunk) == range else {
        throw texts.reader.corrupt(1, at: 0, "its chunks are not those of the documents")
      }
      copy.texts = try texts.frame(ofChunk: chunk)
    }
    for (outline, place) in zip(outlines, order.places[index...]) {
      try addDocument(outline, place)
    }
    try writer.addChunk(copy)
    return range.count
  }

  private func addDocument(
    _ outline: StoredDocument.Outline, _ place: MergeOrder.Place
  ) throws(IndexError) {
    let segment = sources[Int(place.source)].segment
    let dates = segment.dates
    try writer.addDocument(
      contentHash: outline.contentHash, length: outline.positionCount,
      titleLength: segment.titleLength(of: place.document),
      day: dates?.day(of: place.document) ?? DateColumn.unknown)
  }
}

/// The terms of several dictionaries in ascending order, each once.
struct MergedTerms {
  private var cursors: [TermCursor?] = []

  /// A term, and what each of the dictionaries that have it knows of it.
  typealias Entry = (term: [UInt8], parts: [(source: Int, info: TermInfo)])

  init(_ dictionaries: [TermDictionary]) throws(IndexError) {
    for dictionary in dictionaries {
      var cursor = TermCursor(dictionary)
      cursors.append(try cursor.next() ? cursor : nil)
    }
  }

  mutating func next() throws(IndexError) -> Entry? {
    var least: [UInt8]?
    for case let cursor? in cursors {
      if let term = least, !cursor.term.rawSpan.precedes(term.rawSpan) { continue }
      least = cursor.term
    }
    guard let term = least else { return nil }
    var parts: [(source: Int, info: TermInfo)] = []
    for place in cursors.indices {
      guard let cursor = cursors[place], cursor.term == term else { continue }
      parts.append((place, cursor.info))
      // Advanced where it is: a copy would double the memory of its term at every step.
      if try cursors[place]?.next() != true { cursors[place] = nil }
    }
    return (term, parts)
  }
}
