public import EvIndex
public import EvQuery

/// An excerpt of a document: whole sentences around the place where a query's words meet.
///
/// Ranges are half open. Byte offsets are of UTF-8.
public struct Passage: Equatable, Sendable {
  /// The excerpt, as it stands in the document's text.
  public var text: String

  /// Where the excerpt is in the document's text, in bytes.
  public var range: Range<Int>

  /// Where the excerpt is in the document's text, in UTF-16 code units.
  public var utf16Range: Range<Int>

  /// Where the excerpt begins in the document's file.
  public var start: SourcePosition

  /// Where the excerpt ends in the document's file.
  public var end: SourcePosition

  /// The page that the excerpt begins on, from 1; nil where the text has none.
  ///
  /// A form feed ends a page, as in the text of a PDF file.
  public var page: Int?

  /// The heading above the excerpt; nil where there is none.
  public var section: String?

  /// What matched, in order, not overlapping.
  public var highlights: [Highlight]
}

/// What matched in a passage.
public struct Highlight: Equatable, Sendable {
  /// Where it is in the passage's text, in bytes.
  public var range: Range<Int>

  /// Where it is in the passage's text, in UTF-16 code units.
  public var utf16Range: Range<Int>

  /// Where it begins in the document's file.
  public var start: SourcePosition

  /// Where it ends in the document's file.
  public var end: SourcePosition

  /// The part of the query that it matched, as terms.
  public var query: String

  /// How it relates to that part.
  public var kind: MatchKind
}
