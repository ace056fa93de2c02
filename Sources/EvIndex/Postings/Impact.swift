internal import Glibc

/// How much one posting can add to a score, without the term's weight: `tf / (tf + K)`.
///
/// `K = k1 × (1 − b + b × (length / averageLength) ^ p)`, and tf is weighted by where the occurrences
/// are. A block stores the largest impact of its postings in a byte, rounded up, as a share of the largest
/// of the term (``ImpactCode``), so that a bound is never low; once for each of two sets of parameters.
///
/// Bounds were computed with the average length of their own segment. For another average `a′` the
/// bound times `max(1, a′ / a) ^ p` is still safe: the logarithm of the impact grows with that of the
/// average by a factor between 0 and `p`.
package struct ImpactModel: Sendable {
  /// What impacts are made with.
  package struct Parameters: Equatable, Sendable {
    /// How fast repeated occurrences stop adding.
    package var k1: Float
    /// How much long documents are discounted.
    package var b: Float
    /// The power of the length, p.
    package var lengthExponent: Float
    /// What an occurrence in the title counts, at least 1; one in the body counts 1.
    package var titleWeight: Float
    /// What an occurrence in a heading counts, at least 1.
    package var headingWeight: Float

    package init(
      k1: Float, b: Float, lengthExponent: Float, titleWeight: Float, headingWeight: Float
    ) {
      self.k1 = k1
      self.b = b
      self.lengthExponent = lengthExponent
      self.titleWeight = titleWeight
      self.headingWeight = headingWeight
    }
  }

  /// The two sets of parameters that bounds are stored for.
  package enum Kind: Int, CaseIterable, Sendable {
    /// BM25 as other engines have it.
    case plain
    /// What people are shown.
    case standard

    /// Raise the format's version with any change: bounds are made with these.
    package var parameters: Parameters {
      switch self {
      case .plain:
        Parameters(k1: 1.2, b: 0.75, lengthExponent: 1, titleWeight: 1, headingWeight: 1)
      case .standard:
        Parameters(k1: 2, b: 0.9, lengthExponent: 0.6, titleWeight: 3, headingWeight: 1.5)
      }
    }
  }

  private let parameters: Parameters

  /// K of each length code.
  private let saturation: [Float]

  package init(_ kind: Kind, averageLength: Float) {
    let parameters = kind.parameters
    self.parameters = parameters
    let (k1, b) = (parameters.k1, parameters.b)
    saturation = NormCode.lengths.map { length in
      guard parameters.lengthExponent != 1 else {
        return k1 * (1 - b + b * Float(length) / max(averageLength, 1))
      }
      let ratio = pow(
        Double(length) / Double(max(averageLength, 1)), Double(parameters.lengthExponent))
      return Float(Double(k1) * (1 - Double(b) + Double(b) * ratio))
    }
  }

  /// The impact of a posting, in 0..<1.
  package func impact(_ frequency: FieldFrequency, norm: UInt8) -> Float {
    let weighted = frequency.weighted(
      title: parameters.titleWeight, heading: parameters.headingWeight)
    return weighted / (weighted + saturation[Int(norm)])
  }
}

/// How often a document holds something, and where.
@frozen
package struct FieldFrequency: Equatable, Sendable {
  /// All occurrences.
  package var count: UInt32
  /// Those of them in the title, which are the first.
  package var title: UInt32
  /// Those of them in headings.
  package var heading: UInt32

  @inlinable
  @inline(__always)
  package init(count: UInt32, title: UInt32 = 0, heading: UInt32 = 0) {
    self.count = count
    self.title = title
    self.heading = heading
  }

  /// Occurrences, those in the title and in headings counted with their weights.
  @inlinable
  @inline(__always)
  package func weighted(title titleWeight: Float, heading headingWeight: Float) -> Float {
    Float(count) + (titleWeight - 1) * Float(title) + (headingWeight - 1) * Float(heading)
  }
}
