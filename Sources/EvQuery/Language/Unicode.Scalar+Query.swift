// What characters mean in a query. It is cut by scalars, because a character of several scalars may hold
// white space or an operator, and because then what is printed can be cut in the same places.

extension Unicode.Scalar {
  /// Whether a word ends in front of this.
  var endsWord: Bool { self == "(" || self == ")" || properties.isWhitespace }

  /// Whether this opens or closes a quotation.
  var isQuotationMark: Bool {
    switch self {
    case "\"", "\u{201C}", "\u{201D}", "\u{201E}", "\u{FF02}": true
    default: false
    }
  }

  /// Whether this is a digit of ASCII.
  var isASCIIDigit: Bool { value &- 0x30 < 10 }

  /// Whether this is a letter, a digit or a mark on one.
  var isLetterOrNumber: Bool {
    value < 0x80
      ? isASCIIDigit || (value | 0x20) &- 0x61 < 26
      : properties.isAlphabetic || properties.numericType != nil || properties.isGraphemeExtend
  }

  /// Whether `+` and `-` in front of this are operators.
  var startsOperand: Bool { isLetterOrNumber || isQuotationMark || self == "(" }
}

extension String {
  /// The text of some scalars.
  init(scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
