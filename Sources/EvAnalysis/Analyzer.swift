// Which analysis an index is made with, and what it depends on.

import CICU

/// How text becomes tokens; a value that is stored in an index.
public struct Analyzer: Sendable, Equatable {
  /// The ways to analyze a text.
  public enum Kind: UInt8, Sendable {
    /// Words as ICU finds them, folded, with a joined form of each compound.
    case standard = 0

    /// The bytes as they stand, cut at ASCII white space; nothing is folded and nothing joined.
    case space = 1
  }

  /// The way to analyze.
  public let kind: Kind

  /// Creates an analyzer.
  public init(_ kind: Kind = .standard) {
    self.kind = kind
  }

  /// The version of the analysis; raised whenever the tokens or sentences of any text change.
  ///
  /// - 1: the first.
  /// - 2: each character of a script without spaces has a position and a pair; words with symbols,
  ///   numbers with units, parts of words, and pairs inside Korean ones are tokens as well.
  public static let version: UInt32 = 2

  /// The version of the ICU library in use, such as "72.1".
  ///
  /// Dictionaries and properties change with it, and so may the tokens of a text.
  public static var icuVersion: String {
    var version: [UInt8] = [0, 0, 0, 0]
    // Safe: ICU writes four bytes.
    unsafe cicu_icu_version(&version)
    return "\(version[0]).\(version[1])"
  }

  /// The version of Unicode that the library knows, such as "15.0".
  public static var unicodeVersion: String {
    var version: [UInt8] = [0, 0, 0, 0]
    // Safe: ICU writes four bytes.
    unsafe cicu_unicode_version(&version)
    return "\(version[0]).\(version[1])"
  }
}
