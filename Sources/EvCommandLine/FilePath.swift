// Paths as text: made absolute to work with, made relative to show.

import EvTerminal

/// Computes with paths; nothing here looks at files.
enum FilePath {
  /// The path, seen from a folder where it is relative.
  static func absolute(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : join(folder, path)
  }

  /// The path of something in a folder.
  static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The folder that something with an absolute path is in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// Whether a path is a folder's, or of something in it; both absolute.
  static func contains(_ folder: String, _ path: String) -> Bool {
    path == folder || folder == "/" || path.hasPrefix(folder + "/")
  }

  /// The shortest way to say an absolute path in a folder.
  ///
  /// It goes up with `..` as long as there is something in common below `/`.
  static func relative(_ path: String, to folder: String) -> String {
    guard path.hasPrefix("/"), folder.hasPrefix("/") else { return path }
    let target = path.split(separator: "/")
    let base = folder.split(separator: "/")
    let common = zip(target, base).prefix { $0 == $1 }.count
    guard common > 0 || base.isEmpty else { return path }
    let steps = base.dropFirst(common).map { _ in ".." } + target.dropFirst(common).map(String.init)
    return steps.isEmpty ? "." : steps.joined(separator: "/")
  }
}

/// How the documents of a collection are shown and opened.
struct DocumentPaths {
  /// The folder that was indexed.
  let root: String
  /// The folder that a person is in.
  let workingFolder: String
  /// The addresses behind paths.
  var hyperlinks = HyperlinkFormat.none

  /// A document's path from the working folder.
  func shown(_ path: String) -> String {
    FilePath.relative(FilePath.join(root, path), to: workingFolder)
  }

  /// The absolute path of a document, which may end with `#` and the name of a record.
  func absolute(_ path: String) -> String {
    FilePath.join(root, path)
  }

  /// The file that holds a document, an absolute path; nil where it is gone.
  func file(_ path: String) -> String? {
    let whole = absolute(path)
    if SystemCalls.exists(whole) { return whole }
    guard let mark = whole.lastIndex(of: "#") else { return nil }
    let file = String(whole[..<mark])
    return SystemCalls.exists(file) ? file : nil
  }

  /// A document's path as a link to it.
  func styled(_ path: String, line: Int = 1, column: Int = 1) -> StyledText {
    var text = StyledText()
    let link =
      hyperlinks == .none
      ? nil
      : hyperlinks.address(path: file(path) ?? absolute(path), line: line, column: column)
    text.append(shown(path), .path, link: link)
    return text
  }
}
