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
  /// - Parameters:
  ///   - memoryBytes: The largest resident set, in bytes; at least ``leastMemory(forFiles:)``.
  ///   - fileCount: Files that the documents are from, where they are listed.
  /// - Returns: A value for ``segmentTextBytes``.
  public static func segmentTextBytes(forMemory memoryBytes: Int, files fileCount: Int = 0) -> Int {
    max(16 << 20, (memoryBytes - fixedMemory - memory(ofFiles: fileCount)) / 8 * 7)
  }

  /// The least memory that indexing can be held to, in bytes, where so many files are listed.
  public static func leastMemory(forFiles fileCount: Int) -> Int {
    leastMemory + memory(ofFiles: fileCount)
  }

  /// The first ones are part of the fixed memory.
  private static func memory(ofFiles count: Int) -> Int {
    memoryOfFile * max(0, count - 10_000)
  }

  /// What it takes to know a file of a list: its path, its state, and its place in the next list.
  ///
  /// Measured: 265 bytes, for 60,000 files with paths of 38 bytes; paths may be longer.
  private static let memoryOfFile = 400

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
  ///
  /// Measured, as the peak above that of an empty run: prose 7, words of one and two letters 10 (both
  /// 20 MB), Chinese 17 (10 MB).
  static let memoryOfText = 18

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
