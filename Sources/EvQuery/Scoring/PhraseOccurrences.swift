internal import EvIndex

/// The occurrences of a phrase: its terms at fixed distances.
final class PhraseOccurrences: OccurrenceCursor {
  /// The terms, each with its place in the phrase, the rarest first.
  private let terms: [(cursor: TermOccurrences, offset: UInt32)]
  private let cursors: [any OccurrenceCursor]
  private let length: UInt32
  private var starts: [UInt32] = []
  private var positions: [UInt32] = []
  private(set) var document: UInt32 = 0
  private var isBeforeFirst = true

  /// - Parameters:
  ///   - terms: One cursor for each term of the phrase, with its offset; at least one.
  ///   - length: ``Phrase/length``.
  init(_ terms: [(cursor: TermOccurrences, offset: UInt32)], length: UInt32) {
    self.terms = terms.sorted { $0.cursor.cost < $1.cursor.cost }
    cursors = self.terms.map(\.cursor)
    self.length = length
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

  func frequency() throws(IndexError) -> Float { Float(starts.count) }

  func readSpans(into spans: inout [OccurrenceSpan]) throws(IndexError) {
    for start in starts { spans.append(OccurrenceSpan(start: start, end: start + length - 1)) }
  }

  var cost: Int { terms[0].cursor.cost }

  /// Keeps the starts that every term confirms, from the rarest term to the most frequent.
  private func matchPositions() throws(IndexError) {
    for (number, term) in terms.enumerated() {
      try term.cursor.readPositions(into: &positions)
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
