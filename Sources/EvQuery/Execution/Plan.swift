/// How a query is executed where there is a kernel for it.
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

  /// Words at fixed distances, one word most of the time.
  struct Form: Equatable {
    /// Which of the plan's words it has.
    var words: [Int]
    /// How many positions each is behind the first.
    var offsets: [UInt32]
    /// What an occurrence counts.
    var weight: Float
  }

  /// What is scored as one, and how often the query has it in its role.
  struct Clause: Equatable {
    /// The forms; any of them will do.
    var forms: [Form]
    /// The clause as a query, for its idf.
    var query: Query
    var role: Role
    var boost: Float
    var multiplicity = 1

    /// The only word, where a clause is nothing else.
    var word: Int? {
      forms.count == 1 && forms[0].words.count == 1 && forms[0].weight == 1
        ? forms[0].words[0] : nil
    }
  }

  let kind: Kind

  /// The words that are looked up, each once.
  let words: [String]

  /// Each clause of each role once: the required ones, the optional ones, the excluded ones.
  let clauses: [Clause]

  /// Of each filter the words of which one must be there.
  let filters: [[Int]]

  /// The plan of a query; nil for one that is executed document by document, with scorers.
  ///
  /// There is a plan for terms, phrases and variants of these, for Boolean queries of them, and for
  /// nested ones that say nothing that a flat one could not.
  init?(_ query: Query) {
    var builder = PlanBuilder()
    guard let kind = builder.build(query) else { return nil }
    self.kind = kind
    words = builder.words
    clauses = builder.clauses
    filters = builder.filters
  }

  /// Whether clauses are excluded.
  var excludes: Bool { clauses.contains { $0.role == .excluded } }
}
