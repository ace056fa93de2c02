/// How much one posting can add to a score, without the term's weight: `tf / (tf + K)`.
///
/// `K = k1 × (1 − b + b × length / averageLength)` with the reference parameters 1.2 and 0.75. A block
/// stores the largest impact of its postings in a byte, rounded up, relative to the largest of the
/// term, so that a bound is never low.
///
/// Bounds were computed with the average length of their own segment. For another average `a′` the
/// bound times `max(1, a′ / a)` is still safe: the logarithm of the impact grows with that of the
/// average by a factor between 0 and 1.
package struct ImpactModel: Sendable {
  /// K of each length code.
  private let saturation: [Float]

  /// The parameters that all stored bounds are made with.
  package static let k1: Float = 1.2
  package static let b: Float = 0.75

  package init(averageLength: Float) {
    saturation = NormCode.lengths.map { length in
      Self.k1 * (1 - Self.b + Self.b * Float(length) / max(averageLength, 1))
    }
  }

  /// The impact of a posting, in 0..<1.
  package func impact(frequency: UInt32, norm: UInt8) -> Float {
    let frequency = Float(frequency)
    return frequency / (frequency + saturation[Int(norm)])
  }

  /// The byte of an impact from below: the impact is at least that many 255ths of `maximum`.
  package static func lowerCode(_ impact: Float, relativeTo maximum: Float) -> UInt8 {
    guard maximum > 0 else { return 0 }
    return UInt8(max(0, min(255, (255 * impact / maximum).nextDown.rounded(.down))))
  }

  /// The byte of a block whose largest impact is `impact`.
  package static func code(_ impact: Float, relativeTo maximum: Float) -> UInt8 {
    guard maximum > 0 else { return 0 }
    return UInt8(min(255, (255 * impact / maximum).nextUp.rounded(.up)))
  }
}
