// Results for people: as blocks on a terminal, as lines of `path:line:text` in a pipe.

import EvSearch
import EvTerminal

/// Prints the hits of a search.
struct TextRenderer: ResultRenderer {
  /// How hits are laid out.
  enum Layout {
    /// A block a hit: title, place, wrapped passages.
    case blocks
    /// A line a passage, never wrapped or cut, that grep's readers understand.
    case lines
  }

  let layout: Layout
  let palette: Palette
  /// The columns of a line of the terminal.
  let columns: Int
  let paths: DocumentPaths
  /// What stands around a match; nil for nothing.
  var marks: MatchMarks?
  /// Whether a hit's file is not as it was indexed.
  var isStale: (SearchHit) -> Bool = { _ in false }
  /// The ranks of the first and the last hit, where only some of them are printed at a time.
  var ranks: (first: Int, last: Int)?
  /// Lines of the document around a passage, where they are wanted.
  var context: ((SearchHit, Passage) -> PassageContext?)?

  /// Prints all hits.
  func print(_ results: SearchResults, to output: TextOutput) {
    let first = ranks?.first ?? results.hits.first?.rank ?? 0
    switch layout {
    case .blocks:
      let digits = String(ranks?.last ?? results.hits.last?.rank ?? 0).count
      for hit in results.hits {
        if hit.rank > first { output.write("\n") }
        for line in block(hit, digits: digits) { output.write(line, palette) }
      }
    case .lines:
      for hit in results.hits {
        if hit.rank > first, context != nil { output.write(StyledText("--", .separator), palette) }
        for line in lines(hit) { output.write(line, palette) }
      }
    }
  }

  /// A hit as lines of `path:line:text`; a hit without a passage gives its title.
  func lines(_ hit: SearchHit) -> [StyledText] {
    guard !hit.passages.isEmpty else {
      var line = place(hit.path, .start)
      line.append(":", .separator)
      line.append(hit.title.withSingleSpaces)
      return [line]
    }
    var lines: [StyledText] = []
    for (index, passage) in hit.passages.enumerated() {
      let around = context?(hit, passage)
      if index > 0, context != nil { lines.append(StyledText("--", .separator)) }
      lines += (around?.before ?? []).map { contextLine(hit.path, $0) }
      var line = place(hit.path, passage.start)
      line.append(":", .separator)
      line.append(passage.lit(marks))
      lines.append(line)
      lines += (around?.after ?? []).map { contextLine(hit.path, $0) }
    }
    for text in hit.explanation?.text ?? [] {
      var line = paths.styled(hit.path)
      line.append(":", .separator)
      line.append(text, .faint)
      lines.append(line)
    }
    return lines
  }

  /// A hit as a block of lines.
  func block(_ hit: SearchHit, digits: Int) -> [StyledText] {
    let rank = String(hit.rank)
    let margin = String(repeating: " ", count: max(0, digits - rank.count)) + rank + "  "
    let indent = String(repeating: " ", count: margin.count)
    let width = max(10, columns - margin.count)

    var body: [StyledText] = []
    let title = hit.title.withSingleSpaces
    let details = self.details(hit)
    var rest = details
    if !title.isEmpty {
      body = StyledText(title, .title).wrapped(to: width)
      if body.count == 1, !details.isEmpty, body[0].columns + 2 + details.columns <= width {
        body[0].append(String(repeating: " ", count: width - body[0].columns - details.columns))
        body[0].append(details)
        rest = StyledText()
      }
    }
    for passage in hit.passages {
      var place = place(hit.path, passage.start)
      if let page = passage.page { append(StyledText("page \(page)", .faint), to: &place) }
      append(rest, to: &place)
      rest = StyledText()
      if let section = passage.section?.withSingleSpaces, !section.isEmpty, section != title {
        append(StyledText("§ " + section, .faint), to: &place)
      }
      body.append(place)
      let around = context?(hit, passage)
      body += (around?.before ?? []).flatMap { wrappedContext($0, width) }
      body += Self.fitted(passage.lit(marks), to: width)
      body += (around?.after ?? []).flatMap { wrappedContext($0, width) }
    }
    if hit.passages.isEmpty {
      var place = paths.styled(hit.path)
      append(rest, to: &place)
      body.append(place)
    }

    body += notes(hit)
    body += (hit.explanation?.text ?? []).map { StyledText($0, .faint) }

    return body.enumerated().map { index, line in
      var whole = StyledText(index == 0 ? margin : indent, index == 0 ? .faint : nil)
      whole.append(line)
      return whole
    }
  }

