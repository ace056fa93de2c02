// Where several things stand near each other, of the positions of each.

/// Finds the shortest stretches that hold an occurrence of each operand of a ``Near``.
package struct NearMatcher {
  private let isOrdered: Bool
  private let maximumLength: Int
  /// For each operand, how many operands in front of it are the same query.
  private let copies: [Int]

  /// Prepares for the operands of a query.
  package init(_ near: Near) {
    isOrdered = near.isOrdered
    maximumLength = near.maximumLength
    var counts: [Query: Int] = [:]
    copies = near.operands.map { operand in
      let count = counts[operand, default: 0]
      counts[operand] = count + 1
      return count
    }
  }

  /// The stretches of positions in one document, ascending.
  ///
  /// - Parameter spans: The first and last positions of each operand's occurrences, in any order.
  package func stretches(_ spans: [[ClosedRange<UInt32>]]) -> [ClosedRange<UInt32>] {
    stretches(spans.map { $0.map { OccurrenceSpan(start: $0.lowerBound, end: $0.upperBound) } })
      .map { $0.start...$0.end }
  }

  func stretches(_ spans: [[OccurrenceSpan]]) -> [OccurrenceSpan] {
    let minimal = spans.map(Self.minimal)
    guard let first = minimal.first, minimal.allSatisfy({ !$0.isEmpty }) else { return [] }
    let starts =
      isOrdered ? first.map(\.start) : Set(minimal.joined().map(\.start)).sorted()
    var places = [Int](repeating: 0, count: minimal.count)
    var found: [OccurrenceSpan] = []
    for start in starts {
      guard let end = end(ofStretchAt: start, minimal, &places) else { break }
      // Of stretches with the same end only the one that begins last has no shorter one inside.
      if found.last?.end == end { found.removeLast() }
      found.append(OccurrenceSpan(start: start, end: end))
    }
    return found.filter { Int($0.end - $0.start) < maximumLength }
  }

  /// The last position of the shortest stretch that begins at or after `start`; nil where none does.
  ///
  /// - Parameter places: How far each operand's spans were used up; they only move forward, because
  ///   starts ascend.
  private func end(
    ofStretchAt start: UInt32, _ spans: [[OccurrenceSpan]], _ places: inout [Int]
  ) -> UInt32? {
    var end = start
    var next = start
    for (operand, own) in spans.enumerated() {
      while places[operand] < own.count, own[places[operand]].start < next { places[operand] += 1 }
      // The same query once more is its next occurrence.
      let place = places[operand] + (isOrdered ? 0 : copies[operand])
      guard place < own.count else { return nil }
      end = max(end, own[place].end)
      if isOrdered {
        guard own[place].end < UInt32.max else { return nil }
        next = own[place].end + 1
      }
    }
    return end
  }

  /// The spans that have no other inside them, ascending in both ends.
  private static func minimal(_ spans: [OccurrenceSpan]) -> [OccurrenceSpan] {
    var kept: [OccurrenceSpan] = []
    for span in spans.sorted(by: { ($0.start, $1.end) < ($1.start, $0.end) }) {
      while let last = kept.last, last.end >= span.end { kept.removeLast() }
      kept.append(span)
    }
    return kept
  }
}
