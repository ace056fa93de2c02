import EvQuery

/// A document's words, and where they are.
struct ReferenceDocument {
  /// The positions of each term, ascending.
  var positions: [String: [Int]]

  /// How many positions there are.
  var length: Int

  /// How many of them are the title's.
  var titleLength: Int

  /// The positions that are in headings.
  var headings: Set<Int>

  /// What an occurrence in the title counts.
  var titleWeight: Float = 1
  /// What one in a heading counts.
  var headingWeight: Float = 1

  /// The title as a document of the same length, in which every occurrence counts the same.
  var title: ReferenceDocument {
    ReferenceDocument(
      positions: positions.mapValues { $0.filter { $0 < titleLength } }.filter {
        !$0.value.isEmpty
      },
      length: length, titleLength: titleLength, headings: [])
  }

  /// How often something occurs, weighted.
  func frequency(_ query: Query) -> Float {
    let found = occurrences(query)
    var inTitle = found.count { $0.upperBound < titleLength }
    var inHeadings = found.count { headings.contains($0.lowerBound) }
    switch query {
    case .variants(let variants):
      return variants.reduce(0) { $0 + $1.weight * frequency($1.query) }
    case .phrase(let phrase):
      // Of headings only the words are known.
      let own = phrase.terms.map { (positions[$0] ?? []).count { headings.contains($0) } }
      inHeadings = min(own.min() ?? 0, found.count - inTitle)
    case .near: (inTitle, inHeadings) = (0, 0)
    default: break
    }
    let bonus = (titleWeight - 1) * Float(inTitle)
    return Float(found.count) + bonus + (headingWeight - 1) * Float(inHeadings)
  }

  /// Where something occurs: first and last positions.
  func occurrences(_ query: Query) -> [ClosedRange<Int>] {
    switch query {
    case .term(let term): return (positions[term] ?? []).map { $0...$0 }
    case .phrase(let phrase):
      let places = zip(phrase.terms, phrase.offsets)
      return (positions[phrase.terms[0]] ?? []).filter { start in
        places.allSatisfy { positions[$0]?.contains(start + Int($1)) == true }
      }.map { $0...$0 + Int(phrase.offsets.last ?? 0) }
    case .variants(let variants): return variants.flatMap { occurrences($0.query) }
    case .near(let near): return stretches(near)
    default: return []
    }
  }

  /// Tries every choice of one occurrence for each operand.
  private func stretches(_ near: Near) -> [ClosedRange<Int>] {
    var choices: [[ClosedRange<Int>]] = [[]]
    for (number, operand) in near.operands.enumerated() {
      let own = occurrences(operand)
      choices = choices.flatMap { choice in
        own.filter { occurrence in
          if near.isOrdered { return choice.allSatisfy { $0.upperBound < occurrence.lowerBound } }
          return choice.indices.allSatisfy {
            near.operands[$0] != near.operands[number] || choice[$0] != occurrence
          }
        }.map { choice + [$0] }
      }
    }
    let covers = Set(
      choices.compactMap { choice -> ClosedRange<Int>? in
        guard let first = choice.map(\.lowerBound).min(), let last = choice.map(\.upperBound).max()
        else { return nil }
        return first...last
      })
    let lengths = near.operands.reduce(0) { $0 + longest($1) }
    return covers.filter { cover in
      cover.count <= near.distance + lengths
        && !covers.contains { $0 != cover && cover.contains($0) }
    }
  }

  private func longest(_ query: Query) -> Int {
    switch query {
    case .phrase(let phrase): Int(phrase.offsets.last ?? 0) + 1
    case .variants(let variants): variants.map { longest($0.query) }.max() ?? 0
    default: 1
    }
  }
}
