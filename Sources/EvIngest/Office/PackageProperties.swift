// What a packed document says of itself: Dublin Core, as Office, OpenDocument and EPUB write it.

import EvIndex

/// Collects the properties of a document.
struct PackageProperties {
  /// The title; nil where there is none, or a program made it up.
  private(set) var title: String?

  private var creators: [String] = []
  private var initialCreator: String?
  private var publisher: String?
  private var created: String?
  private var published: String?
  private var modified: String?
  private var language: String?
  private var tags: [String] = []

  /// The element whose text is being read.
  private var name: String?
  private var event: String?
  private var text: [UInt8] = []

  /// Reads a part of properties; one that is damaged gives what stands in front of the damage.
  init(_ part: [UInt8]?) {
    guard let part else { return }
    var properties = PackageProperties()
    do throws(SkipReason) {
      try XMLReader.read(part) {
        properties.take($0)
        return true
      }
    } catch {
      // Without them the text is still worth reading.
    }
    self = properties
  }

  /// No properties.
  init() {}

  /// The properties as a document has them; who wrote it is its source.
  var metadata: Document.Metadata {
    let source =
      initialCreator ?? (creators.isEmpty ? publisher : creators.joined(separator: ", "))
    return Document.Metadata(
      date: created ?? published ?? modified, source: source, language: language, tags: tags)
  }

  /// Takes a step of a part that holds properties among other things.
  mutating func take(_ step: XMLStep) {
    switch step.kind {
    case .enter:
      switch step.vocabulary {
      case .dublinCore, .properties, .openMeta: name = step.name
      default: name = nil
      }
      event = step.attribute("event")
      text = []
    case .text:
      if name != nil, text.count < 1 << 12 { text += step.text }
    case .leave:
      if let name { set(name, Self.line(text)) }
      name = nil
    }
  }

  private mutating func set(_ name: String, _ value: String) {
    guard !value.isEmpty else { return }
    switch name {
    case "title":
      if title == nil, !Self.isMadeUp(value) { title = value }
    case "creator":
      if !creators.contains(value), creators.count < 16 { creators.append(value) }
    case "initial-creator": initialCreator = initialCreator ?? value
    case "publisher": publisher = publisher ?? value
    case "created", "creation-date": created = created ?? value
    case "modified": modified = modified ?? value
    case "date":
      // OpenDocument means the last change by it, and old books name what they mean.
      if event == "publication" { created = value } else { published = published ?? value }
    case "language": language = language ?? value
    case "keywords", "keyword", "subject": addTags(value)
    default: break
    }
  }

  private mutating func addTags(_ value: String) {
    for tag in value.split(whereSeparator: { $0 == "," || $0 == ";" }) where tags.count < 256 {
      let tag = Self.line(Array(tag.utf8))
      if !tag.isEmpty, !tags.contains(tag) { tags.append(tag) }
    }
  }

  /// Whether a title is what a program puts there when nobody writes one.
  static func isMadeUp(_ title: String) -> Bool {
    let title = title.lowercased()
    if ["untitled", "title", "document", "unknown"].contains(title) { return true }
    if title.hasPrefix("microsoft word - ") || title.hasPrefix("document1") { return true }
    return [".doc", ".docx", ".odt", ".pdf", ".rtf", ".tex", ".dvi", ".indd", ".qxd", ".pages"]
      .contains { title.hasSuffix($0) }
  }

  /// A text with one space for each stretch of white space.
  private static func line(_ text: [UInt8]) -> String {
    let words = text.split(whereSeparator: \.isWhitespace)
    return String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
  }
}
