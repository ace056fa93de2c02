/// One of the forms in which a thing may stand in a text.
public struct Variant: Hashable, Sendable {
  /// The form: a term, a phrase or a near query.
  public var query: Query

  /// How the form relates to what was asked for.
  public var kind: MatchKind

  /// What an occurrence counts, compared with one of the form that was asked for; above 0, usually at
  /// most 1.
  public var weight: Float

  /// Whether the form is another word as well, as `schon` is beside `schön`.
  ///
  /// How rare it is says nothing then of how rare the typed word is.
  public var isOtherWord: Bool

  /// Creates a form.
  ///
  /// - Parameter weight: Above 0.
  public init(
    _ query: Query, _ kind: MatchKind = .exact, weight: Float = 1, isOtherWord: Bool = false
  ) {
    self.query = query
    self.kind = kind
    self.weight = weight
    self.isOtherWord = isOtherWord
  }
}

/// How what was found relates to what was asked for, the closest first.
public enum MatchKind: String, Hashable, Sendable, CaseIterable, Comparable {
  /// The word as it was typed, case and the like apart.
  case exact
  /// Another spelling: `lock in` for `lockin`, another script, another form of a number.
  case variant
  /// Another form of the word in its language: `rates` for `rate`.
  case stem
  /// A word of which the beginning, or a pattern, was asked for.
  case prefix
  /// A word that differs in a few characters.
  case fuzzy
  /// Another word of the same meaning.
  case synonym
  /// A part of a longer word.
  case substring

  /// Whether a kind is closer to what was asked for than another.
  public static func < (left: MatchKind, right: MatchKind) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
