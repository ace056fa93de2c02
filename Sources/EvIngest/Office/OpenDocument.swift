// A document of OpenDocument, `.odt` and its kin: ISO/IEC 26300, of which a few dozen elements hold the
// text.

import EvIndex

/// Makes documents of OpenDocument files.
struct OpenDocument {
  /// What a paragraph that is open is.
  private struct Paragraph {
    /// The level of the heading that it is, 0 for the title; nil for a paragraph of the body.
    let level: Int?

    var isSettled = false
  }

  private var extracted = ExtractedText()
  /// The notes, whose text comes behind that of the document.
  private var notes = ExtractedText()
  private var noteDepth = 0
  private var paragraphs: [Paragraph] = []
  private var listDepth = 0
  private var cellDepth = 0
  private var isInBody = false

  /// How many elements are open inside of one that is left out, that one included.
  private var hiddenDepth = 0

  /// The styles that are the title, or are made from it.
  private var titleStyles: Set<String> = ["Title"]

  /// The document in a package.
  ///
  /// - Throws: ``SkipReason/damaged(_:)``, ``SkipReason/empty``, or why the package cannot be read.
  static func document(
    path: String, archive: ArchiveReader, maximum: Int
  ) throws(SkipReason) -> Document {
    let package = try OfficePackage(archive, maximum: maximum) {
      $0 == "content.xml" || $0 == "meta.xml"
    }
    let properties = PackageProperties(package["meta.xml"])
    let text = try text(of: package.required("content.xml"))
    return try text.document(
      path: path, title: properties.title, metadata: properties.metadata)
  }

  /// The text of the part `content.xml`.
  static func text(of part: [UInt8]) throws(SkipReason) -> ExtractedText {
    var document = OpenDocument()
    try XMLReader.read(part) {
      document.take($0)
      return true
    }
    var text = document.extracted
    document.notes.endHeading()
    text.append(document.notes.bytes, headings: [])
    return text
  }

  private mutating func take(_ step: XMLStep) {
    guard !step.isHidden(&hiddenDepth) else { return }
    switch step.kind {
    case .text:
      guard isInBody, !paragraphs.isEmpty else { return }
      settle()
      extracted.write(step.text)
    case .enter: isInBody ? enter(step) : enterFront(step)
    case .leave: leave(step)
    }
  }

  /// Takes what stands in front of the text.
  private mutating func enterFront(_ step: XMLStep) {
    if step.vocabulary == .openOffice, step.name == "body" {
      isInBody = true
    } else if step.name == "style", let name = step.attribute("name"),
      let parent = step.attribute("parent-style-name"), titleStyles.contains(parent)
    {
      titleStyles.insert(name)
    }
  }

  private mutating func enter(_ step: XMLStep) {
    switch (step.vocabulary, step.name) {
    case (.openText, "p"):
      let isTitle = titleStyles.contains(step.attribute("style-name") ?? "")
      begin(Paragraph(level: isTitle ? 0 : nil))
    case (.openText, "h"):
      let level = step.attribute("outline-level").flatMap { Int($0) } ?? 1
      begin(Paragraph(level: max(1, level)))
    case (.openText, "s"), (.openText, "tab"): extracted.write([0x20])
    case (.openText, "line-break"): extracted.separate(.line)
    case (.openText, "list"):
      if listDepth == 0 { extracted.separate(.block) }
      listDepth += 1
    case (.openTable, "table"): extracted.separate(.block)
    case (.openTable, "table-row"): extracted.separate(.line)
    case (.openTable, "table-cell"), (.openTable, "covered-table-cell"):
      extracted.separate(.cell)
      cellDepth += 1
    case (.openDrawing, "page"): extracted.separate(.block)
    case (.openText, "note"):
      if noteDepth == 0 { swap(&extracted, &notes) }
      noteDepth += 1
    // What repeats the text, is no text, or was removed from it.
    case (.openText, "tracked-changes"), (.openText, "note-citation"), (.openText, "number"),
      (.openText, "table-of-content"), (.openText, "alphabetical-index"),
      (.openText, "illustration-index"), (.openText, "table-index"), (.openText, "object-index"),
      (.openOffice, "annotation"), (.openOffice, "forms"), (.openOffice, "scripts"),
      (.openDrawing, "object"):
      hiddenDepth = 1
    default: break
    }
  }

  private mutating func leave(_ step: XMLStep) {
    switch (step.vocabulary, step.name) {
    case (.openText, "p"), (.openText, "h"): end()
    case (.openText, "list"):
      listDepth = max(0, listDepth - 1)
      if listDepth == 0 { extracted.separate(.block) }
    case (.openTable, "table"): extracted.separate(.block)
    case (.openTable, "table-cell"), (.openTable, "covered-table-cell"):
      cellDepth = max(0, cellDepth - 1)
    case (.openText, "note"):
      guard noteDepth > 0 else { return }
      noteDepth -= 1
      if noteDepth == 0 { swap(&extracted, &notes) }
    case (.openOffice, "body"): isInBody = false
    default: break
    }
  }

  private mutating func begin(_ paragraph: Paragraph) {
    // A text box in a heading is no part of it.
    if noteDepth == 0 { extracted.endHeading() }
    paragraphs.append(paragraph)
    separate()
  }

  private mutating func end() {
    guard paragraphs.popLast() != nil else { return }
    extracted.endHeading()
    separate()
    // What is left of the paragraph around a text box is again what it was; a note is elsewhere.
    if noteDepth == 0, let outer = paragraphs.indices.last { paragraphs[outer].isSettled = false }
  }

  private mutating func separate() {
    if cellDepth > 0, noteDepth == 0 {
      extracted.write([0x20])
    } else {
      extracted.separate(listDepth > 0 ? .line : .block)
    }
  }

  /// Begins the heading that the paragraph is, at its first text.
  private mutating func settle() {
    guard let last = paragraphs.indices.last, !paragraphs[last].isSettled else { return }
    paragraphs[last].isSettled = true
    if let level = paragraphs[last].level { extracted.beginHeading(level: level) }
  }
}
