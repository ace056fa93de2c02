internal import EvIndex
internal import EvQuery

// Hits in another order than by relevance, and what all matches are counted by.

extension SearchIndex {
  /// What is known of all matches, where it was asked for.
  struct Arrangement {
    /// The counts of ``SearchOptions/facets``.
    var facets: [FacetCounts] = []
    /// Matches without a date that is known; nil unless they are in the order of their dates.
    var undated: Int?
  }

  /// Restricts a query to the days that are asked for.
  func dated(_ query: Query, _ options: SearchOptions) -> Query {
    guard options.since != nil || options.until != nil else { return query }
    let first = options.since?.day ?? CalendarDate.range.lowerBound
    let last = options.until?.day ?? CalendarDate.range.upperBound
    return first <= last ? query.restricted(to: .dates(first...last)) : .nothing
  }

  /// Restricts a query to the folders, files and paths that are asked for.
  func placed(_ query: Query, _ options: SearchOptions) -> Query {
    var query = query
    if !options.folders.isEmpty {
      query = query.restricted(
        to: .terms(options.folders.compactMap { FieldTerm.term(.path, $0) }))
    }
    guard !options.globs.isEmpty else { return query }
    func filter(_ pattern: Substring) -> Query {
      let folded = FieldTerm.normalized(.path, String(pattern)) ?? String(pattern)
      return .filter(.matching(.path, Glob(folded, isPath: true)))
    }
    var restricted = Query.Boolean(required: [query])
    // What is flat stays flat, since that has a kernel.
    if case .boolean(let flat) = query, flat.optional.isEmpty { restricted = flat }
    let wanted = options.globs.filter { !$0.hasPrefix("!") }.map { filter($0[...]) }
    if !wanted.isEmpty { restricted.required.append(.any(wanted)) }
    restricted.excluded += options.globs.filter { $0.hasPrefix("!") }.map {
      filter($0.dropFirst())
    }
    return .boolean(restricted)
  }

  /// Puts the hits into the order that is asked for, and counts matches by facets.
  func arrange(
    _ found: inout FoundDocuments, _ options: SearchOptions
  ) throws(IndexError) -> Arrangement {
    var arrangement = Arrangement()
    guard found.problems.isEmpty else { return arrangement }
    let searcher = Searcher(snapshot, similarity: options.ranking.similarity)
    if options.sort == .relevance {
      if options.reverse {
        found.hits.reverse()
        found.missing.reverse()
        cut(&found, options)
      }
      guard !options.facets.isEmpty || options.since != nil || options.until != nil else {
        return arrangement
      }
    }
    let matches = try searcher.matches(found.query)
    if options.sort != .relevance {
      (found.total, found.totalIsExact) = (matches.count, true)
      let times = options.sort == .modified ? modificationTimes() : [:]
      if times == nil { found.notes.append("when files were written is not known here") }
      let hits = try searcher.hits(
        found.query, matches, by: options.sort, isReversed: options.reverse,
        limit: options.limit == 0 ? .max : options.offset + options.limit, times: times ?? [:])
      reorder(&found, hits)
      cut(&found, options)
    }
    if options.since != nil || options.until != nil {
      let all = try searcher.matches(placed(found.parsed.query, options))
      let count = searcher.undatedCount(of: all)
      if count > 0 {
        found.notes.append(
          "\(count) \(count == 1 ? "match" : "matches") without a date left out")
      }
    }
    if options.sort == .date { arrangement.undated = searcher.undatedCount(of: matches) }
    for facet in options.facets {
      arrangement.facets.append(
        try searcher.counts(of: facet, matches, limit: options.facetLimit))
    }
    return arrangement
  }

  /// Takes hits that are in another order; what each lacks goes with it.
  private func reorder(_ found: inout FoundDocuments, _ hits: [Hit]) {
    if !found.missing.isEmpty {
      let missing = Dictionary(
        zip(found.hits, found.missing).map { ([UInt32($0.segment), $0.document], $1) },
        uniquingKeysWith: { first, _ in first })
      found.missing = hits.map { missing[[UInt32($0.segment), $0.document]] ?? [] }
    }
    found.hits = hits
  }

  /// Leaves out the hits that are not wanted.
  private func cut(_ found: inout FoundDocuments, _ options: SearchOptions) {
    guard options.limit > 0 else { return }
    let wanted = options.offset + options.limit
    found.hits = Array(found.hits.prefix(wanted))
    if !found.missing.isEmpty { found.missing = Array(found.missing.prefix(wanted)) }
  }
}
