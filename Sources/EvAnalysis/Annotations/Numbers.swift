// Numbers without what groups their digits, and with their units.

extension Annotator {
  /// Adds what stands for the number that the word at `index` begins with: its digits without what
  /// groups them, and its quantity.
  mutating func addNumbers(
    _ text: Span<UInt8>, _ index: Int, _ words: SentenceWords, _ result: inout AnalyzedText
  ) {
    let token = result.tokens[index]
    let start = Int(token.start)
    // Digits that touch what is in front are the end of something.
    if index > words.first, words.isPlain(index - 1, result),
      Int(result.tokens[index - 1].end) >= start
    {
      return
    }
    let end = words.sentence.upperBound
    guard var number = NumberReader.number(in: text, at: start, end: end) else { return }
    // Of groups with spaces between them only the first is this word.
    if let before = text.plainScalar(before: start, start: words.sentence.lowerBound),
      before.value == 0xA0 || before.value == 0x2009 || before.value == 0x202F,
      let digit = text.plainScalar(before: before.offset, start: words.sentence.lowerBound),
      digit.value &- 0x30 < 10
    {
      return
    }
    if isInGroups(text, index, words, result) { return }
    if let other = NumberReader.grouped(in: text, at: start, end: end) {
      switch other.isMeant(where: languages(words, result)) {
      case true?: number = other.number
      case false?: break
      case nil:
        let found = addQuantity(text, index, other.number, words, &result)
        if found || !other.isBySpaces {
          let digits = other.number.digits(in: text, from: start)
          add(.joined, behind: index, start..<other.number.end, digits, &result)
        }
      }
    }
    if number.isGrouped {
      add(.joined, behind: index, start..<number.end, number.digits(in: text, from: start), &result)
    } else if number.end < end, text[number.end] >= 0x80,
      let multiplier = UnitNames.multiplier(in: text, at: number.end, end: end, isMoney: false),
      number.value * multiplier.factor < 1e15
    {
      // 10万 is 100000 for whoever reads other scripts.
      let whole = UInt64(number.value * multiplier.factor)
      add(.joined, behind: index, start..<multiplier.end, Array("\(whole)".utf8), &result)
    }
    _ = addQuantity(text, index, number, words, &result)
  }

  /// Whether a word of three digits belongs to the number of which the word in front is a group.
  private func isInGroups(
    _ text: Span<UInt8>, _ index: Int, _ words: SentenceWords, _ result: borrowing AnalyzedText
  ) -> Bool {
    guard index > words.first, result.tokens[index].termLength == 3 else { return false }
    let previous = result.tokens[index - 1]
    guard result.terms[Int(previous.termStart)] &- 0x30 < 10,
      let whole = NumberReader.grouped(
        in: text, at: Int(previous.start), end: words.sentence.upperBound),
      whole.isBySpaces
    else { return false }
    return whole.isMeant(where: languages(words, result)) == true
  }

  /// Adds the quantity of a number that the word at `index` begins with, and says whether there is one.
  private mutating func addQuantity(
    _ text: Span<UInt8>, _ index: Int, _ number: WrittenNumber, _ words: SentenceWords,
    _ result: inout AnalyzedText
  ) -> Bool {
    let start = Int(result.tokens[index].start)
    let sentence = words.sentence
    guard
      UnitNames.mayFollow(in: text, at: number.end, end: sentence.upperBound)
        || UnitNames.mayPrecede(in: text, at: start, start: sentence.lowerBound),
      let found = QuantityReader.quantity(in: text, number, at: start, sentence: sentence)
    else { return false }
    add(.quantity, behind: index, found.range, found.quantity.termBytes, &result)
    return true
  }

  /// The languages that a sentence may be in, by its words.
  private func languages(
    _ words: SentenceWords, _ result: borrowing AnalyzedText
  ) -> [String] {
    var detector = LanguageDetector()
    detector.add(result, from: words.first)
    return detector.likelyLanguages
  }
}

extension GroupedNumber {
  /// Whether the languages of a sentence write so; nil where they do not tell.
  fileprivate func isMeant(where languages: [String]) -> Bool? {
    let known = isBySpaces ? Self.bySpaces : Self.byStops
    let count = languages.count(where: known.contains)
    return languages.isEmpty ? nil : count == languages.count ? true : count == 0 ? false : nil
  }

  private static let byStops: Set<String> = [
    "ca", "da", "de", "el", "es", "hr", "id", "it", "nl", "no", "pt", "ro", "sv", "tr", "vi",
  ]

  private static let bySpaces: Set<String> = [
    "cs", "es", "fi", "fr", "hu", "no", "pl", "pt", "ru", "sv", "uk",
  ]
}
