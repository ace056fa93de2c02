internal import EvIndex

/// How a query is executed where there is a kernel for it.
struct Plan: Equatable {
  /// Which documents match.
  enum Kind: Equatable {
    /// Those that hold any of the terms.
    case union
    /// Those that hold all of the terms.
    case intersection
    /// Those that hold the terms side by side: for each word of the phrase, which term it is.
    case phrase([Int])
  }

  /// A term, and how often the query has it.
  struct Term: Equatable {
    var text: String
    var multiplicity: Int
  }

  let kind: Kind

  /// Each term once, in the order of the query.
  let terms: [Term]

  /// The plan of a query: one term, all of several, any of several, or a phrase; nil for any other, which is
  /// executed document by document with scorers.
  init?(_ query: Query) {
    switch query {
    case .phrase(let words) where words.count > 1:
      let terms = Self.terms(words.map(Query.term)) ?? []
      kind = .phrase(words.map { word in terms.firstIndex { $0.text == word } ?? 0 })
      self.terms = terms
    case .term(let term):
      kind = .union
      terms = [Term(text: term, multiplicity: 1)]
    case .boolean(let boolean) where boolean.excluded.isEmpty:
      let isUnion = boolean.required.isEmpty
      guard isUnion || boolean.optional.isEmpty,
        let terms = Self.terms(isUnion ? boolean.optional : boolean.required)
      else { return nil }
      kind = isUnion ? .union : .intersection
      self.terms = terms
    default: return nil
    }
  }

  /// The terms of queries that are all terms, each once; nil for others.
  private static func terms(_ queries: [Query]) -> [Term]? {
    var terms: [Term] = []
    for query in queries {
      guard case .term(let text) = query else { return nil }
      if let index = terms.firstIndex(where: { $0.text == text }) {
        terms[index].multiplicity += 1
      } else {
        terms.append(Term(text: text, multiplicity: 1))
      }
    }
    return terms.isEmpty ? nil : terms
  }
}
