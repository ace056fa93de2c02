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
    guard let number = NumberReader.number(in: text, at: start, end: end) else { return }
    // Of groups with spaces between them only the first is this word.
    if let before = text.plainScalar(before: start, start: words.sentence.lowerBound),
      before.value == 0xA0 || before.value == 0x2009 || before.value == 0x202F,
      let digit = text.plainScalar(before: before.offset, start: words.sentence.lowerBound),
      digit.value &- 0x30 < 10
    {
      return
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
    guard
      UnitNames.mayFollow(in: text, at: number.end, end: end)
        || UnitNames.mayPrecede(in: text, at: start, start: words.sentence.lowerBound)
    else { return }
    if let found = QuantityReader.quantity(in: text, number, at: start, sentence: words.sentence) {
      add(.quantity, behind: index, found.range, found.quantity.termBytes, &result)
    }
  }
}
