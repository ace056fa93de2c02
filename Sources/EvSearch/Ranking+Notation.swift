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
  public mutating func set(_ name: String, to value: Float) throws(RankingNotationError) {
    guard let parameter = RankingParameter.all.first(where: { $0.name == name }) else {
      let names = RankingParameter.all.map(\.name)
      throw RankingNotationError(
        reason: "A ranking has no \"\(name)\"; it has "
          + "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "").")
    }
    guard parameter.range.contains(value) else {
      let (lowest, highest) = (parameter.range.lowerBound, parameter.range.upperBound)
      throw RankingNotationError(
        reason: "\(name) must be in \(lowest)...\(highest), not \(value).")
    }
    parameter.set(&self, value)
  }
}

/// A number of a ranking that can be set by its name.
private struct RankingParameter: Sendable {
  let name: String
  let range: ClosedRange<Float>
  let set: @Sendable (inout Ranking, Float) -> Void

  init(
    _ name: String, _ range: ClosedRange<Float>,
    _ set: @escaping @Sendable (inout Ranking, Float) -> Void
  ) {
    (self.name, self.range, self.set) = (name, range, set)
  }

  static let all = [
    RankingParameter("k1", 0...1000) { $0.similarity = $0.similarity.with(k1: $1) },
    RankingParameter("b", 0...1) { $0.similarity = $0.similarity.with(b: $1) },
    RankingParameter("exponent", 0...2) { $0.similarity = $0.similarity.with(exponent: $1) },
    RankingParameter("title-weight", 1...1000) { $0.similarity = $0.similarity.with(title: $1) },
    RankingParameter("heading-weight", 1...1000) {
      $0.similarity = $0.similarity.with(heading: $1)
    },
    RankingParameter("variants", 0...1) { $0.findsVariants = $1 != 0 },
    RankingParameter("variant", 0.01...1) { $0.weights.variant = $1 },
    RankingParameter("marked", 0.01...1) { $0.weights.marked = $1 },
    RankingParameter("stem", 0.01...1) { $0.weights.stem = $1 },
    RankingParameter("substring", 0.01...1) { $0.weights.substring = $1 },
    RankingParameter("compound", 0...1) { $0.weights.compound = $1 },
    RankingParameter("discount", 0...1) { $0.discountsCommonWords = $1 != 0 },
    RankingParameter("adjacency", 0...1000) { $0.evidence.adjacency = $1 },
    RankingParameter("title", 0...1000) { $0.evidence.title = $1 },
    RankingParameter("lead", 0...1000) { $0.evidence.lead = $1 },
    RankingParameter("coverage", 0...1000) { $0.evidence.coverage = $1 },
    RankingParameter("spelling", 0...1000) { $0.evidence.spelling = $1 },
    RankingParameter("depth", 0...1_000_000) { $0.evidence.depth = Int($1) },
    RankingParameter("question", 0...1_000_000) { $0.questionLength = Int($1) },
  ]
}

extension BM25 {
  /// The same with other parameters.
  fileprivate func with(
    k1: Float? = nil, b: Float? = nil, exponent: Float? = nil, title: Float? = nil,
    heading: Float? = nil
  ) -> BM25 {
    BM25(
      k1: k1 ?? self.k1, b: b ?? self.b, lengthExponent: exponent ?? lengthExponent,
      titleWeight: title ?? titleWeight, headingWeight: heading ?? headingWeight)
  }
}
