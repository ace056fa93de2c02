// The chapters of an electronic book as documents.
//
// A document is a chapter and not the book: words that meet in a chapter are about one thing, in a book
// they meet by accident; a chapter is about as long as an article, so that lengths compare; and a hit
// says which chapter it is. A chapter is named `book.epub#ID`, by its id in the book.

import EvIndex

/// Reads the chapters of a book.
struct BookSource {
  private let path: String
  private let package: OfficePackage
  private let book: BookPackage

  /// Opens a book.
  ///
  /// - Parameters:
  ///   - path: The file's name, which the documents are named after.
  ///   - archive: The file, at its start.
  ///   - maximum: The most bytes that a part may have.
  /// - Throws: ``SkipReason/damaged(_:)``, or why the package cannot be read.
  init(path: String, archive: ArchiveReader, maximum: Int) throws(SkipReason) {
    self.path = path
    package = try OfficePackage(archive, maximum: maximum) { name in
      [".xml", ".opf", ".xhtml", ".html", ".htm"].contains { name.lowercased().hasSuffix($0) }
    }
    let name = try BookPackage.name(container: package.required("META-INF/container.xml"))
    book = try BookPackage(package.required(name), name: name)
    guard !book.items.isEmpty else { throw .empty }
  }

  /// Hands out the chapters in the order of reading.
  ///
  /// - Returns: The chapters that cannot be read, and why; those without text, such as a cover, are no
  ///   documents and are not listed, unless none has any.
  func read<Failure: Error>(
    _ body: (Document) throws(Failure) -> Void
  ) throws(Failure) -> [Skipped] {
    var skipped = SkipList(path: path)
    var count = 0
    for item in book.items {
      var document: Document
      do throws(SkipReason) {
        document = try Self.chapter(
          package.required(item.name), path: "\(path)#\(item.identifier)", book.properties)
      } catch {
        if error != .empty {
          skipped.add(Skipped(path: "\(path)#\(item.identifier)", reason: error))
        }
        continue
      }
      count += 1
      document.fileByteCount = path.utf8.count
      try body(document)
    }
    if count == 0, skipped.all.isEmpty { skipped.add(.empty) }
    return skipped.all
  }

  /// The document of a chapter.
  ///
  /// - Parameters:
  ///   - file: The bytes of its page.
  ///   - path: The document's name.
  ///   - book: What is known of the book.
  static func chapter(
    _ file: [UInt8], path: String, _ book: PackageProperties
  ) throws(SkipReason) -> Document {
    let page = try DecodedText(file: file, isMarkup: true)
    let content = HTMLDocument.content(of: XHTML.html(page.bytes), usesTitle: false)
    let bytes = content.text.bytes
    guard bytes.contains(where: { !$0.isWhitespace }) else { throw .empty }
    // The title of a chapter is that of the book and, if it starts with one, its own heading.
    var heading = 0..<0
    if let first = content.headings.first, bytes[..<first.lowerBound].allSatisfy(\.isWhitespace) {
      heading = first
    }
    let own = Array(bytes[heading]).trimmed
    let title = Array((book.title ?? "").utf8)
    var text = ExtractedText()
    text.beginHeading(level: 0)
    if !own.elementsEqual(title) { text.write(title) }
    if !title.isEmpty, !own.isEmpty, !own.elementsEqual(title) { text.write(": ".utf8) }
    text.write(own)
    text.endHeading()
    let rest = content.headings.filter { $0.lowerBound >= heading.upperBound && $0 != heading }
    let start =
      bytes[heading.upperBound...].firstIndex { !$0.isWhitespace } ?? bytes.count
    text.append(
      Array(bytes[start...]),
      headings: rest.map { ($0.lowerBound - start)..<($0.upperBound - start) })
    var metadata = book.metadata
    metadata.language = content.metadata.language ?? metadata.language
    metadata.encoding = page.encoding
    return try text.document(path: path, title: nil, metadata: metadata)
  }
}

/// XHTML for a parser of HTML.
enum XHTML {
  /// A page in which each element that XHTML closes in its own tag, as in `<title/>`, has an end tag.
  ///
  /// To HTML such a tag is a start tag, behind which the rest of the page would be the title, or a
  /// script.
  static func html(_ page: [UInt8]) -> [UInt8] {
    var html: [UInt8] = []
    html.reserveCapacity(page.count + page.count / 8)
    var copied = 0
    var index = 0
    while let bracket = page.firstIndex(of: UInt8(ascii: "<"), in: index..<page.count) {
      index = bracket + 1
      let name = page[index...].prefix { $0.isLetterOrDigit || $0 == 0x3A || $0 == 0x2D }
      guard let first = name.first, first.isLetterOrDigit, name.count < 64 else { continue }
      guard let end = tagEnd(page, from: name.endIndex) else { break }
      index = end + 1
      guard page[end - 1] == UInt8(ascii: "/"), !isVoid(name) else { continue }
      html += page[copied..<(end - 1)]
      html += "></".utf8
      html += name
      html.append(UInt8(ascii: ">"))
      copied = index
    }
    return html + page[copied...]
  }

  /// Where a tag ends: its `>` that is in no value of an attribute.
  private static func tagEnd(_ page: [UInt8], from start: Int) -> Int? {
    var quote: UInt8 = 0
    for index in start..<page.count {
      let byte = page[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return index
      }
    }
    return nil
  }

  /// Whether an element has no content in HTML either.
  private static func isVoid(_ name: ArraySlice<UInt8>) -> Bool {
    let name = String(decoding: name.map { $0 | 0x20 }, as: UTF8.self)
    return [
      "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
      "track", "wbr",
    ].contains(name)
  }
}
