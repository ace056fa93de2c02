// How good the rankings are, on queries whose answers are known.

import ArgumentParser
import EvSearch
import EvTerminal

/// Searches for judged queries and prints how well they were answered.
struct EvalCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Measure the ranking on queries whose answers are known.",
    discussion: """
      The folder holds queries.tsv (name, tab, query), qrels.txt (query, 0, document, gain, as TREC \
      has it) and the documents: corpus.jsonl, also compressed, or a folder corpus. They are indexed \
      into a temporary place, unless --index names an index of them. A document is named by its path, \
      a record by its id. The measures are those of trec_eval. With answers.tsv (query, document, \
      start in its text, answer) it is counted too how often the first passage of a right first \
      document holds the answer.

      A ranking is standard or bm25, with what differs from it: bm25:k1=0.9,b=0.4. Two of them are \
      compared with a paired randomization test of two sides (100,000 draws, always the same).
      """)

  @Argument(
    help: "The folder with the queries, their judgements and the documents.",
    completion: .directory)
  var folder: String

  @Option(help: ArgumentHelp("The ranking that is measured.", valueName: "ranking"))
  var ranking = "standard"

  @Option(help: ArgumentHelp("Another ranking to compare it with.", valueName: "ranking"))
  var compare: String?

  @Option(help: ArgumentHelp("The k1 of the ranking that is measured.", valueName: "number"))
  var k1: Float?

  @Option(help: ArgumentHelp("The b of the ranking that is measured.", valueName: "number"))
  var b: Float?

  @Option(help: ArgumentHelp("How many documents of each ranking count.", valueName: "count"))
  var depth = 1000

  @Option(help: ArgumentHelp("Take only queries whose names begin so.", valueName: "prefix"))
  var only = ""

  @Option(
    name: .customLong("min-ndcg"),
    help: ArgumentHelp("End with status 1 where nDCG@10 is below this.", valueName: "number"))
  var minimumGain: Double?

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("Write the rankings to a file, as TREC has them.", valueName: "file"),
    completion: .file())
  var runFile: String?

  @Flag(
    help: """
      Rank only documents with all words of a short query, as a search does; else all that have any.
      """)
  var allWords = false

  @Flag(help: "Print a line for each query too.")
  var each = false

  @Flag(help: "Print one JSON document.")
  var json = false

  @OptionGroup var common: CommonOptions

  var printsJSON: Bool { json }
  var color: ColorChoice { common.colorChoice }

  func validate() throws {
    guard (1...1_000_000).contains(depth) else {
      throw ValidationError("--depth must be between 1 and 1000000, not \(depth).")
    }
    if let minimumGain, !(0...1).contains(minimumGain) {
      throw ValidationError("--min-ndcg must be between 0 and 1, not \(minimumGain).")
    }
    do throws(RankingNotationError) {
      _ = try rankings
    } catch {
      throw ValidationError(error.reason)
    }
  }

  /// The ranking that is measured, and the one that it is compared with, if any.
  private var rankings: [(name: String, ranking: Ranking)] {
    get throws(RankingNotationError) {
      var measured = try Ranking(notation: ranking)
      var name = ranking
      for (key, value) in [("k1", k1), ("b", b)] {
        guard let value else { continue }
        try measured.set(key, to: value)
        name += "\(name.contains(":") ? "," : ":")\(key)=\(value)"
      }
      guard let compare else { return [(name, measured)] }
      return [(name, measured), (compare, try Ranking(notation: compare))]
    }
  }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let collection = JudgedCollection(
      folder: FilePath.absolute(folder, in: console.workingFolder), only: only)
    let (queries, judgements) = try collection.judgedQueries()
    let answers = try collection.answers()
    let place = try collection.index(common.indexPath, on: console)
    defer { place.removeIfTemporary() }

    var results: [EvalReport.Result] = []
    do throws(IndexError) {
      let index = try SearchIndex.open(at: place.path)
      // They were read once already, when the arguments were looked at.
      for (name, ranking) in (try? rankings) ?? [] {
        var options = SearchOptions()
        options.limit = depth
        options.ranking = ranking
        options.ranksPartialMatches = !allWords
        let clock = ContinuousClock()
        let start = clock.now
        let evaluation = try index.evaluate(
          queries, judgements, options, answers: answers)
        results.append(.init(name: name, evaluation: evaluation, took: clock.now - start))
      }
    } catch {
      throw CommandError(error)
    }
    let report = EvalReport(folder: folder, results: results, showsEach: each)
    if let runFile {
      try report.writeRun(to: FilePath.absolute(runFile, in: console.workingFolder))
    }
    if json {
      console.output.write(report.json.text + "\n")
    } else {
      for line in report.lines {
        console.output.write(line, console.palette(of: console.output, color))
      }
    }
    guard let minimumGain, let measured = results.first,
      measured.evaluation.mean.gainAt10 < minimumGain
    else { return .success }
    let gain = Quantities.fixed(measured.evaluation.mean.gainAt10, decimals: 4)
    let note = "nDCG@10 of \(measured.name) is \(gain), below \(minimumGain)."
    console.note(StyledText(note), color: color)
    return .nothingFound
  }
}
