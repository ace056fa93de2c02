// The first bytes of terms that are no words.

/// The control bytes that terms begin with which nobody typed.
///
/// No word of the standard analysis begins with a byte below 0x20.
public enum ReservedTerm {
  /// Begins the terms of a document's fields, such as its language.
  public static let field: UInt8 = 0x01

  /// Begins the terms of pairs of characters in scripts without spaces, and in Korean words.
  public static let gram: UInt8 = 0x02

  /// Begins the terms of numbers with a unit.
  public static let quantity: UInt8 = 0x03
}
