internal import EvIndex

extension Weight {
  /// What is scored as one, in the order of the query, each with its weight: idf times boost.
  ///
  /// What is excluded, filters, and what counts in titles alone are left out; what is asked for twice is
  /// there once.
  var words: [(query: Query, weight: Float)] { words(statistics) }

  private func words(_ statistics: CollectionStatistics) -> [(query: Query, weight: Float)] {
    var found: [(query: Query, weight: Float)] = []
    var seen: Set<Query> = []
    func add(_ query: Query, _ boost: Float) {
      switch query {
      case .term, .phrase, .near, .variants:
        guard seen.insert(query).inserted else { return }
        found.append((query, statistics.idf(of: query) * boost))
      case .boosted(let query, let factor): add(query, boost * factor)
      case .boolean(let boolean):
        for query in boolean.required + boolean.optional { add(query, boost) }
      case .inTitle, .filter, .everything, .nothing: break
      }
    }
    add(query, 1)
    return found
  }

  /// A scorer of what documents of a segment gain.
  func evidenceScorer(
    _ evidence: Evidence, _ segment: SegmentReader
  ) throws(IndexError) -> EvidenceScorer {
    var found: [EvidenceScorer.Word] = []
    // Words that are common apart may be rare side by side.
    var plain = statistics
    plain.discountsCommonWords = false
    let asked = words
    for (index, rarity) in words(plain).map(\.weight).enumerated() {
      let word = asked[index]
      let next = index + 1 < asked.count ? asked[index + 1].query : nil
      var spelling = TypedSpelling(word.query, after: found.last?.spelling, next: next)
      // Where a document need not have the word, its spelling says nothing.
      if spelling != nil, !query.words.contains(word.query) { spelling = nil }
      var variants = [Variant(word.query)]
      if case .variants(let several) = word.query { variants = several }
      var forms: [EvidenceScorer.Form] = []
      for variant in variants {
        guard let cursor = try occurrences(of: variant.query, in: segment, false) else { continue }
        forms.append(
          .init(
            cursor: cursor, share: variant.weight,
            titleShare: variant.kind == .exact ? 1 : Evidence.otherFormInTitle,
            role: spelling?.role(of: variant) ?? .none))
      }
      found.append(.init(forms: forms, weight: word.weight, rarity: rarity, spelling: spelling))
    }
    return EvidenceScorer(evidence, found, inverseSaturation: inverseSaturation, segment: segment)
  }
}
