// Text with roles, and the one place where escape sequences are written.

/// Text that is safe to print, in pieces that each have a role.
///
/// Nothing gets in without ``Swift/String/escapedForTerminal``, so whatever a document, a path or an
/// error says, the only sequences that reach a terminal are those of ``rendered(_:)``.
public struct StyledText: Sendable, Equatable {
  /// A piece of text of one role.
  public struct Run: Sendable, Equatable {
    /// The text, escaped.
    public internal(set) var text: String
    /// What it is; nil for ordinary text.
    public let role: TextRole?
    /// The address that it leads to, where the terminal can follow it; nil for none.
    public let link: String?
  }

  /// The pieces, in order; neighbours differ in role.
  public private(set) var runs: [Run] = []

  /// Creates a text without content.
  public init() {}

  /// Creates a text of one role.
  public init(_ text: String, _ role: TextRole? = nil) {
    append(text, role)
  }

  /// Adds text, escaped, at the end.
  ///
  /// - Parameter link: An address that the text leads to, as ``HyperlinkFormat`` makes it.
  public mutating func append(_ text: String, _ role: TextRole? = nil, link: String? = nil) {
    append(escaped: text.escapedForTerminal, role, link: link?.escapedForTerminal)
  }

  /// Adds another text at the end.
  public mutating func append(_ other: StyledText) {
    for run in other.runs { append(escaped: run.text, run.role, link: run.link) }
  }

  mutating func append(escaped text: String, _ role: TextRole?, link: String? = nil) {
    guard !text.isEmpty else { return }
    if let last = runs.indices.last, runs[last].role == role, runs[last].link == link {
      runs[last].text += text
    } else {
      runs.append(Run(text: text, role: role, link: link))
    }
  }

  /// Whether there is nothing to print.
  public var isEmpty: Bool { runs.isEmpty }

  /// The columns that the text takes on one line.
  public var columns: Int { runs.reduce(0) { $0 + $1.text.columns } }

  /// The text without roles.
  public var plain: String { rendered(.plain) }

  /// The text with the escape sequences of a palette.
  public func rendered(_ palette: Palette) -> String {
    var result = ""
    for run in runs {
      let link = palette.showsLinks ? run.link : nil
      if let link { result += "\u{1B}]8;;\(link)\u{1B}\\" }
      if let code = palette.code(of: run.role) {
        result += "\u{1B}[\(code)m\(run.text)\u{1B}[0m"
      } else {
        result += run.text
      }
      if link != nil { result += "\u{1B}]8;;\u{1B}\\" }
    }
    return result
  }
}
