/// Why a hit has its score: contributions that add up to it.
public struct Explanation: Equatable, Sendable {
  /// One contribution.
  public struct Line: Equatable, Sendable {
    /// What it adds to the score.
    public var contribution: Float

    /// What it is for, and how it came to be.
    public var text: String
  }

  /// The score.
  public var score: Float

  /// What it consists of, in the order of the query.
  public var lines: [Line]

  /// The score and its contributions as text, a line each.
  ///
  /// Numbers have four decimals. Rounded by themselves they might not add up; so each is rounded up or
  /// down, those with the largest rest up, such that the printed contributions add up to the printed
  /// score exactly.
  public var text: [String] {
    let scale = 10_000.0
    let total = (Double(score) * scale).rounded()
    guard total.isFinite, total < 9e15 else { return ["\(score)"] }
    let exact = lines.map { Double($0.contribution) * scale }
    var units = exact.map { Int($0.rounded(.down)) }
    let rests = exact.indices.sorted { left, right in
      let (a, b) = (exact[left] - Double(units[left]), exact[right] - Double(units[right]))
      return a != b ? a > b : left < right
    }
    var missing = Int(total) - units.reduce(0, +)
    var turn = 0
    while missing != 0, !rests.isEmpty {
      let step = missing > 0 ? 1 : -1
      units[
        missing > 0 ? rests[turn % rests.count] : rests[rests.count - 1 - turn % rests.count]] +=
        step
      missing -= step
      turn += 1
    }
    return ["\(Self.decimal(Int(total)))  score"]
      + zip(units, lines).map { "\(Self.decimal($0))  \($1.text)" }
  }

  /// A count of ten-thousandths as a decimal number, at least nine characters wide.
  private static func decimal(_ units: Int) -> String {
    let digits = String(units.magnitude % 10_000)
    let text =
      (units < 0 ? "-" : "") + String(units.magnitude / 10_000) + "."
      + String(repeating: "0", count: 4 - digits.count) + digits
    return String(repeating: " ", count: max(0, 9 - text.count)) + text
  }
}
