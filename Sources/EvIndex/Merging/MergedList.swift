/// The postings of one term, from several segments.
struct MergedList {
  private(set) var postings = PostingsList()
  private var isAscending = true
  private var positions: [UInt32] = []

  /// The new numbers of the documents of a segment.
  struct Part {
    var file: PostingsFile
    var info: TermInfo
    /// ``MergeOrder/none`` for a document that is deleted.
    var newNumbers: [UInt32]
  }

  /// Replaces the list by the postings of all parts, ascending.
  ///
  /// - Parameter range: The new numbers of the documents that are taken.
  mutating func read(
    _ parts: [Part], in range: ClosedRange<UInt32> = 0...UInt32.max
  ) throws(IndexError) {
    postings.removeAll()
    isAscending = true
    for part in parts { try append(part, range) }
    sort()
  }

  private mutating func append(
    _ part: Part, _ range: ClosedRange<UInt32>
  ) throws(IndexError) {
    var cursor = PostingsCursor(part.file, part.info)
    while true {
      let document = try cursor.next()
      guard document != PostingsCursor.end else { return }
      let number = part.newNumbers[Int(document)]
      guard number != MergeOrder.none, range.contains(number) else { continue }
      if let last = postings.documents.last, last > number { isAscending = false }
      let frequency = try cursor.fieldFrequency()
      if frequency.title | frequency.heading != 0 {
        postings.fields.append(
          PostingsList.Field(
            posting: postings.documents.count, title: frequency.title, heading: frequency.heading))
      }
      postings.documents.append(number)
      postings.frequencies.append(frequency.count)
      try cursor.readPositions(into: &positions)
      var previous: UInt32 = 0
      for position in positions {
        postings.differences.append(position &- previous)
        previous = position
      }
    }
  }

  /// Puts the documents in ascending order.
  private mutating func sort() {
    guard !isAscending else { return }
    var starts: [Int] = []
    var end = 0
    for frequency in postings.frequencies {
      starts.append(end)
      end += Int(frequency)
    }
    var sorted = PostingsList()
    // By their place; most postings have none.
    let fields = Dictionary(postings.fields.map { ($0.posting, $0) }) { first, _ in first }
    for index in postings.documents.indices.sorted(by: {
      postings.documents[$0] < postings.documents[$1]
    }) {
      if var field = fields[index] {
        field.posting = sorted.documents.count
        sorted.fields.append(field)
      }
      sorted.documents.append(postings.documents[index])
      sorted.frequencies.append(postings.frequencies[index])
      let range = starts[index]..<starts[index] + Int(postings.frequencies[index])
      sorted.differences += postings.differences[range]
    }
    postings = sorted
  }

  /// Cuts the new numbers of the documents into ranges that have about so many occurrences each, so that a
  /// list can be read range by range.
  ///
  /// - Parameter documentCount: Documents of all sources together.
  static func ranges(
    of parts: [Part], documentCount: Int, occurrences limit: Int
  ) throws(IndexError) -> [ClosedRange<UInt32>] {
    let width = documentCount / bucketCount + 1
    var buckets = [Int](repeating: 0, count: bucketCount)
    for part in parts {
      var cursor = PostingsCursor(part.file, part.info)
      while true {
        let document = try cursor.next()
        guard document != PostingsCursor.end else { break }
        let number = part.newNumbers[Int(document)]
        if number != MergeOrder.none {
          buckets[Int(number) / width] += Int(try cursor.fieldFrequency().count)
        }
      }
    }
    var ranges: [ClosedRange<UInt32>] = []
    var start = 0
    var count = 0
    for bucket in buckets.indices {
      count += buckets[bucket]
      let end = (bucket + 1) * width
      guard count >= limit || bucket == buckets.count - 1 else { continue }
      ranges.append(UInt32(start)...UInt32(end - 1))
      start = end
      count = 0
    }
    return ranges
  }

  /// Ranges of equal width in which occurrences are counted.
  private static let bucketCount = 1 << 12
}
