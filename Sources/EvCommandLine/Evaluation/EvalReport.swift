// What an evaluation found, as a table and as JSON.

import EvSearch
import EvTerminal
import Glibc

/// The figures of one ranking, or of two and what differs.
struct EvalReport {
  /// The figures of one ranking.
  struct Result {
    let name: String
    let evaluation: Evaluation
    let took: Duration
  }

  let folder: String
  let results: [Result]
  /// Whether each query has a line.
  let showsEach: Bool

  /// The measures, by the names of the table and those of trec_eval.
  private static let measures:
    [(title: String, name: String, value: @Sendable (RankingMeasures) -> Double)] = [
      ("MAP", "map", { $0.averagePrecision }),
      ("nDCG@10", "ndcg_cut_10", { $0.gainAt10 }),
      ("P@10", "P_10", { $0.precisionAt10 }),
      ("R@100", "recall_100", { $0.recallAt100 }),
      ("RR", "recip_rank", { $0.reciprocalRank }),
    ]

  /// The report for a person.
  var lines: [StyledText] {
    let width = results.map(\.name.count).max() ?? 0
    var lines = [
      StyledText(
        Self.padded("", width)
          + Self.measures.map { Self.padded($0.title, 9, left: true) }.joined()
          + Self.padded("queries", 9, left: true) + "     each", .faint)
    ]
    for result in results {
      if showsEach {
        for row in result.evaluation.rows {
          lines.append(
            StyledText(Self.padded(row.query.id, width) + Self.figures(row.measures)))
        }
      }
      let count = result.evaluation.rows.count
      lines.append(
        StyledText(
          Self.padded(result.name, width) + Self.figures(result.evaluation.mean)
            + Self.padded(Quantities.grouped(count), 9, left: true) + "  "
            + Quantities.time(result.took / max(1, count))))
      if let share = Self.answeredShare(result) {
        let answers = result.evaluation.answers
        lines.append(
          StyledText(
            "answer in the first passage of a right first document: "
              + "\(Quantities.fixed(100 * share, decimals: 1)) % "
              + "(\(answers.passages) of \(answers.documents))"))
      }
    }
    for difference in differences {
      let test = difference.test
      let sign = test.difference < 0 ? "-" : "+"
      lines.append(
        StyledText(
          "\(difference.title) \(sign)\(Quantities.fixed(abs(test.difference), decimals: 4)): "
            + "better on \(test.wins), worse on \(test.losses), "
            + "p \(Quantities.fixed(test.probability, decimals: 5))"))
    }
    return lines
  }

  /// The report for a program: schema evsearch.eval/1.
  var json: JSONValue {
    .object([
      .init("schema", .string("evsearch.eval/1")),
      .init("folder", .string(folder)),
      .init(
        "rankings",
        .array(
          results.map { result in
            var members: [JSONValue.Member] = [
              .init("ranking", .string(result.name)),
              .init("queries", .integer(result.evaluation.rows.count)),
              .init("measures", Self.object(result.evaluation.mean)),
              .init("took_ms", .number(Quantities.seconds(result.took) * 1000)),
            ]
            if let share = Self.answeredShare(result) {
              members.append(.init("answer_in_passage", .number(share)))
            }
            if showsEach {
              members.append(
                .init(
                  "each",
                  .array(
                    result.evaluation.rows.map { row in
                      .object([
                        .init("query", .string(row.query.id)),
                        .init("measures", Self.object(row.measures)),
                      ])
                    })))
            }
            return .object(members)
          })),
      .init(
        "differences",
        .array(
          differences.map { difference in
            .object([
              .init("measure", .string(difference.name)),
              .init("difference", .number(difference.test.difference)),
              .init("wins", .integer(difference.test.wins)),
              .init("losses", .integer(difference.test.losses)),
              .init("p", .number(difference.test.probability)),
            ])
          })),
    ])
  }

  /// Writes the rankings of the first ranking to a file.
  func writeRun(to path: String) throws(CommandError) {
    guard let result = results.first else { return }
    guard let descriptor = SystemCalls.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644) else {
      throw CommandError(
        code: "system", message: "\(path) cannot be written: \(SystemCalls.message(errno)).")
    }
    defer { close(descriptor) }
    let output = TextOutput(descriptor: descriptor, isTerminal: false)
    // A column of the format is one word.
    let name = result.name.filter { !$0.isWhitespace }
    result.evaluation.run(named: name.isEmpty ? "evsearch" : name) { output.write($0 + "\n") }
    output.flush()
    guard output.failure == 0 else {
      throw CommandError(
        code: "system",
        message: "\(path) cannot be written: \(SystemCalls.message(output.failure)).")
    }
  }

  /// The first ranking against the second, by each measure.
  private var differences: [(title: String, name: String, test: PairedTest)] {
    guard results.count == 2 else { return [] }
    let rows = results.map { $0.evaluation.rows.map(\.measures) }
    return Self.measures.map { measure in
      (
        title: measure.title, name: measure.name,
        test: PairedTest(rows[0].map(measure.value), rows[1].map(measure.value))
      )
    }
  }

  /// How often the first passage holds an answer where the first document does; nil where no answers
  /// are known.
  private static func answeredShare(_ result: Result) -> Double? {
    let answers = result.evaluation.answers
    guard answers.documents > 0 else { return nil }
    return Double(answers.passages) / Double(answers.documents)
  }

  private static func figures(_ measures: RankingMeasures) -> String {
    Self.measures.map { padded(Quantities.fixed($0.value(measures), decimals: 4), 9, left: true) }
      .joined()
  }

  private static func object(_ measures: RankingMeasures) -> JSONValue {
    .object(Self.measures.map { .init($0.name, .number($0.value(measures))) })
  }

  private static func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
    let gap = String(repeating: " ", count: max(0, width - text.count))
    return left ? gap + text : text + gap
  }
}
