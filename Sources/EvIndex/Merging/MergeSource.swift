internal import EvBytes

/// A segment that is merged, without the documents that are deleted.
struct MergeSource: Sendable {
  let segment: SegmentReader

  /// A bit a document as ``DeletedDocuments/words`` has them; empty where nothing is deleted.
  let deleted: [UInt64]

  /// - Parameter deleted: Bits; by default those that the segment was opened with.
  init(_ segment: SegmentReader, deleted: [UInt64]? = nil) {
    self.segment = segment
    self.deleted = deleted ?? segment.deletions.words
  }

  func isDeleted(_ document: Int) -> Bool {
    !deleted.isEmpty && deleted[document >> 6] >> UInt64(document & 63) & 1 != 0
  }

  /// Gives back the memory that holds what was read of the segment.
  func releasePages() {
    for file in segment.files { file.releasePages() }
  }

  /// Documents that are left.
  var liveCount: Int {
    segment.info.documentCount - deleted.reduce(0) { $0 + $1.nonzeroBitCount }
  }
}

/// The documents of a merged segment, and where each comes from.
struct MergeOrder {
  /// A document of a source.
  struct Place: Equatable {
    var source: UInt32
    var document: UInt32
  }

  /// Where the documents come from, in the order that they will have.
  let places: [Place]

  /// The number of no document.
  static let none = UInt32.max

  /// The documents of each source that are not deleted, one source behind the other.
  init(concatenating sources: [MergeSource]) {
    var places: [Place] = []
    places.reserveCapacity(sources.reduce(0) { $0 + $1.liveCount })
    for (number, source) in sources.enumerated() {
      for document in 0..<source.segment.info.documentCount where !source.isDeleted(document) {
        places.append(Place(source: UInt32(number), document: UInt32(document)))
      }
    }
    self.places = places
  }

  /// The documents in the order of the bytes of their paths; of equal ones the first.
  init(byPathIn sources: [MergeSource]) throws(IndexError) {
    let places = MergeOrder(concatenating: sources).places
    var paths = PathList()
    for source in sources {
      var document = 0
      try source.segment.documents.forEachRecord { _, record throws(FormatError) in
        defer { document += 1 }
        guard !source.isDeleted(document) else { return }
        paths.append(record.extracting(try StoredDocument.outline(record).path))
      }
    }
    let isSorted = (1..<max(1, places.count)).allSatisfy { !paths.precedes($0, $0 - 1) }
    guard !isSorted else {
      self.places = places
      return
    }
    var order = Array(0..<UInt32(places.count))
    order.sort { left, right in
      paths.precedes(Int(left), Int(right))
        || !paths.precedes(Int(right), Int(left)) && left < right
    }
    self.places = order.map { places[Int($0)] }
  }

  /// The new number of each document of each source, ``none`` for one that is deleted.
  func newNumbers(_ sources: [MergeSource]) -> [[UInt32]] {
    var numbers = sources.map { source in
      [UInt32](repeating: Self.none, count: source.segment.info.documentCount)
    }
    for (number, place) in places.enumerated() {
      numbers[Int(place.source)][Int(place.document)] = UInt32(number)
    }
    return numbers
  }
}

/// The paths of documents, one behind the other.
private struct PathList {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]

  mutating func append(_ path: RawSpan) {
    bytes += path.copied()
    ends.append(bytes.count)
  }

  /// Whether the path of one document is in front of that of another, in the order of bytes.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    bytes.rawSpan.extracting(ends[left]..<ends[left + 1])
      .precedes(bytes.rawSpan.extracting(ends[right]..<ends[right + 1]))
  }
}
