internal import EvIndex
internal import Glibc

/// The Okapi BM25 similarity: how well one document answers one term.
///
/// The score of a term that occurs `tf` times in a document of `length` positions is
///
///     idf × tf / (tf + k1 × (1 − b + b × length / averageLength))
///     idf = ln(1 + (N − n + 0.5) / (n + 0.5))
///
/// for a collection of `N` documents, `n` of which hold the term. The added 1 keeps `idf` positive for
/// terms that are in more than half of the documents. The constant factor `k1 + 1` of the original is
/// left out, as Lucene does: it changes no order. Lengths are those of ``EvIndex/NormCode``. The form
/// of the arithmetic is Lucene's too, so that scores are equal to the last bit.
///
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and
/// Trends in Information Retrieval 3(4), 2009, section 3.
public struct BM25: Equatable, Sendable {
  /// How fast repeated occurrences stop adding to the score.
  ///
  /// Zero ignores them; 0.9...2 is usual.
  public let k1: Float

  /// How much long documents are discounted, from 0 (not at all) to 1 (fully).
  public let b: Float

  /// Creates a similarity.
  ///
  /// - Parameters:
  ///   - k1: Saturation; finite and at least 0.
  ///   - b: Length discount; in 0...1.
  /// - Precondition: Both parameters are in range. A similarity is written in code, so a value out
  ///   of range is a mistake in the program, not in its input.
  public init(k1: Float = 1.2, b: Float = 0.75) {
    precondition(k1.isFinite && k1 >= 0, "k1 must be finite and at least 0, not \(k1)")
    precondition((0...1).contains(b), "b must be in 0...1, not \(b)")
    self.k1 = k1
    self.b = b
  }

  /// How much a term says about the documents that hold it.
  public static func idf(documentCount: Int, documentFrequency: Int) -> Float {
    let (count, frequency) = (Double(documentCount), Double(documentFrequency))
    return Float(log(1 + (count - frequency + 0.5) / (frequency + 0.5)))
  }

  /// What `tf` is multiplied by, for each length code: 1 / K.
  public func inverseSaturation(averageLength: Float) -> [Float] {
    NormCode.lengths.map { length in
      1 / (k1 * ((1 - b) + b * Float(length) / averageLength))
    }
  }

  /// The score of one term in one document.
  ///
  /// - Parameters:
  ///   - weight: The term's idf.
  ///   - frequency: Occurrences in the document.
  ///   - inverseSaturation: The entry of the document's length code.
  @inline(__always)
  public static func score(weight: Float, frequency: Float, inverseSaturation: Float) -> Float {
    weight - weight / (1 + frequency * inverseSaturation)
  }
}
