// Which styles of a Word document are headings; the part `word/styles.xml`.

/// The styles of paragraphs of a Word document.
///
/// Styles are known by ids that depend on the language of the program that made them, but their names
/// are in English: `heading 1` is the name of the style `berschrift1`.
struct WordStyles {
  /// What a style means.
  enum Meaning: Equatable {
    case body
    /// The title of the document.
    case title
    /// A heading of this level, from 1.
    case heading(Int)
    /// An entry of a table of contents, which repeats a heading.
    case contents
  }

  private struct Style {
    var meaning: Meaning?
    var base: String?
  }

  private var styles: [String: Style] = [:]
  private var current: String?

  /// How far a style that builds on another is followed; they may build on themselves.
  private static let maximumSteps = 16

  /// Reads the part; what is damaged in it means nothing.
  init(_ part: [UInt8]?) {
    guard let part else { return }
    var styles = WordStyles()
    do throws(SkipReason) {
      try XMLReader.read(part) {
        styles.take($0)
        return true
      }
    } catch {
      // The text can be read without knowing which of it are headings.
    }
    self = styles
  }

  private init() {}

  /// What a paragraph of a style is.
  subscript(id: String) -> Meaning {
    var next: String? = id
    for _ in 0..<Self.maximumSteps {
      guard let id = next, let style = styles[id] else { break }
      if let meaning = style.meaning { return meaning }
      next = style.base
    }
    return .body
  }

  private mutating func take(_ step: XMLStep) {
    guard step.vocabulary == .word else { return }
    switch (step.kind, step.name) {
    case (.enter, "style"):
      current = step.attribute("styleId")
      if let current { styles[current] = Style() }
    case (.leave, "style"): current = nil
    case (.enter, "name"):
      guard let current, let name = step.attribute("val") else { return }
      styles[current]?.meaning = Self.meaning(ofName: name)
    case (.enter, "basedOn"):
      guard let current else { return }
      styles[current]?.base = step.attribute("val")
    case (.enter, "outlineLvl"):
      guard let current, styles[current]?.meaning == nil, let level = Self.level(step) else {
        return
      }
      styles[current]?.meaning = level
    default: break
    }
  }

  /// What an outline level means; nil for that of the body.
  static func level(_ step: XMLStep) -> Meaning? {
    guard let level = step.attribute("val").flatMap({ Int($0) }) else { return nil }
    return (0..<9).contains(level) ? .heading(level + 1) : nil
  }

  private static func meaning(ofName name: String) -> Meaning? {
    let name = name.lowercased()
    if name == "title" { return .title }
    if name.hasPrefix("toc ") { return .contents }
    guard name.hasPrefix("heading "), let level = Int(name.dropFirst(8)), level > 0 else {
      return nil
    }
    return .heading(level)
  }
}
