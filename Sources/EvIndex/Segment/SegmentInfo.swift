public import EvAnalysis
internal import EvBytes

/// A segment's name: a hash of the documents that it was built from, in their order.
///
/// Segments with the same documents in the same order have the same id, on any machine.
public struct SegmentID: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// The hash.
  public let rawValue: UInt64

  /// Creates an id.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Sixteen hexadecimal digits; the name of the segment's folder.
  public var description: String { hexadecimal(rawValue) }
}

/// A segment's table of contents: what it holds, and the files that it is made of.
///
/// It is the file `segment` of the segment's folder, with one section:
///
///     field                   type
///     analyzer kind           byte
///     analysis version        varint
///     ICU version             text
///     Unicode version         text
///     stores text             byte, 0 or 1
///     documents               varint
///     documents with a word   varint
///     total length            varint, positions of all documents
///     tokens                  varint, joined forms included
///     terms                   varint
///     files                   varint, then for each: kind (text), bytes (varint), checksum (8)
///
/// A text is its length in bytes as a varint, then UTF-8.
public struct SegmentInfo: Equatable, Sendable {
  /// A file of the segment.
  public struct File: Equatable, Sendable {
    package var kind: SegmentFile.Kind
    /// The file's size.
    public var byteCount: Int
    /// XXH3 of the file up to its own checksum.
    public var checksum: UInt64
    /// The file's name in the segment's folder.
    public var name: String { kind.rawValue }
  }

  /// The segment's name.
  public var id: SegmentID
  /// How the text became tokens.
  public var analysis: AnalysisStamp
  /// Whether the documents' text is kept, so that passages can be shown.
  public var storesText: Bool
  /// Documents, empty ones included.
  public var documentCount: Int
  /// Documents with at least one word; what BM25 calls N.
  public var nonEmptyDocumentCount: Int
  /// Positions of all documents; what the average length is made of.
  public var totalLength: UInt64
  /// Tokens of all documents, joined forms included.
  public var tokenCount: UInt64
  /// Different terms.
  public var termCount: Int
  /// The files, in the order of their names.
  public var files: [File]

  /// Bytes of all files but the table of contents itself.
  public var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }
}

/// The rules and libraries that text was analysed with; the same stamp gives the same tokens.
public struct AnalysisStamp: Equatable, Sendable, CustomStringConvertible {
  /// The kind of analyzer.
  public var kind: Analyzer.Kind
  /// ``EvAnalysis/Analyzer/version``.
  public var version: UInt32
  /// The version of ICU.
  public var icu: String
  /// The version of Unicode that ICU implements.
  public var unicode: String

  /// The stamp of this program.
  public init(_ analyzer: Analyzer) {
    kind = analyzer.kind
    version = Analyzer.version
    icu = Analyzer.icuVersion
    unicode = Analyzer.unicodeVersion
  }

  init(kind: Analyzer.Kind, version: UInt32, icu: String, unicode: String) {
    self.kind = kind
    self.version = version
    self.icu = icu
    self.unicode = unicode
  }

  /// The stamp in words.
  public var description: String { "analysis \(kind) \(version) with ICU \(icu)" }
}
