// A file of PDF as a document, through `pdftotext` and `pdfinfo` of poppler-utils.
//
// A page ends with a form feed in the text, so the page of an offset is one more than the form feeds in
// front of it. What the programs print depends on their version, and so do the bytes of the index.

import EvIndex

/// Makes documents of files of PDF.
enum PDFDocument {
  /// The program that is needed.
  static let programName = "pdftotext"

  /// The document of a file.
  ///
  /// - Throws: ``SkipReason/missingProgram(_:)``, ``SkipReason/damaged(_:)``, ``SkipReason/tooLarge``
  ///   or ``SkipReason/empty``, which a file of pictures of pages is.
  static func document(
    path: String, file: borrowing OpenedFile, options: IngestOptions
  ) throws(SkipReason) -> Document {
    guard let program = HelperProgram(programName, in: options.programFolders) else {
      throw .missingProgram(programName)
    }
    let printed = try output(
      program, ["-q", "-enc", "UTF-8", "-eol", "unix", HelperProgram.filePath, "-"], file, options)
    let properties = properties(file, options)
    var text = ExtractedText()
    text.append(Self.text(of: printed), headings: [])
    guard !text.bytes.isEmpty else { throw .empty }
    return try text.document(
      path: path, title: properties.title, metadata: properties.metadata)
  }

  private static func output(
    _ program: HelperProgram, _ arguments: [String], _ file: borrowing OpenedFile,
    _ options: IngestOptions
  ) throws(SkipReason) -> [UInt8] {
    let outcome = program.run(
      arguments, on: file.descriptor, maximumBytes: options.maximumTextBytes,
      timeLimit: options.programTimeLimit)
    switch outcome {
    case .ended(0, let output): return output
    case .ended(3, _): throw .damaged("its owner does not allow to copy text")
    case .ended: throw .damaged("\(programName) cannot read it; it may need a password")
    case .crashed: throw .damaged("\(programName) crashed on it")
    case .tookTooLong:
      throw .damaged(
        "\(programName) took more than \(options.programTimeLimit.components.seconds) s")
    case .printedTooMuch: throw .tooLarge
    case .failed(let code): throw .unreadable(code)
    }
  }

  /// The text of what was printed, a form feed between pages.
  ///
  /// A sentence may go on on the next page; only where a page ends with the end of a sentence, it ends
  /// a paragraph too.
  static func text(of printed: [UInt8]) -> [UInt8] {
    let valid = Array(String(decoding: printed, as: UTF8.self).utf8)
    var text: [UInt8] = []
    var pages = valid.split(separator: 0x0C, omittingEmptySubsequences: false)
    // Each page ends with a form feed, the last one too.
    if let last = pages.last, last.allSatisfy(\.isWhitespace) { pages.removeLast() }
    for (number, page) in pages.enumerated() {
      let page = Array(page.filter { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 })
      if number > 0 {
        text.append(0x0A)
        if let last = text.last(where: { !$0.isWhitespace }), ".?!:\"".utf8.contains(last) {
          text.append(0x0A)
        }
        text.append(0x0C)
      }
      text += number == 0 ? page.drop(while: \.isWhitespace) : page[...]
      while let last = text.last, last == 0x0A || last == 0x20 { text.removeLast() }
    }
    return text
  }

  /// What the file says of itself; nothing where `pdfinfo` is not there or fails.
  private static func properties(
    _ file: borrowing OpenedFile, _ options: IngestOptions
  ) -> (title: String?, metadata: Document.Metadata) {
    guard let program = HelperProgram("pdfinfo", in: options.programFolders) else {
      return (nil, Document.Metadata())
    }
    let outcome = program.run(
      ["-enc", "UTF-8", "-isodates", HelperProgram.filePath], on: file.descriptor,
      maximumBytes: 1 << 16, timeLimit: options.programTimeLimit)
    guard case .ended(0, let output) = outcome else { return (nil, Document.Metadata()) }
    return properties(String(decoding: output, as: UTF8.self))
  }

  /// The properties in what `pdfinfo` prints, a `Key:  value` a line.
  static func properties(_ printed: String) -> (title: String?, metadata: Document.Metadata) {
    var values: [Substring: String] = [:]
    for line in printed.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = Array(line[line.index(after: colon)...].utf8).trimmed
      let key = line[..<colon]
      if !value.isEmpty, values[key] == nil { values[key] = String(decoding: value, as: UTF8.self) }
    }
    // Most titles are the names of files, which say nothing.
    let title = values["Title"].flatMap { title in
      PackageProperties.isMadeUp(title)
        || !title.contains(" ") && title.utf8.allSatisfy { $0 < 0x80 }
        ? nil : title
    }
    let tags = (values["Keywords"] ?? "").split(whereSeparator: { $0 == "," || $0 == ";" }).map {
      String(decoding: Array($0.utf8).trimmed, as: UTF8.self)
    }
    let metadata = Document.Metadata(
      date: values["CreationDate"], source: values["Author"],
      tags: Array(tags.filter { !$0.isEmpty }.prefix(256)))
    return (title, metadata)
  }
}
