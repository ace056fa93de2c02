internal import EvIndex

/// Filters that all documents of an answer have to pass.
struct FilterConditions: Equatable {
  /// Filters that must let a document through.
  var required: [Filter] = []
  /// Filters that must not.
  var excluded: [Filter] = []

  var isEmpty: Bool { required.isEmpty && excluded.isEmpty }

  /// The documents of a segment that pass and are not deleted.
  func documents(in segment: SegmentReader) throws(IndexError) -> DocumentSet {
    var set = DocumentSet(
      documentCount: segment.info.documentCount, without: segment.deletions.words)
    for filter in required { set.formIntersection(try filter.documents(in: segment)) }
    for filter in excluded { set.subtract(try filter.documents(in: segment)) }
    return set
  }
}

extension Query {
  /// The query for documents that pass a filter too; words that are all required stay so.
  public func restricted(to filter: Filter) -> Query {
    if case .boolean(var boolean) = self, boolean.optional.isEmpty {
      boolean.required.append(.filter(filter))
      return .boolean(boolean)
    }
    return .boolean(Boolean(required: [self, .filter(filter)]))
  }

  /// The query without the filters that hold for all of it, and these; so that what is left may be
  /// one that has a kernel.
  ///
  /// Filters that hold for a part only stay in it.
  func separatingFilters() -> (query: Query, filters: FilterConditions) {
    switch self {
    case .filter(let filter): return (.everything, FilterConditions(required: [filter]))
    case .boolean(let boolean):
      // Most queries have none, and are not taken apart for that.
      let hasFilters =
        boolean.required.contains(where: \.isFilter) || boolean.excluded.contains(where: \.isFilter)
      guard hasFilters else { return (self, FilterConditions()) }
      var filters = FilterConditions()
      var rest = boolean
      rest.required = Self.take(boolean.required, &filters.required)
      rest.excluded = Self.take(boolean.excluded, &filters.excluded)
      // With a filter that must match, what is optional adds to the score only; it would have to
      // match without.
      guard !filters.isEmpty,
        filters.required.isEmpty || !rest.required.isEmpty || rest.optional.isEmpty
      else { return (self, FilterConditions()) }
      guard rest.optional.isEmpty, rest.excluded.isEmpty else { return (.boolean(rest), filters) }
      if rest.required.isEmpty { return (.everything, filters) }
      guard rest.required.count == 1 else { return (.boolean(rest), filters) }
      let inner = rest.required[0].separatingFilters()
      filters.required += inner.filters.required
      filters.excluded += inner.filters.excluded
      return (inner.query, filters)
    default: return (self, FilterConditions())
    }
  }

  private var isFilter: Bool {
    if case .filter = self { true } else { false }
  }

  private static func take(_ queries: [Query], _ filters: inout [Filter]) -> [Query] {
    var rest: [Query] = []
    for query in queries {
      if case .filter(let filter) = query { filters.append(filter) } else { rest.append(query) }
    }
    return rest
  }
}
