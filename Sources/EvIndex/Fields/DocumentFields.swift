internal import EvAnalysis

/// The terms of fields that a document has.
struct DocumentFields {
  /// In a fixed order, each once.
  private(set) var terms: [String] = []

  /// - Parameters:
  ///   - filePath: ``Document/filePath``.
  ///   - language: The document's language, where it is known: its own, else what was detected.
  init(_ metadata: Document.Metadata, filePath: String, language: String?) {
    if let language { add(language: language) }
    if let source = metadata.source { add(FieldTerm.term(.source, source)) }
    for tag in metadata.tags { add(FieldTerm.term(.tag, tag)) }
    for folder in Self.folders(ofFile: filePath) { add(FieldTerm.term(.path, folder)) }
  }

  /// The terms of a file's path, each once.
  static func pathTerms(ofFile path: String) -> [String] {
    var fields = DocumentFields()
    for folder in folders(ofFile: path) { fields.add(FieldTerm.term(.path, folder)) }
    return fields.terms
  }

  private init() {}

  private mutating func add(_ term: String?) {
    if let term, !terms.contains(term) { terms.append(term) }
  }

  /// A language, and what it is a form of: `en-US` is also `en`.
  private mutating func add(language: String) {
    let tag = String(language.map { $0 == "_" ? "-" : $0 })
    add(FieldTerm.term(.language, String(tag.prefix { $0 != "-" })))
    add(FieldTerm.term(.language, tag))
  }

  /// The file, and each folder that it is in; a packed file is both its own name and, with `!`, the
  /// folder of what is in it.
  private static func folders(ofFile path: String) -> [String] {
    var folders: [String] = []
    let bytes = path.utf8
    for index in bytes.indices where bytes[index] == UInt8(ascii: "/") {
      let folder = path[..<index]
      if folder.utf8.last == UInt8(ascii: "!") { folders.append(String(folder.dropLast())) }
      folders.append(String(folder))
    }
    return folders + [path]
  }
}
