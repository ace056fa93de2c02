// The names of units, and where they are found.

/// Finds the names of units and multipliers in text.
enum UnitNames {
  /// The sign's unit, if it is that of a currency.
  static func currency(_ scalar: UInt32) -> String? {
    switch scalar {
    case 0x24: "$"
    case 0xA3: "£"
    case 0xA5, 0xFFE5: "¥"
    case 0x20AC: "€"
    case 0x20A9, 0xFFE6: "₩"
    case 0x20B9: "₹"
    default: nil
    }
  }

  /// The currency whose three letters end behind the one at `offset`: `EUR`, `RMB`.
  static func currency(
    in text: Span<UInt8>, before offset: Int, _ start: Int
  ) -> (unit: String, start: Int)? {
    let first = offset - 2
    guard first >= start, (first...offset).allSatisfy({ text[$0] &- 0x41 < 26 }),
      first == start || !isASCIIAlphanumeric(text[first - 1]) && text[first - 1] < 0x80
    else { return nil }
    let code = String(decoding: (first...offset).map { text[$0] }, as: UTF8.self)
    return currencies[code].map { ($0, first) }
  }

  private static let currencies = [
    "EUR": "€", "USD": "$", "GBP": "£", "CNY": "yuan", "RMB": "yuan", "JPY": "yen", "KRW": "₩",
    "INR": "₹", "CHF": "chf", "SEK": "sek",
  ]

