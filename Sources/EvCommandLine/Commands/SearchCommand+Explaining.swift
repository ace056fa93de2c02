// What is printed of a search instead of its hits: how a query is read and executed, why a file is no hit.

import EvIngest
import EvSearch
import EvTerminal

extension SearchCommand {
  /// Prints how the query is read, and what the analysis makes of it.
  func printAnalysis(
    of text: String, in path: String, _ settings: SearchSettings, on console: Console
  ) throws(CommandError) -> ExitStatus {
    var settings = settings
    settings.form = .count
    let answer = try Answer(to: text, in: path, settings, environment: console.environment)
    let palette = console.palette(of: console.output, color)
    var lines = ["searched: \(answer.results.readAs)"] + answer.results.notes
    lines += try AnalyzedLines(text, language: nil).lines(asJSON: false)
    for line in lines { console.output.write(StyledText(line), palette) }
    return .success
  }

  /// Says why a file is no hit; the status is 0 where it is one.
  func explainAbsence(
    of file: String, _ text: String, in path: String, _ settings: SearchSettings,
    on console: Console
  ) throws(CommandError) -> ExitStatus {
    do throws(IndexError) {
      var index = try SearchIndex.open(at: path)
      // A path as it is typed here, or as it is in the collection.
      let root = settings.root ?? index.collectionRoot
      let absolute = FilePath.absolute(file, in: console.workingFolder)
      let real = SystemCalls.realPath(absolute) ?? absolute
      let inCollection = real.hasPrefix(root + "/") ? FilePath.relative(real, to: root) : file
      var news: String?
      if settings.refreshes,
        let check = FreshnessCheck(index, root: root, environment: console.environment)
      {
        let freshness: Freshness
        (index, freshness) = try check.index(reading: inCollection)
        news = freshness.news(of: inCollection)
      }
      var answer = try index.whyNot(path: inCollection, query: text, settings.options)
      if answer == .notIndexed {
        answer = try index.whyNot(path: file, query: text, settings.options)
      }
      if answer == .notIndexed, news == nil, SystemCalls.exists("\(root)/\(inCollection)") {
        news = "the file is new, or ignore rules leave it out"
      }
      let reason =
        if case .skipped(let code) = answer {
          "skipped: \(SkipReason(code: code)?.description ?? code)"
        } else {
          answer.description
        }
      let line = StyledText("\(file): \(reason)" + (news.map { " (\($0))" } ?? ""))
      console.output.write(line, console.palette(of: console.output, color))
      if case .hit = answer { return .success }
      return .nothingFound
    } catch {
      throw CommandError(error)
    }
  }

  /// Says how a query is executed.
  func explainPlan(
    of text: String, in path: String, _ settings: SearchSettings, on console: Console
  ) throws(CommandError) -> ExitStatus {
    do throws(IndexError) {
      let plan = try SearchIndex.open(at: path).explainPlan(text, settings.options)
      let palette = console.palette(of: console.output, color)
      for line in plan.description.split(separator: "\n") {
        console.output.write(StyledText(String(line)), palette)
      }
      return .success
    } catch {
      throw CommandError(error)
    }
  }
}
