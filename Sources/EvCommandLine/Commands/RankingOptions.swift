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

  /// Puts what was asked for into the settings.
  func apply(to settings: inout SearchSettings) {
    // It was looked at when the arguments were parsed.
    settings.ranking = (try? parsed) ?? .standard
    settings.explains = explain
    settings.collapses = collapse
  }
}
