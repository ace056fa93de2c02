internal import EvIndex
internal import EvQuery

extension SearchIndex {
  /// Why a hit has its score.
  ///
  /// - Parameter isRescored: Whether the hit gained by evidence.
  func explanation(
    of hit: Hit, in found: FoundDocuments, _ ranking: Ranking, isRescored: Bool
  ) throws(IndexError) -> Explanation {
    let searcher = Searcher(snapshot, similarity: ranking.similarity)
    let parts = try searcher.explain(
      hit, for: found.query, isRescored ? ranking.evidence : .none, statistics: found.statistics)
    return Explanation(
      score: hit.score,
      lines: parts.map { part in
        .init(contribution: part.contribution, text: Self.text(of: part.reason, found))
      })
  }

  private static func text(of reason: ScorePart.Reason, _ found: FoundDocuments) -> String {
    switch reason {
    case .word(let query, let details):
      let typed = found.texts(query) ?? query.shown
      return "\(typed): weight \(short(details.weight)) × "
        + "\(short(details.frequency)) / (\(short(details.frequency)) + "
        + "\(short(details.saturation))); \(details.length) words"
    case .adjacency: return "words of the query side by side"
    case .title: return "words of the query in the title"
    case .lead: return "words of the query at the beginning"
    case .coverage: return "how much of the query is there"
    case .spelling: return "words of the query spelled as typed"
    case .recency: return "how young it is"
    }
  }

  /// A number with three decimals, and fewer where they are zeros.
  private static func short(_ value: Float) -> String {
    let thousandths = (Double(value) * 1000).rounded()
    guard thousandths.isFinite, abs(thousandths) < 9e15 else { return "\(value)" }
    let text = "\(thousandths / 1000)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Query {
  /// The query's terms, for messages.
  fileprivate var shown: String {
    switch self {
    case .term(let term): term
    case .phrase(let phrase): phrase.terms.joined(separator: " ")
    case .variants(let variants): variants.first?.query.shown ?? ""
    case .near(let near): near.operands.map(\.shown).joined(separator: " NEAR ")
    case .boosted(let query, _), .inTitle(let query): query.shown
    case .boolean, .filter, .everything, .nothing: ""
    }
  }
}
