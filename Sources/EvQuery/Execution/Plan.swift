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
    /// Which of the plan's words it is; of a phrase its first.
    var word: Int
    /// All words of a phrase; empty of a word.
    var phrase: [Int] = []
    var role: Role
    var boost: Float
    var multiplicity = 1

    /// Its idf, before it is boosted.
    ///
    /// - Parameter frequencies: Documents of the collection that hold each word of the plan.
    func idf(_ statistics: CollectionStatistics, _ frequencies: [Int]) -> Float {
      phrase.isEmpty
        ? statistics.idf(documentFrequency: frequencies[word])
        : statistics.idf(documentFrequencies: phrase.map { frequencies[$0] })
    }
  }

  private(set) var kind = Kind.union

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
      clauses = [Clause(word: 0, role: .optional, boost: boost)]
      kind = .union
    case .phrase(let phrase) where phrase.terms.count > 1:
      var different: [String] = []
      for term in phrase.terms where !different.contains(term) { different.append(term) }
      let places = phrase.terms.map { [different] in different.firstIndex(of: $0) ?? 0 }
      words = different
      clauses = [Clause(word: 0, phrase: places, role: .required, boost: boost)]
      kind = .phrase(Form(words: places, offsets: phrase.offsets))
    case .boolean(let boolean):
      if let kind = add(boolean, boost) {
        self.kind = kind
        return
      }
      (words, clauses) = ([], [])
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

  /// Adds a few words that nothing is around, as most queries are.
  ///
  /// - Returns: Which documents match; nil where the query has other parts, or none.
  private mutating func add(_ boolean: Query.Boolean, _ boost: Float) -> Kind? {
    let count = boolean.required.count + boolean.optional.count + boolean.excluded.count
    guard count <= Self.fewWords, boolean.required.count + boolean.optional.count > 0 else {
      return nil
    }
    words.reserveCapacity(count)
    clauses.reserveCapacity(count)
    guard addWords(boolean.required, .required, boost),
      addWords(boolean.optional, .optional, boost), addWords(boolean.excluded, .excluded, 1)
    else { return nil }
    return boolean.required.isEmpty ? .union : .intersection
  }

  /// A look at each clause is cheaper than a table for so many.
  private static let fewWords = 16

  private mutating func addWords(_ queries: [Query], _ role: Role, _ boost: Float) -> Bool {
    let first = clauses.count
    for query in queries {
      guard case .term(let term) = query else { return false }
      if let place = clauses[first...].firstIndex(where: { words[$0.word] == term }) {
        if role != .excluded { clauses[place].multiplicity += 1 }
        continue
      }
      words.append(term)
      clauses.append(Clause(word: words.count - 1, role: role, boost: boost))
    }
    return true
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
          word: words.count - 1, role: role, boost: clause.boost,
          multiplicity: clause.multiplicity))
    }
    return true
  }

  /// Whether clauses are excluded.
  var excludes: Bool { clauses.contains { $0.role == .excluded } }
}
