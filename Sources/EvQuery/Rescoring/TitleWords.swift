internal import EvAnalysis
internal import EvIndex

/// Says how much of a query the title of a document has.
///
/// Titles are analysed when they are asked for: they are short, and what is stored of a document does
/// not say how many words its title has.
final class TitleWords {
  private let tokenizer: Tokenizer
  /// For each word of the query, the forms that it may have, as terms that must all be there.
  private let words: [(forms: [[[UInt8]]], weight: Float)]
  private var analyzed = AnalyzedText()

  /// - Parameter words: The words of the query with their weights.
  init(
    _ words: [(query: Query, weight: Float)], _ analyzer: Analyzer
  ) throws(IndexError) {
    do throws(AnalysisError) { tokenizer = try Tokenizer(analyzer) } catch {
      throw .analysis(reason: "\(error)")
    }
    self.words = words.map { (forms: Self.forms(of: $0.query), weight: $0.weight) }
  }

  /// The share of the title's positions that hold words of the query, squared, times the weight of these
  /// words.
  func evidence(in title: String) -> Float {
    guard !title.isEmpty else { return 0 }
    tokenizer.analyze(title.utf8.span, breaks: [], wantsSentences: false, into: &analyzed)
    guard analyzed.positionCount > 0 else { return 0 }
    var positions: [[UInt8]: [UInt32]] = [:]
    for token in analyzed.tokens {
      let start = Int(token.termStart)
      let term = Array(analyzed.terms[start..<start + Int(token.termLength)])
      positions[term, default: []].append(token.position)
    }
    var weight: Float = 0
    var covered: Set<UInt32> = []
    for word in words {
      var isThere = false
      for form in word.forms where form.allSatisfy({ positions[$0] != nil }) {
        isThere = true
        for term in form { covered.formUnion(positions[term] ?? []) }
      }
      if isThere { weight += word.weight }
    }
    let share = Float(covered.count) / Float(analyzed.positionCount)
    return share * share * weight
  }

  /// The terms of each form of a word.
  private static func forms(of query: Query) -> [[[UInt8]]] {
    switch query {
    case .term(let term): [[Array(term.utf8)]]
    case .phrase(let phrase): [phrase.terms.map { Array($0.utf8) }]
    case .variants(let variants): variants.flatMap { forms(of: $0.query) }
    case .near(let near): near.operands.flatMap(forms)
    case .boosted(let query, _), .inTitle(let query): forms(of: query)
    case .boolean, .filter, .everything, .nothing: []
    }
  }
}
