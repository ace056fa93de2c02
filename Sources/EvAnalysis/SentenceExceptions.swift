// Abbreviations after which a sentence goes on, as ICU's `ss=standard` applies them.

import CICU

/// Decides where a sentence goes on although the rules found a boundary.
///
/// ICU has a list of abbreviations a language and reads it in a way of its own, which is kept here:
/// an abbreviation with a full stop inside, such as "A.M.", takes part by its beginning, "A.", and
/// counts only where all of it stands in the text and no longer one may begin with it.
struct SentenceExceptions {
  /// A string that counts where the text has it in front of a boundary.
  private struct Ending {
    /// Where its bytes are.
    var start: Int
    var count: Int
    /// Whether these are only the beginning of abbreviations that have to follow in full.
    var isBeginning: Bool
  }

  /// The bytes of all strings, one behind the other.
  private var bytes: [UInt8] = []

  /// The endings by their key, those with key `k` at `first[k]..<first[k + 1]`.
  private var endings: [Ending] = []
  private var first: [Int] = []

  /// The abbreviations that have a full stop inside: where their bytes are.
  private var dotted: [Range<Int>] = []

  /// Creates exceptions from a list of abbreviations; an empty one makes none.
  init(abbreviations: [[UInt8]]) {
    let fullStop = UInt8(ascii: ".")
    // A lone character, of which there are none, would have no key. Sorted, so that the work does
    // not depend on the random order of a set.
    let abbreviations = Set(abbreviations.filter { $0.count > 1 })
      .sorted { $0.lexicographicallyPrecedes($1) }
    let beginnings = Set(
      abbreviations.compactMap { text -> [UInt8]? in
        guard let stop = text.firstIndex(of: fullStop), stop > 0, stop + 1 < text.count
        else { return nil }
        return Array(text[...stop])
      })
    var buckets = [[Ending]](repeating: [], count: 256)
    for text in beginnings.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let range = store(text)
      buckets[Self.key(text)].append(
        Ending(start: range.lowerBound, count: range.count, isBeginning: true))
    }
    for text in abbreviations {
      let range = store(text)
      if let stop = text.firstIndex(of: fullStop), beginnings.contains(Array(text[...stop])) {
        dotted.append(range)
      } else {
        buckets[Self.key(text)].append(
          Ending(start: range.lowerBound, count: range.count, isBeginning: false))
      }
    }
    for bucket in buckets {
      first.append(endings.count)
      endings.append(contentsOf: bucket)
    }
    first.append(endings.count)
  }

  /// ICU's list for English, which is read once: making it costs as much as a short search.
  static let english = Result { () throws(AnalysisError) in try readEnglish() }

  private static func readEnglish() throws(AnalysisError) -> SentenceExceptions {
    var code: Int32 = 0
    // Safe: the shim writes no more than the capacity it is given, and none is given.
    let count = unsafe cicu_sentence_exceptions(nil, 0, &code)
    guard code <= 0 else { throw .icu(operation: "read its list of abbreviations", code: code) }
    let bytes = [UInt8](capacity: Int(count)) { output in
      // Safe: as above, the capacity is the buffer's; the same list has the same length again.
      unsafe output.withUnsafeMutableBufferPointer { buffer, initializedCount in
        unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
          let again = unsafe cicu_sentence_exceptions(characters.baseAddress, count, &code)
          initializedCount = Int(min(again, count))
        }
      }
    }
    return SentenceExceptions(abbreviations: bytes.split(separator: 0x0A).map(Array.init))
  }

  private mutating func store(_ text: [UInt8]) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return start..<bytes.count
  }

  /// The last byte but one, which tells endings apart best.
  private static func key(_ text: [UInt8]) -> Int { Int(text[text.count - 2]) }

  /// Whether the boundary at `offset` of the paragraph `start..<end` is none.
  func suppress(boundaryAt offset: Int, in text: Span<UInt8>, start: Int, end: Int) -> Bool {
    var stop = offset
    // One space, and no more, may stand between the abbreviation and the boundary.
    if stop > start, Self.shown(text[stop - 1]) == 0x20 { stop -= 1 }
    guard stop > start else { return false }

    var longest = 0
    var isBeginning = false
    let key = stop - start > 1 ? Int(text[stop - 2]) : 0
    for index in first[key]..<first[key + 1] where endings[index].count > longest {
      let ending = endings[index]
      guard ending.count <= stop - start,
        commonLength(ending.start, ending.count, text, stop - ending.count, end) == ending.count
      else { continue }
      longest = ending.count
      isBeginning = ending.isBeginning
    }
    guard longest > 0 else { return false }
    return !isBeginning || dottedAbbreviation(at: stop - longest, in: text, end: end)
  }

  /// Whether a dotted abbreviation begins at `offset`, and the text leaves no doubt about which.
  ///
  /// ICU walks a trie of them until nothing can follow, and asks whether it then stands at the end
  /// of one. So a longer abbreviation that begins in the same way spoils the match, unless the text
  /// ends.
  private func dottedAbbreviation(at offset: Int, in text: Span<UInt8>, end: Int) -> Bool {
    var longest = 0
    var isWhole = false
    var mayGoOn = false
    for range in dotted {
      let length = commonLength(range.lowerBound, range.count, text, offset, end)
      guard length > 0, length >= longest else { continue }
      if length > longest {
        longest = length
        isWhole = false
        mayGoOn = false
      }
      if length == range.count { isWhole = true } else { mayGoOn = true }
    }
    return isWhole && (!mayGoOn || offset + longest == end)
  }

  /// How many bytes of a string the text has at `offset`.
  private func commonLength(
    _ start: Int, _ count: Int, _ text: Span<UInt8>, _ offset: Int, _ end: Int
  ) -> Int {
    let limit = min(count, end - offset)
    var length = 0
    while length < limit, bytes[start + length] == Self.shown(text[offset + length]) { length += 1 }
    return length
  }

  /// The line ends of ASCII are spaces to the sentence rules.
  private static func shown(_ byte: UInt8) -> UInt8 {
    byte == 0x0A || byte == 0x0D ? 0x20 : byte
  }
}
