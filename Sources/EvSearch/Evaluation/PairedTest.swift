/// Whether one ranking is better than another on the same queries, or only luckier.
///
/// If there were no difference, each query's difference could as well have the other sign. So signs are
/// drawn at random, many times, and counted is how often the mean is then as far from 0 as the one that
/// was found: a paired randomization test of two sides. The draws are the same each time.
///
/// Smucker, Allan and Carterette, "A comparison of statistical significance tests for information
/// retrieval evaluation", CIKM 2007.
public struct PairedTest: Equatable, Sendable {
  /// The mean of the first minus the mean of the second.
  public var difference: Double

  /// Queries on which the first is better, and on which the second is.
  public var wins: Int, losses: Int

  /// How likely a difference of this size is where there is none, 0...1.
  public var probability: Double

  /// Compares two lists of values, in the order of the same queries.
  ///
  /// - Parameter draws: How often signs are drawn; the probability has steps of about 1 / draws.
  /// - Precondition: Both lists have the same count.
  public init(_ first: [Double], _ second: [Double], draws: Int = 100_000) {
    precondition(first.count == second.count, "the values are not of the same queries")
    let differences = zip(first, second).map { $0 - $1 }
    let sum = differences.reduce(0, +)
    difference = differences.isEmpty ? 0 : sum / Double(differences.count)
    wins = differences.count { $0 > 0 }
    losses = differences.count { $0 < 0 }
    // A query without a difference has none with the other sign either.
    let signed = differences.filter { $0 != 0 }
    // Sums of the same numbers in another order differ in the last places.
    let bound = abs(sum) * (1 - 1e-12)
    var asFar = 0
    var state: UInt64 = 1
    for _ in 0..<(signed.isEmpty ? 0 : draws) {
      var total = 0.0
      var bits: UInt64 = 0
      for (index, value) in signed.enumerated() {
        if index % 64 == 0 { bits = Self.next(&state) }
        total += bits & 1 == 0 ? value : -value
        bits >>= 1
      }
      if abs(total) >= bound { asFar += 1 }
    }
    probability = signed.isEmpty ? 1 : Double(asFar + 1) / Double(draws + 1)
  }

  /// SplitMix64: the next 64 bits after a state.
  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
