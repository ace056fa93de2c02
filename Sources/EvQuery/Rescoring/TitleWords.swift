internal import EvAnalysis
internal import EvIndex

/// Says how much of a query the title of a document has.
///
/// Titles are analysed when they are asked for: they are short, and what is stored of a document does
/// not say how many words its title has.
final class TitleWords {
  private let tokenizer: Tokenizer
  /// For each word of the query, the forms that it may have.
  private let words: [(forms: [Form], weight: Float)]
  private var analyzed = AnalyzedText()

  /// A form of a word: terms that must all be there.
  private struct Form {
    var terms: [[UInt8]]
    /// What it counts, compared with the form that was typed.
    var share: Float
  }

  /// What a form counts that was not typed: the title that has the typed one comes first.
  private static let otherForm: Float = 0.5

  /// - Parameter words: The words of the query with their weights.
  init(
    _ words: [(query: Query, weight: Float)], _ analyzer: Analyzer
  ) throws(IndexError) {
    do throws(AnalysisError) { tokenizer = try Tokenizer(analyzer) } catch {
      throw .analysis(reason: "\(error)")
    }
    self.words = words.map { (forms: Self.forms(of: $0.query), weight: $0.weight) }
  }

  /// How long a title is, in positions, and the share of these that hold words of the query, squared,
  /// times the weight of these words.
  func found(in title: String) -> (length: UInt32, evidence: Float) {
    guard !title.isEmpty else { return (0, 0) }
    tokenizer.analyze(title.utf8.span, breaks: [], wantsSentences: false, into: &analyzed)
    guard analyzed.positionCount > 0 else { return (0, 0) }
    var positions: [[UInt8]: [UInt32]] = [:]
    for token in analyzed.tokens {
      let start = Int(token.termStart)
      let term = Array(analyzed.terms[start..<start + Int(token.termLength)])
      positions[term, default: []].append(token.position)
    }
    var weight: Float = 0
    var covered = [Float](repeating: 0, count: analyzed.positionCount)
    for word in words {
      var share: Float = 0
      for form in word.forms where form.terms.allSatisfy({ positions[$0] != nil }) {
        share = max(share, form.share)
        for term in form.terms {
          for position in positions[term] ?? [] {
            covered[Int(position)] = max(covered[Int(position)], form.share)
          }
        }
      }
      weight += share * word.weight
    }
    let share = covered.reduce(0, +) / Float(analyzed.positionCount)
    return (UInt32(clamping: analyzed.positionCount), share * share * weight)
  }

  /// The forms of a word.
  private static func forms(of query: Query, _ share: Float = 1) -> [Form] {
    switch query {
    case .term(let term): [Form(terms: [Array(term.utf8)], share: share)]
    case .phrase(let phrase):
      [Form(terms: phrase.terms.map { Array($0.utf8) }, share: share)]
    case .variants(let variants):
      variants.flatMap { forms(of: $0.query, $0.kind == .exact ? share : otherForm) }
    case .near(let near): near.operands.flatMap { forms(of: $0, share) }
    case .boosted(let query, _), .inTitle(let query): forms(of: query, share)
    case .boolean, .filter, .everything, .nothing: []
    }
  }
}
