extension Query {
  /// The query with "all of these" as "any of these", or nil where that would change nothing.
  ///
  /// What is excluded stays so, and filters stay required. For queries whose
  /// ``ParsedQuery/mayBeLoosened`` is set.
  public var loosened: Query? {
    guard case .boolean(let boolean) = self, boolean.optional.isEmpty else { return nil }
    let (filters, words) = boolean.required.reduce(into: ([Query](), [Query]())) { parts, query in
      if case .filter = query { parts.0.append(query) } else { parts.1.append(query) }
    }
    guard words.count > 1 else { return nil }
    if filters.isEmpty {
      return .boolean(Boolean(optional: words, excluded: boolean.excluded))
    }
    return .boolean(Boolean(required: filters + [.any(words)], excluded: boolean.excluded))
  }
}
