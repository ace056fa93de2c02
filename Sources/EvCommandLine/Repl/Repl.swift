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

  private let console: Console
  private let indexPath: String
  private var settings: SearchSettings
  private var last: Page?
  /// Where the hits are that were printed since the last query, by rank.
  private var places: [Int: EditorPlace] = [:]

  /// The last results and the query that they answer.
  private struct Page {
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
      places = [:]
      let outcome = search(text, offset: settings.offset)
      if ["quit", "exit"].contains(text) { console.note("To leave, enter .quit or press Ctrl-D.") }
      return outcome
    case .mistake(let message): return fail(message)
    case .command(let action): return perform(action)
    }
  }

  private mutating func perform(_ action: ReplAction) -> Outcome {
    switch action {
    case .help:
      for (name, purpose) in ReplAction.summary {
        let gap = String(repeating: " ", count: max(2, 14 - name.count))
        console.output.write(StyledText(name + gap + purpose), .plain)
      }
    case .quit: return .leave
    case .status: return printStatus()
    case .limit(let value):
      if let value { settings.limit = value }
      let limit = settings.options.limit
      console.note(limit == 0 ? "All hits are printed." : "The limit is \(limit).")
    case .last:
      guard let last else { return fail("There was no query yet.") }
      last.answer.print(settings, on: console)
    case .next:
      guard let last else { return fail("There was no query yet.") }
      let results = last.answer.results
      let next = results.offset + results.hits.count
      guard !results.hits.isEmpty, next < results.total else {
        console.note("No more hits.")
        return .done
      }
      return search(last.text, offset: next)
    case .open(let rank): return open(rank)
    }
    return .done
  }

  private mutating func search(_ text: String, offset: Int) -> Outcome {
    var page = settings
    page.offset = offset
    do throws(CommandError) {
      let answer = try Answer(
        to: text, in: indexPath, page, environment: console.environment)
      last = Page(text: text, answer: answer)
      for hit in answer.results.hits {
        places[hit.rank] = answer.place(of: hit)
      }
      answer.print(page, on: console)
      return .done
    } catch {
      return fail(error)
    }
  }

  private func printStatus() -> Outcome {
    do throws(IndexError) {
      for line in try SearchIndex.open(at: indexPath).statusLines(on: console) {
        console.output.write(line, console.palette(of: console.output, settings.color))
      }
      return .done
    } catch {
      return fail(CommandError(error))
    }
  }

  private func open(_ rank: Int) -> Outcome {
    guard let place = places[rank] else {
      return fail(places.isEmpty ? "There are no hits to open." : "There is no hit \(rank).")
    }
    console.output.flush()
    if let problem = place.openInEditor(console.environment) { return fail(problem) }
    return .done
  }

  private func fail(_ message: String) -> Outcome {
    fail(CommandError(code: "command", message: message))
  }

  private func fail(_ error: CommandError) -> Outcome {
    switch settings.form {
    case .json: console.output.write(SearchJSON.error(error).text + "\n")
    case .jsonLines: console.output.write(SearchJSON.errorLine(error).text + "\n")
    default: console.note(StyledText(error.line), color: settings.color)
    }
    return .failed
  }
}
