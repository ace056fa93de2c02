// What a document must not send to a terminal, shown instead of sent.

extension Unicode.Scalar {
  /// Whether the scalar could move the cursor, change the terminal, or reorder what is shown.
  ///
  /// These are the C0 and C1 controls, delete, the bidirectional controls, and the line and
  /// paragraph separators.
  var isUnsafeForTerminals: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// The text with a visible sign in place of each character that could act on a terminal.
  ///
  /// C0 controls and delete become their Unicode pictures (`␛` for ESC), the others their code
  /// point in angle brackets (`<U+202E>`).
  public var escapedForTerminal: String {
    guard unicodeScalars.contains(where: \.isUnsafeForTerminals) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x00...0x1F:
        result.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x7F: result.append("\u{2421}")
      case _ where scalar.isUnsafeForTerminals:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "<U+" + String(repeating: "0", count: 4 - digits.count) + digits + ">"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text with each run of white space, line ends included, as one space.
  public var withSingleSpaces: String {
    var result = ""
    var isAfterSpace = false
    for scalar in unicodeScalars {
      let isSpace = scalar.isLineWhiteSpace
      if !isSpace {
        result.unicodeScalars.append(scalar)
      } else if !isAfterSpace {
        result.append(" ")
      }
      isAfterSpace = isSpace
    }
    return result
  }
}

extension String {
  /// The text, or its first `count` characters and an ellipsis where there are more.
  public func shortened(to count: Int) -> String {
    guard let end = index(startIndex, offsetBy: count, limitedBy: endIndex), end < endIndex else {
      return self
    }
    return self[..<end] + "…"
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is a space, a tab or the end of a line.
  ///
  /// The ideographic space and the no-break spaces are not: they are part of how a text looks.
  var isLineWhiteSpace: Bool {
    switch value {
    case 0x20, 0x09...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
