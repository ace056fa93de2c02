internal import Glibc

/// How well a ranking answers, by the measures of trec_eval.
///
/// Each is between 0 and 1, and the more the better.
public struct RankingMeasures: Equatable, Sendable {
  /// The mean of the precision at each answer, those not found counting as 0 (`map`).
  public var averagePrecision = 0.0

  /// The gain of the first ten, each divided by the logarithm to base 2 of its rank + 1, in
  /// proportion to that of the best ranking there could be (`ndcg_cut_10`).
  public var gainAt10 = 0.0

  /// The share of answers in the first ten, of ten (`P_10`).
  public var precisionAt10 = 0.0

  /// The share of all answers that are in the first hundred (`recall_100`).
  public var recallAt100 = 0.0

  /// One by the rank of the first answer (`recip_rank`).
  public var reciprocalRank = 0.0

  /// Measures that are all 0.
  public init() {}

  /// Measures a ranking.
  ///
  /// - Parameters:
  ///   - ranking: The names of the documents that were found, best first, each once.
  ///   - gains: The gain of each document that was judged.
  public init(ranking: [String], gains: [String: Int]) {
    let answers = gains.values.count { $0 > 0 }
    guard answers > 0 else { return }
    var found = 0
    var gain = 0.0
    for (index, name) in ranking.enumerated() {
      guard let value = gains[name], value > 0 else { continue }
      found += 1
      averagePrecision += Double(found) / Double(index + 1)
      if found == 1 { reciprocalRank = 1 / Double(index + 1) }
      if index < 10 {
        precisionAt10 += 0.1
        gain += Double(value) / log2(Double(index + 2))
      }
      if index < 100 { recallAt100 += 1 }
    }
    averagePrecision /= Double(answers)
    recallAt100 /= Double(answers)
    var ideal = 0.0
    for (index, value) in gains.values.filter({ $0 > 0 }).sorted(by: >).prefix(10).enumerated() {
      ideal += Double(value) / log2(Double(index + 2))
    }
    gainAt10 = gain / ideal
  }

  /// The mean of each measure; all 0 where there is nothing to take it of.
  public init(meanOf measures: [RankingMeasures]) {
    guard !measures.isEmpty else { return }
    for each in measures {
      averagePrecision += each.averagePrecision
      gainAt10 += each.gainAt10
      precisionAt10 += each.precisionAt10
      recallAt100 += each.recallAt100
      reciprocalRank += each.reciprocalRank
    }
    let count = Double(measures.count)
    averagePrecision /= count
    gainAt10 /= count
    precisionAt10 /= count
    recallAt100 /= count
    reciprocalRank /= count
  }
}
