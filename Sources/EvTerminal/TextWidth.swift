// How many columns of a terminal a text takes.

extension Character {
  /// The columns that the character takes: 0, 1, 2, or more where letters stack up sideways.
  ///
  /// An emoji sequence is one picture of two columns. Elsewhere the columns are those of the parts:
  /// marks take none, and Thai and Indic clusters can hold more than one letter.
  public var columns: Int {
    if let value = utf8.first, value < 0x80, utf8.count == 1 {
      return value < 0x20 || value == 0x7F ? 0 : 1
    }
    var sum = 0
    for (index, scalar) in unicodeScalars.enumerated() {
      if index > 0 {
        switch scalar.value {
        case 0xFE0F, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF: return 2
        case 0x200D where scalarsAreEmoji: return 2
        default: break
        }
      }
      sum += scalar.columns
    }
    return sum
  }

  private var scalarsAreEmoji: Bool {
    unicodeScalars.first?.properties.isEmoji ?? false
  }
}

extension String {
  /// The columns that the text takes on one line of a terminal.
  public var columns: Int {
    reduce(0) { $0 + $1.columns }
  }
}

extension Unicode.Scalar {
  /// The columns of the scalar on its own.
  var columns: Int {
    switch value {
    case 0x20..<0x7F: 1
    case 0x00..<0xA0: 0
    // A soft hyphen is drawn by most terminals, and so are the signs that are set in front of
    // Arabic and Syriac numbers.
    case 0x00AD, 0x0600...0x0605, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x110BD, 0x110CD: 1
    // The vowels and finals of Hangul that merge with the wide letter in front of them.
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: 0
    default: hasNoColumn ? 0 : EastAsianWidth.isWide(self) ? 2 : 1
    }
  }

  private var hasNoColumn: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: false
    }
  }
}
