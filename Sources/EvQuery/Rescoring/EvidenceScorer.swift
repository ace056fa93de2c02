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

  /// Where each word occurs in the current document.
  private var spans: [[OccurrenceSpan]]

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
  }

  /// What a document gains.
  ///
  /// - Parameter document: Above those that were asked for before.
  func gain(of document: UInt32) throws(IndexError) -> Gain {
    var gain = Gain()
    if evidence.adjacency > 0, words.count > 1 {
      gain.adjacency = evidence.adjacency * (try adjacency(document))
    }
    if evidence.title > 0 {
      let title = try segment.document(document).title
      gain.title = evidence.title * titles.evidence(in: title)
    }
    return gain
  }

  private func adjacency(_ document: UInt32) throws(IndexError) -> Float {
    for (index, word) in words.enumerated() {
      spans[index].removeAll(keepingCapacity: true)
      guard let cursor = word.cursor, try cursor.seek(to: document) == document else { continue }
      try cursor.readSpans(into: &spans[index])
      // Of variants one comes behind the other.
      spans[index].sort { $0.start < $1.start }
    }
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
