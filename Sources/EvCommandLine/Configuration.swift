// Settings in files: data only, put in front of what was typed.

import EvTerminal
import Glibc

/// The settings of a person and of a project, as options.
///
/// A line is `key = value` as in TOML; a value is a text in quotation marks, a whole number, `true` or
/// `false`. Only keys that change how results are chosen and shown are known, so that a file which came
/// with somebody else's articles can neither run nor read anything.
enum Configuration {
  /// What a value has to be.
  enum Kind: Equatable {
    case text, number
    /// An option without a value, with `--no-` in front where it is false; or no option then.
    case flag(hasNegation: Bool)
  }

  /// The settings, each named like the option that it stands for.
  static let keys: [(name: String, kind: Kind, meaning: String)] = [
    ("limit", .number, "How many documents to print; 0 for all."),
    ("passages", .number, "How many passages of a document."),
    ("context", .number, "Lines around each passage."),
    ("format", .text, "text, json, jsonl, csv, tsv, md, html or paths."),
    ("color", .text, "auto, always or never."),
    ("mark", .text, "What to put around matches where there is no colour, as in \"[,]\"."),
    ("hyperlink-format", .text, "The address behind a path: file, vscode, none, and others."),
    ("heading", .flag(hasNegation: true), "Whether hits are blocks or lines."),
    ("pager", .flag(hasNegation: true), "Whether a pager shows what is taller than the screen."),
    ("refresh", .flag(hasNegation: true), "Whether changed files are read during a search."),
    ("strict", .flag(hasNegation: false), "Whether all words must occur."),
  ]

  /// The options of a person's and a project's settings, in that order.
  ///
  /// - Parameter path: The one file to read instead, from `--config`.
  static func arguments(_ path: String?, on console: Console) throws(CommandError) -> [String] {
    if let path {
      let absolute = FilePath.absolute(path, in: console.workingFolder)
      guard let options = try read(absolute) else {
        throw CommandError(code: "no_config", message: "There is no file \(path).")
      }
      return options
    }
    var options: [String] = []
    let environment = console.environment
    let folder =
      environment.absolutePath("XDG_CONFIG_HOME")
      ?? environment.absolutePath("HOME").map { $0 + "/.config" }
    if let folder { options += try read(folder + "/evsearch/config.toml") ?? [] }
    var current = console.workingFolder
    while true {
      if let found = try read(FilePath.join(current, ".evsearch.toml")) { return options + found }
      guard let slash = current.lastIndex(of: "/"), current != "/" else { return options }
      current = slash == current.startIndex ? "/" : String(current[..<slash])
    }
  }

  /// The options of a file; nil where there is none.
  private static func read(_ path: String) throws(CommandError) -> [String]? {
    guard !SystemCalls.isFolder(path),
      let descriptor = SystemCalls.open(path, O_RDONLY | O_NONBLOCK)
    else { return nil }
    defer { close(descriptor) }
    let text = String(decoding: SystemCalls.readAll(descriptor), as: UTF8.self)
    return try parse(text, file: path)
  }

  /// The options of a text.
  static func parse(_ text: String, file: String) throws(CommandError) -> [String] {
    var options: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = String(line).trimmingSpaces
      if line.isEmpty || line.hasPrefix("#") { continue }
      func mistake(_ reason: String) -> CommandError {
        CommandError(
          code: "configuration", message: "\(file):\(index + 1): \(reason).",
          hint: "Mend the line, or see evsearch --generate man-config")
      }
      guard let equals = line.firstIndex(of: "=") else { throw mistake("a line is key = value") }
      let name = String(line[..<equals]).trimmingSpaces
      guard let key = keys.first(where: { $0.name == name }) else {
        throw mistake("\"\(name)\" is no setting")
      }
      let value = String(line[line.index(after: equals)...]).trimmingSpaces
      guard let option = option(key.name, key.kind, value) else {
        throw mistake("\(value) is no value of \(name)")
      }
      options += option
    }
    return options
  }

  private static func option(_ name: String, _ kind: Kind, _ value: String) -> [String]? {
    switch kind {
    case .text:
      guard let text = quoted(value) else { return nil }
      return ["--\(name)=\(text)"]
    case .number:
      let digits = String(value.prefix { $0 != "#" }).trimmingSpaces
      guard let number = Int(digits), number >= 0 else { return nil }
      return ["--\(name)=\(number)"]
    case .flag(let hasNegation):
      switch String(value.prefix { $0 != "#" }).trimmingSpaces {
      case "true": return ["--\(name)"]
      case "false": return hasNegation ? ["--no-\(name)"] : []
      default: return nil
      }
    }
  }

  /// A text in quotation marks of either kind, behind which only a comment may stand.
  private static func quoted(_ value: String) -> String? {
    guard let mark = value.first, mark == "\"" || mark == "'" else { return nil }
    let inside = value.dropFirst()
    guard let end = inside.firstIndex(of: mark) else { return nil }
    let rest = String(inside[inside.index(after: end)...]).trimmingSpaces
    guard rest.isEmpty || rest.hasPrefix("#"), !inside[..<end].contains("\\") else { return nil }
    return String(inside[..<end])
  }
}
