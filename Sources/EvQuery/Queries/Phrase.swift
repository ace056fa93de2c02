// Things that stand at certain distances: phrases, and what is near each other.

/// Terms at fixed distances from each other.
public struct Phrase: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// The terms, in order.
  public var terms: [String]

  /// How many positions each term is behind the first; ascending from 0, one for each term.
  ///
  /// Terms that share a position have the same offset.
  public var offsets: [UInt32]

  /// Creates a phrase of terms at consecutive positions.
  public init(_ terms: [String]) {
    self.terms = terms
    offsets = terms.indices.map { UInt32($0) }
  }

  /// Creates a phrase.
  ///
  /// - Precondition: There are as many offsets as terms; they ascend from 0.
  public init(_ terms: [String], offsets: [UInt32]) {
    precondition(terms.count == offsets.count, "\(terms.count) terms, \(offsets.count) offsets")
    precondition(offsets.first ?? 0 == 0, "the first offset is \(offsets.first ?? 0)")
    precondition(zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }, "offsets must ascend")
    self.terms = terms
    self.offsets = offsets
  }

  /// Creates a phrase of terms at consecutive positions.
  public init(arrayLiteral terms: String...) { self.init(terms) }

  /// How many positions an occurrence covers; 0 of no terms.
  public var length: UInt32 { offsets.last.map { $0 + 1 } ?? 0 }
}

/// Several things that stand near each other.
///
/// An occurrence is a stretch of positions with all operands inside that has no shorter such stretch
/// inside it, and is at most ``distance`` positions longer than the operands together. Operands that
/// are the same query need as many different occurrences.
public struct Near: Hashable, Sendable {
  /// Terms, phrases and variants of these; others match nothing.
  public var operands: [Query]

  /// How many other positions may be between the operands, all together.
  public var distance: Int

  /// Whether the operands must come in their order, none before the end of the one in front of it.
  public var isOrdered: Bool

  /// Creates a query for operands near each other.
  ///
  /// - Parameter distance: At least 0.
  public init(_ operands: [Query], distance: Int, isOrdered: Bool = false) {
    self.operands = operands
    self.distance = distance
    self.isOrdered = isOrdered
  }

  /// How many positions an occurrence may cover.
  package var maximumLength: Int {
    operands.reduce(max(0, min(distance, 1 << 30))) { $0 + Int($1.length) }
  }
}

extension Query {
  /// How many positions an occurrence covers: of variants the longest; 0 where there is no such number.
  var length: UInt32 {
    switch self {
    case .term: 1
    case .phrase(let phrase): phrase.length
    case .variants(let variants): variants.map(\.query.length).max() ?? 0
    case .boosted(let query, _), .inTitle(let query): query.length
    case .near, .boolean, .filter, .everything, .nothing: 0
    }
  }
}
