// Text broken into lines of a width.

extension StyledText {
  /// The text in lines of at most `columns` columns.
  ///
  /// A line ends at a space, or between two characters of which one is wide unless typography
  /// forbids it. A word that is longer than a line is cut between characters. A single character
  /// that is wider than the line has a line of its own. Spaces at the ends of lines are left out.
  ///
  /// - Precondition: `columns` is at least 1.
  /// - Returns: At least one line.
  public func wrapped(to columns: Int) -> [StyledText] {
    precondition(columns >= 1, "a line cannot have \(columns) columns")
    var breaker = LineBreaker(limit: columns)
    for run in runs {
      for character in run.text { breaker.add(character, run.role) }
    }
    return breaker.finish()
  }
}

/// Fills lines greedily, character by character.
private struct LineBreaker {
  private struct Cell {
    let character: Character
    let role: TextRole?
    let columns: Int
    var isSpace: Bool { character == " " }
  }

  private let limit: Int
  private var lines: [StyledText] = []
  private var cells: [Cell] = []
  private var columns = 0
  /// How many cells of the current line are in front of the last place where it may end.
  private var breakCount = 0

  init(limit: Int) {
    self.limit = limit
  }

  mutating func add(_ character: Character, _ role: TextRole?) {
    let cell = Cell(character: character, role: role, columns: character.columns)
    if cell.isSpace {
      // A line that was wrapped does not start with a space, and spaces may hang over its end.
      guard !cells.isEmpty || lines.isEmpty else { return }
      append(cell)
      breakCount = cells.count
      return
    }
    if let previous = cells.last, !previous.isSpace, Self.mayBreak(previous, cell) {
      breakCount = cells.count
    }
    while columns + cell.columns > limit, !cells.isEmpty {
      endLine(after: breakCount > 0 ? breakCount : cells.count)
    }
    append(cell)
  }

  private mutating func append(_ cell: Cell) {
    cells.append(cell)
    columns += cell.columns
  }

  private mutating func endLine(after count: Int) {
    lines.append(Self.line(cells[..<count]))
    cells.removeFirst(count)
    columns = cells.reduce(0) { $0 + $1.columns }
    breakCount = 0
  }

  mutating func finish() -> [StyledText] {
    if !cells.isEmpty || lines.isEmpty { lines.append(Self.line(cells[...])) }
    return lines
  }

  private static func line(_ cells: ArraySlice<Cell>) -> StyledText {
    var line = StyledText()
    var cells = cells
    while cells.last?.isSpace ?? false { cells.removeLast() }
    for cell in cells { line.append(escaped: String(cell.character), cell.role) }
    return line
  }

  private static func mayBreak(_ left: Cell, _ right: Cell) -> Bool {
    guard left.columns >= 2 || right.columns >= 2 else { return false }
    return !neverLast.contains(left.character) && !neverFirst.contains(right.character)
  }

  /// Characters that never end a line, after JIS X 4051.
  private static let neverLast = Set("（〔［｛〈《「『【〘〖‘“([{«$￥¥£＄￡#＃")

  /// Characters that never start a line, after JIS X 4051.
  private static let neverFirst = Set(
    "、。，．・：；？！゛゜ヽヾゝゞ々〻ー’”）〕］｝〉》」』】〙〗)]}»,.:;?!%％‰℃°′″…‥—～"
      + "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ")
}
