/// What the kernels execute: words that must, may and must not occur, or a phrase.
///
/// Everything else is executed by lists that are put together (``ListOperator``).
struct Plan: Equatable {
  /// Which documents match.
  enum Kind: Equatable {
    /// Those that hold any of the optional clauses.
    case union
    /// Those that hold all of the required clauses.
    case intersection
    /// Those that hold the words of the only clause at their distances.
    case phrase(Form)
  }

  /// What a clause does in the query.
  enum Role: Int, Equatable {
    case required, optional, excluded
  }

  /// Words at fixed distances.
  struct Form: Equatable {
    /// The number of each word; of a plan, which of its words it is.
    var words: [Int]
    /// How many positions each is behind the first.
    var offsets: [UInt32]
    /// What an occurrence counts.
    var weight: Float = 1
  }

  /// What is scored as one, and how often the query has it in its role.
  struct Clause: Equatable {
    /// Which of the plan's words it is; several of a phrase.
    var words: [Int]
    var role: Role
    var boost: Float
    var multiplicity = 1

    /// Its idf, before it is boosted.
    ///
    /// - Parameter frequencies: Documents of the collection that hold each word of the plan.
    func idf(_ statistics: CollectionStatistics, _ frequencies: [Int]) -> Float {
      words.count == 1
        ? statistics.idf(documentFrequency: frequencies[words[0]])
        : statistics.idf(documentFrequencies: words.map { frequencies[$0] })
    }
  }

  let kind: Kind

  /// The words that are looked up, each once.
  private(set) var words: [String] = []

  /// Each clause of each role once: the required ones, the optional ones, the excluded ones.
  private(set) var clauses: [Clause] = []

  /// The plan of a query; nil where it has other parts than words.
  init?(_ query: Query) {
    let (query, boost) = FlatClauses.withoutBoost(query, 1)
    guard boost > 0, boost.isFinite else { return nil }
    switch query {
    case .term(let term):
      words = [term]
      clauses = [Clause(words: [0], role: .optional, boost: boost)]
      kind = .union
    case .phrase(let phrase) where phrase.terms.count > 1:
      var different: [String] = []
      for term in phrase.terms where !different.contains(term) { different.append(term) }
      let places = phrase.terms.map { [different] in different.firstIndex(of: $0) ?? 0 }
      words = different
      clauses = [Clause(words: places, role: .required, boost: boost)]
      kind = .phrase(Form(words: places, offsets: phrase.offsets))
    case .boolean(let boolean):
      var flat = FlatClauses()
      flat.add(boolean, boost)
      guard !flat.required.isEmpty || !flat.optional.isEmpty else { return nil }
      kind = flat.required.isEmpty ? .union : .intersection
      guard add(flat.required, .required), add(flat.optional, .optional),
        add(flat.excluded, .excluded)
      else { return nil }
    default: return nil
    }
  }

  /// Adds the clauses of a role.
  ///
  /// - Returns: Whether all are words.
  private mutating func add(_ flat: [FlatClauses.Clause], _ role: Role) -> Bool {
    for clause in flat {
      guard case .term(let term) = clause.query, clause.boost > 0, clause.boost.isFinite else {
        return false
      }
      // A word in two roles, or with two boosts, is looked up twice, which nobody asks for.
      words.append(term)
      clauses.append(
        Clause(
          words: [words.count - 1], role: role, boost: clause.boost,
          multiplicity: clause.multiplicity))
    }
    return true
  }

  /// Whether clauses are excluded.
  var excludes: Bool { clauses.contains { $0.role == .excluded } }
}
