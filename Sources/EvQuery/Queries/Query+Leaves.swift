extension Query {
  /// The terms and phrases that can make a document match: no excluded ones and no filters.
  ///
  /// They are in the order of the query, each once.
  public var leaves: [Query] {
    var leaves = Leaves()
    leaves.add(self)
    return leaves.found
  }

  /// The terms of ``leaves``, each once.
  package var positiveTerms: [String] {
    var seen: Set<String> = []
    return leaves.flatMap { leaf in
      switch leaf {
      case .term(let term): [term]
      case .phrase(let phrase): phrase.terms
      default: [String]()
      }
    }.filter { seen.insert($0).inserted }
  }

  private struct Leaves {
    var found: [Query] = []
    private var seen: Set<Query> = []

    mutating func add(_ query: Query) {
      switch query {
      case .term, .phrase:
        if seen.insert(query).inserted { found.append(query) }
      case .near(let near): for operand in near.operands { add(operand) }
      case .variants(let variants): for variant in variants { add(variant.query) }
      case .boolean(let boolean):
        for query in boolean.required + boolean.optional { add(query) }
      case .boosted(let query, _), .inTitle(let query): add(query)
      case .filter, .everything, .nothing: break
      }
    }
  }
}
