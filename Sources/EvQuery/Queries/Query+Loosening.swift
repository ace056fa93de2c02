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

  /// The query that adds up the scores of all words, of which any may match, in every form that may stand
  /// for several of them; nil where the query is not one of several words that must all occur.
  ///
  /// What is excluded stays so, and filters stay required.
  public var withAnyWord: Query? {
    guard case .boolean(let boolean) = self, words.count > 1, boolean.optional.isEmpty else {
      return nil
    }
    let parts = words.flatMap(\.parts)
    let filters = boolean.required.filter { if case .filter = $0 { true } else { false } }
    if filters.isEmpty {
      return .boolean(Boolean(optional: parts, excluded: boolean.excluded))
    }
    return .boolean(Boolean(required: filters + [.any(parts)], excluded: boolean.excluded))
  }

  /// What is added up where it is enough that any of it matches.
  private var parts: [Query] {
    guard case .boolean(let boolean) = self, boolean.excluded.isEmpty else { return [self] }
    // What restricts does so for what stands beside it.
    for case .filter in boolean.required + boolean.optional { return [self] }
    return (boolean.required + boolean.optional).flatMap(\.parts)
  }
}
