public import EvAnalysis
public import EvIndex
import Glibc

/// Searches by looking at every word of every document: slow and obvious, the oracle of the engine.
///
/// It shares the analysis and the length code with the engine, and nothing else.
public struct ReferenceSearcher {
  /// A query, as the engine's.
  public indirect enum Query: Sendable {
    case term(String)
    case phrase([String])
    case boolean(required: [Query], optional: [Query], excluded: [Query])
  }

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

  private var terms: [[String: [Int]]] = []
  private var lengths: [Int] = []
  private var documentFrequencies: [String: Int] = [:]

  /// Analyses all documents.
  public init(_ documents: [Document], _ analyzer: Analyzer = Analyzer()) throws {
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
      for token in analyzed.tokens {
        let start = Int(token.termStart)
        let bytes = analyzed.terms[start..<start + Int(token.termLength)]
        positions[String(decoding: bytes, as: UTF8.self), default: []].append(Int(token.position))
      }
      terms.append(positions)
      for term in positions.keys { documentFrequencies[term, default: 0] += 1 }
      lengths.append(analyzed.positionCount)
    }
  }

  /// Every document that matches, the best first, of equal ones the first.
  public func search(_ query: Query, k1: Float = 1.2, b: Float = 0.75) -> [Hit] {
    let count = lengths.count { $0 > 0 }
    let average = Float(Double(lengths.reduce(0, +)) / Double(max(1, count)))
    var hits: [Hit] = []
    for document in lengths.indices {
      let length = Float(NormCode.decode(NormCode.encode(UInt32(lengths[document]))))
      let inverse = 1 / (k1 * ((1 - b) + b * length / average))
      let found = score(query, document) { frequency, idf in
        idf - idf / (1 + Float(frequency) * inverse)
      }
      guard let found else { continue }
      hits.append(Hit(document: document, score: Float(found)))
    }
    return hits.sorted { ($1.score, $0.document) < ($0.score, $1.document) }
  }

  private func score(
    _ query: Query, _ document: Int, _ formula: (Int, Float) -> Float
  ) -> Double? {
    switch query {
    case .term(let term):
      guard let positions = terms[document][term] else { return nil }
      return Double(formula(positions.count, idf(term)))
    case .phrase(let words):
      let starts = (terms[document][words[0]] ?? []).filter { start in
        words.indices.allSatisfy { terms[document][words[$0]]?.contains(start + $0) == true }
      }
      guard !starts.isEmpty else { return nil }
      return Double(formula(starts.count, words.reduce(0) { $0 + idf($1) }))
    case .boolean(let required, let optional, let excluded):
      let needed = required.map { score($0, document, formula) }
      let wanted = optional.compactMap { score($0, document, formula) }
      if needed.contains(nil) || required.isEmpty && wanted.isEmpty && !optional.isEmpty {
        return nil
      }
      if excluded.contains(where: { score($0, document, formula) != nil }) { return nil }
      return needed.compactMap { $0 }.reduce(0, +) + wanted.reduce(0, +)
    }
  }

  private func idf(_ term: String) -> Float {
    let count = Double(lengths.count { $0 > 0 })
    let frequency = Double(documentFrequencies[term] ?? 0)
    return Float(log(1 + (count - frequency + 0.5) / (frequency + 0.5)))
  }
}
