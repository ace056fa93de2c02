// Which files are read, and as what. A new format starts here: a case, its extensions, and a reader
// in `FolderSource.read`.

/// What a packed document is.
enum OfficeKind: Equatable {
  /// Office Open XML, by Word.
  case word

  /// OpenDocument.
  case openDocument

  /// EPUB, each chapter of which is a document.
  case book
}

/// How the bytes of a file become documents.
enum SourceFormat: Equatable {
  /// The text is the file's own bytes; also every file of unknown kind that is not binary.
  case plainText

  /// CommonMark with front matter and tables.
  case markdown

  /// A page; its text without tags and scripts.
  case html

  /// One JSON object a line, each a document.
  case jsonLines

  /// A table, each row of which is a document; with tabs or with commas.
  case separatedValues(isTabbed: Bool)

  /// A file of PDF, of which only a program can tell the text.
  case pdf

  /// A message of mail.
  case mail

  /// Many messages in one file, each a document.
  case mailbox

  /// A document that is packed as a zip file with parts in it.
  case office(OfficeKind)

  /// One file, compressed; what is inside is said by the name without its last extension.
  case compressed

  /// Many files in one; `isStream` where they lie in one compressed stream.
  case archive(isStream: Bool)

  /// A known kind that cannot be read as text without indexing its markup or packing.
  case notSupportedYet(String)

  /// The format of a file by the extension of its name.
  init(path: String) {
    let kind = Self.fileExtension(of: path)
    switch kind {
    case "md", "markdown": self = .markdown
    case "jsonl", "ndjson": self = .jsonLines
    case "htm", "html", "xhtml": self = .html
    case "csv": self = .separatedValues(isTabbed: false)
    case "tsv", "tab": self = .separatedValues(isTabbed: true)
    case "zip": self = .archive(isStream: false)
    case "tar", "tgz", "tzst", "txz", "tbz2", "tbz": self = .archive(isStream: true)
    case "gz", "zst", "xz", "bz2":
      switch SourceFormat(path: Self.unpackedPath(path)) {
      case .archive(isStream: true): self = .archive(isStream: true)
      case .notSupportedYet(let kind): self = .notSupportedYet(kind)
      case .pdf: self = .notSupportedYet("pdf in an archive")
      case .archive, .compressed: self = .notSupportedYet("archive in an archive")
      default: self = .compressed
      }
    case "eml": self = .mail
    case "mbox", "mbx": self = .mailbox
    case "docx", "docm", "dotx": self = .office(.word)
    case "odt", "ott", "odp", "ods": self = .office(.openDocument)
    case "epub": self = .office(.book)
    case "pdf": self = .pdf
    case "rtf", "7z", "rar", "doc", "xls", "xlsx", "ppt", "pptx":
      self = .notSupportedYet(kind)
    default: self = .plainText
    }
  }

  /// The name of what is inside a compressed file of this name.
  static func unpackedPath(_ path: String) -> String {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return path }
    return String(path[..<dot])
  }

  /// Whether a file of this kind is read piece by piece, so that it may have any size.
  var isStreamed: Bool {
    switch self {
    case .jsonLines, .mailbox, .compressed, .archive: true
    default: false
    }
  }

  /// What is behind the last full stop of a file's name, in small letters; empty where it is long.
  private static func fileExtension(of path: String) -> String {
    let lowered = path.utf8.suffix(12).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let dot = lowered.lastIndex(of: UInt8(ascii: ".")) ?? lowered.endIndex
    return String(decoding: lowered[dot...].dropFirst(), as: UTF8.self)
  }
}
