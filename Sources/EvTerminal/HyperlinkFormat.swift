// Addresses behind paths, which a terminal opens when a person clicks on them.

import Glibc

/// How the address of a place in a file is written, as ripgrep's `--hyperlink-format` has it.
///
/// `{path}` stands for the absolute path, `{line}` and `{column}` for the place, `{host}` for the name
/// of this machine.
public struct HyperlinkFormat: Equatable, Sendable {
  /// The address with its variables; empty for none.
  public let template: String

  /// No addresses.
  public static let none = HyperlinkFormat(checked: "")

  /// The address that every terminal with links knows.
  public static let file = HyperlinkFormat(checked: "file://{host}{path}")

  /// The names of formats, and what they stand for.
  public static let aliases: [(name: String, template: String)] = [
    ("default", "file://{host}{path}"), ("none", ""), ("file", "file://{host}{path}"),
    ("cursor", "cursor://file{path}:{line}:{column}"), ("grep+", "grep+://{path}:{line}"),
    ("kitty", "file://{host}{path}#{line}"),
    ("macvim", "mvim://open?url=file://{path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscode-insiders", "vscode-insiders://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
  ]

  private init(checked template: String) {
    self.template = template
  }

  /// Creates a format from one of the names, or from a template of its own.
  ///
  /// - Returns: Nil where the template is no address, lacks `{path}`, or has a variable that is none.
  public init?(_ text: String) {
    if let alias = Self.aliases.first(where: { $0.name == text }) {
      self.init(checked: alias.template)
      return
    }
    var rest = text
    for name in ["{path}", "{line}", "{column}", "{host}"] {
      rest = rest.replacing(name, with: "")
    }
    let scheme = text.prefix { $0 != ":" }
    guard text.contains("{path}"), !rest.contains("{"), !rest.contains("}"),
      scheme.first?.isLetter ?? false, scheme.utf8.count < text.utf8.count,
      scheme.utf8.allSatisfy({ $0 < 0x80 }),
      scheme.allSatisfy({ $0.isLetter || $0.isNumber || "+-.".contains($0) })
    else { return nil }
    self.init(checked: text)
  }

  /// The address of a place, or nil where there are none.
  ///
  /// - Parameter path: Absolute; whatever is in it is written so that it ends no escape sequence.
  public func address(path: String, line: Int, column: Int) -> String? {
    guard !template.isEmpty else { return nil }
    var result = template
    for (name, value) in [
      ("{line}", String(line)), ("{column}", String(column)), ("{host}", Self.host),
      ("{path}", path.percentEncoded),
    ] {
      result = result.replacing(name, with: value)
    }
    return result
  }

  /// The name of this machine.
  private static let host: String = {
    var name = [CChar](repeating: 0, count: 256)
    // Safe: the count leaves the last byte, which stays zero.
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self).percentEncoded
  }()
}

extension String {
  /// The text as a part of an address: all but the plainest characters as percent signs and digits.
  package var percentEncoded: String {
    var result = ""
    for byte in utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
