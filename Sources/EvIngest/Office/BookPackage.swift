// An electronic book, `.epub`: what it is called, and which of its parts are read in which order.

import EvIndex

/// The package document of a book, EPUB 3.3 section 5 (and EPUB 2's).
struct BookPackage {
  /// A part of the book.
  struct Item {
    /// Its id in the package, which a document is named after.
    let identifier: String

    /// The name of its file in the zip file.
    let name: String
  }

  private(set) var properties = PackageProperties()

  /// The parts to read, in the order of reading.
  private(set) var items: [Item] = []

  private struct Manifest {
    let name: String
    let isText: Bool
  }

  private let name: String
  private var manifest: [String: Manifest] = [:]
  private var order: [String] = []
  private var isInMetadata = false

  /// Reads a package document.
  ///
  /// - Parameters:
  ///   - part: Its bytes.
  ///   - name: Its name in the zip file, which its references are relative to.
  init(_ part: [UInt8], name: String) throws(SkipReason) {
    self.name = name
    try XMLReader.read(part) {
      take($0)
      return true
    }
    // A part that is named again and again would be as many chapters.
    var seen: Set<String> = []
    items = order.compactMap { identifier in
      guard let entry = manifest[identifier], entry.isText, seen.insert(entry.name).inserted else {
        return nil
      }
      return Item(identifier: identifier, name: entry.name)
    }
  }

  private mutating func take(_ step: XMLStep) {
    if step.name == "metadata" { isInMetadata = step.kind == .enter }
    if isInMetadata { properties.take(step) }
    guard step.kind == .enter else { return }
    switch step.name {
    case "item":
      guard let identifier = step.attribute("id"), let reference = step.attribute("href"),
        manifest[identifier] == nil
      else { return }
      let kind = step.attribute("media-type") ?? ""
      let isContents = step.attribute("properties")?.split(separator: " ").contains("nav") == true
      manifest[identifier] = Manifest(
        name: OfficePackage.name(reference, in: name),
        isText: !isContents && (kind.contains("html") || kind == "application/x-dtbook+xml"))
    case "itemref":
      if let identifier = step.attribute("idref") { order.append(identifier) }
    default: break
    }
  }

  /// The name of the package document, from the part `META-INF/container.xml`.
  ///
  /// - Throws: ``SkipReason/damaged(_:)`` where it is not said.
  static func name(container part: [UInt8]) throws(SkipReason) -> String {
    var name: String?
    try XMLReader.read(part) { step in
      if step.kind == .enter, step.name == "rootfile" { name = step.attribute("full-path") }
      return name == nil
    }
    guard let name else { throw .damaged("META-INF/container.xml names no book") }
    return name
  }
}
