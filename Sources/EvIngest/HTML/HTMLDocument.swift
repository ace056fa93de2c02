// A file of HTML as a document: what a reader of the page sees, and the way back to the file.

import EvIndex

/// Makes documents of HTML.
///
/// The text is the title and that of the blocks, a blank line between them. Scripts, styles and tags
/// are not in it; what is, is a copy of the file's bytes wherever the file has them.
struct HTMLDocument {
  /// The largest page that is parsed, in bytes; of a larger one the tags are left out one by one.
  private static let maximumBytes = 64 << 20

  private var leaves: [HTMLLeaf] = []
  private var title: [HTMLLeaf] = []
  private var metadata = HTMLMetadata()

  /// What separates the next text from the one before.
  private var pending = HTMLLeaf.Break.none
  private var preDepth = 0
  private var drawingDepth = 0
  private var headingCount = 0
  private var heading: Int?
  private var isInTitle = false
  private var isInData = false

  /// The headings of the first level.
  private var topHeadings: Set<Int> = []

  /// The document of a file of HTML.
  ///
  /// - Throws: ``SkipReason/empty`` where there is no text in it.
  static func document(path: String, text: DecodedText) throws(SkipReason) -> Document {
    let content = content(of: text.bytes)
    guard content.text.bytes.contains(where: { !$0.isWhitespace }) else { throw .empty }
    return Document(
      path: path, text: String(decoding: content.text.bytes, as: UTF8.self), title: content.title,
      headings: content.headings.filter { !$0.overlaps(content.title) },
      sourceMap: content.text.sourceMap(text), metadata: content.metadata)
  }

  /// Reads a text of HTML.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - usesTitle: Whether the element `title` is a part of the text.
  static func content(
    of source: [UInt8], usesTitle: Bool = true
  ) -> MarkdownDocument.Content {
    var page = HTMLDocument()
    if source.count > maximumBytes || !HTMLNesting.isModest(source)
      || !HTMLPage.walk(source, { page.take($0, $1) })
    {
      return HTMLFallback.content(of: source)
    }
    if !usesTitle { page.title = [] }
    return page.content(source)
  }

  private func content(_ source: [UInt8]) -> MarkdownDocument.Content {
    let top = leaves.compactMap(\.heading).first { topHeadings.contains($0) }
    let topText = Array(leaves.filter { $0.heading == top && top != nil }.map(\.text).joined())
    let titleText = Array(title.map(\.text).joined())
    // A title that the first heading repeats would only count twice.
    let keepsTitle = top == nil || !titleText[...].hasSameWords(as: topText[...])
    var writer = HTMLWriter(source: source)
    writer.write(keepsTitle ? title + leaves : leaves)
    let ranges = writer.headings
    let titleNumber = keepsTitle && !titleText.trimmed.isEmpty ? HTMLLeaf.titleHeading : top
    let title = ranges.first { $0.number == titleNumber }?.range
    return MarkdownDocument.Content(
      text: writer.text, title: title ?? PlainText.titleRange(in: writer.text.bytes),
      headings: ranges.filter { $0.number != HTMLLeaf.titleHeading }.map(\.range),
      metadata: metadata.metadata)
  }

  private mutating func take(_ step: HTMLStep, _ element: HTMLElement) {
    switch step.kind {
    case .text: takeText(step)
    case .enter: enter(step, element)
    case .leave: leave(step.name)
    }
  }

  private mutating func takeText(_ step: HTMLStep) {
    if isInData { return metadata.takeData(step.text) }
    let leaf = HTMLLeaf(
      text: step.text, range: step.range, separator: pending, isPreformatted: preDepth > 0,
      heading: isInTitle ? HTMLLeaf.titleHeading : heading)
    if isInTitle {
      title.append(leaf)
    } else {
      leaves.append(leaf)
      // White space alone does not use up a separator.
      if !step.text.allSatisfy(\.isWhitespace) { pending = .none }
    }
  }

  private mutating func enter(_ step: HTMLStep, _ element: HTMLElement) {
    switch step.name {
    case "script":
      isInData = element.string("type")?.lowercased() == "application/ld+json"
      if !isInData { element.skip() }
    case "style", "template", "noscript", "iframe", "noembed", "noframes", "object", "audio",
      "video":
      element.skip()
    case "title":
      isInTitle = drawingDepth == 0 && title.isEmpty
      if !isInTitle { separate(.block) }
    case "html": metadata.takeRoot(element)
    case "meta": metadata.takeMeta(element)
    case "link": metadata.takeLink(element)
    case "time":
      metadata.takeTime(element)
    case "img", "area":
      guard let alt = element.attribute("alt"), !alt.value.trimmed.isEmpty else { return }
      leaves.append(
        HTMLLeaf(
          text: alt.value, range: min(alt.offset, step.range.upperBound)..<step.range.upperBound,
          separator: pending, isPreformatted: false, heading: heading))
      pending = .none
    case "svg", "math":
      drawingDepth += 1
      separate(.block)
    case "pre", "textarea":
      preDepth += 1
      separate(.block)
    case "h1", "h2", "h3", "h4", "h5", "h6":
      separate(.block)
      headingCount += 1
      heading = headingCount
      if step.name == "h1" { topHeadings.insert(headingCount) }
    default: separate(HTMLLeaf.Break(element: step.name))
    }
  }

  private mutating func leave(_ name: String) {
    switch name {
    case "script": isInData = false
    case "title":
      isInTitle = false
      separate(.block)
    case "svg", "math":
      drawingDepth -= 1
      separate(.block)
    case "pre", "textarea":
      preDepth -= 1
      separate(.block)
    case "h1", "h2", "h3", "h4", "h5", "h6":
      heading = nil
      separate(.block)
    default: separate(HTMLLeaf.Break(element: name))
    }
  }

  private mutating func separate(_ separator: HTMLLeaf.Break) {
    pending = max(pending, separator)
  }
}
