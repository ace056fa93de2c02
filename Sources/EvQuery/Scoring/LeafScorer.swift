internal import EvBytes
internal import EvIndex

/// Scores documents by how often something occurs in them: a term, a phrase, or several spellings.
final class LeafScorer: Scorer {
  private var occurrences: any OccurrenceCursor
  private let weight: Float
  private let inverseSaturation: [Float]
  private let norms: SegmentFileReader

  /// - Parameters:
  ///   - weight: The idf of what occurs.
  ///   - inverseSaturation: ``BM25/inverseSaturation(averageLength:)``.
  init(
    _ occurrences: any OccurrenceCursor, weight: Float, inverseSaturation: [Float],
    segment: SegmentReader
  ) {
    self.occurrences = occurrences
    self.weight = weight
    self.inverseSaturation = inverseSaturation
    norms = segment.norms
  }

  override func find(_ target: UInt32) throws(IndexError) -> UInt32 {
    try occurrences.seek(to: target)
  }

  override func score() throws(IndexError) -> Double {
    let frequency = try occurrences.frequency()
    let norms = self.norms
    guard let norm = norms.section(0).load(UInt8.self, at: Int(document)) else {
      throw norms.corrupt(0, at: Int(document), "there is no length of document \(document)")
    }
    return Double(
      BM25.score(
        weight: weight, frequency: Float(frequency),
        inverseSaturation: inverseSaturation[Int(norm)]))
  }

  override var cost: Int { occurrences.cost }
}

/// Steps through the documents in which something occurs, and says how often.
protocol OccurrenceCursor: AnyObject {
  /// The current document, or ``Scorer/end``; not defined before the first seek.
  var document: UInt32 { get }

  /// Moves to the first document at or after `target`, and returns it.
  func seek(to target: UInt32) throws(IndexError) -> UInt32

  /// Occurrences in the current document; at least 1.
  func frequency() throws(IndexError) -> UInt32

  /// Roughly how many documents there are.
  var cost: Int { get }
}

/// The occurrences of a term.
final class TermOccurrences: OccurrenceCursor {
  private var postings: PostingsCursor
  let cost: Int

  init(_ segment: SegmentReader, _ info: TermInfo) {
    postings = PostingsCursor(segment.postings, info)
    cost = info.documentFrequency
  }

  var document: UInt32 { postings.document }

  func seek(to target: UInt32) throws(IndexError) -> UInt32 { try postings.seek(to: target) }

  func frequency() throws(IndexError) -> UInt32 { try postings.frequency() }

  /// Replaces `result` by the positions in the current document; once a document.
  func readPositions(into result: inout [UInt32]) throws(IndexError) {
    try postings.readPositions(into: &result)
  }
}

/// The occurrences of a phrase: its terms at consecutive positions.
final class PhraseOccurrences: OccurrenceCursor {
  /// The terms, each with its place in the phrase, the rarest first.
  private let terms: [(cursor: TermOccurrences, offset: UInt32)]
  private var starts: [UInt32] = []
  private var positions: [UInt32] = []
  private(set) var document: UInt32 = 0
  private var isBeforeFirst = true

  /// - Parameter terms: One cursor for each word of the phrase, in order; at least one.
  init(_ terms: [TermOccurrences]) {
    self.terms = terms.enumerated()
      .map { (cursor: $0.element, offset: UInt32($0.offset)) }
      .sorted { $0.cursor.cost < $1.cursor.cost }
  }

  func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    // Positions can be read once a document, so a document is not looked at again.
    if !isBeforeFirst, document >= target { return document }
    isBeforeFirst = false
    var target = target
    while true {
      let candidate = try firstCommonDocument(target)
      document = candidate
      guard candidate != Scorer.end else { return candidate }
      try matchPositions()
      if !starts.isEmpty { return candidate }
      target = candidate + 1
    }
  }

  func frequency() throws(IndexError) -> UInt32 { UInt32(starts.count) }

  var cost: Int { terms[0].cursor.cost }

  /// The positions at which the phrase begins in the current document, ascending.
  var currentStarts: [UInt32] { starts }

  private func firstCommonDocument(_ target: UInt32) throws(IndexError) -> UInt32 {
    var candidate = try terms[0].cursor.seek(to: target)
    var index = 1
    while index < terms.count, candidate != Scorer.end {
      let found = try terms[index].cursor.seek(to: candidate)
      if found == candidate {
        index += 1
      } else {
        candidate = found == Scorer.end ? found : try terms[0].cursor.seek(to: found)
        index = 1
      }
    }
    return candidate
  }

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
      while index < positions.count, positions[index] < start + offset { index += 1 }
      guard index < positions.count else { break }
      if positions[index] == start + offset {
        starts[kept] = start
        kept += 1
      }
    }
    starts.removeLast(starts.count - kept)
  }
}

/// The occurrences of any of several things, taken as one.
final class SpellingOccurrences: OccurrenceCursor {
  private let spellings: [any OccurrenceCursor]
  private(set) var document: UInt32 = 0

  init(_ spellings: [any OccurrenceCursor]) {
    self.spellings = spellings
  }

  func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    var first = Scorer.end
    for spelling in spellings { first = min(first, try spelling.seek(to: target)) }
    document = first
    return first
  }

  func frequency() throws(IndexError) -> UInt32 {
    var sum: UInt32 = 0
    for spelling in spellings where spelling.document == document {
      sum += try spelling.frequency()
    }
    return sum
  }

  var cost: Int { spellings.reduce(0) { $0 + $1.cost } }
}
