// How an interactive search looks: the query, the hits, and a preview of the one that is chosen.

import EvSearch
import EvTerminal

/// Lays an interactive search out on a screen.
struct InteractiveView {
  let columns: Int
  let rows: Int
  let workingFolder: String

  private static let prompt = "> "

  /// How many hits are shown at a time.
  var listRows: Int { max(1, min(10, (rows - 3) / 2)) }

  /// The lines of the screen, and where the cursor is.
  func lines(_ state: InteractiveState) -> (lines: [StyledText], cursor: (row: Int, column: Int)) {
    var query = StyledText(Self.prompt, .faint)
    // Of a query that is wider than the screen the part in front of the cursor is shown.
    var start = 0
    let room = columns - Self.prompt.count - 1
    func width(_ range: Range<Int>) -> Int { String(state.text[range]).columns }
    while start < state.cursor, width(start..<state.cursor) > room { start += 1 }
    query.append(String(state.text[start...]))
    var lines = [cut(query)]
    let first = max(0, state.selection - listRows + 1)
    for (index, hit) in state.hits.enumerated().dropFirst(first).prefix(listRows) {
      lines.append(cut(line(hit, in: state, isSelected: index == state.selection)))
    }
    lines.append(cut(footer(state)))
    for line in preview(state).prefix(max(0, rows - lines.count)) { lines.append(cut(line)) }
    return (
      Array(lines.prefix(rows)),
      (0, min(columns - 1, Self.prompt.count + width(start..<state.cursor)))
    )
  }

  private func line(
    _ hit: SearchHit, in state: InteractiveState, isSelected: Bool
  ) -> StyledText {
    var line = StyledText(isSelected ? "▌ " : "  ", .match)
    let title = hit.title.withSingleSpaces
    if !title.isEmpty { line.append(title + "  ", isSelected ? .title : nil) }
    line.append(place(hit, state))
    return line
  }

  private func place(_ hit: SearchHit, _ state: InteractiveState) -> StyledText {
    let paths = DocumentPaths(root: state.answer?.root ?? "", workingFolder: workingFolder)
    let shown = paths.shown(hit.path)
    // From elsewhere the path in the collection says more in less room.
    var place = StyledText(shown.hasPrefix("/") ? hit.path : shown, .path)
    place.append(":", .separator)
    place.append(String(hit.passages.first?.start.line ?? 1), .line)
    return place
  }

  private func footer(_ state: InteractiveState) -> StyledText {
    if let problem = state.problem { return StyledText(problem, .warning) }
    guard let answer = state.answer else {
      return StyledText("type words to search for; Enter opens, Esc leaves", .faint)
    }
    let footer = answer.results.footer(took: answer.took)
    guard !state.hits.isEmpty else { return footer }
    var line = StyledText("\(state.selection + 1)/\(state.hits.count)  ", .faint)
    line.append(footer)
    return line
  }

  private func preview(_ state: InteractiveState) -> [StyledText] {
    guard let hit = state.selected else { return [] }
    var lines: [StyledText] = []
    for passage in hit.passages {
      lines.append(StyledText())
      if let section = passage.section?.withSingleSpaces, !section.isEmpty {
        lines.append(StyledText("§ " + section, .faint))
      }
      lines += passage.lit().wrapped(to: columns)
    }
    return lines
  }

  /// A line that is no wider than the screen.
  private func cut(_ line: StyledText) -> StyledText {
    line.columns < columns ? line : line.wrapped(to: columns)[0]
  }
}
