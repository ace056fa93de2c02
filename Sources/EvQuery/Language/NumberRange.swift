// Ranges of numbers as people type them.

/// `>=600km`, `<50kWh`, `500..700km`, `..600km`, `2020..2024`, `-30..-10°C`.
struct NumberRange: Hashable {
  /// A number with what belongs to it, as it was typed: `600km`, `$309,000`, `2020`.
  struct Bound: Hashable {
    var text: String
    var isIncluded: Bool
  }

  var low: Bound?
  var high: Bound?

  /// The text that reads as this range.
  var text: String {
    if let low, let high { return "\(low.text)..\(high.text)" }
    if let low { return (low.isIncluded ? ">=" : ">") + low.text }
    if let high { return (high.isIncluded ? "<=" : "<") + high.text }
    return ""
  }

  init(low: Bound?, high: Bound?) {
    self.low = low
    self.high = high
  }

  /// Reads a range; nil where the text is none.
  init?(_ text: String) {
    // Longer text is no number that anybody typed.
    guard text.utf8.count <= 80 else { return nil }
    for (mark, isLow, isIncluded) in Self.operators where text.hasPrefix(mark) {
      let number = String(text.dropFirst(mark.count))
      guard Self.isNumber(number) else { return nil }
      let bound = Bound(text: number, isIncluded: isIncluded)
      self.init(low: isLow ? bound : nil, high: isLow ? nil : bound)
      return
    }
    guard let dots = text.firstRange(of: "..") else { return nil }
    let low = String(text[..<dots.lowerBound])
    let high = String(text[dots.upperBound...])
    guard low.isEmpty || Self.isNumber(low), high.isEmpty || Self.isNumber(high),
      !(low.isEmpty && high.isEmpty)
    else { return nil }
    self.init(
      low: low.isEmpty ? nil : Bound(text: low, isIncluded: true),
      high: high.isEmpty ? nil : Bound(text: high, isIncluded: true))
  }

  /// Whether a text is what stands in front of the one number of a range.
  static func isOperator(_ text: String) -> Bool { operators.contains { $0.0 == text } }

  /// The longer operators come first.
  private static let operators: [(String, isLow: Bool, isIncluded: Bool)] = [
    (">=", true, true), ("<=", false, true), ("≥", true, true), ("≤", false, true),
    (">", true, false), ("<", false, false),
  ]

  /// Whether a text is a number, perhaps with a minus sign and a currency in front or a unit behind.
  private static func isNumber(_ text: String) -> Bool {
    let rest = text.dropFirst(text.hasPrefix("-") || text.hasPrefix("−") ? 1 : 0).drop {
      "$€¥£".contains($0)
    }
    guard let first = rest.first, first.isWholeNumber, !text.contains("..") else { return false }
    let unit = rest.drop { $0.isNumber || $0 == "," || $0 == "." }
    return unit.allSatisfy { $0.isLetter || "%°/$€¥£²³".contains($0) }
  }
}
