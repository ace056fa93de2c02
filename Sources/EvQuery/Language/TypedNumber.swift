// Numbers that are typed as several words, or with a minus sign.

internal import EvAnalysis

/// `35 %`, `€ 900`, `>= 600 km`, `-5 °C`.
enum TypedNumber {
  /// Longer text is no number that anybody typed.
  private static let longest = 80

  /// Units of which people name values below zero; `-800V` leaves 800 V out.
  private static let signedUnits: Set<String> = ["°c", "°f", "%"]

  /// Two neighbours as one, if they are a number or range and its sign, operator or unit.
  static func joined(_ first: Syntax, _ word: String) -> Syntax? {
    guard word.utf8.count <= longest else { return nil }
    switch first {
    case .range(let range):
      guard NumberBounds(range) != nil, let whole = NumberRange(range.text + word),
        QuantityRange.parse(whole.text) != nil
      else { return nil }
      return .range(whole)
    case .word(let text) where text.utf8.count <= longest:
      if NumberRange.isOperator(text) { return NumberRange(text + word).map(Syntax.range) }
      // A unit of letters is a word that may be there without the number.
      // Of `10-20 %` the sign belongs to the second number.
      let number = text.split { "-–—".contains($0) }.last.map(String.init) ?? text
      guard isSign(text) != isSign(word), Quantity.parse(number + word) != nil else { return nil }
      return .word(text + word)
    default: return nil
    }
  }

  /// A number below zero, or a range that begins there, with its unit, and where it ends.
  ///
  /// - Parameter start: Where a minus sign is.
  static func negative(
    in text: [Unicode.Scalar], at start: Int
  ) -> (text: String, end: Int)? {
    guard start + 1 < text.count, text[start] == "-", text[start + 1].isASCIIDigit else {
      return nil
    }
    var typed = ""
    var end = start
    for _ in 0..<2 {
      while end < text.count, text[end].properties.isWhitespace { end += 1 }
      let word = text[end...].prefix { !$0.endsWord }
      guard word.count <= longest, typed.isEmpty || word.first != "-" else { return nil }
      typed += String(scalars: word)
      end = word.endIndex
      let range = NumberRange(typed).flatMap { QuantityRange.parse($0.text) }
      if let unit = range?.unit ?? Quantity.parse(typed)?.unit, signedUnits.contains(unit) {
        return (typed, end)
      }
    }
    return nil
  }

  private static func isSign(_ text: String) -> Bool {
    !text.unicodeScalars.contains(where: \.isLetterOrNumber)
  }
}
