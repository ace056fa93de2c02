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
    /// Whether the idf is the lowest of those forms that the collection has.
    var isVariants: Bool
    /// The only word, where a clause is nothing else; there are no forms then.
    var word: Int?
    var role: Role
    var boost: Float
    var multiplicity = 1

    /// A word among the forms whose occurrences count 1.
    var wholeWord: Int? {
      forms.first { $0.weight == 1 && $0.words.count == 1 }?.words[0]
    }

    /// Its idf, before it is boosted.
    ///
    /// - Parameter frequencies: Documents of the collection that hold each word of the plan.
    func idf(_ statistics: CollectionStatistics, _ frequencies: [Int]) -> Float {
      if let word {
        // Of forms that no document has none counts; see CollectionStatistics.
        if isVariants, frequencies[word] == 0 { return 0 }
        return statistics.idf(documentFrequency: frequencies[word])
      }
      var lowest: Float?
      for form in forms where !isVariants || form.words.allSatisfy({ frequencies[$0] > 0 }) {
        let idf = statistics.idf(documentFrequencies: form.words.map { frequencies[$0] })
        lowest = min(lowest ?? idf, idf)
      }
      return lowest ?? 0
    }
  }

  let kind: Kind

  /// The words that are looked up, each once.
  let words: [String]

  /// Each clause of each role once: the required ones, the optional ones, the excluded ones.
  let clauses: [Clause]

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
  }

  /// Whether clauses are excluded.
  var excludes: Bool { clauses.contains { $0.role == .excluded } }
}
