internal import EvIndex

/// Matches what all of several scorers match.
final class ConjunctionScorer: Scorer {
  private let scorers: [Scorer]

  /// - Parameter scorers: At least one.
  init(_ scorers: [Scorer]) {
    // The one with the fewest matches leads, so that the others skip.
    self.scorers = scorers.sorted { $0.cost < $1.cost }
  }

  override func find(_ target: UInt32) throws(IndexError) -> UInt32 {
    var candidate = try scorers[0].seek(to: target)
    var index = 1
    while index < scorers.count, candidate != Self.end {
      let found = try scorers[index].seek(to: candidate)
      if found == candidate {
        index += 1
      } else {
        candidate = found == Self.end ? found : try scorers[0].seek(to: found)
        index = 1
      }
    }
    return candidate
  }

  override func score() throws(IndexError) -> Double {
    var sum = 0.0
    for scorer in scorers { sum += try scorer.score() }
    return sum
  }

  override var cost: Int { scorers[0].cost }
}

/// Matches what any of several scorers matches.
final class DisjunctionScorer: Scorer {
  private let scorers: [Scorer]

  init(_ scorers: [Scorer]) { self.scorers = scorers }

  override func find(_ target: UInt32) throws(IndexError) -> UInt32 {
    var first = Self.end
    for scorer in scorers { first = min(first, try scorer.seek(to: target)) }
    return first
  }

  override func score() throws(IndexError) -> Double {
    var sum = 0.0
    for scorer in scorers where scorer.document == document { sum += try scorer.score() }
    return sum
  }

  override var cost: Int { scorers.reduce(0) { $0 + $1.cost } }
}

/// Matches what one scorer matches, with the score of others added where they match too.
final class OptionalScorer: Scorer {
  private let required: Scorer
  private let optional: Scorer

  init(required: Scorer, optional: Scorer) {
    self.required = required
    self.optional = optional
  }

  override func find(_ target: UInt32) throws(IndexError) -> UInt32 {
    try required.seek(to: target)
  }

  override func score() throws(IndexError) -> Double {
    let score = try required.score()
    guard try optional.seek(to: document) == document else { return score }
    return score + (try optional.score())
  }

  override var cost: Int { required.cost }
}

/// Matches what one scorer matches and another does not.
final class ExclusionScorer: Scorer {
  private let included: Scorer
  private let excluded: Scorer

  init(_ included: Scorer, excluding excluded: Scorer) {
    self.included = included
    self.excluded = excluded
  }

  override func find(_ target: UInt32) throws(IndexError) -> UInt32 {
    var candidate = try included.seek(to: target)
    while candidate != Self.end, try excluded.seek(to: candidate) == candidate {
      candidate = try included.seek(to: candidate + 1)
    }
    return candidate
  }

  override func score() throws(IndexError) -> Double { try included.score() }

  override var cost: Int { included.cost }
}
