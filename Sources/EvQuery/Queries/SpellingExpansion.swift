public import EvIndex

/// Adds to a query the spellings of its words that the collection has: `lockin` and `lock in`.
///
/// - Two plain words that must both occur, one behind the other, are found as one word too, where the
///   collection has that word.
/// - A word is found as two words side by side too, where the collection has both, side by side.
///
/// The words of a quotation stay as they are.
public struct SpellingExpansion {
  private let snapshot: IndexSnapshot

  /// The least length of a half of a word, in characters.
  private static let shortestHalf = 2

  /// The length above which a word is not cut: each cut is looked up.
  private static let longestWord = 40

  /// Creates an expansion by the terms of `snapshot`.
  public init(_ snapshot: IndexSnapshot) {
    self.snapshot = snapshot
  }

  /// The query with the other spellings of its words.
  public func expand(_ query: Query) throws(IndexError) -> Query {
    switch query {
    case .term(let term):
      let halves = try halves(of: term)
      guard !halves.isEmpty else { return query }
      return .variants([Variant(query)] + halves.map { Variant($0, .variant) })
    case .boolean(let boolean): return .boolean(try expand(boolean))
    case .boosted(let query, let factor): return .boosted(try expand(query), by: factor)
    case .inTitle(let query): return .inTitle(try expand(query))
    case .phrase, .near, .variants, .filter, .everything, .nothing: return query
    }
  }

  private func expand(_ boolean: Query.Boolean) throws(IndexError) -> Query.Boolean {
    var result = Query.Boolean()
    result.required = try joinNeighbours(boolean.required)
    for query in boolean.optional { result.optional.append(try expand(query)) }
    // What is excluded is excluded as it was typed.
    result.excluded = boolean.excluded
    return result
  }

  private func joinNeighbours(_ queries: [Query]) throws(IndexError) -> [Query] {
    var result: [Query] = []
    var index = 0
    while index < queries.count {
      if index + 1 < queries.count, case .term(let left) = queries[index],
        case .term(let right) = queries[index + 1],
        try snapshot.documentFrequency(of: left + right) > 0
      {
        let apart = Query.all([try expand(queries[index]), try expand(queries[index + 1])])
        result.append(.any([apart, .term(left + right)]))
        index += 2
      } else {
        result.append(try expand(queries[index]))
        index += 1
      }
    }
    return result
  }

  /// The ways to write `term` as two words that stand side by side in some document.
  private func halves(of term: String) throws(IndexError) -> [Query] {
    let characters = Array(term)
    guard characters.count >= 2 * Self.shortestHalf, characters.count <= Self.longestWord,
      characters.allSatisfy(\.isLetter)
    else { return [] }
    var found: [Query] = []
    for cut in Self.shortestHalf...characters.count - Self.shortestHalf {
      let pair = [String(characters[..<cut]), String(characters[cut...])]
      guard try snapshot.documentFrequency(of: pair[0]) > 0,
        try snapshot.documentFrequency(of: pair[1]) > 0,
        try occurs(.phrase(Phrase(pair)))
      else { continue }
      found.append(.phrase(Phrase(pair)))
    }
    return found
  }

  private func occurs(_ phrase: Query) throws(IndexError) -> Bool {
    let none = CollectionStatistics(documentCount: 1, totalLength: 1, documentFrequencies: [:])
    let weight = Weight(phrase, none, BM25())
    for segment in snapshot.segments {
      if let scorer = try weight.scorer(segment), try scorer.next() != Scorer.end { return true }
    }
    return false
  }
}
