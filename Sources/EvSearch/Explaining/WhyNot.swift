/// Why a document is not among the hits of a query, or where among them it is.
public enum WhyNot: Equatable, Sendable {
  /// The index has no document of this path.
  case notIndexed

  /// The file was left out when the index was made; the reason as the index keeps it.
  case skipped(reason: String)

  /// It is a hit, at this rank of so many; where it is not shown, with the path of the better hit that is
  /// nearly the same.
  case hit(rank: Int, total: Int, similarTo: String? = nil)

  /// The query asks for no word.
  case nothingAsked

  /// It does not match.
  case noMatch(Comparison)

  /// A document held against a query.
  public struct Comparison: Equatable, Sendable {
    /// The words that it has.
    public var has: [Word] = []

    /// The words that it lacks, as they were typed.
    public var lacks: [String] = []

    /// Words that it has, and that are excluded.
    public var excluded: [String] = []

    /// Whether its metadata are not those that the query asks for.
    public var isFilteredOut = false
  }

  /// A word of a query that a document has.
  public struct Word: Equatable, Sendable {
    /// The word as it was typed.
    public var typed: String

    /// How it stands in the document; nil where that is as it was typed, or has no place to show.
    public var found: String?
  }

  /// The answer in a line.
  public var description: String {
    switch self {
    case .notIndexed: return "not in the index"
    case .skipped(let reason): return "skipped: \(reason)"
    case .hit(let rank, let total, let other):
      return "rank \(rank) of \(total)" + (other.map { ", nearly the same as \($0)" } ?? "")
    case .nothingAsked: return "the query holds no word"
    case .noMatch(let comparison): return comparison.description
    }
  }
}

extension WhyNot.Comparison {
  /// What the document has and lacks, in a line.
  var description: String {
    var parts: [String] = []
    if !has.isEmpty {
      let words = has.map { word in word.typed + (word.found.map { " (as \($0))" } ?? "") }
      parts.append("has " + words.joined(separator: ", "))
    }
    if !lacks.isEmpty { parts.append("lacks " + lacks.joined(separator: ", ")) }
    if !excluded.isEmpty { parts.append("has excluded " + excluded.joined(separator: ", ")) }
    if isFilteredOut { parts.append("is filtered out") }
    return parts.isEmpty ? "does not match" : parts.joined(separator: ", ")
  }
}
