/// Flattens a query into the clauses of a ``Plan``.
struct PlanBuilder {
  private(set) var words: [String] = []

  private var required: [Plan.Clause] = []
  private var optional: [Plan.Clause] = []
  private var excluded: [Plan.Clause] = []

  // Places by contents, so that a query of very many words takes linear time; in use once there are more
  // than a few, since a look at each of a few is cheaper than a table.
  private var wordPlaces: [String: Int] = [:]
  private var clausePlaces: [ClauseKey: Int] = [:]
  private var keys: [ClauseKey] = []
  private static let few = 8

  private struct ClauseKey: Hashable {
    var query: Query
    var role: Plan.Role
    var boost: Float
    /// The clause's place among those of its role.
    var place = 0

    static func == (left: ClauseKey, right: ClauseKey) -> Bool {
      left.role == right.role && left.boost == right.boost && left.query == right.query
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(query)
      hasher.combine(role)
      hasher.combine(boost)
    }
  }

  /// The clauses, by role.
  var clauses: [Plan.Clause] { required + optional + excluded }

  /// - Returns: Nil where there is no plan.
  mutating func build(_ query: Query) -> Plan.Kind? {
    var query = query
    var boost: Float = 1
    while case .boosted(let inner, let factor) = query {
      boost *= factor
      query = inner
    }
    switch query {
    case .boolean(let boolean):
      // Of a document that matches with nothing required, something optional is there.
      guard addConjunction(boolean, boost), !required.isEmpty || !optional.isEmpty else {
        return nil
      }
      return required.isEmpty ? .union : .intersection
    case .phrase(let phrase) where phrase.terms.count > 1:
      guard add(query, .required, boost) else { return nil }
      return .phrase(form(phrase.terms, phrase.offsets, 1))
    case .term, .variants:
      return add(query, .optional, boost) ? .union : nil
    default: return nil
    }
  }

  /// Adds what must match, may match and must not.
  private mutating func addConjunction(_ boolean: Query.Boolean, _ boost: Float) -> Bool {
    var choices: [(Query.Boolean, Float)] = []
    for query in boolean.required {
      let (query, factor) = Self.withoutBoost(query, boost)
      switch query {
      case .boolean(let inner) where inner.required.isEmpty:
        choices.append((inner, factor))
      case .boolean(let inner): guard addConjunction(inner, factor) else { return false }
      default: guard add(query, .required, factor) else { return false }
      }
    }
    for query in boolean.excluded { guard addAny(query, .excluded, 1) else { return false } }
    if let (inner, factor) = choices.first {
      // One choice alone is a union; a choice beside what is required is not.
      guard choices.count == 1, required.isEmpty, boolean.optional.isEmpty, optional.isEmpty,
        !inner.optional.isEmpty
      else { return false }
      for query in inner.optional { guard addAny(query, .optional, factor) else { return false } }
      for query in inner.excluded { guard addAny(query, .excluded, 1) else { return false } }
      return true
    }
    for query in boolean.optional { guard addAny(query, .optional, boost) else { return false } }
    return true
  }

  /// Adds a clause, or those of a Boolean query that asks for any of them.
  private mutating func addAny(_ query: Query, _ role: Plan.Role, _ boost: Float) -> Bool {
    let (query, boost) = Self.withoutBoost(query, boost)
    guard case .boolean(let boolean) = query else { return add(query, role, boost) }
    guard boolean.required.isEmpty, boolean.excluded.isEmpty, !boolean.optional.isEmpty else {
      return false
    }
    for query in boolean.optional { guard addAny(query, role, boost) else { return false } }
    return true
  }

  private static func withoutBoost(_ query: Query, _ boost: Float) -> (Query, Float) {
    guard case .boosted(let inner, let factor) = query else { return (query, boost) }
    return withoutBoost(inner, boost * factor)
  }

  /// Adds what is scored as one.
  private mutating func add(_ query: Query, _ role: Plan.Role, _ boost: Float) -> Bool {
    guard boost > 0, boost.isFinite else { return false }
    var key = ClauseKey(query: query, role: role, boost: boost)
    if let place = place(of: key) {
      count(again: place, role)
      return true
    }
    var clause = Plan.Clause(forms: [], isVariants: false, role: role, boost: boost)
    if case .term(let term) = query {
      clause.word = word(term)
    } else if let forms = forms(of: query) {
      clause.forms = forms
      if case .variants = query { clause.isVariants = true }
      if forms.count == 1, forms[0].words.count == 1, forms[0].weight == 1 {
        clause.word = forms[0].words[0]
        clause.forms = []
      }
    } else {
      return false
    }
    switch role {
    case .required:
      key.place = required.count
      required.append(clause)
    case .optional:
      key.place = optional.count
      optional.append(clause)
    case .excluded:
      key.place = excluded.count
      excluded.append(clause)
    }
    keys.append(key)
    if keys.count == Self.few {
      for key in keys { clausePlaces[key] = key.place }
    } else if keys.count > Self.few {
      clausePlaces[key] = key.place
    }
    return true
  }

  private func place(of key: ClauseKey) -> Int? {
    keys.count < Self.few ? keys.first { $0 == key }?.place : clausePlaces[key]
  }

  private mutating func count(again place: Int, _ role: Plan.Role) {
    switch role {
    case .required: required[place].multiplicity += 1
    case .optional: optional[place].multiplicity += 1
    case .excluded: excluded[place].multiplicity += 1
    }
  }

  private mutating func forms(of query: Query) -> [Plan.Form]? {
    switch query {
    case .term(let term): return [form([term], [0], 1)]
    case .phrase(let phrase) where !phrase.terms.isEmpty:
      return [form(phrase.terms, phrase.offsets, 1)]
    case .variants(let variants):
      var forms: [Plan.Form] = []
      for variant in variants {
        guard variant.weight > 0, variant.weight.isFinite else { return nil }
        switch variant.query {
        case .term(let term): forms.append(form([term], [0], variant.weight))
        case .phrase(let phrase) where !phrase.terms.isEmpty:
          forms.append(form(phrase.terms, phrase.offsets, variant.weight))
        default: return nil
        }
      }
      return forms.isEmpty ? nil : forms
    default: return nil
    }
  }

  private mutating func form(
    _ terms: [String], _ offsets: [UInt32], _ weight: Float
  ) -> Plan.Form {
    Plan.Form(words: terms.map { word($0) }, offsets: offsets, weight: weight)
  }

  private mutating func word(_ text: String) -> Int {
    if let place = words.count < Self.few ? words.firstIndex(of: text) : wordPlaces[text] {
      return place
    }
    words.append(text)
    if words.count == Self.few {
      for (place, word) in words.enumerated() { wordPlaces[word] = place }
    } else if words.count > Self.few {
      wordPlaces[text] = words.count - 1
    }
    return words.count - 1
  }
}
