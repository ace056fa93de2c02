internal import EvIndex
internal import Glibc

/// The Okapi BM25 similarity: how well one document answers one term.
///
/// The score of a term that occurs `tf` times in a document of `length` positions is
///
///     idf × tf / (tf + k1 × (1 − b + b × (length / averageLength) ^ lengthExponent))
///     idf = ln(1 + (N − n + 0.5) / (n + 0.5))
///     tf = occurrences in the body + titleWeight × in the title + headingWeight × in headings
///
/// for a collection of `N` documents, `n` of which hold the term. The added 1 keeps `idf` positive for
/// terms that are in more than half of the documents. The constant factor `k1 + 1` of the original is
/// left out, as Lucene does: it changes no order. Lengths are those of ``EvIndex/NormCode`` and count
/// every position once. With exponent and weights of 1 the form of the arithmetic is Lucene's too, so
/// that scores are equal to the last bit.
///
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and
/// Trends in Information Retrieval 3(4), 2009, sections 3 and 3.6 (weights of fields).
public struct BM25: Equatable, Sendable {
  /// How fast repeated occurrences stop adding to the score.
  ///
  /// Zero ignores them; 0.9...2 is usual.
  public let k1: Float

  /// How much long documents are discounted, from 0 (not at all) to 1 (fully).
  public let b: Float

  /// The power of the length: below 1 long documents are discounted less than in proportion.
  public let lengthExponent: Float

  /// What an occurrence in the title counts; one in the body counts 1.
  public let titleWeight: Float

  /// What an occurrence in a heading counts.
  public let headingWeight: Float

  /// BM25 as other engines have it: scores are equal to Lucene's.
  public static let plain = BM25(ImpactModel.Kind.plain.parameters)

  /// What people are shown: titles and headings count more, and a length discounts with a power below 1,
  /// so that collections of short and of long documents do well with the same parameters.
  public static let standard = BM25(ImpactModel.Kind.standard.parameters)

  /// Creates a similarity; as it stands ``plain``.
  ///
  /// A search with other parameters than those of ``plain`` or ``standard`` is right, but slower: bounds
  /// are stored for these two.
  ///
  /// - Parameters:
  ///   - k1: Saturation; finite and at least 0.
  ///   - b: Length discount; in 0...1.
  ///   - lengthExponent: In 0...2.
  ///   - titleWeight: Finite and at least 1.
  ///   - headingWeight: Finite and at least 1.
  /// - Precondition: All parameters are in range. A similarity is written in code, so a value out
  ///   of range is a mistake in the program, not in its input.
  public init(
    k1: Float = 1.2, b: Float = 0.75, lengthExponent: Float = 1, titleWeight: Float = 1,
    headingWeight: Float = 1
  ) {
    precondition(k1.isFinite && k1 >= 0, "k1 must be finite and at least 0, not \(k1)")
    precondition((0...1).contains(b), "b must be in 0...1, not \(b)")
    precondition(
      (0...2).contains(lengthExponent), "an exponent must be in 0...2, not \(lengthExponent)")
    precondition(
      titleWeight.isFinite && titleWeight >= 1 && headingWeight.isFinite && headingWeight >= 1,
      "weights must be finite and at least 1, not \(titleWeight) and \(headingWeight)")
    self.k1 = k1
    self.b = b
    self.lengthExponent = lengthExponent
    self.titleWeight = titleWeight
    self.headingWeight = headingWeight
  }

  private init(_ parameters: ImpactModel.Parameters) {
    self.init(
      k1: parameters.k1, b: parameters.b, lengthExponent: parameters.lengthExponent,
      titleWeight: parameters.titleWeight, headingWeight: parameters.headingWeight)
  }

  /// The stored bounds that hold for this similarity; nil for none.
  var impactKind: ImpactModel.Kind? {
    self == .plain ? .plain : self == .standard ? .standard : nil
  }

  /// Whether it matters where in a document something occurs.
  var weighsFields: Bool { titleWeight != 1 || headingWeight != 1 }

  /// Occurrences with the weights of their fields.
  @inline(__always)
  func weighted(_ frequency: FieldFrequency) -> Float {
    guard weighsFields else { return Float(frequency.count) }
    return frequency.weighted(title: titleWeight, heading: headingWeight)
  }

  /// How much a term says about the documents that hold it.
  public static func idf(documentCount: Int, documentFrequency: Int) -> Float {
    let (count, frequency) = (Double(documentCount), Double(documentFrequency))
    return Float(log(1 + (count - frequency + 0.5) / (frequency + 0.5)))
  }

  /// What `tf` is multiplied by, for each length code: 1 / K.
  public func inverseSaturation(averageLength: Float) -> [Float] {
    let (k1, b) = (k1, b)
    guard lengthExponent != 1 else {
      let lengths = Self.lengths
      return unsafe [Float](unsafeUninitializedCapacity: lengths.count) { table, count in
        // Safe: there are as many places as lengths, each of which is set.
        for index in lengths.indices {
          unsafe table[index] = 1 / (k1 * ((1 - b) + b * lengths[index] / averageLength))
        }
        count = lengths.count
      }
    }
    let isUsual = lengthExponent == Self.standard.lengthExponent
    let powers = isUsual ? Self.standardPowers : Self.powers(lengthExponent)
    let average = pow(Double(averageLength), Double(lengthExponent))
    return powers.map { power in
      Float(1 / (Double(k1) * ((1 - Double(b)) + Double(b) * power / average)))
    }
  }

  /// The 256 lengths, in 32 bits as scores are.
  private static let lengths = NormCode.lengths.map { Float($0) }

  /// The powers of the 256 lengths.
  private static func powers(_ exponent: Float) -> [Double] {
    NormCode.lengths.map { pow(Double($0), Double(exponent)) }
  }

  /// Those of ``standard``: 256 powers cost as much as many a search.
  private static let standardPowers = powers(standard.lengthExponent)

  /// The score of one term in one document.
  ///
  /// - Parameters:
  ///   - weight: The term's idf.
  ///   - frequency: Occurrences in the document, weighted.
  ///   - inverseSaturation: The entry of the document's length code.
  @inline(__always)
  public static func score(weight: Float, frequency: Float, inverseSaturation: Float) -> Float {
    weight - weight / (1 + frequency * inverseSaturation)
  }
}
