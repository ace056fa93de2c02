/// How much of a word may be a mistake.
enum Spelling {
  /// How many characters of a word may differ: one of three to five, two of more.
  ///
  /// None of shorter ones, and none where a digit is among them: another number is another thing.
  static func distance(for word: String) -> Int {
    guard !hasDigit(word) else { return 0 }
    switch word.unicodeScalars.count {
    case ..<3: return 0
    case 3...5: return 1
    default: return 2
    }
  }

  /// Whether a word has a digit.
  static func hasDigit(_ word: String) -> Bool {
    word.unicodeScalars.contains { $0.properties.numericType != nil }
  }

  /// Why no character of a word may differ.
  static func reason(for word: String) -> String {
    hasDigit(word) ? "another number is another thing" : "it is too short"
  }
}
