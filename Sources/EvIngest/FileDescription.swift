// What a file is read as, for people who wonder why a text looks as it does.

/// How a file is read.
public struct FileDescription: Sendable, Equatable {
  /// What it is: `Markdown`, `HTML`, `Word`, and so on.
  public let format: String

  /// The name of its encoding; nil where the file is not one text, such as an archive.
  public let encoding: String?

  /// How sure the encoding is, in percent: 100 where the file says it, it is valid UTF-8, or a person
  /// has said it; below that it is a guess.
  public let confidence: Int

  /// Whether the encoding comes from ``IngestOptions/encodings``.
  public let isGiven: Bool
}

extension FolderSource {
  /// Says how a file is read.
  ///
  /// The file is read for it, up to ``IngestOptions/maximumFileBytes``.
  ///
  /// - Parameter entry: A file from ``scan()``.
  /// - Throws: Why the file is skipped.
  public func describe(_ entry: FileEntry) throws(SkipReason) -> FileDescription {
    let format = SourceFormat(path: entry.path)
    guard format.isDecoded else {
      return FileDescription(format: format.name, encoding: nil, confidence: 100, isGiven: false)
    }
    let file = try OpenedFile(
      path: root + "/" + entry.path, maximum: options.maximumTextBytes,
      followsLink: options.followsLinks)
    let known = options.encodings.encoding(of: entry.path)
    let bytes = try file.readBytes(
      byteCount: file.byteCount, maximum: options.maximumTextBytes)
    guard !bytes.isEmpty else { throw .empty }
    let text = try DecodedText(file: bytes, isMarkup: format == .html, known: known)
    return FileDescription(
      format: format.name, encoding: text.encoding ?? "UTF-8", confidence: text.confidence,
      isGiven: known != nil)
  }
}

extension SourceFormat {
  /// What the format is called.
  fileprivate var name: String {
    switch self {
    case .plainText: "text"
    case .markdown: "Markdown"
    case .html: "HTML"
    case .jsonLines: "JSON lines"
    case .separatedValues: "table"
    case .pdf: "PDF"
    case .mail: "mail"
    case .mailbox: "mailbox"
    case .office(.word): "Word"
    case .office(.openDocument): "OpenDocument"
    case .office(.book): "EPUB"
    case .compressed: "compressed"
    case .archive: "archive"
    case .notSupportedYet(let kind): kind
    }
  }

  /// Whether a file of this kind is one text in one encoding.
  fileprivate var isDecoded: Bool {
    switch self {
    case .plainText, .markdown, .html, .separatedValues: true
    default: false
    }
  }
}
