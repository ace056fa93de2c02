extension Query {
  /// The query with "all of these" as "any of these", or nil where that would change nothing.
  ///
  /// What is excluded stays so. For queries whose ``ParsedQuery/mayBeLoosened`` is set.
  public var loosened: Query? {
    switch self {
    case .boolean(var boolean) where boolean.optional.isEmpty && boolean.required.count > 1:
      boolean.optional = boolean.required
      boolean.required = []
      return .boolean(boolean)
    default: return nil
    }
  }
}
