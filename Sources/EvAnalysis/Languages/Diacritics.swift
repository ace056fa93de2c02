// Letters with and without their marks.

import CICU

/// Letters of Latin and Greek script without marks, and with them.
///
/// Marks of other scripts are not touched: the two strokes of Kana, or the breve of й, make another
/// letter. Terms are indexed as they are written; a query looks for both forms.
public enum Diacritics {
  /// A term without the marks of its Latin and Greek letters: `škoda` is `skoda`, `œuvre` `oeuvre`.
  ///
  /// - Parameter term: A term of the standard analysis.
  public static func removed(from term: String) -> String {
    guard term.utf8.contains(where: { $0 >= 0x80 }) else { return term }
    var result = String.UnicodeScalarView()
    for scalar in term.unicodeScalars {
      let base = bases[scalar.value] ?? scalar.value
      if let letters = ligatures[base] {
        result.append(contentsOf: letters.unicodeScalars)
      } else if !isMark(scalar, behind: result.last) {
        result.append(UnicodeScalar(base) ?? scalar)
      }
    }
    return String(result)
  }

  /// The bytes of a term without the marks of its Latin and Greek letters.
  ///
  /// - Parameter term: The UTF-8 of a term of the standard analysis.
  public static func removed(from term: [UInt8]) -> [UInt8] {
    guard term.contains(where: { $0 >= 0x80 }) else { return term }
    return Array(removed(from: String(decoding: term, as: UTF8.self)).utf8)
  }

  /// Whether a text has a Latin or Greek letter with a mark.
  public static func areIn(_ text: String) -> Bool {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return false }
    var isLetter = false
    for scalar in text.lowercased().unicodeScalars {
      // A mark without a letter belongs to no word.
      if bases[scalar.value] != nil || ligatures[scalar.value] != nil
        || isLetter && (0x300...0x36F).contains(scalar.value)
      {
        return true
      }
      isLetter = scalar.properties.isAlphabetic
    }
    return false
  }

  /// Whether a scalar is a mark by itself on a Latin or Greek letter: not every pair is one letter of
  /// Unicode's, and `İ` in lower case is `i` and a dot.
  private static func isMark(_ scalar: UnicodeScalar, behind last: UnicodeScalar?) -> Bool {
    guard (0x300...0x36F).contains(scalar.value), let last else { return false }
    return switch last.value {
    case 0x61...0x7A, 0xDF...0x24F, 0x370...0x3FF: true
    default: false
    }
  }

  /// Letters with marks, and the same without; made when the first letter beyond ASCII needs it, by some
  /// thousand questions to ICU.
  private static let bases: [UInt32: UInt32] = {
    var bases: [UInt32: UInt32] = [:]
    let blocks: [ClosedRange<UInt32>] = [0xC0...0x24F, 0x370...0x3FF, 0x1E00...0x1FFF]
    for scalar in blocks.joined() {
      // Terms are folded: capital letters are not among them.
      guard let here = UnicodeScalar(scalar), !here.properties.changesWhenNFKCCaseFolded else {
        continue
      }
      let letter = cicu_base(scalar)
      let base = strokes[letter] ?? letter
      if base != scalar { bases[scalar] = base }
    }
    return bases
  }()

  /// Letters that are two, where they cannot be typed.
  private static let ligatures: [UInt32: String] = [0xE6: "ae", 0x153: "oe"]

  /// Letters whose stroke, or missing dot, is no mark of Unicode's.
  private static let strokes: [UInt32: UInt32] = [
    0xF8: 0x6F, 0x111: 0x64, 0x127: 0x68, 0x131: 0x69, 0x142: 0x6C, 0x167: 0x74,
  ]
}
