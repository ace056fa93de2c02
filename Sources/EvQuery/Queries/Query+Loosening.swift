extension Query {
  /// The things that all must occur, where the query asks for several: without filters, and without what
  /// is excluded.
  public var words: [Query] {
    guard case .boolean(let boolean) = self, boolean.optional.isEmpty else { return [self] }
    return boolean.required.flatMap { query in
      switch query {
      case .filter: [Query]()
      // A sentence without spaces is several words.
      case .boolean(let inner) where inner.optional.isEmpty && inner.excluded.isEmpty: query.words
      default: [query]
      }
    }
  }

  /// The query with "all of these" as "any of these", or nil where that would change nothing.
  ///
  /// What is excluded stays so, and filters stay required. For queries whose
  /// ``ParsedQuery/mayBeLoosened`` is set.
  public var loosened: Query? {
    guard case .boolean(let boolean) = self, boolean.optional.isEmpty else { return nil }
    let words = words
    guard words.count > 1 else { return nil }
    let filters = boolean.required.filter { if case .filter = $0 { true } else { false } }
    if filters.isEmpty {
      return .boolean(Boolean(optional: words, excluded: boolean.excluded))
    }
    return .boolean(Boolean(required: filters + [.any(words)], excluded: boolean.excluded))
  }
}
