public import EvAnalysis

/// How an index is built; what the bytes of its segments depend on besides the documents.
public struct IndexConfiguration: Equatable, Sendable {
  /// How text becomes tokens.
  public var analyzer: Analyzer

  /// Whether the documents' text is kept, so that passages can be shown.
  public var storesText: Bool

  /// Bytes of text after which a segment is full; the next document begins another.
  ///
  /// Postings wait in memory until their segment is written: about a byte a byte of text.
  public var segmentTextBytes: Int

  /// Bytes of text of a segment with which indexing stays below a limit of memory.
  ///
  /// It depends on the limit only, so that the segments, and with them all bytes of the index, are the
  /// same wherever it is built with the same limit.
  ///
  /// Measured on 200,000 articles of Wikipedia with two threads: the resident set is 110 MiB and one
  /// byte a byte of a segment's text. A margin is added for other languages, and an eighth of the rest
  /// is left to more threads.
  ///
  /// - Parameter memoryBytes: The largest resident set, in bytes; at least ``leastMemory``.
  /// - Returns: A value for ``segmentTextBytes``.
  public static func segmentTextBytes(forMemory memoryBytes: Int) -> Int {
    max(16 << 20, (memoryBytes - fixedMemory) / 8 * 7)
  }

  /// The most threads with which indexing stays below a limit of memory.
  ///
  /// Each takes six mebibytes: its batch, and what becomes of it.
  ///
  /// - Parameter memoryBytes: The largest resident set, in bytes; at least ``leastMemory``.
  public static func threads(forMemory memoryBytes: Int) -> Int {
    4 + max(0, memoryBytes - fixedMemory) / 8 / (6 << 20)
  }

  /// The largest text with which indexing stays below a limit of memory.
  ///
  /// - Parameter memoryBytes: The largest resident set, in bytes; at least ``leastMemory``.
  public static func largestText(forMemory memoryBytes: Int) -> Int {
    max(1 << 20, (memoryBytes - fixedMemory) / memoryOfText)
  }

  /// Memory that a byte of a long text takes while it is read and analysed, in bytes.
  static let memoryOfText = 12

  /// Memory that postings and a long text may take together, in bytes.
  var sharedMemory: Int { segmentTextBytes / 7 * 8 }

  /// Bytes of a text that is analysed alone: others of its kind at the same time would take too much.
  static let longText = 1 << 21

  private static let fixedMemory = 144 << 20

  /// The least memory that indexing can be held to, in bytes.
  public static let leastMemory = 160 << 20

  /// Creates a configuration.
  public init(
    analyzer: Analyzer = Analyzer(), storesText: Bool = true, segmentTextBytes: Int = 1 << 29
  ) {
    self.analyzer = analyzer
    self.storesText = storesText
    self.segmentTextBytes = segmentTextBytes
  }
}
