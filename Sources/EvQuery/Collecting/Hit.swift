/// A document that matches a query.
public struct Hit: Equatable, Sendable {
  /// The segment's place in its snapshot.
  public var segment: Int

  /// The document's number in its segment.
  public var document: UInt32

  /// How well the document answers the query; comparable within one query only.
  public var score: Float

  /// Creates a hit.
  public init(segment: Int, document: UInt32, score: Float) {
    self.segment = segment
    self.document = document
    self.score = score
  }

  /// Whether this hit comes before another: the higher score first, then the order of the documents.
  public func precedes(_ other: Hit) -> Bool {
    if score != other.score { return score > other.score }
    return (segment, document) < (other.segment, other.document)
  }
}

/// The best hits of a query, and how many there are in all.
public struct TopHits: Equatable, Sendable {
  /// Documents that match; nil where they were not counted.
  public var total: Int?

  /// The best of them, best first.
  public var hits: [Hit]
}
