public import EvAnalysis
public import EvIndex
public import EvQuery
import Glibc

/// Searches by looking at every word of every document: slow and obvious, the oracle of the engine.
///
/// It shares the analysis, the length code and the form of a query with the engine, and nothing else.
public struct ReferenceSearcher {
  /// A document that matches.
  public struct Hit: Equatable, Sendable {
    /// Its place among the documents.
    public var document: Int

    /// How well it answers.
    public var score: Float

    /// Creates a hit.
    public init(document: Int, score: Float) {
      self.document = document
      self.score = score
    }
  }

  private var documents: [ReferenceDocument] = []
  private var documentFrequencies: [String: Int] = [:]
  /// Documents with a word.
  private var nonEmptyCount = 0

  /// Analyses all documents.
  ///
  /// - Parameter known: The only terms that queries will have, so that the rest need not be kept; nil
  ///   for all.
  public init(
    _ documents: [Document], _ analyzer: Analyzer = Analyzer(), knowing known: Set<String>? = nil
  ) throws {
    let tokenizer = try Tokenizer(analyzer)
    var analyzed = AnalyzedText()
    for document in documents {
      var breaks: [Int] = []
      for range in document.headings + (document.title.isEmpty ? [] : [document.title]) {
        breaks += [range.lowerBound, range.upperBound]
      }
      tokenizer.analyze(
        document.text.utf8.span, breaks: breaks.sorted(), wantsSentences: false, into: &analyzed)
      var positions: [String: [Int]] = [:]
      var headings: Set<Int> = []
      for token in analyzed.tokens {
        let start = Int(token.termStart)
        let bytes = analyzed.terms[start..<start + Int(token.termLength)]
        let term = String(decoding: bytes, as: UTF8.self)
        if known?.contains(term) ?? true {
          positions[term, default: []].append(Int(token.position))
        }
        if document.headings.contains(where: { $0.contains(Int(token.start)) }) {
          headings.insert(Int(token.position))
        }
      }
      let titleEnd = analyzed.tokens.first { Int($0.start) >= document.title.upperBound }?.position
      self.documents.append(
        ReferenceDocument(
          positions: positions, length: analyzed.positionCount,
          titleLength: titleEnd.map { Int($0) } ?? analyzed.positionCount,
          headings: headings))
      for term in positions.keys { documentFrequencies[term, default: 0] += 1 }
    }
    nonEmptyCount = self.documents.count { $0.length > 0 }
  }

  /// Every document that matches, the best first, of equal ones the first.
  public func search(_ query: Query, _ similarity: BM25 = .plain) -> [Hit] {
    let average = Float(
      Double(documents.reduce(0) { $0 + $1.length }) / Double(max(1, nonEmptyCount)))
    var hits: [Hit] = []
    for (number, document) in documents.enumerated() {
      let length = Float(NormCode.decode(NormCode.encode(UInt32(document.length))))
      let inverse = Self.inverse(length, average, similarity)
      var document = document
      document.titleWeight = similarity.titleWeight
      document.headingWeight = similarity.headingWeight
      let found = score(query, document, boost: 1) { frequency, idf in
        idf - idf / (1 + frequency * inverse)
      }
      guard let found else { continue }
      hits.append(Hit(document: number, score: Float(found)))
    }
    return hits.sorted { ($1.score, $0.document) < ($0.score, $1.document) }
  }

  /// 1 / K of a document.
  private static func inverse(_ length: Float, _ average: Float, _ own: BM25) -> Float {
    guard own.lengthExponent != 1 else {
      return 1 / (own.k1 * ((1 - own.b) + own.b * length / average))
    }
    let exponent = Double(own.lengthExponent)
    let ratio = Double(own.b) * pow(Double(length), exponent) / pow(Double(average), exponent)
    return Float(1 / (Double(own.k1) * ((1 - Double(own.b)) + ratio)))
  }

  private func score(
    _ query: Query, _ document: ReferenceDocument, boost: Float, _ formula: (Float, Float) -> Float
  ) -> Double? {
    switch query {
    case .term, .phrase, .near, .variants:
      let frequency = document.frequency(query)
      return frequency > 0 ? Double(formula(frequency, idf(query) * boost)) : nil
    case .boolean(let boolean):
      func scores(_ queries: [Query]) -> [Double?] {
        queries.map { score($0, document, boost: boost, formula) }
      }
      let needed = scores(boolean.required)
      let wanted = scores(boolean.optional).compactMap { $0 }
      if needed.contains(nil)
        || boolean.required.isEmpty && wanted.isEmpty && !boolean.optional.isEmpty
      {
        return nil
      }
      if boolean.required.isEmpty, boolean.optional.isEmpty, boolean.excluded.isEmpty { return nil }
      if scores(boolean.excluded).contains(where: { $0 != nil }) { return nil }
      return needed.compactMap { $0 }.reduce(0, +) + wanted.reduce(0, +)
    case .boosted(let query, let factor):
      return score(query, document, boost: boost * factor, formula)
    case .inTitle(let query): return score(query, document.title, boost: boost, formula)
    case .filter(.terms(let terms)):
      return terms.contains { document.positions[$0] != nil } ? 0 : nil
    case .filter(.dates), .filter(.matching), .nothing: return nil
    case .everything: return 0
    }
  }

  private func idf(_ query: Query) -> Float {
    switch query {
    case .term(let term): return idf(term)
    case .phrase(let phrase): return phrase.terms.reduce(0) { $0 + idf($1) }
    case .near(let near): return near.operands.reduce(0) { $0 + idf($1) }
    case .variants(let variants):
      return variants.map(\.query).filter { query in
        query.leaves.allSatisfy { leaf in
          switch leaf {
          case .term(let term): documentFrequencies[term] != nil
          case .phrase(let phrase): phrase.terms.allSatisfy { documentFrequencies[$0] != nil }
          default: false
          }
        }
      }.map(idf).min() ?? 0
    default: return 0
    }
  }

  private func idf(_ term: String) -> Float {
    let count = Double(nonEmptyCount)
    let frequency = Double(documentFrequencies[term] ?? 0)
    return Float(log(1 + (count - frequency + 0.5) / (frequency + 0.5)))
  }
}
