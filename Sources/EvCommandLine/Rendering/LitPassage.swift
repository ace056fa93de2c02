// A passage on its way to a terminal: its matches lit, its line ends gone.

import EvSearch
import EvTerminal

extension Passage {
  /// The passage on one line, with its matches in their role.
  var lit: StyledText {
    var result = StyledText()
    let bytes = Array(text.utf8)
    var end = 0
    var pieces: [(range: Range<Int>, role: TextRole?)] = []
    // Highlights are in order and apart. The renderer depends on neither: a wrong one is cut short.
    for highlight in highlights {
      let lower = min(max(highlight.range.lowerBound, end), bytes.count)
      let upper = min(max(highlight.range.upperBound, lower), bytes.count)
      pieces.append((end..<lower, nil))
      pieces.append((lower..<upper, .match))
      end = upper
    }
    pieces.append((end..<bytes.count, nil))

    var isAfterSpace = true
    for piece in pieces {
      var words = String(decoding: bytes[piece.range], as: UTF8.self).withSingleSpaces
      if isAfterSpace, words.hasPrefix(" ") { words.removeFirst() }
      guard !words.isEmpty else { continue }
      isAfterSpace = words.hasSuffix(" ")
      result.append(words, piece.role)
    }
    return result
  }
}