  /// The most lines of a passage on a screen; one without the end of a sentence can be a whole file.
  private static let longestPassage = 9

  /// A passage in lines; of one that is long those around its first match.
  static func fitted(_ passage: StyledText, to width: Int) -> [StyledText] {
    let lines = passage.wrapped(to: width)
    guard lines.count > longestPassage else { return lines }
    // With room for the signs that something is left out.
    let narrow = passage.wrapped(to: max(1, width - 1))
    let place = narrow.firstIndex { line in line.runs.contains { $0.role == .match } } ?? 0
    let first = max(0, min(place - longestPassage / 2, narrow.count - longestPassage))
    var shown = Array(narrow[first..<first + longestPassage])
    if first > 0 {
      var line = StyledText("…", .faint)
      line.append(shown[0])
      shown[0] = line
    }
    if first + longestPassage < narrow.count { shown[longestPassage - 1].append("…", .faint) }
    return shown
  }

  /// What else is to be said of a hit: the words that it lacks, and its near copies.
  private func notes(_ hit: SearchHit) -> [StyledText] {
    var lines: [StyledText] = []
    let highlights = hit.passages.flatMap(\.highlights)
    if !highlights.isEmpty, highlights.allSatisfy({ $0.kind == .substring }) {
      lines.append(StyledText("substring: not as a word of its own", .faint))
    }
    if !hit.droppedWords.isEmpty {
      var line = StyledText("missing: ", .faint)
      for (index, word) in hit.droppedWords.enumerated() {
        if index > 0 { line.append(" ") }
        line.append(word.withSingleSpaces.shortened(to: 100), .missing)
      }
      lines.append(line)
    }
    if !hit.similar.isEmpty {
      let first = hit.similar.prefix(2).map { paths.shown($0) }.joined(separator: ", ")
      let more = hit.similar.count > 2 ? ", …" : ""
      lines.append(StyledText("+\(hit.similar.count) similar: \(first)\(more)", .faint))
    }
    return lines
  }

  /// The document's date and source.
  private func details(_ hit: SearchHit) -> StyledText {
    var details = StyledText(hit.details.joined(separator: "  "), .faint)
    if isStale(hit) {
      if !details.isEmpty { details.append("  ") }
      details.append("changed since indexing", .warning)
    }
    return details
  }

  /// `path:line`, never wrapped, so that a terminal or an editor can take it as a whole.
  private func place(_ path: String, _ position: SourcePosition) -> StyledText {
    var place = paths.styled(path, line: position.line, column: position.column)
    place.append(":", .separator)
    place.append(String(position.line), .line)
    return place
  }

  /// A line around a passage, with hyphens in place of colons as grep has it.
  private func contextLine(_ path: String, _ line: PassageContext.Line) -> StyledText {
    var text = paths.styled(path, line: line.number)
    text.append("-", .separator)
    text.append(String(line.number), .line)
    text.append("-", .separator)
    text.append(line.text.withSingleSpaces)
    return text
  }

  private func wrappedContext(_ line: PassageContext.Line, _ width: Int) -> [StyledText] {
    StyledText(line.text.withSingleSpaces, .faint).wrapped(to: width)
  }

  private func append(_ text: StyledText, to line: inout StyledText) {
    guard !text.isEmpty else { return }
    line.append("  ")
    line.append(text)
  }
}
