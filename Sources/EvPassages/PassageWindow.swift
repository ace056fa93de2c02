internal import EvAnalysis

/// Moves a passage of a question inside of a sentence that is too long to be shown.
///
/// Such a sentence has no full stops that tell where it ends, as in Thai, and was cut where its length
/// was up. Where it was cut says nothing, so the passage is the stretch between two spaces, as wide as
/// ``PassageWidening/columns``, that holds most of what was asked for, with it in the middle.
struct PassageWindow {
  let concepts: [Concept]
  let sentences: [Sentence]
  let matches: [Match]

  /// The most bytes of a sentence.
  private static let longest = Sentence.maximumLength

  /// The pieces of a long sentence around some of them: at most one more on each side.
  ///
  /// - Returns: Nil where these are no pieces.
  func pieces(
    around range: ClosedRange<Int>, _ taken: [ClosedRange<Int>], in text: [UInt8]
  ) -> ClosedRange<Int>? {
    func isFree(_ index: Int) -> Bool { !taken.contains { $0.contains(index) } }
    var (first, last) = (range.lowerBound, range.upperBound)
    if first > 0, isFree(first - 1), isCut(behind: first - 1, text) { first -= 1 }
    if last + 1 < sentences.count, isFree(last + 1), isCut(behind: last, text) { last += 1 }
    return first...last == range ? nil : first...last
  }

  /// Whether a sentence ends where its length was up: what comes up to the next space would not have
  /// fitted.
  private func isCut(behind index: Int, _ text: [UInt8]) -> Bool {
    let next = sentences[index + 1]
    var end = Int(next.start)
    while end < Int(next.end), text[end] != 0x20 { end += 1 }
    return end - Int(sentences[index].start) > Self.longest
  }

  /// The bytes of the best stretch of some pieces.
  ///
  /// - Parameter tokens: The tokens of the pieces.
  func window(_ pieces: ClosedRange<Int>, _ tokens: [Token], in text: [UInt8]) -> Range<Int>? {
    let parts = parts(
      of: Int(sentences[pieces.lowerBound].start)..<Int(sentences[pieces.upperBound].end), text)
    let found = found(tokens, parts)
    let columns = parts.map { PassageWidening.columns(text[$0]) }
    var best: (range: Range<Int>, weight: Float, offset: Int)?
    for first in parts.indices {
      var last = first
      var width = columns[first]
      while last + 1 < parts.count, width + columns[last + 1] <= PassageWidening.columns {
        last += 1
        width += columns[last]
      }
      let range = parts[first].lowerBound..<parts[last].upperBound
      let inside = found.filter { (first...last).contains($0.part) }
      let weight = concepts.weights(of: inside.map(\.match)).reduce(0, +)
      guard let low = inside.map(\.byte).min(), let high = inside.map(\.byte).max() else {
        continue
      }
      // Equal margins are best.
      let offset = abs((low - range.lowerBound) - (range.upperBound - high))
      if let best, (weight, -offset) <= (best.weight, -best.offset) { continue }
      best = (range, weight, offset)
    }
    return best?.range
  }

  /// What is between spaces.
  private func parts(of range: Range<Int>, _ text: [UInt8]) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where text[index] == 0x20 {
      if index > start { parts.append(start..<index + 1) }
      start = index + 1
    }
    if start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }

  /// The matches of some tokens, each with the part it begins in.
  private func found(
    _ tokens: [Token], _ parts: [Range<Int>]
  ) -> [(match: Match, part: Int, byte: Int)] {
    guard let first = tokens.first?.position, let last = tokens.last?.position else { return [] }
    var bytes: [UInt32: Int] = [:]
    for token in tokens where bytes[token.position] == nil {
      bytes[token.position] = Int(token.start)
    }
    return matches.compactMap { match in
      guard (first...last).contains(match.positions.lowerBound),
        let byte = bytes[match.positions.lowerBound],
        let part = parts.firstIndex(where: { $0.contains(byte) })
      else { return nil }
      return (match, part, byte)
    }
  }
}
