// The bytes of a file become documents, whatever the bytes came out of.

import EvIndex

/// Makes documents of files.
enum DocumentReader {
  /// Hands out the documents of a file.
  ///
  /// - Parameters:
  ///   - stream: The file's bytes, from its start.
  ///   - path: The file's name, which the documents are named after.
  ///   - byteCount: How long the file is thought to be; it may turn out otherwise.
  ///   - format: What the file is; not a packed one.
  ///   - options: The limits.
  ///   - body: Takes a document; what it throws ends the reading and is thrown on.
  /// - Returns: What is no document, and why.
  /// - Throws: What `body` throws, and nothing else.
  static func read<Stream: ByteStream & ~Copyable, Failure: Error>(
    _ stream: consuming Stream, path: String, byteCount: Int, format: SourceFormat,
    options: IngestOptions, _ body: (Document) throws(Failure) -> Void
  ) throws(Failure) -> [Skipped] {
    if format == .jsonLines {
      let records = JSONLinesSource(
        stream, path: path, maximumRecordBytes: options.maximumTextBytes)
      return try records.read(body)
    }
    if format == .mailbox {
      let messages = MailboxSource(stream, path: path, maximum: options.maximumTextBytes)
      return try messages.read(body)
    }
    if case .office(let kind) = format {
      let archive: ArchiveReader
      do throws(SkipReason) {
        let bytes = try stream.readBytes(
          byteCount: byteCount, maximum: min(options.maximumTextBytes, OfficePackage.maximumBytes))
        archive = try ArchiveReader(bytes, options: options)
      } catch {
        return [Skipped(path: path, reason: error)]
      }
      return try read(archive, path: path, kind: kind, options: options, body)
    }
    let content: Content
    do throws(SkipReason) {
      content = try self.content(stream, path, byteCount, format, options)
    } catch {
      return [Skipped(path: path, reason: error)]
    }
    switch content {
    case .document(let document):
      try body(document)
      return []
    case .table(let table): return try table.read(body)
    }
  }

  /// Hands out the documents of a packed document.
  ///
  /// - Parameters:
  ///   - archive: The file, at its start.
  ///   - kind: What it is.
  /// - Returns: What is no document, and why.
  static func read<Failure: Error>(
    _ archive: ArchiveReader, path: String, kind: OfficeKind, options: IngestOptions,
    _ body: (Document) throws(Failure) -> Void
  ) throws(Failure) -> [Skipped] {
    let content: OfficeContent
    do throws(SkipReason) {
      content = try OfficeContent(archive, path, kind, options)
    } catch {
      return [Skipped(path: path, reason: error)]
    }
    switch content {
    case .document(let document):
      try body(document)
      return []
    case .book(let book): return try book.read(body)
    }
  }

  /// What a packed document comes to.
  private enum OfficeContent {
    case document(Document)
    case book(BookSource)

    init(
      _ archive: ArchiveReader, _ path: String, _ kind: OfficeKind, _ options: IngestOptions
    ) throws(SkipReason) {
      let maximum = options.maximumTextBytes
      switch kind {
      case .word:
        self = .document(
          try WordDocument.document(path: path, archive: archive, maximum: maximum))
      case .openDocument:
        self = .document(
          try OpenDocument.document(path: path, archive: archive, maximum: maximum))
      case .book:
        self = .book(try BookSource(path: path, archive: archive, maximum: maximum))
      }
    }
  }

  /// What a file that is read whole comes to.
  private enum Content {
    case document(Document)
    case table(SeparatedValues)
  }

  private static func content<Stream: ByteStream & ~Copyable>(
    _ stream: consuming Stream, _ path: String, _ byteCount: Int, _ format: SourceFormat,
    _ options: IngestOptions
  ) throws(SkipReason) -> Content {
    if case .notSupportedYet(let kind) = format { throw .notSupportedYet(kind) }
    // The program needs a file of its own.
    if format == .pdf { throw .notSupportedYet("pdf in an archive") }
    if format == .mail {
      let bytes = try stream.readBytes(
        byteCount: byteCount, maximum: min(options.maximumTextBytes, MailMessage.maximumBytes))
      return .document(try MailMessage(bytes).document(path: path, line: 1))
    }
    let known = options.encodings.encoding(of: path)
    let bytes =
      known == nil
      ? try stream.readText(byteCount: byteCount, maximum: options.maximumTextBytes)
      : try stream.readBytes(byteCount: byteCount, maximum: options.maximumTextBytes)
    guard !bytes.isEmpty else { throw .empty }
    let text = try DecodedText(file: bytes, isMarkup: format == .html, known: known)
    if case .separatedValues(let isTabbed) = format,
      let table = SeparatedValues(path: path, text: text, isTabbed: isTabbed)
    {
      return .table(table)
    }
    return .document(try document(path: path, text: text, format: format))
  }

  /// The document of a file that is one document.
  private static func document(
    path: String, text: DecodedText, format: SourceFormat
  ) throws(SkipReason) -> Document {
    var document =
      switch format {
      case .markdown: try MarkdownDocument.document(path: path, text: text)
      case .html: try HTMLDocument.document(path: path, text: text)
      default: try PlainText.document(path: path, text: text)
      }
    document.metadata.encoding = text.encoding
    return document
  }
}
