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
    switch key {
    case "k1":
      guard (0...1000).contains(value) else {
        throw RankingNotationError(reason: "k1 must be in 0...1000, not \(value).")
      }
      similarity = BM25(k1: value, b: similarity.b)
    case "b":
      guard (0...1).contains(value) else {
        throw RankingNotationError(reason: "b must be in 0...1, not \(value).")
      }
      similarity = BM25(k1: similarity.k1, b: value)
    default:
      throw RankingNotationError(reason: "A ranking has no \"\(key)\"; it has k1 and b.")
    }
  }
}
