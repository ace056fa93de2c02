// What a typed word is: text, or one of the forms that stand for many words.

/// Reads one word of a query: characters without white space and parentheses.
///
///     lock*  l?ck  *lock     a pattern: * for any characters, ? for one inside the word
///     lokc~  lokc~1          a word of which a few characters may differ
///     >=600km  500..700km    numbers in a range
///     …^2                    any of these, with its score times two
///
/// Anything else is text. So is what only looks like one of these: `what?`, `***`, `x.com/?q=*`.
struct WordReader {
  /// The fields whose values are not text.
  static let fields: Set<String> = ["path", "ext", "lang", "source", "tag", "date", "modified"]

  /// How far apart the operands of `NEAR` may be without a number.
  static let defaultNearness = 10

  /// What the word is.
  let syntax: Syntax

  /// What its score is to be multiplied by.
  let boost: Float?

  /// The field that it looks like and is not.
  let literal: String?

  /// - Parameter word: At least one scalar.
  init(_ word: ArraySlice<Unicode.Scalar>) {
    var text = word
    var factor: Float?
    if let caret = word.lastIndex(of: "^"), caret > word.startIndex {
      factor = Self.boost(word[caret...])
      if factor != nil { text = word[..<caret] }
    }
    boost = factor
    let typed = String(scalars: text)
    if let range = NumberRange(typed) {
      syntax = .range(range)
    } else {
      syntax = Self.fuzzy(text) ?? Self.pattern(text) ?? .word(typed)
    }
    literal = syntax == .word(typed) ? Self.unknownField(text) : nil
  }

  private static func fuzzy(_ text: ArraySlice<Unicode.Scalar>) -> Syntax? {
    guard let tilde = text.lastIndex(of: "~") else { return nil }
    let base = text[..<tilde]
    let digits = text[(tilde + 1)...]
    let distance = distance(digits)
    guard digits.isEmpty || distance.map({ $0 <= 2 }) == true, base.allSatisfy(isWordPart),
      base.contains(where: \.isLetterOrNumber)
    else { return nil }
    return .fuzzy(String(scalars: base), distance)
  }

  private static func pattern(_ text: ArraySlice<Unicode.Scalar>) -> Syntax? {
    // A question mark at the end is one, mostly.
    var text = text
    while text.last == "?" { text.removeLast() }
    guard text.contains("*") || text.contains("?"), text.first != "?",
      text.contains(where: \.isLetterOrNumber),
      text.allSatisfy({ $0 == "*" || $0 == "?" || isWordPart($0) })
    else { return nil }
    var squeezed: [Unicode.Scalar] = []
    for scalar in text where scalar != "*" || squeezed.last != "*" { squeezed.append(scalar) }
    return .pattern(String(scalars: squeezed))
  }

  /// `foo:` of `foo:bar`, which somebody may take for a field; not of `https://` and `std::map`.
  private static func unknownField(_ text: ArraySlice<Unicode.Scalar>) -> String? {
    guard let colon = text.firstIndex(of: ":"), colon > text.startIndex + 1,
      !text[(colon + 1)...].starts(with: "//".unicodeScalars),
      text[colon...].dropFirst().first != ":",
      text[..<colon].allSatisfy({ $0.isASCII && $0.properties.isAlphabetic })
    else { return nil }
    return String(scalars: text[...colon])
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetterOrNumber || "-'’._‐‑".unicodeScalars.contains(scalar)
  }

  /// A positive number of at most three digits in front of the decimal point, behind `^`.
  static func boost(_ suffix: ArraySlice<Unicode.Scalar>) -> Float? {
    let digits = suffix.dropFirst()
    guard suffix.first == "^", digits.count <= 7,
      digits.allSatisfy({ $0.isASCIIDigit || $0 == "." }), digits.first?.isASCIIDigit == true,
      digits.last?.isASCIIDigit == true, let factor = Float(String(scalars: digits)),
      factor >= 0.001, factor < 1000
    else { return nil }
    return factor
  }

  /// A number of at most three digits.
  static func distance(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
    guard digits.count <= 3, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    return Int(String(scalars: digits))
  }
}
