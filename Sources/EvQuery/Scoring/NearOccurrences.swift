internal import EvIndex

/// The occurrences of things near each other: the shortest stretches that hold them all.
final class NearOccurrences: OccurrenceCursor {
  private let operands: [any OccurrenceCursor]
  private let byCost: [any OccurrenceCursor]
  private let matcher: NearMatcher
  private var stretches: [OccurrenceSpan] = []
  private(set) var document: UInt32 = 0
  private var isBeforeFirst = true

  /// - Parameter operands: A cursor for each operand of `near`, in order; at least one.
  init(_ near: Near, _ operands: [any OccurrenceCursor]) {
    self.operands = operands
    byCost = operands.sorted { $0.cost < $1.cost }
    matcher = NearMatcher(near)
  }

  func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    // Positions can be read once a document, so a document is not looked at again.
    if !isBeforeFirst, document >= target { return document }
    isBeforeFirst = false
    var target = target
    while true {
      let candidate = try firstCommonDocument(byCost, from: target)
      document = candidate
      guard candidate != Scorer.end else { return candidate }
      var spans: [[OccurrenceSpan]] = []
      for operand in operands {
        var own: [OccurrenceSpan] = []
        try operand.readSpans(into: &own)
        spans.append(own)
      }
      stretches = matcher.stretches(spans)
      if !stretches.isEmpty { return candidate }
      target = candidate + 1
    }
  }

  func frequency() throws(IndexError) -> Float { Float(stretches.count) }

  func readSpans(into spans: inout [OccurrenceSpan]) throws(IndexError) {
    spans += stretches
  }

  var cost: Int { byCost[0].cost }
}
