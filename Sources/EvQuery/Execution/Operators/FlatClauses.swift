/// The parts of a Boolean query, with those of inner ones that say nothing that a flat one could not; what is
/// asked for several times is there once, with a number.
struct FlatClauses {
  struct Clause {
    var query: Query
    var boost: Float
    /// How often it is asked for; above 1 only for what is scored as one.
    var multiplicity = 1
  }

  private(set) var required: [Clause] = []
  private(set) var optional: [Clause] = []
  private(set) var excluded: [Clause] = []

  // Places by contents, once there are more than a few clauses: a query of very many words takes linear
  // time, and a look at each of a few is cheaper than a table.
  private var places: [Key: Int] = [:]
  private static let few = 8

  private struct Key: Hashable {
    var query: Query
    var boost: Float
    var role: Role
  }

  private enum Role {
    case required, optional, excluded
  }

  /// Adds what must match, may match and must not.
  mutating func add(_ boolean: Query.Boolean, _ boost: Float) {
    for query in boolean.required {
      let (query, factor) = Self.withoutBoost(query, boost)
      if case .boolean(let inner) = query, !inner.required.isEmpty {
        add(inner, factor)
      } else {
        add(query, factor, .required)
      }
    }
    for query in boolean.excluded { addAny(query, 1, .excluded) }
    for query in boolean.optional { addAny(query, boost, .optional) }
  }

  /// Adds a clause, or those of a Boolean query that asks for any of them.
  private mutating func addAny(_ query: Query, _ boost: Float, _ role: Role) {
    let (query, boost) = Self.withoutBoost(query, boost)
    if case .boolean(let inner) = query, inner.required.isEmpty, inner.excluded.isEmpty,
      !inner.optional.isEmpty
    {
      for query in inner.optional { addAny(query, boost, role) }
    } else {
      add(query, boost, role)
    }
  }

  /// A query without the boosts around it, and these.
  static func withoutBoost(_ query: Query, _ boost: Float) -> (Query, Float) {
    guard case .boosted(let inner, let factor) = query else { return (query, boost) }
    return withoutBoost(inner, boost * factor)
  }

  private mutating func add(_ query: Query, _ boost: Float, _ role: Role) {
    if query.isScoredAsOne, let place = place(of: query, boost, role) {
      switch role {
      case .required: required[place].multiplicity += 1
      case .optional: optional[place].multiplicity += 1
      case .excluded: break
      }
      return
    }
    let clause = Clause(query: query, boost: boost)
    switch role {
    case .required: required.append(clause)
    case .optional: optional.append(clause)
    case .excluded: excluded.append(clause)
    }
    let count = clauses(role).count
    if count == Self.few {
      for (place, clause) in clauses(role).enumerated() {
        places[Key(query: clause.query, boost: clause.boost, role: role)] = place
      }
    } else if count > Self.few {
      places[Key(query: query, boost: boost, role: role)] = count - 1
    }
  }

  private func clauses(_ role: Role) -> [Clause] {
    switch role {
    case .required: required
    case .optional: optional
    case .excluded: excluded
    }
  }

  private func place(of query: Query, _ boost: Float, _ role: Role) -> Int? {
    let clauses = clauses(role)
    guard clauses.count >= Self.few else {
      return clauses.firstIndex { $0.boost == boost && $0.query == query }
    }
    return places[Key(query: query, boost: boost, role: role)]
  }
}

extension Query {
  /// Whether it is a word or words side by side, perhaps in several forms.
  fileprivate var isScoredAsOne: Bool {
    switch self {
    case .term, .phrase, .variants: true
    case .near, .boolean, .boosted, .inTitle, .filter, .everything, .nothing: false
    }
  }
}
