internal import EvIndex

/// The occurrences of a term in documents, or in their titles alone.
final class TermOccurrences: OccurrenceCursor {
  private var postings: PostingsCursor
  private let similarity: BM25
  private let isInTitle: Bool
  let cost: Int
  private var isBeforeFirst = true
  private var positions: [UInt32] = []

  init(
    _ segment: SegmentReader, _ info: TermInfo, _ similarity: BM25, inTitle isInTitle: Bool
  ) {
    postings = PostingsCursor(segment.postings, info)
    self.similarity = similarity
    self.isInTitle = isInTitle
    cost = info.documentFrequency
  }

  var document: UInt32 { postings.document }

  func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    guard isInTitle else { return try postings.seek(to: target) }
    if !isBeforeFirst, postings.document >= target { return postings.document }
    isBeforeFirst = false
    var document = try postings.seek(to: target)
    while document != Scorer.end, try postings.fieldFrequency().title == 0 {
      document = try postings.seek(to: document + 1)
    }
    return document
  }

  func frequency() throws(IndexError) -> Float { similarity.weighted(try fieldFrequency()) }

  /// Occurrences by field; where only those in the title are wanted, they are all there are.
  func fieldFrequency() throws(IndexError) -> FieldFrequency {
    let frequency = try postings.fieldFrequency()
    return isInTitle ? FieldFrequency(count: frequency.title) : frequency
  }

  /// Replaces `result` by the positions in the current document; once a document.
  func readPositions(into result: inout [UInt32]) throws(IndexError) {
    try postings.readPositions(into: &result)
    guard isInTitle else { return }
    let title = Int(try postings.fieldFrequency().title)
    // The title comes first.
    result.removeLast(max(0, result.count - title))
  }

  func readSpans(into spans: inout [OccurrenceSpan]) throws(IndexError) {
    try readPositions(into: &positions)
    for position in positions { spans.append(OccurrenceSpan(start: position, end: position)) }
  }
}

/// The occurrences of any of several forms of one thing, each with a weight.
final class VariantOccurrences: OccurrenceCursor {
  private let variants: [(cursor: any OccurrenceCursor, weight: Float)]
  private(set) var document: UInt32 = 0

  init(_ variants: [(cursor: any OccurrenceCursor, weight: Float)]) {
    self.variants = variants
  }

  func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    var first = Scorer.end
    for variant in variants { first = min(first, try variant.cursor.seek(to: target)) }
    document = first
    return first
  }

  func frequency() throws(IndexError) -> Float {
    var sum: Float = 0
    for variant in variants where variant.cursor.document == document {
      sum += variant.weight * (try variant.cursor.frequency())
    }
    return sum
  }

  var share: Float {
    variants.reduce(0) { share, variant in
      variant.cursor.document == document
        ? max(share, variant.weight * variant.cursor.share) : share
    }
  }

  func readSpans(into spans: inout [OccurrenceSpan]) throws(IndexError) {
    for variant in variants where variant.cursor.document == document {
      try variant.cursor.readSpans(into: &spans)
    }
  }

  var cost: Int { variants.reduce(0) { $0 + $1.cursor.cost } }
}
