internal import EvIndex

/// Steps through the documents that match a query in one segment, in ascending order.
///
/// A scorer stands in front of the first document until the first ``next()`` or ``seek(to:)``. Past
/// the last document it stays at ``end``.
class Scorer {
  /// The document number past every document.
  static let end = PostingsCursor.end

  /// The current document, or ``end``.
  fileprivate(set) final var document: UInt32 = 0

  /// Whether the scorer stands in front of the first document.
  fileprivate final var isBeforeFirst = true

  /// Moves to the next match and returns it.
  final func next() throws(IndexError) -> UInt32 {
    guard !isBeforeFirst else { return try seek(to: 0) }
    return document == Self.end ? Self.end : try seek(to: document + 1)
  }

  /// Moves to the first match at or after `target`, which may be the current one, and returns it.
  final func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    if !isBeforeFirst, document >= target { return document }
    isBeforeFirst = false
    document = target == Self.end ? Self.end : try find(target)
    return document
  }

  /// The first match at or after `target`, which is past the current document.
  func find(_ target: UInt32) throws(IndexError) -> UInt32 { Self.end }

  /// The score of the current document.
  ///
  /// Sums are made in 64 bits. A few 32-bit scores add up exactly there, so a sum does not depend on
  /// the order; the total is rounded once.
  func score() throws(IndexError) -> Double { 0 }

  /// Roughly how many documents match; for the order in which scorers are asked.
  var cost: Int { 0 }
}

/// Matches every document, with the score 0.
final class EverythingScorer: Scorer {
  private let documentCount: UInt32

  init(documentCount: Int) { self.documentCount = UInt32(documentCount) }

  override func find(_ target: UInt32) throws(IndexError) -> UInt32 {
    target < documentCount ? target : Self.end
  }

  override var cost: Int { Int(documentCount) }
}
