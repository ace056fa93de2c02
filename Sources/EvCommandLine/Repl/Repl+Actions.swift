// What the commands of a session do.

import EvSearch
import EvTerminal
import Glibc

extension Repl {
  /// Does what a command says.
  mutating func perform(_ action: ReplAction) -> Outcome {
    switch action {
    case .help(let command): printHelp(command)
    case .quit: return .leave
    case .status: return printStatus()
    case .next, .previous: return page(forward: action == .next)
    case .open(let rank): return open(rank)
    case .more(let rank): return printMore(rank)
    case .like(let rank): return searchLike(rank)
    case .within(let scope): return restrict(to: scope)
    case .last(let format):
      guard let last else { return fail("There was no query yet.") }
      var settings = settings
      if let format { settings.form = .init(format) }
      return print(last.answer, settings)
    case .mode(let format):
      if let format { settings.form = .init(format) }
      console.note("The form is \(settings.form.name).")
    case .limit(let value):
      if let value { settings.limit = value }
      let limit = settings.options.limit
      console.note(limit == 0 ? "All hits are printed." : "The limit is \(limit).")
    case .passages(let value):
      if let value { settings.passages = value }
      console.note("Passages of a document: \(settings.passages).")
    case .setting(let setting, let value): return set(setting, value)
    case .show: for setting in ReplSetting.allCases { show(setting) }
    case .output(let path, let isOnce): return redirect(to: path, isOnce: isOnce)
    case .read(let path): return read(path)
    case .index(let path): return use(path)
    case .terms(let prefix): return printTerms(prefix)
    case .analyze(let text): return printAnalysis(text)
    case .history(let count):
      for line in history.suffix(count) { console.output.write(StyledText(line), .plain) }
    case .shell(let command):
      console.output.flush()
      if case .exited(0) = ChildProcess.run(["sh", "-c", command]) { return .done }
      return fail("The command failed.")
    }
    return .done
  }

  private func printHelp(_ command: ReplCommand?) {
    let commands = command.map { [$0] } ?? ReplCommand.allCases
    let width = ReplCommand.allCases.map(\.help.form.count).max() ?? 0
    let palette = console.palette(of: console.output, settings.color)
    for command in commands {
      let (form, purpose) = command.help
      var line = StyledText(form, .title)
      line.append(String(repeating: " ", count: width - form.count + 2) + purpose)
      if !command.aliases.isEmpty {
        line.append("  " + command.aliases.joined(separator: " "), .faint)
      }
      console.output.write(line, palette)
    }
  }

  private mutating func page(forward isForward: Bool) -> Outcome {
    guard let last else { return fail("There was no query yet.") }
    let results = last.answer.results
    if isForward {
      let next = results.offset + results.hits.count
      // What is nearly the same as a hit is shown with it.
      let similar = results.hits.reduce(0) { $0 + $1.similar.count }
      guard !results.hits.isEmpty, next + similar < results.total else {
        console.note("No more hits.")
        return .done
      }
      return search(last.text, offset: next)
    }
    guard results.offset > 0 else {
      console.note("These are the first hits.")
      return .done
    }
    let limit = settings.options.limit
    return search(last.text, offset: limit == 0 ? 0 : max(0, results.offset - limit))
  }

  private func hit(_ rank: Int) -> (hit: SearchHit, place: EditorPlace)? {
    shown[rank]
  }

  private func failAbout(_ rank: Int, _ purpose: String) -> Outcome {
    fail(shown.isEmpty ? "There are no hits to \(purpose)." : "There is no hit \(rank).")
  }

  private func open(_ rank: Int) -> Outcome {
    guard let place = shown[rank]?.place else { return failAbout(rank, "open") }
    console.output.flush()
    if let problem = place.openInEditor(console.environment) { return fail(problem) }
    return .done
  }

  /// Prints up to ten passages of a hit, by asking for this hit alone.
  private mutating func printMore(_ rank: Int) -> Outcome {
    guard shown[rank] != nil, let last else { return failAbout(rank, "show more of") }
    var page = settings
    (page.offset, page.limit, page.passages) = (rank - 1, 1, max(10, settings.passages))
    do throws(CommandError) {
      let answer = try Answer(
        to: last.answer.results.text, in: indexPath, page, environment: console.environment)
      return print(answer, page)
    } catch {
      return fail(error)
    }
  }

  /// Searches for the words that tell a hit's document from others.
  private mutating func searchLike(_ rank: Int) -> Outcome {
    guard let (hit, _) = shown[rank], let last else { return failAbout(rank, "compare with") }
    let document = DocumentFiles(ofIndex: indexPath, root: last.answer.root)
      .document(hit.path)
    let text = document?.text ?? ([hit.title] + hit.passages.map(\.text)).joined(separator: "\n")
    let words: [String]
    do throws(IndexError) {
      words = try last.answer.index.characteristicWords(of: text, limit: 8)
    } catch {
      return fail(CommandError(error))
    }
    guard !words.isEmpty else { return fail("No other document shares a telling word with it.") }
    shown = [:]
    return search(words.joined(separator: " OR "), offset: 0)
  }

  private mutating func restrict(to scope: ReplAction.Scope?) -> Outcome {
    switch scope {
    case nil: self.scope = nil
    case .field(let text): self.scope = text
    case .hit(let rank):
      guard let (hit, _) = shown[rank] else { return failAbout(rank, "search in") }
      guard let source = hit.metadata.source, !source.isEmpty else {
        return fail("Hit \(rank) names no source; restrict by a field: .in path:FOLDER")
      }
      self.scope = "source:\"\(source.filter { $0 != "\"" })\""
    }
    console.note(
      self.scope.map { "Searching only \($0). To end it: .in" } ?? "Searching everywhere.")
    guard let last else { return .done }
    shown = [:]
    return search(last.text, offset: 0)
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

  private func printTerms(_ prefix: String) -> Outcome {
    do throws(IndexError) {
      let words = try SearchIndex.open(at: indexPath).snapshot.terms(prefix: prefix, limit: 50)
      for line in TermsCommand.lines(words) {
        console.output.write(line, console.palette(of: console.output, settings.color))
      }
      if words.isEmpty { console.note("No word begins so.") }
      return .done
    } catch {
      return fail(CommandError(error))
    }
  }

  private func printAnalysis(_ text: String?) -> Outcome {
    guard let text = text ?? last?.text else { return fail("There was no query yet.") }
    do throws(CommandError) {
      for line in try AnalyzedLines(text, language: nil).lines(asJSON: settings.form == .json) {
        console.output.write(
          StyledText(line), console.palette(of: console.output, settings.color))
      }
      return .done
    } catch {
      return fail(error)
    }
  }

  private mutating func use(_ path: String?) -> Outcome {
    if let path {
      let absolute = FilePath.absolute(path, in: console.workingFolder)
      // A folder of documents stands for the index inside it.
      let candidates = [absolute, absolute + "/.evsearch", absolute + "/Index"]
      guard let found = candidates.first(where: { SystemCalls.exists($0 + "/manifest") }) else {
        return fail(CommandError(IndexError.notFound(path: path)))
      }
      indexPath = found
      (last, shown, scope) = (nil, [:], nil)
    }
    console.note("The index is \(FilePath.relative(indexPath, to: console.workingFolder)).")
    return .done
  }
}
