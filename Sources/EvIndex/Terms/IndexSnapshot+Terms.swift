internal import EvAnalysis
internal import EvBytes

// The words of a collection.

/// A word of the dictionary, and how many documents hold it.
public struct TermCount: Equatable, Sendable {
  /// The word, as the index spells it.
  public var term: String
  /// Documents that hold it.
  public var documentFrequency: Int

  /// Creates a count.
  public init(term: String, documentFrequency: Int) {
    self.term = term
    self.documentFrequency = documentFrequency
  }
}

extension IndexSnapshot {
  /// The words that begin with `prefix`, those in the most documents first, of equally frequent ones in
  /// the order of their bytes.
  ///
  /// - Parameters:
  ///   - prefix: Letters as they are typed; they are folded as words are. None for all words.
  ///   - limit: The most words that are wanted.
  /// - Complexity: Linear in the words that begin so.
  public func terms(prefix: String, limit: Int) throws(IndexError) -> [TermCount] {
    let isFolded = analyzer.kind == .standard
    let wanted = Array((isFolded ? Folding.fold(prefix) : prefix).utf8)
    var cursors: [(cursor: TermCursor, segment: SegmentReader)] = []
    for segment in segments {
      var cursor = try TermCursor(segment.terms, seeking: wanted.rawSpan)
      if try cursor.next() { cursors.append((cursor, segment)) }
    }
    var best = MostFrequentTerms(limit: limit)
    while var least = cursors.first?.cursor.term {
      for (cursor, _) in cursors.dropFirst() where cursor.term.rawSpan.precedes(least.rawSpan) {
        least = cursor.term
      }
      var frequency = 0
      for index in cursors.indices.reversed() where cursors[index].cursor.term == least {
        frequency += cursors[index].segment.liveDocumentFrequency(of: cursors[index].cursor.info)
        guard try cursors[index].cursor.next(), cursors[index].cursor.term.starts(with: wanted)
        else {
          cursors.remove(at: index)
          continue
        }
      }
      guard least.starts(with: wanted) else { continue }
      // What begins with a control byte is no word.
      if isFolded, (least.first ?? 0) < 0x20 { continue }
      best.add(least, frequency)
    }
    return best.sorted
  }
}

/// The most frequent of some terms that come in ascending order.
private struct MostFrequentTerms {
  private let limit: Int
  private var terms: [(term: [UInt8], frequency: Int)] = []

  init(limit: Int) { self.limit = max(0, limit) }

  mutating func add(_ term: [UInt8], _ frequency: Int) {
    guard frequency > 0, limit > 0 else { return }
    // An equally frequent one that came before stays in front.
    if terms.count == limit, let last = terms.last, last.frequency >= frequency { return }
    var low = 0
    var high = terms.count
    while low < high {
      let middle = (low + high) / 2
      if terms[middle].frequency >= frequency { low = middle + 1 } else { high = middle }
    }
    terms.insert((term, frequency), at: low)
    if terms.count > limit { terms.removeLast() }
  }

  var sorted: [TermCount] {
    terms.map {
      TermCount(term: String(decoding: $0.term, as: UTF8.self), documentFrequency: $0.frequency)
    }
  }
}
