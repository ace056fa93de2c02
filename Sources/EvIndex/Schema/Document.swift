/// What is indexed as one unit: a file, or one record of a file that holds many.
///
/// All of a document that can be searched is in ``text``; the title and the headings are ranges of
/// it. So there is one space of byte offsets a document, and one of token positions.
public struct Document: Sendable, Equatable {
  /// The document's name in its collection: a path relative to the collection's root, with `/`
  /// between components, followed by `#` and the record's id where the file holds many records.
  public var path: String

  /// How many bytes of ``path`` are the path of the file that the document is a record of; nil where
  /// the document is the whole file.
  public var fileByteCount: Int?

  /// The searchable text; the title first.
  public var text: String

  /// Where in the UTF-8 of ``text`` the title is; empty where there is none.
  public var title: Range<Int>

  /// Where in the UTF-8 of ``text`` the headings are, in ascending order, not overlapping.
  ///
  /// The edges of a heading, and of the title, end a sentence.
  public var headings: [Range<Int>]

  /// How offsets in ``text`` relate to offsets in the file that it came from.
  public var sourceMap: SourceMap

  /// What is known about the document besides its text.
  public var metadata: Metadata

  /// Creates a document.
  ///
  /// - Parameter record: The record's id, where the document is one of many in the file at `path`.
  public init(
    path: String, record: String? = nil, text: String, title: Range<Int> = 0..<0,
    headings: [Range<Int>] = [],
    sourceMap: SourceMap = .identity, metadata: Metadata = Metadata()
  ) {
    self.path = record.map { path + "#" + $0 } ?? path
    fileByteCount = record == nil ? nil : path.utf8.count
    self.text = text
    self.title = title
    self.headings = headings
    self.sourceMap = sourceMap
    self.metadata = metadata
  }

  /// The path of the file that the document is, or is a record of.
  public var filePath: String {
    guard let fileByteCount else { return path }
    return String(decoding: path.utf8.prefix(fileByteCount), as: UTF8.self)
  }

  /// What is known about a document besides its text: from front matter, or a record's fields.
  public struct Metadata: Sendable, Equatable {
    /// The document's own date as it was written, ISO 8601 where it is; never the file's time.
    public var date: String?

    /// Who published it.
    public var source: String?

    /// Its language, a BCP 47 tag.
    public var language: String?

    /// Its address on the web.
    public var url: String?

    /// Its keywords, in the order of the file.
    public var tags: [String]

    /// The encoding of its file, as ICU calls it; nil for UTF-8.
    public var encoding: String?

    /// Creates metadata; nothing is known unless it is said.
    public init(
      date: String? = nil, source: String? = nil, language: String? = nil, url: String? = nil,
      tags: [String] = [], encoding: String? = nil
    ) {
      self.date = date
      self.source = source
      self.language = language
      self.url = url
      self.tags = tags
      self.encoding = encoding
    }
  }
}
