// In which encoding files are, where a person knows better than the detection.

/// Says in which encoding some files are.
///
/// Written `NAME` for all files, or `GLOB=NAME` for those whose path a pattern of `.gitignore` matches:
/// `old/**=GB18030`, `*.csv=windows-1252`. The name `auto` means that the encoding is detected.
public struct EncodingRule: Sendable, Equatable, CustomStringConvertible {
  /// The rule as it was written.
  public let description: String

  /// The name of the encoding; nil where it is detected.
  let name: String?

  private let pattern: IgnorePattern?

  /// Why a rule cannot be used.
  public struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, and what to do, in one line.
    public let description: String
  }

  /// Reads a rule.
  ///
  /// - Throws: ``Failure`` where there is no encoding of that name, or the pattern matches nothing.
  public init(parsing text: String) throws(Failure) {
    let equals = text.lastIndex(of: "=")
    let name = equals.map { String(text[text.index(after: $0)...]) } ?? text
    guard name == "auto" || CharacterDecoder(name) != nil, !name.isEmpty else {
      throw Failure(
        description: "There is no encoding \"\(name)\". Names are such as GB18030, Shift_JIS, "
          + "windows-1252, UTF-16LE; auto detects it.")
    }
    description = text
    self.name = name == "auto" ? nil : name
    guard let equals else {
      pattern = nil
      return
    }
    guard let pattern = IgnorePattern(line: text[..<equals].utf8), !pattern.isNegated else {
      throw Failure(
        description: "\"\(text[..<equals])\" is no pattern of paths. Write GLOB=NAME, such as "
          + "\"*.txt=GB18030\".")
    }
    self.pattern = pattern
  }

  /// Whether two rules were written alike.
  public static func == (one: EncodingRule, other: EncodingRule) -> Bool {
    one.description == other.description
  }

  /// Whether the rule is for a file.
  func matches(_ path: [UInt8]) -> Bool {
    guard let pattern else { return true }
    if pattern.matches(path[...], isFolder: false) { return true }
    // What a pattern says of a folder it says of all that is in it.
    return path.indices.contains { index in
      path[index] == UInt8(ascii: "/") && pattern.matches(path[..<index], isFolder: true)
    }
  }
}

extension [EncodingRule] {
  /// The encoding that the last rule for a file says it is in; nil where it is detected.
  func encoding(of path: String) -> String? {
    guard !isEmpty else { return nil }
    let path = Swift.Array(path.utf8)
    return last { $0.matches(path) }?.name
  }
}
