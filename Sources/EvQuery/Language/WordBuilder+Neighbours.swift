internal import EvAnalysis
internal import EvIndex

extension WordBuilder {
  /// Adds to words that must all occur what neighbours may be together: one word, or a quantity.
  ///
  /// The one word is a form of each of them, so that what has it has them all, and counts no more than
  /// what has them apart.
  ///
  /// - Parameter parts: Queries in the order in which they were typed, each with its text where it is a
  ///   plain word.
  mutating func joiningNeighbours(
    _ parts: [(text: String?, query: Query)]
  ) throws(IndexError) -> [Query] {
    guard parts.count > 1 else { return parts.map(\.query) }
    var result: [Query] = []
    var rest = parts.map { part in
      Part(text: part.text ?? "", term: part.text.flatMap(term(of:)), query: part.query)
    }[...]
    while let first = rest.first {
      // Spaces may part groups of digits, too: `1 200 km`.
      let longest = first.text.unicodeScalars.first?.isASCIIDigit == true ? 4 : 2
      var length = longest
      var found: Query?
      while found == nil, length > 1 {
        found = quantity(rest.prefix(length), length)
        if found == nil { length -= 1 }
      }
      if let found {
        result.append(found)
        rest = rest.dropFirst(length)
        continue
      }
      // Of `lock in rate` both `lockin` and `lockinrate`.
      var wholes: [(length: Int, variant: Variant)] = []
      for length in 2...3 {
        if let variant = try joined(rest.prefix(length), length) {
          wholes.append((length, variant))
        }
      }
      if wholes.isEmpty { result.append(first.query) }
      for (place, part) in rest.prefix(wholes.last?.length ?? 0).enumerated() {
        result.append(spelled(part, wholes.filter { place < $0.length }.map(\.variant)))
      }
      rest = rest.dropFirst(wholes.last?.length ?? 1)
    }
    return result
  }

  /// A part of a conjunction.
  private struct Part {
    var text: String
    /// Its term, where it is a plain word.
    var term: String?
    var query: Query
  }

  /// So many words, or the quantity that they are.
  private mutating func quantity(_ parts: ArraySlice<Part>, _ count: Int) -> Query? {
    guard parts.count == count, parts.allSatisfy({ $0.term != nil }), takesBudget() else {
      return nil
    }
    let text = parts.map(\.text).joined(separator: " ")
    let quantities = TypedTokens(text, tokenizer).covering(.quantity)
    guard let whole = Self.query(ofVariants: quantities.map { Variant(.term($0.term)) }) else {
      return nil
    }
    let words = parts.map(\.query)
    let either = Query.any([.all(words), whole])
    compounds[either] = Compound(parts: words, whole: whole, weight: 1)
    texts[either] = text
    return either
  }

  /// The one word that so many plain words are together, where the collection has it.
  private mutating func joined(
    _ parts: ArraySlice<Part>, _ count: Int
  ) throws(IndexError) -> Variant? {
    let terms = parts.compactMap(\.term)
    guard terms.count == count, takesBudget() else { return nil }
    let joined = terms.joined()
    guard try snapshot.documentFrequency(of: joined) > 0 else { return nil }
    // How rare it is says nothing of its parts.
    return Variant(.term(joined), .variant, weight: weights.variant, isOtherWord: true)
  }

  /// A word that is also found joined with its neighbours.
  private mutating func spelled(_ part: Part, _ joined: [Variant]) -> Query {
    var variants = [Variant(part.query)]
    if case .variants(let forms) = part.query { variants = forms }
    let spelled = Query.variants(variants + joined)
    texts[spelled] = part.text
    return spelled
  }
}
