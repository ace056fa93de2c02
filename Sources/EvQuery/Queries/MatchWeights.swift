/// What an occurrence of a form counts, compared with one of the form that was typed.
///
/// Exact comes before another spelling, another spelling before another form of the word, and that
/// before a word that only differs in a few characters.
public struct MatchWeights: Equatable, Sendable {
  /// Another spelling: `lockin` for `lock-in`.
  public var variant: Float = 0.9

  /// The same letters with other marks, or the other kind of Chinese characters.
  public var marked: Float = 0.8

  /// Another form of the word: `rates` for `rate`.
  public var stem: Float = 0.7

  /// A part of a longer word.
  public var substring: Float = 0.5

  /// What a part of a Korean word counts, of what it does elsewhere: a word with a particle has the word as
  /// a part too, and counts as both.
  ///
  /// Of 0.2 to 1, this is the largest with which no measure of the Korean questions of Mr. TyDi falls.
  static let inKoreanWord: Float = 0.6

  /// What the score of a compound counts beside those of its parts, where not all words must occur.
  public var compound: Float = 0.25

  /// A word that differs in no, one or two characters.
  static let fuzzy: [Float] = [1, 0.4, 0.2]

  /// The weights of the standard ranking.
  public init() {}
}
