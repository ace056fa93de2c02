internal import EvAnalysis
public import EvIndex
public import EvQuery

/// Finds the passages of documents that say why they were found.
///
/// One user at a time; make one for each query.
public final class PassageFinder {
  private let snapshot: IndexSnapshot
  private let concepts: [Concept]
  private let tokenizer: Tokenizer

  /// Prepares for a query.
  public init(_ snapshot: IndexSnapshot, _ query: Query) throws(IndexError) {
    self.snapshot = snapshot
    concepts = Concept.of(query, try CollectionStatistics(snapshot, for: query))
    do throws(AnalysisError) { tokenizer = try Tokenizer(snapshot.analyzer) } catch {
      throw .analysis(reason: "\(error)")
    }
  }

  /// The best passages of a hit's document, best first, not overlapping.
  ///
  /// - Parameter limit: The most passages that are wanted.
  /// - Returns: None where the index keeps no text, or nothing of the query has a place in it.
  public func passages(of hit: Hit, limit: Int) throws(IndexError) -> [Passage] {
    try Interruption.check()
    let segment = snapshot.segments[hit.segment]
    guard limit > 0, let text = try segment.text(hit.document), !text.sentences.isEmpty else {
      return []
    }
    let finder = MatchFinder(concepts: concepts, segment: segment)
    let matches = try finder.matches(in: hit.document)
    let title = try segment.document(hit.document).title
    let scorer = PassageScorer(
      concepts: concepts, sentences: text.sentences, matches: matches,
      isHeading: headings(of: text, title: title))
    var chosen: [Candidate] = []
    // The sort is stable in effect: of equal scores the first in the document wins.
    for candidate in scorer.candidates().sorted(by: Self.precedes) where chosen.count < limit {
      if !chosen.contains(where: { $0.sentences.overlaps(candidate.sentences) }) {
        chosen.append(candidate)
      }
    }
    let widening = PassageWidening(
      concepts: concepts, sentences: text.sentences, matches: matches,
      isHeading: scorer.isHeading)
    for index in chosen.indices {
      let others = chosen.indices.filter { $0 != index }.map { chosen[$0].sentences }
      chosen[index].sentences = widening.widened(chosen[index].sentences, others, in: text.bytes)
      if widening.isQuestion { center(&chosen[index], others, text, matches) }
    }
    return chosen.map { passage($0, text, matches) }
  }

  /// Moves a passage inside of a sentence that is too long.
  private func center(
    _ candidate: inout Candidate, _ others: [ClosedRange<Int>], _ text: StoredText,
    _ matches: [Match]
  ) {
    let window = PassageWindow(concepts: concepts, sentences: text.sentences, matches: matches)
    guard let pieces = window.pieces(around: candidate.sentences, others, in: text.bytes) else {
      return
    }
    var tokens: [Token] = []
    var analyzed = AnalyzedText()
    for sentence in text.sentences[pieces] {
      tokenizer.analyzeSentence(text.bytes.span, sentence, into: &analyzed)
      tokens += analyzed.tokens
    }
    guard let bytes = window.window(pieces, tokens, in: text.bytes) else { return }
    candidate.sentences = pieces
    candidate.bytes = bytes
  }

  private static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
    if left.score != right.score { return left.score > right.score }
    return (left.sentences.lowerBound, left.sentences.count)
      < (right.sentences.lowerBound, right.sentences.count)
  }

  /// Which sentences are the title or a heading.
  private func headings(of text: StoredText, title: String) -> [Bool] {
    var ranges = text.headings
    // The title is the first thing in the text where it is in the text at all.
    let titleBytes = Array(title.utf8)
    if !titleBytes.isEmpty, text.bytes.starts(with: titleBytes) {
      ranges.append(0..<titleBytes.count)
    }
    return text.sentences.map { sentence in
      ranges.contains { $0.contains(Int(sentence.start)) }
    }
  }

  private func passage(
    _ candidate: Candidate, _ text: StoredText, _ matches: [Match]
  ) -> Passage {
    let sentences = text.sentences[candidate.sentences]
    var start = candidate.bytes?.lowerBound ?? Int(sentences[candidate.sentences.lowerBound].start)
    var end = candidate.bytes?.upperBound ?? Int(sentences[candidate.sentences.upperBound].end)
    while start < end, Self.isSpace(text.bytes[start]) { start += 1 }
    while end > start, Self.isSpace(text.bytes[end - 1]) { end -= 1 }
    let range = start..<end
    var ruler = TextRuler(text)
    let first = ruler.source(start)
    let units = ruler.utf16Count(0..<start)
    var lit = (end: start, units: 0)
    var highlights: [Highlight] = []
    for span in spans(in: sentences, text, matches) {
      let part = span.range.clamped(to: range)
      guard !part.isEmpty else { continue }
      let before = lit.units + ruler.utf16Count(lit.end..<part.lowerBound)
      lit = (part.upperBound, before + ruler.utf16Count(part))
      highlights.append(
        Highlight(
          range: part.lowerBound - start..<part.upperBound - start, utf16Range: before..<lit.units,
          start: ruler.source(part.lowerBound), end: ruler.source(part.upperBound),
          query: span.query, kind: span.kind))
    }
    return Passage(
      text: String(decoding: text.bytes[range], as: UTF8.self), range: range,
      utf16Range: units..<units + ruler.utf16Count(range), start: first, end: ruler.source(end),
      page: ruler.page(start), section: section(above: start, text), highlights: highlights)
  }

  /// The heading that a place is under.
  private func section(above offset: Int, _ text: StoredText) -> String? {
    guard let heading = text.headings.last(where: { $0.upperBound <= offset }) else { return nil }
    return String(decoding: text.bytes[heading], as: UTF8.self)
  }

  /// What is lit in some sentences, in order, not overlapping.
  private func spans(
    in sentences: ArraySlice<Sentence>, _ text: StoredText, _ matches: [Match]
  ) -> [Span] {
    var tokens: [Token] = []
    var terms: [[UInt8]] = []
    var analyzed = AnalyzedText()
    for sentence in sentences {
      tokenizer.analyzeSentence(text.bytes.span, sentence, into: &analyzed)
      for token in analyzed.tokens {
        tokens.append(token)
        let start = Int(token.termStart)
        terms.append(Array(analyzed.terms[start..<start + Int(token.termLength)]))
      }
    }
    guard let first = tokens.first?.position, let last = tokens.last?.position else { return [] }
    let builder = SpanBuilder(concepts: concepts, tokens: tokens, terms: terms)
    return builder.spans(
      of: matches.filter { $0.positions.overlaps(first...last) }, in: text.bytes)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
