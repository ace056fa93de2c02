// evsearch -i: results on each key.

import EvSearch
import EvTerminal

/// Searches while a person types.
struct InteractiveSearch {
  let indexPath: String
  let settings: SearchSettings
  let console: Console

  /// Runs until the person leaves.
  ///
  /// - Parameter text: What the query begins with.
  func run(text: String) throws(CommandError) -> ExitStatus {
    let screen = console.output.isTerminal ? console.output : console.errors
    guard console.inputIsTerminal, screen.isTerminal, console.environment["TERM"] != "dumb" else {
      throw CommandError(
        code: "no_terminal", message: "An interactive search needs a terminal.",
        hint: "Search once: evsearch WORDS")
    }
    var state = InteractiveState(text: text)
    var place: EditorPlace?
    search(&state)
    repeat {
      place = try chooseHit(&state, on: screen)
      if let place, let problem = place.openInEditor(console.environment) {
        state.show(problem: problem)
      }
    } while place != nil
    return .success
  }

  /// Runs on the full screen until a hit is to be opened.
  ///
  /// - Returns: Where the hit is, or nil where the person leaves.
  private func chooseHit(
    _ state: inout InteractiveState, on output: TextOutput
  ) throws(CommandError) -> EditorPlace? {
    guard let screen = FullScreen(input: console.input, output: output) else {
      throw CommandError(code: "no_terminal", message: "The terminal cannot be taken over.")
    }
    let palette = console.palette(of: output, settings.color)
    var isOld = false
    while true {
      // Who types faster than is searched waits for the last search only.
      if !screen.hasKeys {
        if isOld { search(&state) }
        isOld = false
        let (lines, cursor) = view.lines(state)
        screen.draw(lines, palette, cursor: cursor)
      }
      let key = screen.readKey()
      if isOld, !key.isTyping {
        search(&state)
        isOld = false
      }
      switch state.press(key, page: view.listRows) {
      case .draw: continue
      case .search: isOld = true
      case .suspend: screen.suspend()
      case .leave: return nil
      case .open:
        guard let hit = state.selected, let answer = state.answer else { continue }
        return answer.place(of: hit)
      }
    }
  }

  private var view: InteractiveView {
    InteractiveView(
      columns: console.columns, rows: console.rows, workingFolder: console.workingFolder)
  }

  private func search(_ state: inout InteractiveState) {
    let text = state.query
    guard text.contains(where: { !$0.isWhitespace }) else { return state.show(nil) }
    var settings = settings
    settings.form = .text(hasHeadings: true)
    settings.limit = 50
    settings.passages = 3
    do throws(CommandError) {
      var answer = try Answer(
        to: text, in: indexPath, settings, environment: console.environment)
      // The last word may not be finished yet.
      if answer.results.hits.isEmpty, text.last?.isLetter ?? false {
        let longer = try Answer(
          to: text + "*", in: indexPath, settings, environment: console.environment)
        if !longer.results.hits.isEmpty { answer = longer }
      }
      state.show(answer)
    } catch {
      state.show(nil, problem: error.line)
    }
  }
}

extension FullScreen.Key {
  /// Whether the key is likely to be followed by another that changes the query.
  fileprivate var isTyping: Bool {
    switch self {
    case .text, .backspace, .delete: true
    default: false
    }
  }
}
