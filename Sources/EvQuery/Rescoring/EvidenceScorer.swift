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
    /// For having words as they were typed.
    var spelling: Float = 0
    /// For being young.
    var recency: Float = 0

    /// All of it.
    var sum: Double {
      Double(adjacency) + Double(title) + Double(lead) + Double(coverage) + Double(spelling)
        + Double(recency)
    }
  }

  /// A form of a word of the query, which is in the segment.
  struct Form {
    var cursor: any OccurrenceCursor
    /// What an occurrence counts, compared with the form that was typed.
    var share: Float
    /// What it counts in a title.
    var titleShare: Float
    /// What it says of the spelling.
    var role = TypedSpelling.Role.none
  }

  /// A word of the query in the segment.
  struct Word {
    var forms: [Form]
    /// Its idf times its boost.
    var weight: Float
    /// The same, were common words not discounted.
    var rarity: Float
    /// How it was spelled, where it can be otherwise.
    var spelling: TypedSpelling?
  }

  private let evidence: Evidence
  private let words: [Word]
  private let inverseSaturation: [Float]
  private let segment: SegmentReader
  private let totalWeight: Float

  /// Where each word occurs in the current document.
  private var spans: [[OccurrenceSpan]]

  /// What each position of the current document's title counts.
  private var covered = [Float](repeating: 0, count: 256)

  /// Where the words with several spellings begin in the current document.
  private var starts: [TypedSpelling.Starts]

  /// The weight of the words in the current document, each times the share of its closest form.
  private var foundWeight: Float = 0

  /// The same of those in its title.
  private var titleWeight: Float = 0

  init(
    _ evidence: Evidence, _ words: [Word], inverseSaturation: [Float], segment: SegmentReader
  ) {
    self.evidence = evidence
    self.words = words
    self.inverseSaturation = inverseSaturation
    self.segment = segment
    spans = Array(repeating: [], count: words.count)
    starts = words.contains { $0.spelling != nil } ? words.map { _ in .init() } : []
    totalWeight = words.reduce(0) { $0 + $1.weight }
  }

  /// What a document gains.
  ///
  /// - Parameter document: Above those that were asked for before.
  func gain(of document: UInt32) throws(IndexError) -> Gain {
    var gain = Gain()
    let title = UInt32(segment.titleLength(of: document))
    try readSpans(document, title)
    if evidence.adjacency > 0, words.count > 1 {
      gain.adjacency = evidence.adjacency * (try adjacency(document))
    }
    if titleWeight > 0 {
      let share = covered[..<Int(title)].reduce(0, +) / Float(title)
      gain.title = evidence.title * (share * share * titleWeight)
    }
    if evidence.lead > 0 {
      gain.lead = evidence.lead * weight(ofWordsIn: title..<title + Self.leadLength)
    }
    if evidence.coverage > 0 {
      let share = foundWeight / max(totalWeight, .leastNormalMagnitude)
      gain.coverage = evidence.coverage * totalWeight * share * share * share * share
    }
    if evidence.spelling > 0, !starts.isEmpty { gain.spelling = evidence.spelling * typedWeight }
    if let recency = evidence.recency, let dates = segment.dates {
      // What is asked for by metadata alone weighs nothing.
      gain.recency =
        (totalWeight > 0 ? totalWeight : 1) * recency.share(ofDay: dates.day(of: document))
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

  /// The weight of the words that have several spellings and are not there in another one only.
  private var typedWeight: Float {
    var sum: Float = 0
    for (index, word) in words.enumerated() {
      let isPair = word.spelling == .pair
      guard let spelling = word.spelling, !isPair || index + 1 < words.count,
        !spelling.isOther(starts[index], next: isPair ? starts[index + 1].typed : [])
      else { continue }
      sum += isPair ? word.weight + words[index + 1].weight : word.weight
    }
    return sum
  }

  /// Reads where the words of the query are in a document whose title has so many positions.
  private func readSpans(_ document: UInt32, _ title: UInt32) throws(IndexError) {
    (foundWeight, titleWeight) = (0, 0)
    for position in 0..<Int(title) { covered[position] = 0 }
    // Taken out of the object, so that access is checked once and nothing is copied.
    var spans: [[OccurrenceSpan]] = []
    swap(&spans, &self.spans)
    defer { swap(&spans, &self.spans) }
    for (index, word) in words.enumerated() {
      spans[index].removeAll(keepingCapacity: true)
      if !starts.isEmpty { starts[index].removeAll() }
      var (share, titleShare): (Float, Float) = (0, 0)
      var forms = 0
      for form in word.forms where try form.cursor.isIn(document) {
        forms += 1
        share = max(share, form.share)
        let first = spans[index].count
        try form.cursor.readSpans(into: &spans[index])
        if !starts.isEmpty { starts[index].add(spans[index][first...], form.role) }
        for place in first..<spans[index].count {
          let span = spans[index][place]
          guard span.start < title else { break }
          titleShare = max(titleShare, form.titleShare)
          for position in Int(span.start)...Int(min(span.end, title - 1)) {
            covered[position] = max(covered[position], form.titleShare)
          }
        }
      }
      foundWeight += word.weight * share
      titleWeight += titleShare * word.weight
      if forms > 1 { Self.order(&spans[index]) }
    }
  }

  /// Puts what several forms have in the order of the starts, each place once.
  private static func order(_ spans: inout [OccurrenceSpan]) {
    spans.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    var kept = 0
    for span in spans where kept == 0 || spans[kept - 1] != span {
      spans[kept] = span
      kept += 1
    }
    spans.removeLast(spans.count - kept)
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
        weight: min(words[index].rarity, words[index + 1].rarity), frequency: Float(pairs),
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
