internal import EvAnalysis
internal import EvQuery

/// Something to be lit: where it is in the document's text, and what it matched.
struct Span: Equatable {
  var range: Range<Int>
  var positions: ClosedRange<UInt32>
  var query: String
  var kind: MatchKind
}

/// Turns matches, which are positions, into stretches of text.
struct SpanBuilder {
  let concepts: [Concept]
  /// The tokens of the passage, by position.
  let tokens: [Token]
  /// The term of each.
  let terms: [[UInt8]]

  /// The stretches to be lit, in order, not overlapping.
  ///
  /// Matches at neighbouring positions are lit as one where nothing but white space or marks is
  /// between them; of overlapping matches the union is lit.
  func spans(of matches: [Match], in text: [UInt8]) -> [Span] {
    var spans: [Span] = []
    for match in matches {
      guard let span = span(of: match) else { continue }
      guard let last = spans.last, touches(last, span, in: text) else {
        spans.append(span)
        continue
      }
      spans[spans.count - 1] = merged(last, span)
    }
    return spans
  }

  private func touches(_ last: Span, _ span: Span, in text: [UInt8]) -> Bool {
    if span.range.lowerBound < last.range.upperBound { return true }
    guard span.positions.lowerBound <= last.positions.upperBound + 1 else { return false }
    // A full stop, a comma or a quotation mark keeps two words apart to the eye.
    return text[last.range.upperBound..<span.range.lowerBound].allSatisfy {
      $0 == 0x20 || $0 == 0x2D || $0 == 0x0A || $0 == 0x0D || $0 == 0x09
    }
  }

  private func merged(_ last: Span, _ span: Span) -> Span {
    let query =
      last.query == span.query || last.range.contains(span.range) && last.range != span.range
      ? last.query : last.range == span.range ? last.query : "\(last.query) \(span.query)"
    let lower = min(last.positions.lowerBound, span.positions.lowerBound)
    let upper = max(last.positions.upperBound, span.positions.upperBound)
    return Span(
      range: min(
        last.range.lowerBound, span.range.lowerBound)..<max(
          last.range.upperBound, span.range.upperBound),
      positions: lower...upper, query: query, kind: kind(last, span))
  }

  /// What is found in the same place in two ways was found the better way; what is found side by side is
  /// only as good as its parts.
  private func kind(_ last: Span, _ span: Span) -> MatchKind {
    let overlap = span.range.lowerBound < last.range.upperBound
    return overlap ? min(last.kind, span.kind) : max(last.kind, span.kind)
  }

  private func span(of match: Match) -> Span? {
    let form = concepts[match.concept].forms[match.form]
    let phrase: Phrase
    switch form.query {
    case .term(let term): phrase = [term]
    case .phrase(let found): phrase = found
    default: return nil
    }
    var range: Range<Int>?
    for (word, offset) in zip(phrase.terms, phrase.offsets) {
      let position = match.positions.lowerBound + offset
      guard let token = token(at: position, of: Array(word.utf8)) else { continue }
      let own = Int(token.start)..<Int(token.end)
      range = range.map { $0.lowerBound..<max($0.upperBound, own.upperBound) } ?? own
    }
    guard let range else { return nil }
    return Span(
      range: range, positions: match.positions, query: phrase.terms.joined(separator: " "),
      kind: form.kind)
  }

  private func token(at position: UInt32, of term: [UInt8]) -> Token? {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].position < position { low = middle + 1 } else { high = middle }
    }
    while low < tokens.count, tokens[low].position == position {
      if terms[low] == term { return tokens[low] }
      low += 1
    }
    return nil
  }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
