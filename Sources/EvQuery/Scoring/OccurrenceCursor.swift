internal import EvIndex

/// Steps through the documents in which something occurs, and says how often and where.
protocol OccurrenceCursor: AnyObject {
  /// The current document, or ``Scorer/end``; not defined before the first seek.
  var document: UInt32 { get }

  /// Moves to the first document at or after `target`, and returns it.
  func seek(to target: UInt32) throws(IndexError) -> UInt32

  /// Whether it occurs in a document, which is then the current one; documents ascend.
  ///
  /// Unlike ``seek(to:)`` it looks at no other document.
  func isIn(_ document: UInt32) throws(IndexError) -> Bool

  /// Occurrences in the current document, weighted; above 0.
  func frequency() throws(IndexError) -> Float

  /// Appends where it occurs in the current document; once a document.
  ///
  /// In the order of the starts, but for variants, of which one comes behind the other.
  func readSpans(into spans: inout [OccurrenceSpan]) throws(IndexError)

  /// What the form counts that comes closest to what was asked for, of those in the current document; at
  /// most 1 as a rule.
  var share: Float { get }

  /// Roughly how many documents there are.
  var cost: Int { get }
}

extension OccurrenceCursor {
  func isIn(_ document: UInt32) throws(IndexError) -> Bool { try seek(to: document) == document }

  var share: Float { 1 }
}

/// The positions of an occurrence.
struct OccurrenceSpan: Equatable {
  /// The first position.
  var start: UInt32
  /// The last position.
  var end: UInt32
}

/// Moves several cursors to the first document at or after `target` that all of them have.
///
/// - Parameter cursors: At least one, the one with the fewest documents first.
func firstCommonDocument(
  _ cursors: [any OccurrenceCursor], from target: UInt32
) throws(IndexError) -> UInt32 {
  var candidate = try cursors[0].seek(to: target)
  var index = 1
  while index < cursors.count, candidate != Scorer.end {
    let found = try cursors[index].seek(to: candidate)
    if found == candidate {
      index += 1
    } else {
      candidate = found == Scorer.end ? found : try cursors[0].seek(to: found)
      index = 1
    }
  }
  return candidate
}
