// Which files are read, and as what. A new format starts here: a case, its extensions, and a reader
// in `FolderSource.read`.

/// How the bytes of a file become documents.
enum SourceFormat: Equatable {
  /// The text is the file's own bytes; also every file of unknown kind that is not binary.
  case plainText

  /// CommonMark with front matter and tables.
  case markdown

  /// One JSON object a line, each a document.
  case jsonLines

  /// A known kind that cannot be read as text without indexing its markup or packing.
  case notSupportedYet(String)

  /// The format of a file by the extension of its name.
  init(path: String) {
    let lowered = path.utf8.suffix(12).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let dot = lowered.lastIndex(of: UInt8(ascii: ".")) ?? lowered.endIndex
    switch String(decoding: lowered[dot...].dropFirst(), as: UTF8.self) {
    case "md", "markdown": self = .markdown
    case "jsonl", "ndjson": self = .jsonLines
    case "htm", "html", "xhtml": self = .notSupportedYet("html")
    case "pdf", "epub", "odt", "rtf", "zip", "gz", "zst", "xz", "bz2", "tar", "tgz", "7z", "rar",
      "doc", "docx", "xls", "xlsx", "ppt", "pptx", "ods", "odp":
      self = .notSupportedYet(String(decoding: lowered[dot...].dropFirst(), as: UTF8.self))
    default: self = .plainText
    }
  }
}
