internal import EvAnalysis

/// Makes a passage longer that answers a question.
///
/// The words of a question are seldom the answer: it stands in the same sentence, or in one beside it. So
/// the passage is given its neighbours as long as it stays short, first the one that holds more of what
/// was asked for, of equal ones the one behind.
struct PassageWidening {
  /// How wide a passage may become, in columns of a terminal: four lines of 80.
  static let columns = 320

  /// Of how many concepts a query is a question.
  static let questionLength = 6

  let concepts: [Concept]
  let sentences: [Sentence]
  let matches: [Match]
  let isHeading: [Bool]

  /// Whether there are so many concepts.
  var isQuestion: Bool { concepts.count >= Self.questionLength }

  /// The sentences of a passage that is widened.
  ///
  /// - Parameters:
  ///   - range: The sentences that were chosen.
  ///   - taken: Sentences of other passages, which are not taken.
  ///   - text: The document's text.
  func widened(
    _ range: ClosedRange<Int>, _ taken: [ClosedRange<Int>], in text: [UInt8]
  ) -> ClosedRange<Int> {
    guard isQuestion, !isHeading[range.lowerBound] else { return range }
    var (first, last) = (range.lowerBound, range.upperBound)
    var width = Self.columns(text[Int(sentences[first].start)..<Int(sentences[last].end)])
    while true {
      let neighbours = [last + 1, first - 1].filter { index in
        sentences.indices.contains(index) && !isHeading[index]
          && !taken.contains { $0.contains(index) }
      }
      let fitting = neighbours.map { index in
        let sentence = sentences[index]
        let columns = Self.columns(text[Int(sentence.start)..<Int(sentence.end)])
        return (index: index, columns: columns, weight: weight(of: index))
      }.filter { width + $0.columns <= Self.columns }
      guard let best = fitting.max(by: { $0.weight < $1.weight }) else { return first...last }
      // Of equal ones `max` gives the last, so the one behind is looked at by itself.
      let chosen = fitting.first.map { $0.weight == best.weight ? $0 : best } ?? best
      (first, last) = (min(first, chosen.index), max(last, chosen.index))
      width += chosen.columns
    }
  }

  /// The weight of the different concepts in a sentence.
  private func weight(of index: Int) -> Float {
    let start = sentences[index].firstPosition
    let end = index + 1 < sentences.count ? sentences[index + 1].firstPosition : .max
    let inside = matches.filter {
      (start..<max(start, end)).contains($0.positions.lowerBound)
    }
    return concepts.weights(of: inside).reduce(0, +)
  }

  /// Roughly how many columns a text takes: what is above the alphabets takes two, a mark on another
  /// character none.
  static func columns(_ bytes: ArraySlice<UInt8>) -> Int {
    var columns = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar.value < 0x300 {
        columns += 1
      } else if scalar.properties.generalCategory != .nonspacingMark {
        columns += scalar.value >= 0x2E80 ? 2 : 1
      }
    }
    return columns
  }
}
