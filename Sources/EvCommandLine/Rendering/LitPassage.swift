// A passage on its way to its reader: cut into what matched and what did not, its line ends gone.

import EvSearch
import EvTerminal

/// A stretch of a passage.
struct PassagePiece: Equatable {
  /// The text, with single spaces.
  let text: String
  /// What matched here; nil where nothing did.
  let highlight: Highlight?
}

/// The signs around a match where there is no colour, as `--mark '[,]'` gives them.
struct MatchMarks: Equatable {
  let left: String
  let right: String

  init(left: String, right: String) {
    self.left = left
    self.right = right
  }

  /// Reads two signs with a comma between them.
  init?(_ text: String) {
    guard let comma = text.firstIndex(of: ",") else { return nil }
    left = String(text[..<comma])
    right = String(text[text.index(after: comma)...])
  }
}

extension Passage {
  /// The passage on one line, in pieces that are all either a match or no match.
  var pieces: [PassagePiece] {
    let bytes = Array(text.utf8)
    var end = 0
    var parts: [(range: Range<Int>, highlight: Highlight?)] = []
    // Highlights are in order and apart. The renderer depends on neither: a wrong one is cut short.
    for highlight in highlights {
      let lower = min(max(highlight.range.lowerBound, end), bytes.count)
      let upper = min(max(highlight.range.upperBound, lower), bytes.count)
      parts.append((end..<lower, nil))
      parts.append((lower..<upper, highlight))
      end = upper
    }
    parts.append((end..<bytes.count, nil))

    var result: [PassagePiece] = []
    var isAfterSpace = true
    for part in parts {
      var words = String(decoding: bytes[part.range], as: UTF8.self).withSingleSpaces
      if isAfterSpace, words.hasPrefix(" ") { words.removeFirst() }
      guard !words.isEmpty else { continue }
      isAfterSpace = words.hasSuffix(" ")
      result.append(PassagePiece(text: words, highlight: part.highlight))
    }
    return result
  }

  /// The passage on one line, with its matches in their role, and between marks if there are any.
  func lit(_ marks: MatchMarks? = nil) -> StyledText {
    var result = StyledText()
    for piece in pieces {
      guard piece.highlight != nil else {
        result.append(piece.text)
        continue
      }
      if let marks { result.append(marks.left) }
      result.append(piece.text, .match)
      if let marks { result.append(marks.right) }
    }
    return result
  }
}
