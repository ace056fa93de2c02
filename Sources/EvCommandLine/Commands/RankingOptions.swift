// How hits are put in order, and why they are where they are.

import ArgumentParser
import EvSearch

/// The options of a search that concern its ranking.
struct RankingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How to rank: standard, or bm25 for plain BM25 of the words as they were typed.",
      valueName: "ranking"))
  var ranking = "standard"

  @Option(
    help: ArgumentHelp(
      "Let young documents gain, half as much for each such time that they are older: 30d, 8w, 6m, 1y.",
      valueName: "time"))
  var recency: String?

  @Flag(help: "Print of what each score consists.")
  var explain = false

  @Flag(
    inversion: .prefixedNo, help: "Show of documents that are nearly the same only the best.")
  var collapse = true

  @Option(
    help: ArgumentHelp("Say why a document is not among the hits.", valueName: "file"),
    completion: .file())
  var whyNot: String?

  @Flag(help: "Print how the query is executed, instead of hits: what is read of each word's list.")
  var explainPlan = false

  mutating func validate() throws {
    _ = try parsed
    if let recency, Self.days(recency) == nil {
      throw ValidationError("\(recency) is no time: 30d, 8w, 6m or 1y.")
    }
  }

  /// The ranking.
  private var parsed: Ranking {
    get throws {
      do throws(RankingNotationError) {
        return try Ranking(notation: ranking)
      } catch {
        throw ValidationError(error.reason)
      }
    }
  }

  /// How many days a time has; nil of other text.
  private static func days(_ text: String) -> Double? {
    let units: [Character: Double] = ["d": 1, "w": 7, "m": 30, "y": 365]
    let factor = text.last.flatMap { units[$0] }
    guard let count = Int(factor == nil ? text : String(text.dropLast())), count > 0 else {
      return nil
    }
    return Double(count) * (factor ?? 1)
  }

  /// Puts what was asked for into the settings.
  func apply(to settings: inout SearchSettings) {
    // It was looked at when the arguments were parsed.
    settings.ranking = (try? parsed) ?? .standard
    if let days = recency.flatMap(Self.days), let today = CalendarDate.today() {
      settings.ranking.favorRecent(halfLife: days, today: today)
    }
    settings.explains = explain
    settings.collapses = collapse
  }
}
