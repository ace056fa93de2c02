// Which part of the output has which colour.

/// What a piece of text is, which decides how it looks.
public enum TextRole: Sendable, CaseIterable {
  /// What a query matched.
  case match
  /// The path of a file.
  case path
  /// The number of a line.
  case line
  /// A colon between path, line and text.
  case separator
  /// The title of a document.
  case title
  /// What matters less than what is beside it.
  case faint
  /// What was asked for and is not there.
  case missing
  /// What a person has to know: a file that changed, say.
  case warning
}

/// The colours of a stream, or their absence.
public struct Palette: Sendable, Equatable {
  private var codes: [TextRole: String]

  /// Whether the addresses behind texts are sent too.
  public private(set) var showsLinks = false

  /// No colour.
  public static let plain = Palette(codes: [:])

  /// The colours that grep has, and a bold title.
  public static let standard = Palette(codes: [
    .match: "01;31", .path: "35", .line: "32", .separator: "36", .title: "01", .faint: "02",
    .missing: "02;09", .warning: "33",
  ])

  private init(codes: [TextRole: String]) {
    self.codes = codes
  }

  /// The standard colours, changed by `EVSEARCH_COLORS`, else by `GREP_COLORS`.
  ///
  /// Both have grep's form, `mt=01;31:fn=35:ln=32:se=36`; `ti` (titles), `fa` (faint), `mi`
  /// (words that a document lacks) and `wa` (warnings) are ours.
  /// What is not a sequence of numbers is passed over, so that a variable cannot send other
  /// sequences to the terminal.
  public init(environment: Environment) {
    self = .standard
    let keys: [Substring: TextRole] = [
      "mt": .match, "ms": .match, "fn": .path, "ln": .line, "se": .separator, "ti": .title,
      "fa": .faint, "mi": .missing, "wa": .warning,
    ]
    let setting = environment["EVSEARCH_COLORS"] ?? environment["GREP_COLORS"] ?? ""
    for entry in setting.split(separator: ":") {
      let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let role = keys[parts[0]] else { continue }
      guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x3B }) else { continue }
      codes[role] = parts[1].isEmpty ? nil : String(parts[1])
    }
  }

  /// The palette of a stream; a terminal with colour is taken for one that can follow links.
  public init(_ choice: ColorChoice, isTerminal: Bool, environment: Environment) {
    let isColored = choice.isColored(isTerminal: isTerminal, environment: environment)
    self = isColored ? Palette(environment: environment) : .plain
    showsLinks = isColored && isTerminal
  }

  /// Whether nothing is coloured.
  public var isPlain: Bool { codes.isEmpty }

  /// The parameters of the SGR sequence that starts a role, or nil where it looks like all else.
  func code(of role: TextRole?) -> String? {
    role.flatMap { codes[$0] }
  }
}
