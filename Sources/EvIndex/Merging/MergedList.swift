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

  /// What is taken of postings.
  enum Contents {
    case documents
    case all
  }

  /// Replaces the list by the postings of all parts, ascending.
  ///
  /// - Parameters:
  ///   - contents: Whether positions are read.
  ///   - range: The new numbers of the documents that are taken.
  mutating func read(
    _ parts: [Part], _ contents: Contents = .all, in range: ClosedRange<UInt32> = 0...UInt32.max
  ) throws(IndexError) {
    postings.removeAll()
    isAscending = true
    for part in parts { try append(part, contents, range) }
    sort(contents)
  }

  private mutating func append(
    _ part: Part, _ contents: Contents, _ range: ClosedRange<UInt32>
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
      guard contents == .all else { continue }
      try cursor.readPositions(into: &positions)
      var previous: UInt32 = 0
      for position in positions {
        postings.differences.append(position &- previous)
        previous = position
      }
    }
  }

  /// Puts the documents in ascending order.
  private mutating func sort(_ contents: Contents) {
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
      guard contents == .all else { continue }
      let range = starts[index]..<starts[index] + Int(postings.frequencies[index])
      sorted.differences += postings.differences[range]
    }
    postings = sorted
  }

  /// Cuts the documents of the list into ranges that have about so many occurrences.
  func ranges(ofOccurrences limit: Int) -> [ClosedRange<UInt32>] {
    var ranges: [ClosedRange<UInt32>] = []
    var start: UInt32 = 0
    var count = 0
    for (document, frequency) in zip(postings.documents, postings.frequencies) {
      count += Int(frequency)
      guard count >= limit else { continue }
      ranges.append(start...document)
      start = document + 1
      count = 0
    }
    if count > 0 { ranges.append(start...UInt32.max) }
    return ranges
  }
}
