internal import EvIndex

/// What a range of numbers means.
struct NumberBounds: Equatable {
  /// The lowest number, or minus infinity.
  var low: Double
  var includesLow: Bool
  /// The highest number, or infinity.
  var high: Double
  var includesHigh: Bool

  /// Whether a number is in the range.
  func contains(_ value: Double) -> Bool {
    (includesLow ? value >= low : value > low) && (includesHigh ? value <= high : value < high)
  }

  /// Bounds of numbers without units; nil where the range has anything else.
  init?(_ range: NumberRange) {
    low = -.infinity
    high = .infinity
    includesLow = true
    includesHigh = true
    if let bound = range.low {
      guard let value = Self.value(of: bound.text) else { return nil }
      (low, includesLow) = (value, bound.isIncluded)
    }
    if let bound = range.high {
      guard let value = Self.value(of: bound.text) else { return nil }
      (high, includesHigh) = (value, bound.isIncluded)
    }
  }

  /// The value of digits with a point, with commas between each three of them, and with a minus sign.
  static func value(of text: String) -> Double? {
    guard text.utf8.count <= 30 else { return nil }
    if text.hasPrefix("-") { return value(of: String(text.dropFirst())).map { -$0 } }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty else { return nil }
    let grouped = parts.dropFirst()
    guard grouped.allSatisfy({ $0.prefix { $0 != "." }.count == 3 }),
      grouped.isEmpty || first.count <= 3, !grouped.dropLast().contains(where: { $0.contains(".") })
    else { return nil }
    let digits = parts.joined()
    let points = digits.utf8.count { $0 == UInt8(ascii: ".") }
    guard digits.utf8.first != UInt8(ascii: "."), digits.utf8.last != UInt8(ascii: "."),
      points <= 1,
      digits.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") })
    else { return nil }
    return Double(digits)
  }
}

extension TermExpansion {
  /// Terms that are numbers in a range.
  func numbers(in bounds: NumberBounds) throws(IndexError) -> Result {
    try range(
      from: [UInt8(ascii: "0")],
      isWanted: { term in
        NumberBounds.value(of: String(decoding: term, as: UTF8.self)).map(bounds.contains) ?? false
      },
      while: { ($0.first ?? 0) <= UInt8(ascii: "9") })
  }
}
