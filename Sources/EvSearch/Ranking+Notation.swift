// Rankings as text, for command lines: `bm25:k1=0.9,b=0.4`.

internal import EvQuery

/// Why a text is no ranking.
public struct RankingNotationError: Error, Equatable, Sendable {
  /// What is wrong, a sentence.
  public let reason: String
}

extension Ranking {
  /// Reads a ranking: a name, and after `:` what differs from it, `key=value` with commas between.
  ///
  /// - Throws: ``RankingNotationError``, which says what may stand there.
  public init(notation: String) throws(RankingNotationError) {
    let parts = notation.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch parts.first.map(String.init) {
    case "standard": self = .standard
    case "bm25": self = .bm25
    default:
      throw RankingNotationError(
        reason: "There is no ranking \"\(parts.first ?? "")\"; there are standard and bm25.")
    }
    guard parts.count == 2 else { return }
    for setting in parts[1].split(separator: ",") {
      let pair = setting.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, let value = Float(pair[1]), value.isFinite else {
        throw RankingNotationError(reason: "\"\(setting)\" is not a key, = and a number.")
      }
      try set(String(pair[0]), to: value)
    }
  }

  /// Sets one parameter by its name.
  ///
  /// - Throws: ``RankingNotationError`` where there is no such parameter, or the value is out of range.
  public mutating func set(_ key: String, to value: Float) throws(RankingNotationError) {
    func check(_ range: ClosedRange<Float>) throws(RankingNotationError) {
      guard !range.contains(value) else { return }
      throw RankingNotationError(
        reason: "\(key) must be in \(range.lowerBound)...\(range.upperBound), not \(value).")
    }
    func similarity(
      k1: Float? = nil, b: Float? = nil, exponent: Float? = nil, title: Float? = nil,
      heading: Float? = nil
    ) -> BM25 {
      let old = self.similarity
      return BM25(
        k1: k1 ?? old.k1, b: b ?? old.b, lengthExponent: exponent ?? old.lengthExponent,
        titleWeight: title ?? old.titleWeight, headingWeight: heading ?? old.headingWeight)
    }
    switch key {
    case "k1":
      try check(0...1000)
      self.similarity = similarity(k1: value)
    case "b":
      try check(0...1)
      self.similarity = similarity(b: value)
    case "exponent":
      try check(0...2)
      self.similarity = similarity(exponent: value)
    case "title-weight":
      try check(1...1000)
      self.similarity = similarity(title: value)
    case "heading-weight":
      try check(1...1000)
      self.similarity = similarity(heading: value)
    case "variants":
      try check(0...1)
      findsVariants = value != 0
    case "variant":
      try check(0.01...1)
      weights.variant = value
    case "marked":
      try check(0.01...1)
      weights.marked = value
    case "stem":
      try check(0.01...1)
      weights.stem = value
    case "substring":
      try check(0.01...1)
      weights.substring = value
    case "compound":
      try check(0...1)
      weights.compound = value
    case "discount":
      try check(0...1)
      discountsCommonWords = value != 0
    case "adjacency":
      try check(0...1000)
      evidence.adjacency = value
    case "title":
      try check(0...1000)
      evidence.title = value
    case "lead":
      try check(0...1000)
      evidence.lead = value
    case "coverage":
      try check(0...1000)
      evidence.coverage = value
    case "depth":
      try check(0...1_000_000)
      evidence.depth = Int(value)
    case "question":
      try check(0...1_000_000)
      questionLength = Int(value)
    default:
      throw RankingNotationError(
        reason:
          "A ranking has no \"\(key)\"; it has k1, b, exponent, title-weight, heading-weight, "
          + "variants, variant, marked, stem, substring, compound, discount, adjacency, title, "
          + "lead, coverage, depth and question.")
    }
  }
}
