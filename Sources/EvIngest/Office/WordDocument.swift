// A Word document, `.docx`: ISO/IEC 29500, of which a few dozen elements hold the text.

import EvIndex

/// Makes documents of Word documents.
struct WordDocument {
  private static let mainName = "word/document.xml"
  private static let notes = ["word/footnotes.xml", "word/endnotes.xml"]
  private static let properties = "docProps/core.xml"
  private static let relations = "_rels/.rels"

  /// A paragraph that is open; a text box in it has paragraphs of its own.
  private struct Paragraph {
    var meaning = WordStyles.Meaning.body
    var isListItem = false

    /// Whether its text has begun, so that what it is, is settled.
    var isSettled = false
  }

  private let styles: WordStyles
  private(set) var extracted = ExtractedText()
  private var paragraphs: [Paragraph] = []
  private var cellDepth = 0
  private var wasListItem = false

  /// How many elements are open inside of one that is left out, that one included.
  private var hiddenDepth = 0
  private var isInText = false

  private init(styles: WordStyles) {
    self.styles = styles
  }

  /// The document in a package.
  ///
  /// - Throws: ``SkipReason/damaged(_:)``, ``SkipReason/empty``, or why the package cannot be read.
  static func document(
    path: String, archive: ArchiveReader, maximum: Int
  ) throws(SkipReason) -> Document {
    let package = try OfficePackage(archive, maximum: maximum) { name in
      name.hasSuffix(".xml") && name.hasPrefix("word/") && !name.hasPrefix("word/theme")
        || name == Self.properties || name == Self.relations
    }
    let main = mainPart(package[Self.relations]) ?? Self.mainName
    let properties = PackageProperties(package[Self.properties])
    var word = WordDocument(styles: WordStyles(package["word/styles.xml"]))
    try word.read(package.required(main))
    for part in notes {
      guard let part = package[part] else { continue }
      try word.read(part)
    }
    return try word.extracted.document(
      path: path, title: properties.title, metadata: properties.metadata)
  }

  /// The text of a part, such as `word/document.xml`.
  static func text(
    of part: [UInt8], styles: WordStyles = WordStyles(nil)
  ) throws(SkipReason) -> ExtractedText {
    var word = WordDocument(styles: styles)
    try word.read(part)
    return word.extracted
  }

  /// The name of the part that the package says is the document; nil where it says none.
  private static func mainPart(_ relations: [UInt8]?) -> String? {
    guard let relations else { return nil }
    var target: String?
    do throws(SkipReason) {
      try XMLReader.read(relations) { step in
        if step.name == "Relationship", step.attribute("Type")?.hasSuffix("/officeDocument") == true
        {
          target = step.attribute("Target")
        }
        return target == nil
      }
    } catch {
      // The usual name is tried then.
    }
    return target.map { OfficePackage.name($0, in: "") }
  }

  private mutating func read(_ part: [UInt8]) throws(SkipReason) {
    try XMLReader.read(part) {
      take($0)
      return true
    }
    extracted.endHeading()
    extracted.separate(.block)
  }

  private mutating func take(_ step: XMLStep) {
    guard !step.isHidden(&hiddenDepth) else { return }
    switch step.kind {
    case .text:
      guard isInText else { return }
      settle()
      if paragraphs.last?.meaning != .contents { extracted.write(step.text) }
    case .enter:
      switch step.vocabulary {
      case .word: enter(step)
      // What is only for programs that do not know the alternative.
      case .compatibility: if step.name == "Fallback" { hiddenDepth = 1 }
      case .math: isInText = step.name == "t"
      default: break
      }
    case .leave:
      if step.vocabulary == .word { leave(step.name) }
      isInText = false
    }
  }

  private mutating func enter(_ step: XMLStep) {
    switch step.name {
    case "p":
      // A text box in a heading is no part of it.
      extracted.endHeading()
      paragraphs.append(Paragraph())
    case "pStyle":
      if let id = step.attribute("val") { mean(styles[id]) }
    case "outlineLvl":
      if let meaning = WordStyles.level(step) { mean(meaning) }
    case "numPr":
      if let last = paragraphs.indices.last { paragraphs[last].isListItem = true }
    case "t": isInText = true
    case "tab", "ptab": extracted.write([0x20])
    case "br", "cr": extracted.separate(.line)
    case "noBreakHyphen": extracted.write("\u{2011}".utf8)
    case "tr": extracted.separate(.line)
    case "tc":
      extracted.separate(.cell)
      cellDepth += 1
    case "tbl": extracted.separate(.block)
    // Properties as they were before a change, and text that was removed or moved.
    case "del", "moveFrom", "pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "instrText",
      "tabs":
      hiddenDepth = 1
    default: break
    }
  }

  private mutating func leave(_ name: String) {
    switch name {
    case "p":
      extracted.endHeading()
      guard let paragraph = paragraphs.popLast() else { return }
      wasListItem = paragraph.isListItem
      if cellDepth > 0 {
        extracted.write([0x20])
      } else {
        extracted.separate(paragraph.isListItem ? .line : .block)
      }
      // What is left of the paragraph around a text box is again what it was.
      if let outer = paragraphs.indices.last { paragraphs[outer].isSettled = false }
    case "tc": cellDepth = max(0, cellDepth - 1)
    case "tbl": extracted.separate(.block)
    default: break
    }
  }

  private mutating func mean(_ meaning: WordStyles.Meaning) {
    guard let last = paragraphs.indices.last, !paragraphs[last].isSettled else { return }
    if meaning != .body { paragraphs[last].meaning = meaning }
  }

  /// Writes what goes in front of a paragraph's text, once its properties are known.
  private mutating func settle() {
    guard let last = paragraphs.indices.last, !paragraphs[last].isSettled else { return }
    paragraphs[last].isSettled = true
    if cellDepth == 0, !(wasListItem && paragraphs[last].isListItem) { extracted.separate(.block) }
    switch paragraphs[last].meaning {
    case .title: extracted.beginHeading(level: 0)
    case .heading(let level): extracted.beginHeading(level: level)
    case .body, .contents: break
    }
  }
}
