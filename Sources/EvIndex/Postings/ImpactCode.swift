/// The byte in which an impact is stored, as a share of the largest of its term.
///
/// Byte c stands for the share (c / 255) ^ ⅛. Nearly every block of a frequent term has a posting whose
/// impact comes near the largest, and the k-th best comes nearer still, so it is up there that bytes have
/// to tell blocks apart: at .95 their steps are a sixth of equal ones, and only below .74 are they longer.
/// Of the 1,418 blocks of `the` in wiki-en-200k equal steps left 46 % that might hold one of the ten best
/// documents, these leave 1.6 % (`evsearch-bench experiment live`).
package enum ImpactCode {
  /// The share that each byte stands for, ascending from 0 to 1.
  ///
  /// IEEE 754 defines square roots to the last bit, so that the shares are the same everywhere.
  package nonisolated(unsafe) static let shares: UnsafePointer<Float> = {
    // Safe: written here, before anybody has the address; it lives as long as the process.
    let shares = UnsafeMutablePointer<Float>.allocate(capacity: 256)
    for code in 0...255 {
      unsafe shares[code] = (Float(code) / 255).squareRoot().squareRoot().squareRoot()
    }
    return unsafe UnsafePointer(shares)
  }()

  /// The share of a byte.
  @inline(__always)
  package static func share(of code: UInt8) -> Float {
    // Safe: there are 256.
    unsafe shares[Int(code)]
  }

  /// The least byte whose share is at least `share`; 256 above 1.
  package static func least(reaching share: Float) -> Int {
    guard share > 0 else { return 0 }
    guard share <= 1 else { return 256 }
    var code = estimate(share)
    // Safe: the last share is 1, the first 0.
    while unsafe shares[code] < share { code += 1 }
    while code > 0, unsafe shares[code - 1] >= share { code -= 1 }
    return code
  }

  /// The greatest byte, or the one in front of it, whose share is at most `share`, which is in 0...1.
  ///
  /// The price of certainty would be a look at the table for each posting.
  static func fair(within share: Float) -> UInt8 {
    UInt8(truncatingIfNeeded: estimate(share * (1 - 1e-5)))
  }

  /// The byte of a share in 0...1, which rounding may have moved by one.
  private static func estimate(_ share: Float) -> Int {
    let square = share * share
    let fourth = square * square
    return Int(255 * fourth * fourth)
  }
}
