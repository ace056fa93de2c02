internal import EvAnalysis
internal import EvBytes
public import EvIndex

/// A word of an index.
public struct IndexedWord: Equatable, Sendable {
  /// The word, as the index has it.
  public var word: String
  /// Documents that hold it, deleted ones included until they are merged away.
  public var documents: Int
}

extension SearchIndex {
  /// The most terms that are looked at for a prefix; more begin with hardly anything.
  private static let longestRange = 20_000

  /// The words that begin with a text, the most frequent first.
  ///
  /// - Parameters:
  ///   - prefix: Analysed as text is, so that its case and width do not matter.
  ///   - limit: The most words that are wanted.
  /// - Complexity: O(terms with the prefix), of which at most 20,000 a segment are looked at.
  public func words(
    beginningWith prefix: String, limit: Int
  ) throws(IndexError) -> [IndexedWord] {
    let folded = Array(try folded(prefix).utf8)
    guard !folded.isEmpty, folded[0] >= 0x20 else { return [] }
    var counts: [String: Int] = [:]
    for segment in snapshot.segments {
      var cursor = try TermCursor(segment.terms, seeking: folded.rawSpan)
      var looked = 0
      while looked < Self.longestRange, try cursor.next() {
        guard cursor.term.starts(with: folded) else { break }
        looked += 1
        counts[String(decoding: cursor.term, as: UTF8.self), default: 0] +=
          cursor.info.documentFrequency
      }
    }
    let ordered = counts.map { IndexedWord(word: $0.key, documents: $0.value) }
      .sorted { ($1.documents, $0.word) < ($0.documents, $1.word) }
    return Array(ordered.prefix(max(0, limit)))
  }

  /// The words of a text that tell it from others: frequent in it and rare in the index.
  ///
  /// - Returns: At most `limit` words, the most telling first; words of one document only are left
  ///   out, as they find nothing else.
  public func characteristicWords(of text: String, limit: Int) throws(IndexError) -> [String] {
    var counts: [String: Int] = [:]
    for word in try words(of: text) { counts[word, default: 0] += 1 }
    var scored: [(word: String, score: Double)] = []
    let documents = max(snapshot.documentCount, 1)
    for (word, count) in counts {
      let frequency = try snapshot.documentFrequency(of: word)
      guard frequency > 1, frequency * 2 <= documents || documents < 4 else { continue }
      scored.append((word, Double(count) * (1 - Double(frequency) / Double(documents + 1))))
    }
    scored.sort { ($1.score, $0.word) < ($0.score, $1.word) }
    return scored.prefix(limit).map(\.word)
  }

  /// A word as the index would have it; empty where it holds none.
  private func folded(_ text: String) throws(IndexError) -> String {
    // The last word counts: what is in front of it is another one.
    try words(of: text).last ?? ""
  }

  private func words(of text: String) throws(IndexError) -> [String] {
    let tokenizer: Tokenizer
    do throws(AnalysisError) { tokenizer = try Tokenizer(snapshot.analyzer) } catch {
      throw .analysis(reason: "\(error)")
    }
    var analyzed = AnalyzedText()
    tokenizer.analyze(text.utf8.span, breaks: [], wantsSentences: false, into: &analyzed)
    return analyzed.tokens.compactMap { token in
      let start = Int(token.termStart)
      let bytes = analyzed.terms[start..<start + Int(token.termLength)]
      guard let first = bytes.first, first >= 0x20 else { return nil }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
