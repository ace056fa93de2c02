public import EvIndex
public import EvQuery

extension SearchIndex {
  /// How a query is executed: which kernels run, and how much of each list they read.
  ///
  /// Of a query whose words no document has all, that is the search for some of them.
  ///
  /// - Parameters:
  ///   - text: What was typed.
  ///   - options: How is searched.
  /// - Complexity: That of two searches.
  public func explainPlan(
    _ text: String, _ options: SearchOptions = SearchOptions()
  ) throws(IndexError) -> PlanExplanation {
    let found = try find(text, options)
    let wanted = options.limit == 0 ? Int.max : options.offset + options.limit
    return try Searcher(snapshot, similarity: options.ranking.similarity).explainPlan(
      found.query, limit: wanted == 1 ? 1 : max(wanted, options.ranking.evidence.depth),
      counts: found.totalIsExact, statistics: found.statistics)
  }
}
