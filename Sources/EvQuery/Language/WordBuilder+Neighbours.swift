internal import EvAnalysis
internal import EvIndex

extension WordBuilder {
  /// Adds to words that must all occur what neighbours may be together: one word, or a quantity.
  ///
  /// - Parameter parts: Queries in the order in which they were typed, each with its text where it is a
  ///   plain word.
  mutating func joiningNeighbours(
    _ parts: [(text: String?, query: Query)]
  ) throws(IndexError) -> [Query] {
    var result: [Query] = []
    var index = 0
    while index < parts.count {
      if index + 1 < parts.count, let left = parts[index].text, let right = parts[index + 1].text,
        let together = try together(left, right)
      {
        let both = [parts[index].query, parts[index + 1].query]
        let either = Query.any([.all(both), together.whole])
        compounds[either] = Compound(parts: both, whole: together.whole, weight: together.weight)
        texts[either] = "\(left) \(right)"
        result.append(either)
        index += 2
      } else {
        result.append(parts[index].query)
        index += 1
      }
    }
    return result
  }

  private mutating func together(
    _ left: String, _ right: String
  ) throws(IndexError) -> (whole: Query, weight: Float)? {
    guard takesBudget(), let first = term(of: left), let second = term(of: right) else {
      return nil
    }
    let pair = TypedTokens("\(left) \(right)", tokenizer)
    if let quantity = pair.covering(.quantity).first { return (.term(quantity.term), 1) }
    let joined = first + second
    guard try snapshot.documentFrequency(of: joined) > 0 else { return nil }
    return (
      .variants([Variant(.term(joined), .variant, weight: weights.variant)]), weights.compound
    )
  }
}
