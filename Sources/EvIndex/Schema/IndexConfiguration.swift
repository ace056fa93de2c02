public import EvAnalysis

/// How an index is built; what the bytes of its segments depend on besides the documents.
public struct IndexConfiguration: Equatable, Sendable {
  /// How text becomes tokens.
  public var analyzer: Analyzer

  /// Whether the documents' text is kept, so that passages can be shown.
  public var storesText: Bool

  /// Bytes of text after which a segment is full; the next document begins another.
  ///
  /// Tokens wait in memory until their segment is written: about 2.5 bytes a byte of text.
  public var segmentTextBytes: Int

  /// Creates a configuration.
  public init(
    analyzer: Analyzer = Analyzer(), storesText: Bool = true, segmentTextBytes: Int = 1 << 29
  ) {
    self.analyzer = analyzer
    self.storesText = storesText
    self.segmentTextBytes = segmentTextBytes
  }
}
