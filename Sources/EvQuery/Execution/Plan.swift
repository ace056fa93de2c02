/// How a query is executed where there is a kernel for it.
struct Plan: Equatable {
  /// Which documents match.
  enum Kind: Equatable {
    /// Those that hold any of the optional terms.
    case union
    /// Those that hold all of the required terms.
    case intersection
    /// Those that hold the terms side by side: for each word of the phrase, which term it is.
    case phrase([Int])
  }

  /// What a term does in the query.
  enum Role: Int, Equatable {
    case required, optional, excluded
  }

  /// A term, and how often the query has it in its role.
  struct Term: Equatable {
    var text: String
    var role: Role
    var multiplicity: Int
  }

  let kind: Kind

  /// Each term of each role once.
  let terms: [Term]

  /// The plan of a query: a term, a phrase, or a Boolean query of terms that requires or may have some;
  /// nil for any other, which is executed document by document with scorers.
  init?(_ query: Query) {
    switch query {
    case .phrase(let phrase) where phrase.terms.count > 1 && phrase.isConsecutive:
      let words = phrase.terms
      let terms = Self.terms(words.map(Query.term), .required) ?? []
      kind = .phrase(words.map { word in terms.firstIndex { $0.text == word } ?? 0 })
      self.terms = terms
    case .term(let term):
      kind = .union
      terms = [Term(text: term, role: .optional, multiplicity: 1)]
    case .boolean(let boolean):
      guard !boolean.required.isEmpty || !boolean.optional.isEmpty,
        let required = Self.terms(boolean.required, .required),
        let optional = Self.terms(boolean.optional, .optional),
        let excluded = Self.terms(boolean.excluded, .excluded)
      else { return nil }
      kind = required.isEmpty ? .union : .intersection
      terms = required + optional + excluded
    default: return nil
    }
  }

  /// Whether the terms have excluded ones among them.
  var excludes: Bool { terms.contains { $0.role == .excluded } }

  /// The terms of queries that are all terms, each once; nil for others.
  private static func terms(_ queries: [Query], _ role: Role) -> [Term]? {
    var terms: [Term] = []
    // The places of terms, so that a query of very many words takes linear time.
    var places: [String: Int] = [:]
    for query in queries {
      guard case .term(let text) = query else { return nil }
      if let place = places[text] {
        terms[place].multiplicity += 1
      } else {
        places[text] = terms.count
        terms.append(Term(text: text, role: role, multiplicity: 1))
      }
    }
    return terms
  }
}
