/// A document's length in one byte.
///
/// Lengths up to 40 are exact; above, four significant bits are kept. The code is Lucene's
/// (`SmallFloat.intToByte4`), so that rankings can be compared with Lucene's to the last place.
public enum NormCode {
  /// Lengths below this are their own code.
  private static let exactLimit: UInt32 = 255 - longestCode

  /// The code of the largest 31-bit length in four bits.
  private static let longestCode = fourBit(UInt32(Int32.max))

  /// The code of a length.
  public static func encode(_ length: UInt32) -> UInt8 {
    guard length >= exactLimit else { return UInt8(length) }
    return UInt8(exactLimit + fourBit(min(length, UInt32(Int32.max)) - exactLimit))
  }

  /// The least length that has this code.
  public static func decode(_ code: UInt8) -> UInt32 {
    guard UInt32(code) >= exactLimit else { return UInt32(code) }
    let rest = UInt32(code) - exactLimit
    let mantissa = rest & 7
    let exponent = rest >> 3
    return exactLimit + (exponent == 0 ? mantissa : (mantissa | 8) << (exponent - 1))
  }

  /// The lengths of all codes.
  public static let lengths: [UInt32] = (0...255).map { decode(UInt8($0)) }

  /// A number as three bits after its leading one, and the place of that one.
  private static func fourBit(_ value: UInt32) -> UInt32 {
    let bits = UInt32(32 - value.leadingZeroBitCount)
    guard bits >= 4 else { return value }
    let shift = bits - 4
    return ((value >> shift) & 7) | (shift + 1) << 3
  }
}
