internal import EvBytes
internal import EvIndex

/// Makes the lists of a query in one segment.
struct OperatorBuilder {
  private let segment: SegmentReader
  private let lists: SegmentLists
  private let weight: Weight
  private let similarity: BM25
  /// Whether documents are scored, and not only counted.
  private let isScored: Bool
  /// How many documents are wanted, and what promised scores are lowered by; 0 where nothing is promised.
  private let limit: Int
  private let shrink: Float

  /// Forms whose lists are kept apart; more are merged, since a document has to be looked up in all: with 24
  /// apart the 22-word question of the benchmark took 37 ms instead of 14.
  private static let mostListed = 8

  init(
    _ segment: SegmentReader, _ lists: SegmentLists, _ weight: Weight, _ similarity: BM25,
    isScored: Bool, limit: Int, shrink: Float
  ) {
    self.segment = segment
    self.lists = lists
    self.weight = weight
    self.similarity = similarity
    self.isScored = isScored
    self.limit = limit
    self.shrink = shrink
  }

  /// The list of a query; nil where nothing can match.
  func list(of query: Query) throws(IndexError) -> ListOperator? { try list(of: query, boost: 1) }

  private func list(of query: Query, boost: Float) throws(IndexError) -> ListOperator? {
    switch query {
    case .nothing: return nil
    case .boosted(let inner, let factor): return try list(of: inner, boost: boost * factor)
    case .term, .phrase, .variants: return try leaf(query, boost, multiplicity: 1)
    case .boolean(let boolean): return try list(of: boolean, boost)
    case .near, .inTitle, .filter, .everything: return try scored(query, boost)
    }
  }

  // MARK: Boolean queries

  private func list(
    of boolean: Query.Boolean, _ boost: Float
  ) throws(IndexError) -> ListOperator? {
    var parts = FlatClauses()
    parts.add(boolean, boost)
    var required: [ListOperator] = []
    for clause in parts.required {
      guard let list = try list(of: clause) else { return nil }
      required.append(list)
    }
    let optional = try self.lists(of: parts.optional)
    if required.isEmpty, optional.isEmpty {
      // Of a document that only lacks something, nothing is scored.
      guard parts.optional.isEmpty, !parts.excluded.isEmpty,
        let everything = try scored(.everything, 1)
      else { return nil }
      required.append(everything)
    }
    let excluded = try self.lists(of: parts.excluded)
    if required.isEmpty {
      return optional.count == 1 && excluded.isEmpty
        ? optional[0] : DisjunctionOperator(optional, excluded: excluded)
    }
    return required.count == 1 && optional.isEmpty && excluded.isEmpty
      ? required[0] : ConjunctionOperator(required, optional: optional, excluded: excluded)
  }

  private func lists(
    of clauses: [FlatClauses.Clause]
  ) throws(IndexError) -> [ListOperator] {
    var found: [ListOperator] = []
    for clause in clauses { if let list = try list(of: clause) { found.append(list) } }
    return found
  }

  private func list(of clause: FlatClauses.Clause) throws(IndexError) -> ListOperator? {
    clause.multiplicity == 1
      ? try list(of: clause.query, boost: clause.boost)
      : try leaf(clause.query, clause.boost, multiplicity: clause.multiplicity)
  }

  // MARK: Words

  /// A form of a thing: words at their offsets, and what an occurrence counts.
  private struct Form {
    var terms: [String]
    var offsets: [UInt32]
    var infos: [TermInfo]
    var weight: Float
  }

  private func leaf(
    _ query: Query, _ boost: Float, multiplicity: Int
  ) throws(IndexError) -> ListOperator? {
    let weight = isScored ? self.weight.statistics.idf(of: query) * boost : 1
    guard weight >= 0, weight.isFinite, let forms = try forms(of: query) else {
      return try scored(query, boost)
    }
    guard !forms.isEmpty else { return nil }
    do throws(FormatError) {
      var sources: [FormSource] = []
      if forms.count > Self.mostListed {
        let postings = try postings(of: forms)
        guard let merged = unsafe try lists.open(postings, weight, multiplicity) else {
          return nil
        }
        let names = forms.map { $0.terms.joined(separator: " ") }
        sources = [unsafe WordSource(merged, names.joined(separator: " | "))]
      } else {
        for form in forms { sources.append(try source(of: form, weight, multiplicity)) }
      }
      return LeafOperator(
        sources, weight: weight, multiplicity: multiplicity,
        effort: forms.contains { $0.terms.count > 1 } ? 1 : 0, owner: lists)
    } catch {
      throw lists.corrupt(error)
    }
  }

