internal import EvBytes
internal import EvIndex

/// Says what documents of a segment gain by ``Evidence``.
///
/// Documents are asked for in ascending order.
final class EvidenceScorer {
  /// What a document gains.
  struct Gain: Equatable {
    /// For words side by side.
    var adjacency: Float = 0
    /// For words in the title.
    var title: Float = 0
    /// For words at the beginning.
    var lead: Float = 0
    /// For having all words.
    var coverage: Float = 0

    /// All of it.
    var sum: Double { Double(adjacency) + Double(title) + Double(lead) + Double(coverage) }
  }

  /// A word of the query in the segment.
  struct Word {
    /// Its occurrences; nil where there are none.
    var cursor: (any OccurrenceCursor)?
    /// Its idf times its boost.
    var weight: Float
  }

  private let evidence: Evidence
  private let words: [Word]
  private let titles: TitleWords
  private let inverseSaturation: [Float]
  private let segment: SegmentReader
  private let totalWeight: Float

  /// Where each word occurs in the current document.
  private var spans: [[OccurrenceSpan]]

  /// The weight of the words in the current document, each times the share of its closest form.
  private var foundWeight: Float = 0

  init(
    _ evidence: Evidence, _ words: [Word], _ titles: TitleWords, inverseSaturation: [Float],
    segment: SegmentReader
  ) {
    self.evidence = evidence
    self.words = words
    self.titles = titles
    self.inverseSaturation = inverseSaturation
    self.segment = segment
    spans = Array(repeating: [], count: words.count)
    totalWeight = words.reduce(0) { $0 + $1.weight }
  }

  /// What a document gains.
  ///
  /// - Parameter document: Above those that were asked for before.
  func gain(of document: UInt32) throws(IndexError) -> Gain {
    var gain = Gain()
    if evidence.needsPositions { try readSpans(document) }
    if evidence.adjacency > 0, words.count > 1 {
      gain.adjacency = evidence.adjacency * (try adjacency(document))
    }
    if evidence.title > 0 || evidence.lead > 0 {
      let title = titles.found(in: try segment.document(document).title)
      gain.title = evidence.title * title.evidence
      gain.lead = evidence.lead * weight(ofWordsIn: title.length..<title.length + Self.leadLength)
    }
    if evidence.coverage > 0 {
      let share = foundWeight / max(totalWeight, .leastNormalMagnitude)
      gain.coverage = evidence.coverage * totalWeight * share * share * share * share
    }
    return gain
  }

  private static let leadLength = UInt32(Evidence.leadLength)

  /// The weight of the different words that begin at some positions.
  private func weight(ofWordsIn positions: Range<UInt32>) -> Float {
    var sum: Float = 0
    for (word, spans) in zip(words, spans)
    where spans.contains(where: { positions.contains($0.start) }) {
      sum += word.weight
    }
    return sum
  }

  private func readSpans(_ document: UInt32) throws(IndexError) {
    foundWeight = 0
    for (index, word) in words.enumerated() {
      spans[index].removeAll(keepingCapacity: true)
      guard let cursor = word.cursor, try cursor.seek(to: document) == document else { continue }
      foundWeight += word.weight * cursor.share
      try cursor.readSpans(into: &spans[index])
      // Of variants one comes behind the other.
      spans[index].sort { $0.start < $1.start }
    }
  }

  private func adjacency(_ document: UInt32) throws(IndexError) -> Float {
    let norms = segment.norms
    guard let norm = norms.section(0).load(UInt8.self, at: Int(document)) else {
      throw norms.corrupt(0, at: Int(document), "there is no length of document \(document)")
    }
    var sum: Float = 0
    for index in words.indices.dropLast() {
      let pairs = neighbours(index, index + 1)
      guard pairs > 0 else { continue }
      sum += BM25.score(
        weight: min(words[index].weight, words[index + 1].weight), frequency: Float(pairs),
        inverseSaturation: inverseSaturation[Int(norm)])
    }
    return sum
  }

  /// How often one word comes right behind another.
  private func neighbours(_ left: Int, _ right: Int) -> Int {
    var count = 0
    var place = 0
    let followers = spans[right]
    for span in spans[left] {
      // In 64 bits: positions are whatever the file says.
      let wanted = UInt64(span.end) + 1
      while place < followers.count, followers[place].start < wanted { place += 1 }
      guard place < followers.count else { break }
      if followers[place].start == wanted { count += 1 }
    }
    return count
  }
}
