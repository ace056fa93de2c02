internal import EvIndex

/// The occurrences of a phrase: its terms at fixed distances.
final class PhraseOccurrences: OccurrenceCursor {
  /// The terms, each with its place in the phrase, the rarest first.
  private let terms: [(cursor: TermOccurrences, offset: UInt32)]
  private let cursors: [any OccurrenceCursor]
  private let length: UInt32
  private let similarity: BM25
  /// The last start at which all words are in the title; below 0 for none.
  private var lastInTitle: Int64 = -1
  /// The fewest occurrences in headings that any word has.
  private var headings: UInt32 = 0
  private var starts: [UInt32] = []
  private var positions: [UInt32] = []
  private(set) var document: UInt32 = 0
  private var isBeforeFirst = true

  /// - Parameters:
  ///   - terms: One cursor for each term of the phrase, with its offset; at least one.
  ///   - length: ``Phrase/length``.
  init(
    _ terms: [(cursor: TermOccurrences, offset: UInt32)], length: UInt32, _ similarity: BM25
  ) {
    self.similarity = similarity
    self.terms = terms.sorted { $0.cursor.cost < $1.cursor.cost }
    cursors = self.terms.map(\.cursor)
    self.length = length
  }

  func isIn(_ document: UInt32) throws(IndexError) -> Bool {
    for term in terms {
      guard try term.cursor.seek(to: document) == document else { return false }
    }
    isBeforeFirst = false
    self.document = document
    try matchPositions()
    return !starts.isEmpty
  }

  func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    // Positions can be read once a document, so a document is not looked at again.
    if !isBeforeFirst, document >= target { return document }
    isBeforeFirst = false
    var target = target
    while true {
      let candidate = try firstCommonDocument(cursors, from: target)
      document = candidate
      guard candidate != Scorer.end else { return candidate }
      try matchPositions()
      if !starts.isEmpty { return candidate }
      target = candidate + 1
    }
  }

  /// An occurrence is in the title where all its words are; in headings are as many as each word has
  /// there, at most.
  func frequency() throws(IndexError) -> Float {
    let count = UInt32(starts.count)
    let title = UInt32(starts.count { Int64($0) <= lastInTitle })
    return similarity.weighted(
      FieldFrequency(count: count, title: title, heading: min(headings, count - title)))
  }

  func readSpans(into spans: inout [OccurrenceSpan]) throws(IndexError) {
    for start in starts { spans.append(OccurrenceSpan(start: start, end: start + length - 1)) }
  }

  var cost: Int { terms[0].cursor.cost }

  /// Keeps the starts that every term confirms, from the rarest term to the most frequent.
  private func matchPositions() throws(IndexError) {
    lastInTitle = .max
    headings = .max
    for (number, term) in terms.enumerated() {
      try term.cursor.readPositions(into: &positions)
      let frequency = try term.cursor.fieldFrequency()
      let inTitle = min(Int(frequency.title), positions.count)
      let last = inTitle > 0 ? Int64(positions[inTitle - 1]) : -1
      lastInTitle = min(lastInTitle, last - Int64(term.offset))
      headings = min(headings, frequency.heading)
      if number == 0 {
        starts.removeAll(keepingCapacity: true)
        for position in positions where position >= term.offset {
          starts.append(position - term.offset)
        }
      } else {
        keepStarts(followedBy: term.offset)
      }
      if starts.isEmpty { return }
    }
  }

  private func keepStarts(followedBy offset: UInt32) {
    var kept = 0
    var index = 0
    for start in starts {
      // In 64 bits: positions are whatever the file says.
      let wanted = UInt64(start) + UInt64(offset)
      while index < positions.count, positions[index] < wanted { index += 1 }
      guard index < positions.count else { break }
      if positions[index] == wanted {
        starts[kept] = start
        kept += 1
      }
    }
    starts.removeLast(starts.count - kept)
  }
}
