// Where sentences end inside a paragraph: the rules of UAX #29, with ICU's classes and exceptions.

/// Finds the boundaries of sentences, the same ones as ICU with the locale `en@ss=standard`.
///
/// ICU's own iterator takes a table step for each character; here only what stands around a
/// terminator is looked at, because all rules that break begin with one. Line ends, which would
/// break as well, count as spaces. The rules are those of Unicode Standard Annex #29, revision 41,
/// section 5.1; `SB` numbers refer to it.
struct SentenceRules {
  /// What is known of each scalar.
  var traits = ScalarTraits()

  private let exceptions: SentenceExceptions

  init(exceptions: SentenceExceptions) {
    self.exceptions = exceptions
  }

  /// The next boundary in the paragraph `start..<end` behind `offset`, which is its start or a
  /// boundary in it; at last `end`.
  mutating func boundary(
    in text: Span<UInt8>, after offset: Int, start: Int, end: Int
  ) -> Int {
    var index = offset
    while true {
      index = terminator(in: text, from: index, end: end)
      guard index < end else { return end }
      let here = text.scalar(at: index, end: end)
      let isATerm = traits[here.value].sentenceClass == .aTerm
      let next = skipExtending(in: text, from: index + here.length, end: end)
      if isATerm, goesOn(in: text, from: next, terminatorAt: index, start: start, end: end) {
        index = next
        continue
      }
      // SB9 and SB10: closing punctuation and white space belong to the sentence that ends.
      var stop = skip(.close, in: text, from: next, end: end)
      stop = skip(.space, in: text, from: stop, end: end)
      guard stop < end else { return end }
      index = stop
      switch traits[text.scalar(at: stop, end: end).value].sentenceClass {
      case .goesOn, .aTerm, .sTerm: continue  // SB8a
      default: break
      }
      if isATerm, lowerFollows(in: text, from: stop, end: end) { continue }  // SB8
      if exceptions.suppress(boundaryAt: stop, in: text, start: start, end: end) { continue }
      return stop
    }
  }

  /// The first scalar from `offset` on that can end a sentence, or `end`.
  private mutating func terminator(in text: Span<UInt8>, from offset: Int, end: Int) -> Int {
    var index = offset
    while true {
      index = text.first(.stopOrForeign, from: index, end: end)
      guard index < end else { return end }
      let here = text.scalar(at: index, end: end)
      if traits[here.value].isTerminator { return index }
      index += here.length
    }
  }

  /// SB6 and SB7: a full stop inside a number or an abbreviation.
  private mutating func goesOn(
    in text: Span<UInt8>, from next: Int, terminatorAt offset: Int, start: Int, end: Int
  ) -> Bool {
    guard next < end else { return false }
    switch traits[text.scalar(at: next, end: end).value].sentenceClass {
    case .numeric:
      return true
    case .upper:
      var index = offset
      while index > start {
        index = text.scalarStart(before: index, start: start)
        switch traits[text.scalar(at: index, end: end).value].sentenceClass {
        case .extend: continue
        case .upper, .lower: return true
        default: return false
        }
      }
      return false
    default:
      return false
    }
  }

  /// SB8: whether the first letter from `offset` on is a lower-case one, with no terminator before.
  private mutating func lowerFollows(in text: Span<UInt8>, from offset: Int, end: Int) -> Bool {
    var index = offset
    while index < end {
      let here = text.scalar(at: index, end: end)
      switch traits[here.value].sentenceClass {
      case .lower: return true
      case .upper, .letter, .aTerm, .sTerm: return false
      default: index += here.length
      }
    }
    return false
  }

  /// SB5: marks and format characters count as part of what they follow.
  private mutating func skipExtending(in text: Span<UInt8>, from offset: Int, end: Int) -> Int {
    var index = offset
    while index < end {
      let here = text.scalar(at: index, end: end)
      guard traits[here.value].sentenceClass == .extend else { break }
      index += here.length
    }
    return index
  }

  private mutating func skip(
    _ skipped: Traits.SentenceClass, in text: Span<UInt8>, from offset: Int, end: Int
  ) -> Int {
    var index = offset
    while index < end {
      let here = text.scalar(at: index, end: end)
      guard traits[here.value].sentenceClass == skipped else { break }
      index = skipExtending(in: text, from: index + here.length, end: end)
    }
    return index
  }
}
