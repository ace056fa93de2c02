// Documents out of bytes in memory, as if they were a file: what the fuzz targets have.

package import EvIndex

/// Reads documents out of bytes.
package enum BytesSource {
  /// Hands out the documents of a file that is in memory.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: Its name, which says what it is; a packed file or PDF gives nothing.
  ///   - options: The limits.
  ///   - body: Takes a document; what it throws ends the reading and is thrown on.
  /// - Returns: What is no document, and why.
  package static func read<Failure: Error>(
    _ bytes: [UInt8], named name: String, options: IngestOptions = IngestOptions(),
    _ body: (Document) throws(Failure) -> Void
  ) throws(Failure) -> [Skipped] {
    let stream = BytesStream(bytes)
    return try DocumentReader.read(
      stream, path: name, byteCount: bytes.count, format: SourceFormat(path: name),
      options: options, body)
  }

  /// The parts of packed documents that hold text.
  package enum Part: CaseIterable, Sendable {
    /// `word/document.xml` of a Word document.
    case word

    /// `content.xml` of OpenDocument.
    case openDocument

    /// The package document of a book.
    case book

    /// A chapter of a book.
    case chapter
  }

  /// The text of a part that is in memory.
  ///
  /// - Returns: The text as a document; nil for a part without text of its own.
  /// - Throws: Why it cannot be read.
  package static func read(_ bytes: [UInt8], as part: Part) throws(SkipReason) -> Document? {
    switch part {
    case .word:
      return try WordDocument.text(of: bytes).document(
        path: "a.docx", title: nil, metadata: Document.Metadata())
    case .openDocument:
      return try OpenDocument.text(of: bytes).document(
        path: "a.odt", title: nil, metadata: Document.Metadata())
    case .book:
      _ = try BookPackage(bytes, name: "OEBPS/content.opf")
      return nil
    case .chapter:
      return try BookSource.chapter(bytes, path: "a.epub#a", PackageProperties())
    }
  }
}

/// Bytes in memory as a stream.
final class BytesStream: ByteStream {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  func read(into buffer: inout [UInt8], limit: Int) throws(SkipReason) -> Int {
    let end = min(bytes.count, offset + limit)
    defer { offset = end }
    buffer += bytes[offset..<end]
    return end - offset
  }
}
