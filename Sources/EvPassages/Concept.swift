internal import EvQuery

/// One thing that a query asks for: a term, a phrase, or several forms of one.
struct Concept {
  /// Its forms, terms and phrases; the one that was asked for first.
  var forms: [Form]

  /// How much a passage gains by holding it: its idf.
  var weight: Float

  /// Whether it counts in the title alone.
  var isInTitle = false

  /// Where the concept is one of several that must be near each other.
  var near: Place?

  /// A form, and how it relates to what was asked for.
  struct Form {
    var query: Query
    var kind: MatchKind
    /// What part of the concept's weight it is worth: less where it is another word as well.
    var share: Float = 1
  }

  /// An operand's place among those of a near query.
  struct Place {
    /// The query, and its number among the near queries of the whole.
    var near: Near
    var number: Int
  }

  /// The concepts of a query, without what is excluded; in the order of the query.
  static func of(_ query: Query, _ statistics: CollectionStatistics) -> [Concept] {
    var concepts: [Concept] = []
    var nears = 0
    add(query, statistics, isInTitle: false, &nears, to: &concepts)
    return concepts
  }

  private static func add(
    _ query: Query, _ statistics: CollectionStatistics, isInTitle: Bool, _ nears: inout Int,
    to concepts: inout [Concept]
  ) {
    switch query {
    case .term, .phrase, .variants:
      concepts.append(
        Concept(
          forms: forms(of: query, .exact), weight: statistics.idf(of: query), isInTitle: isInTitle))
    case .near(let near):
      for operand in near.operands {
        concepts.append(
          Concept(
            forms: forms(of: operand, .exact), weight: statistics.idf(of: operand),
            isInTitle: isInTitle, near: Place(near: near, number: nears)))
      }
      nears += 1
    case .boolean(let boolean):
      for query in boolean.required + boolean.optional {
        add(query, statistics, isInTitle: isInTitle, &nears, to: &concepts)
      }
    case .boosted(let query, _):
      add(query, statistics, isInTitle: isInTitle, &nears, to: &concepts)
    case .inTitle(let query): add(query, statistics, isInTitle: true, &nears, to: &concepts)
    case .filter, .everything, .nothing: break
    }
  }

  /// The terms and phrases of a term, a phrase or variants.
  private static func forms(of query: Query, _ kind: MatchKind) -> [Form] {
    switch query {
    case .term, .phrase: [Form(query: query, kind: kind)]
    case .variants(let variants):
      variants.flatMap { variant in
        forms(of: variant.query, max(kind, variant.kind)).map { form in
          var form = form
          if variant.isOtherWord { form.share *= variant.weight }
          return form
        }
      }
    case .near(let near): near.operands.flatMap { forms(of: $0, kind) }
    case .boosted(let query, _), .inTitle(let query): forms(of: query, kind)
    case .boolean, .filter, .everything, .nothing: []
    }
  }
}

extension [Concept] {
  /// What each concept is worth where some matches are, by the best of its forms that is there.
  func weights(of matches: some Sequence<Match>) -> [Float] {
    var weights = [Float](repeating: 0, count: count)
    for match in matches {
      let concept = self[match.concept]
      weights[match.concept] = Swift.max(
        weights[match.concept], concept.weight * concept.forms[match.form].share)
    }
    return weights
  }
}

/// An occurrence of a concept in a document.
struct Match: Equatable {
  /// Its positions, first and last.
  var positions: ClosedRange<UInt32>
  /// Which concept occurs.
  var concept: Int
  /// In which of its forms.
  var form: Int
}
