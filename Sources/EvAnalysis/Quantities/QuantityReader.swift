// Finds the number and the unit that belong together.

/// Reads quantities from text.
enum QuantityReader {
  /// The quantity that begins with a text, sign of a currency included, and its bytes.
  static func quantity(
    in text: Span<UInt8>, _ range: Range<Int>
  ) -> (quantity: Quantity, range: Range<Int>)? {
    var index = range.lowerBound
    while index < range.upperBound, index < range.lowerBound + 12 {
      let here = text.plainScalar(at: index, end: range.upperBound)
      if here.value &- 0x30 < 10 {
        guard
          let number = NumberReader.number(in: text, at: index, end: range.upperBound),
          let found = quantity(in: text, number, at: index, sentence: range)
        else { return nil }
        return found.range.lowerBound == range.lowerBound ? found : nil
      }
      index += here.length
    }
    return nil
  }

  /// The value of a text that is one number, perhaps with a minus sign, and nothing else.
  static func value(of text: String) -> Double? {
    let bytes = Quantity.trimmed(text)
    let start = bytes.starts(with: "\u{2212}".utf8) ? 3 : bytes.first == UInt8(ascii: "-") ? 1 : 0
    let number = NumberReader.number(in: bytes.span, at: start, end: bytes.count)
    return number.flatMap { $0.end == bytes.count ? (start > 0 ? -$0.value : $0.value) : nil }
  }

  /// The quantity of a number that has been read, if it has a unit in front of it or behind it.
  ///
  /// - Parameter sentence: Where to look.
  static func quantity(
    in text: Span<UInt8>, _ number: WrittenNumber, at start: Int, sentence: Range<Int>
  ) -> (quantity: Quantity, range: Range<Int>)? {
    let end = sentence.upperBound
    let currency = currency(in: text, before: start, sentence.lowerBound)
    var value = number.value
    var numberEnd = number.end
    if let multiplier = UnitNames.multiplier(
      in: text, at: numberEnd, end: end, isMoney: currency != nil)
    {
      value *= multiplier.factor
      numberEnd = multiplier.end
    }
    if let currency {
      return (Quantity(value, unit: currency.unit), currency.start..<numberEnd)
    }
    let isPlain = numberEnd == number.end && number.fractionLength == 0
    guard let unit = UnitNames.unit(in: text, at: numberEnd, end: end, afterInteger: isPlain) else {
      return nil
    }
    let sign = minus(in: text, before: start, sentence.lowerBound)
    return (Quantity(sign == nil ? value : -value, unit: unit.name), (sign ?? start)..<unit.end)
  }

  /// The sign of a currency in front of a number, with at most one space between them.
  private static func currency(
    in text: Span<UInt8>, before offset: Int, _ start: Int
  ) -> (unit: String, start: Int)? {
    guard var sign = text.plainScalar(before: offset, start: start) else { return nil }
    if sign.value == 0x20 || sign.value == 0xA0 {
      guard let next = text.plainScalar(before: sign.offset, start: start) else { return nil }
      sign = next
    }
    guard let unit = UnitNames.currency(sign.value) else {
      return UnitNames.currency(in: text, before: sign.offset, start)
    }
    guard unit == "$" else { return (unit, sign.offset) }
    // The dollars of other countries have letters in front: HK$, A$.
    var country: [UInt8] = []
    var index = sign.offset
    while country.count < 3, let letter = text.plainScalar(before: index, start: start),
      (letter.value | 0x20) &- 0x61 < 26
    {
      country.insert(UInt8(truncatingIfNeeded: letter.value | 0x20), at: 0)
      index = letter.offset
    }
    let name = String(decoding: country, as: UTF8.self)
    if name.isEmpty || name.utf8.count > 2 { return ("$", sign.offset) }
    return (name == "us" ? "$" : name + "$", index)
  }

  /// Where a minus sign in front of a number is, if it is one and no hyphen.
  private static func minus(in text: Span<UInt8>, before offset: Int, _ start: Int) -> Int? {
    guard let sign = text.plainScalar(before: offset, start: start),
      sign.value == 0x2212 || sign.value == 0x2D
    else { return nil }
    guard let before = text.plainScalar(before: sign.offset, start: start) else {
      return sign.offset
    }
    return before.value == 0x20 || before.value == 0xA0 || before.value == 0x28 ? sign.offset : nil
  }
}
