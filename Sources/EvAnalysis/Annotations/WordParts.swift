// Parts of words that are longer for others: evnews.example, snake_case, l’auto, İzmir’de, 10.12.1948.

extension Annotator {
  /// The most parts of a word; more is a code.
  private static let maximumParts = 8

  /// Adds the parts of the word at `index`, between full stops, low lines and apostrophes.
  mutating func addParts(
    _ text: Span<UInt8>, _ index: Int, _ result: inout AnalyzedText
  ) {
    let token = result.tokens[index]
    let term = Array(result.bytes(of: token))
    if let start = Self.elisionEnd(term) {
      let range = range(of: start..<term.count, text, token, term)
      add(.part, behind: index, range, Array(term[start...]), &result)
    }
    if let end = Self.nameEnd(term, text, token) {
      add(.part, behind: index, range(of: 0..<end, text, token, term), Array(term[..<end]), &result)
    }
    guard term.contains(where: { $0 > 0x60 }) else {
      addNumberParts(text, index, token, term, &result)
      return
    }
    let parts = term.split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
    guard (2...Self.maximumParts).contains(parts.count) else { return }
    // The initials of a name are one word for whoever leaves out the stops.
    if parts.allSatisfy({ $0.count == 1 && $0.allSatisfy { $0 &- 0x61 < 26 } }) {
      let range = Int(token.start)..<Int(token.end)
      add(.joined, behind: index, range, Array(parts.joined()), &result)
      return
    }
    for part in parts where part.count > 1 {
      let range = range(of: part.indices, text, token, term)
      add(.part, behind: index, range, Array(part), &result)
      // A site is known without what is in front of its name.
      guard part.startIndex > 0, part.endIndex < term.count else { continue }
      let rest = part.startIndex..<term.count
      let restRange = self.range(of: rest, text, token, term)
      add(.part, behind: index, restRange, Array(term[rest]), &result)
    }
  }

  /// Adds the parts of a date, or another number with several full stops: of `10.12.1948` the numbers,
  /// and what it begins and ends with.
  private mutating func addNumberParts(
    _ text: Span<UInt8>, _ index: Int, _ token: Token, _ term: [UInt8],
    _ result: inout AnalyzedText
  ) {
    guard term.count(where: { $0 == UInt8(ascii: ".") }) > 1 else { return }
    let parts = term.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    // Groups of three digits are one number.
    guard (3...Self.maximumParts).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 &- 0x30 < 10 } }),
      parts[0].count > 3 || parts.dropFirst().contains(where: { $0.count != 3 })
    else { return }
    // The end of `1.2.3` is another number.
    let hasYear = parts.contains { $0.count == 4 }
    for first in parts.indices {
      for last in first..<parts.endIndex
      where last == first
        ? parts[first].count > 1 : first == 0 || hasYear && last + 1 == parts.endIndex
      {
        let part = parts[first].startIndex..<parts[last].endIndex
        let range = range(of: part, text, token, term)
        add(.part, behind: index, range, Array(term[part]), &result)
      }
    }
  }

  /// Where a name ends that an apostrophe parts from its ending, as in `İzmir’de`; a name begins with a
  /// capital letter, and `Don't` is none.
  private static func nameEnd(_ term: [UInt8], _ text: Span<UInt8>, _ token: Token) -> Int? {
    guard let end = term.firstIndex(where: { $0 == 0x27 || $0 == 0xE2 }), end > 2 else {
      return nil
    }
    let length = term[end] == 0x27 ? 1 : term[end...].starts(with: [0xE2, 0x80, 0x99]) ? 3 : 0
    let ending = term[(end + length)...]
    guard length > 0, !ending.isEmpty, ending.count <= 8,
      !contractions.contains(String(decoding: ending, as: UTF8.self))
    else { return nil }
    let first = text.scalar(at: Int(token.start), end: Int(token.end)).value
    return UnicodeScalar(first)?.properties.isUppercase == true ? end : nil
  }

  /// What English shortens behind an apostrophe.
  private static let contractions: Set<String> = ["t", "s", "d", "m", "ll", "re", "ve"]

  /// The bytes of the text that a part of a term comes from; those of the word where folding has
  /// changed more than the case of ASCII.
  func range(
    of part: Range<Int>, _ text: Span<UInt8>, _ token: Token, _ term: [UInt8]
  ) -> Range<Int> {
    let word = Int(token.start)..<Int(token.end)
    // From the end where the part is the last one: the apostrophe in front may have any length.
    let shift = part.upperBound == term.count ? word.upperBound - term.count : word.lowerBound
    let range = part.lowerBound + shift..<part.upperBound + shift
    let isSame =
      range.lowerBound >= word.lowerBound && range.upperBound <= word.upperBound
      && part.allSatisfy { index in
        let byte = text[index + shift]
        return term[index] == (byte &- 0x41 < 26 ? byte | 0x20 : byte)
      }
    return isSame ? range : word
  }

  /// Where a word begins that an article or the like was drawn to by an apostrophe, as in `l’auto`.
  private static func elisionEnd(_ term: [UInt8]) -> Int? {
    guard let first = term.firstIndex(where: { $0 == 0x27 || $0 == 0xE2 }), first < 8 else {
      return nil
    }
    let length = term[first] == 0x27 ? 1 : term[first...].starts(with: [0xE2, 0x80, 0x99]) ? 3 : 0
    let end = first + length
    guard length > 0, end + 2 < term.count else { return nil }
    return elided.contains(String(decoding: term[..<first], as: UTF8.self)) ? end : nil
  }

  /// What French, Italian and Catalan shorten in front of vowels.
  private static let elided: Set<String> = [
    "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu",
    "un", "all", "dell", "nell", "sull", "dall", "quest", "quell", "sant", "com", "anch",
  ]
}
