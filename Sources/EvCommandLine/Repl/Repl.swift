// The session: lines in, results out, and what one line leaves for the next.

import EvSearch
import EvTerminal

/// A session with an index.
///
/// The index is opened for each query, which costs little, so that a session sees what others commit.
struct Repl {
  /// What came of a line.
  enum Outcome {
    case done
    case failed
    case leave
  }

  let console: Console
  var indexPath: String
  var settings: SearchSettings
  var last: Page?
  /// The hits that were printed since the last query, by rank, and where they are.
  var shown: [Int: (hit: SearchHit, place: EditorPlace)] = [:]
  /// What `.in` has added to each query.
  var scope: String?
  /// Where results go, if not to the screen.
  var file: OutputFile?
  /// Lines that were entered, oldest first.
  var history: [String] = []
  /// How deep `.read` is inside itself.
  var depth = 0

  /// The last results and the query that they answer.
  struct Page {
    let text: String
    let answer: Answer
  }

  init(indexPath: String, settings: SearchSettings, on console: Console) {
    self.indexPath = indexPath
    self.settings = settings
    self.console = console
  }

  /// Runs a line.
  mutating func run(_ line: String) -> Outcome {
    switch ReplInput(line) {
    case .nothing: return .done
    case .search(let text):
      shown = [:]
      let outcome = search(text, offset: settings.offset)
      let word = text.trimmingSpaces
      if ["quit", "exit"].contains(word) { console.note("To leave, enter .quit or press Ctrl-D.") }
      return outcome
    case .mistake(let message): return fail(message)
    case .command(let action): return perform(action)
    }
  }

  /// Searches for a text, within the scope if there is one, and prints what was found.
  mutating func search(_ text: String, offset: Int) -> Outcome {
    var page = settings
    page.offset = offset
    do throws(CommandError) {
      let answer = try Answer(
        to: scope.map { "(\(text)) \($0)" } ?? text, in: indexPath, page,
        environment: console.environment)
      last = Page(text: text, answer: answer)
      for hit in answer.results.hits { shown[hit.rank] = (hit, answer.place(of: hit)) }
      return print(answer, page)
    } catch {
      return fail(error)
    }
  }

  /// Prints results to the screen, or to the file that was named.
  mutating func print(_ answer: Answer, _ settings: SearchSettings) -> Outcome {
    do throws(CommandError) {
      try answer.print(settings, on: file.map { console.printing(to: $0.output) } ?? console)
    } catch {
      return fail(error)
    }
    guard let file else { return .done }
    file.output.flush()
    if file.isOnce { self.file = nil }
    guard file.output.failure == 0 else {
      self.file = nil
      let reason = SystemCalls.message(file.output.failure)
      return fail("\(file.path) could not be written: \(reason).")
    }
    return .done
  }

  func fail(_ message: String) -> Outcome {
    fail(CommandError(code: "command", message: message))
  }

  func fail(_ error: CommandError) -> Outcome {
    switch settings.form {
    case .json: console.output.write(SearchJSON.error(error).text + "\n")
    case .jsonLines: console.output.write(SearchJSON.errorLine(error).text + "\n")
    default: console.note(StyledText(error.line), color: settings.color)
    }
    return .failed
  }
}