  /// The forms of what is scored as one that the segment may have; nil where there is no list for it.
  private func forms(of query: Query) throws(IndexError) -> [Form]? {
    switch query {
    case .term(let term): return try form([term], [0], 1).map { [$0] } ?? []
    case .phrase(let phrase):
      guard !phrase.terms.isEmpty else { return [] }
      return try form(phrase.terms, phrase.offsets, 1).map { [$0] } ?? []
    case .variants(let variants):
      var forms: [Form] = []
      for variant in variants {
        guard variant.weight > 0, variant.weight.isFinite else { return nil }
        let form: Form?
        switch variant.query {
        case .term(let term): form = try self.form([term], [0], variant.weight)
        case .phrase(let phrase):
          form =
            phrase.terms.isEmpty
            ? nil : try self.form(phrase.terms, phrase.offsets, variant.weight)
        default: return nil
        }
        if let form { forms.append(form) }
      }
      return forms
    case .near, .boolean, .boosted, .inTitle, .filter, .everything, .nothing: return nil
    }
  }

  private func form(
    _ terms: [String], _ offsets: [UInt32], _ weight: Float
  ) throws(IndexError) -> Form? {
    var infos: [TermInfo] = []
    for term in terms {
      guard let info = try segment.terms.find(term) else { return nil }
      infos.append(info)
    }
    return Form(terms: terms, offsets: offsets, infos: infos, weight: weight)
  }

  private func source(
    of form: Form, _ weight: Float, _ multiplicity: Int
  ) throws(FormatError) -> FormSource {
    guard form.terms.count == 1 else {
      // A word that comes twice is one.
      let words = form.terms.map { form.terms.firstIndex(of: $0) ?? 0 }
      let kernel = try lists.phrase(
        form.infos, Plan.Form(words: words, offsets: form.offsets, weight: form.weight), weight,
        multiplicity)
      return PhraseSource(kernel, form.terms, weight: form.weight, similarity)
    }
    let opened = unsafe try lists.open(
      form.infos, weight, multiplicity, formWeight: form.weight)
    let source = unsafe WordSource(opened.baseAddress.unsafelyUnwrapped, form.terms[0])
    if form.weight == 1, limit > 0 {
      source.promise = promise(form.infos[0], weight * Float(multiplicity))
    }
    return source
  }

  /// What the stored k-th best impact of a word promises.
  private func promise(_ info: TermInfo, _ weight: Float) -> Float {
    guard let kind = similarity.impactKind, info.blockCount > 0 else { return 0 }
    let impacts = info.impacts(kind)
    return weight * impacts.maximum * Float(impacts.code(forBest: limit)) / 255 * shrink
  }

  /// All postings of many forms, merged.
  private func postings(of forms: [Form]) throws(FormatError) -> FormPostings {
    var sums = FormSums(documentCount: segment.info.documentCount)
    for form in forms {
      var one = form
      one.weight = 1
      try sums.add(try source(of: one, 1, 1), weight: form.weight)
    }
    return sums.postings
  }

  // MARK: What has no list

  private func scored(_ query: Query, _ boost: Float) throws(IndexError) -> ListOperator? {
    let (weight, segment) = (self.weight, self.segment)
    let make: () throws(IndexError) -> Scorer? = { () throws(IndexError) in
      try weight.scorer(query, segment, Weight.Context(boost: boost))
    }
    guard let scorer = try make() else { return nil }
    let bound = isScored ? self.bound(of: query, boost) : 0
    return ScorerOperator(scorer, upperBound: bound, make)
  }

  /// The most that a document may score for a query.
  private func bound(of query: Query, _ boost: Float) -> Float {
    switch query {
    case .term, .phrase, .near, .variants:
      let bound = weight.statistics.idf(of: query) * boost * (1 + TermList.slack)
      return bound >= 0 ? bound : .infinity
    case .boolean(let boolean):
      return (boolean.required + boolean.optional).reduce(0) {
        ($0 + bound(of: $1, boost)) * (1 + TermList.slack)
      }
    case .boosted(let query, let factor): return bound(of: query, boost * factor)
    case .inTitle(let query): return bound(of: query, boost)
    case .filter, .everything, .nothing: return 0
    }
  }
}
