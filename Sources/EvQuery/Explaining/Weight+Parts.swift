internal import EvBytes
internal import EvIndex

extension Weight {
  /// What each word of the query adds to the score of a document; nothing where it does not match.
  func parts(
    of document: UInt32, in segment: SegmentReader
  ) throws(IndexError) -> [ScorePart] {
    var parts: [ScorePart] = []
    try add(query, Context(), document, segment, to: &parts)
    return parts
  }

  private func add(
    _ query: Query, _ context: Context, _ document: UInt32, _ segment: SegmentReader,
    to parts: inout [ScorePart]
  ) throws(IndexError) {
    // A group adds nothing where it does not match as a whole.
    guard let scorer = try scorer(query, segment, context),
      try scorer.seek(to: document) == document
    else { return }
    var context = context
    switch query {
    case .boolean(let boolean):
      for part in boolean.required + boolean.optional {
        try add(part, context, document, segment, to: &parts)
      }
    case .boosted(let inner, let factor):
      context.boost *= factor
      try add(inner, context, document, segment, to: &parts)
    case .inTitle(let inner):
      context.isInTitle = true
      try add(inner, context, document, segment, to: &parts)
    case .term, .phrase, .near, .variants:
      let norms = segment.norms
      guard let cursor = try occurrences(of: query, in: segment, context.isInTitle),
        try cursor.seek(to: document) == document,
        let norm = norms.section(0).load(UInt8.self, at: Int(document))
      else { return }
      let details = ScorePart.Details(
        weight: statistics.idf(of: query) * context.boost, frequency: try cursor.frequency(),
        saturation: 1 / inverseSaturation[Int(norm)], length: Int(NormCode.lengths[Int(norm)]))
      parts.append(
        ScorePart(
          reason: .word(query, details),
          contribution: BM25.score(
            weight: details.weight, frequency: details.frequency,
            inverseSaturation: inverseSaturation[Int(norm)])))
    case .filter, .everything, .nothing: break
    }
  }
}