  /// Whether what is behind a number may be a unit, by its first bytes.
  @inline(always)
  static func mayFollow(in text: Span<UInt8>, at start: Int, end: Int) -> Bool {
    guard start < end else { return false }
    var byte = text[start]
    if byte == 0x20 || byte == 0x2D, start + 1 < end { byte = text[start + 1] }
    return (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 || byte == 0x25 || byte == 0x24
  }

  /// Whether what is in front of a number may be the sign of a currency, by its last bytes.
  @inline(always)
  static func mayPrecede(in text: Span<UInt8>, at offset: Int, start: Int) -> Bool {
    guard offset > start else { return false }
    var byte = text[offset - 1]
    if byte == 0x20, offset - 1 > start { byte = text[offset - 2] }
    return byte >= 0x80 || byte == 0x24 || byte &- 0x41 < 26
  }

  /// The unit whose name follows a number, with at most one space or hyphen between them, and the
  /// byte behind the name.
  ///
  /// - Parameter afterInteger: Whether the number is whole, in which case `1980s` is no time.
  static func unit(
    in text: Span<UInt8>, at start: Int, end: Int, afterInteger: Bool
  ) -> (name: String, end: Int)? {
    let nameStart = nameStart(in: text, at: start, end: end)
    guard nameStart < end else { return nil }
    let first = text.plainScalar(at: nameStart, end: end)
    if first.value >= 0x2E80 { return UnitTable.longest(in: text, at: nameStart, end: end) }
    if first.value == 0x25 { return ("%", nameStart + first.length) }
    if let sign = currency(first.value) { return (sign, nameStart + first.length) }
    guard let word = word(in: text, at: nameStart, end: end) else { return nil }
    if let quotient = quotient(in: text, word, end: end) { return quotient }
    guard let name = UnitTable.units[word.key] else { return nil }
    let isGlued = nameStart == start
    switch name {
    // The nineties, networks and millions are written like seconds, grams and metres; `20 in 2014`
    // and `5 a day` are no lengths and currents.
    case "s" where isGlued && afterInteger: return nil
    case "in" where !isGlued && word.length == 2: return nil
    case "a" where word.length == 1: if text[nameStart] & 0x20 != 0 { return nil }
    case "g", "m", "t": if text[nameStart] & 0x20 == 0, word.length == 1 { return nil }
    case "per":
      guard
        let cent = self.word(
          in: text, at: self.nameStart(in: text, at: word.end, end: end), end: end),
        cent.key == WordKey("cent".utf8)
      else { return nil }
      return ("%", cent.end)
    default: break
    }
    return (name, word.end)
  }

  /// What a number is multiplied by, where a word for that follows it, and the byte behind the word.
  ///
  /// - Parameter isMoney: Whether `k`, `m` and the like, next to the number, are such words.
  static func multiplier(
    in text: Span<UInt8>, at start: Int, end: Int, isMoney: Bool
  ) -> (factor: Double, end: Int)? {
    guard start < end else { return nil }
    if isMoney, let word = word(in: text, at: start, end: end) {
      return UnitTable.moneyFactors[word.key].map { ($0, word.end) }
    }
    let nameStart = nameStart(in: text, at: start, end: end)
    guard nameStart < end else { return nil }
    let first = text.scalar(at: nameStart, end: end)
    if first.value >= 0x2E80 {
      return UnitTable.hanFactor(first.value).map { ($0, nameStart + first.length) }
    }
    guard nameStart > start, let word = word(in: text, at: nameStart, end: end) else { return nil }
    return UnitTable.factors[word.key].map { ($0, word.end) }
  }

  /// Where a name begins behind a number: there, or behind one space or hyphen.
  private static func nameStart(in text: Span<UInt8>, at start: Int, end: Int) -> Int {
    guard start < end else { return end }
    let here = text.scalar(at: start, end: end)
    switch here.value {
    case 0x20, 0x2D, 0xA0, 0x2009, 0x2010, 0x2011, 0x202F: return start + here.length
    default: return start
    }
  }

  /// A word that may be a name.
  private struct Word {
    /// The word in small letters.
    var key = WordKey()
    /// How many letters it has.
    var length = 0
    /// The byte behind it.
    var end = 0
  }

  /// The word at `start`, if it is short enough for a name and ends in front of what is no letter or
  /// digit.
  private static func word(in text: Span<UInt8>, at start: Int, end: Int) -> Word? {
    var word = Word()
    var index = start
    while index < end {
      let here = text.plainScalar(at: index, end: end)
      guard isLetter(here.value) else {
        if here.value &- 0x30 < 10 || here.value == 0x5F { return nil }
        break
      }
      guard word.length < UnitTable.longestName else { return nil }
      word.length += 1
      word.key.append(scalar: small(here.value))
      index += here.length
    }
    word.end = index
    return word.length == 0 ? nil : word
  }

  /// A word with a stroke and another behind it, such as `km/h` or `kWh/100km`, if it is a unit.
  private static func quotient(
    in text: Span<UInt8>, _ word: Word, end: Int
  ) -> (name: String, end: Int)? {
    guard word.end < end, text[word.end] == UInt8(ascii: "/") else { return nil }
    var key = word.key
    key.append(UInt8(ascii: "/"))
    var index = word.end + 1
    while index < end, index - word.end <= UnitTable.longestName {
      let byte = text[index]
      // In `kWh/100 km` there is a space.
      if byte == 0x20, text[index - 1] == UInt8(ascii: "0"), index - word.end == 4 {
        index += 1
        continue
      }
      guard isASCIIAlphanumeric(byte) else { break }
      key.append(byte | 0x20)
      index += 1
    }
    return UnitTable.units[key].map { ($0, index) }
  }

  /// A letter as a small one, and both forms of the sign for micro as one.
  @inline(always)
  private static func small(_ scalar: UInt32) -> UInt32 {
    if scalar &- 0x41 < 26 || scalar &- 0x410 < 0x20 { return scalar + 0x20 }
    return scalar == 0xB5 ? 0x3BC : scalar
  }

  /// Whether a scalar is, in the names of units, a letter: all that is not ASCII but spaces and
  /// punctuation, the degree sign included, up to where scripts without spaces begin.
  private static func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (scalar | 0x20) &- 0x61 < 26 }
    switch scalar {
    case 0xB0, 0xB2, 0xB3, 0xB5, 0xC0..<0x2000, 0x2070..<0x2100, 0x2103, 0x2109, 0x2126: return true
    default: return false
    }
  }
}
