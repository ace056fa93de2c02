// What a person typed, as a tree that prints so that it reads back as the same tree.

/// A query as it was typed: which operators it has, and what stands between them.
indirect enum Syntax: Hashable {
  /// Text without white space and parentheses, to be cut into words by the analysis.
  case word(String)
  /// `lock*`, `l?ck`: a word with `*` for any characters and `?` for one.
  case pattern(String)
  /// `lokc~`, `lokc~1`: a word, and how many characters of it may differ; nil for what suits its length.
  case fuzzy(String, Int?)
  /// `/lo(ck|ad)s?/`: what stands between the slashes.
  case regex(String)
  /// `>=600km`, `500..700km`.
  case range(NumberRange)
  /// `"a b"`, `"a b"~5`: what stands between the quotation marks, and how many words may be in between.
  case quotation(String, Int?)
  /// `a NEAR/5 b`
  case near([Syntax], Int)
  /// `lang:en`: the field's name, and its value.
  case field(String, String)
  /// `title:a`
  case title(Syntax)
  /// `a^2`
  case boosted(Syntax, Float)
  /// Several things that must all be there.
  case all([Syntax])
  /// Several things of which one must be there.
  case any([Syntax])
  /// `+a b -c`; where nothing is required, what is plain is.
  case clauses(required: [Syntax], plain: [Syntax], excluded: [Syntax])

  /// All of some, each once; nil of none.
  static func all(of parts: [Syntax]) -> Syntax? {
    parts.count > 1 ? .all(parts) : parts.first
  }

  /// Any of some; nil of none.
  static func any(of parts: [Syntax]) -> Syntax? {
    parts.count > 1 ? .any(parts) : parts.first
  }

  /// Clauses, in the simplest form; nil of none.
  static func clauses(
    of required: [Syntax], _ plain: [Syntax], excluding excluded: [Syntax]
  ) -> Syntax? {
    if required.isEmpty, excluded.isEmpty { return all(of: plain) }
    return .clauses(required: required, plain: plain, excluded: excluded)
  }

  /// The text that reads as this.
  var text: String {
    switch self {
    case .word(let word), .pattern(let word): word
    case .fuzzy(let word, let distance): word + "~" + (distance.map(String.init) ?? "")
    case .regex(let pattern): "/\(pattern)/"
    case .range(let range): range.text
    case .quotation(let text, let slop): "\"\(text)\"" + (slop.map { "~\($0)" } ?? "")
    case .near(let operands, let distance):
      operands.map(\.grouped).joined(separator: " NEAR/\(distance) ")
    case .field(let name, let value): "\(name):\(Self.quotedIfNeeded(value))"
    case .title(let inner): "title:" + inner.operand
    case .boosted(let inner, let factor): "\(inner.boostable)^\(Self.text(of: factor))"
    case .all(let parts): parts.map(\.grouped).joined(separator: " AND ")
    case .any(let parts): parts.map(\.grouped).joined(separator: " OR ")
    case .clauses(let required, let plain, let excluded):
      (required.map { "+" + $0.operand } + plain.map(\.besideWords)
        + excluded.map(\.excluded)).joined(separator: " ")
    }
  }

  /// The text, in parentheses where it has several parts.
  private var grouped: String {
    switch self {
    case .near, .all, .any, .clauses: "(\(text))"
    case .title, .boosted, .word, .pattern, .fuzzy, .regex, .range, .quotation, .field: text
    }
  }

  /// The text in front of a word, which must not be taken for the unit of a range.
  private var besideWords: String { if case .range = self { "(\(text))" } else { grouped } }

  /// The text in front of a `^`.
  private var boostable: String {
    switch self {
    case .title, .boosted, .field: "(\(text))"
    // `path:^2` would be a field and its value.
    case .word(let word) where word.hasSuffix(":"): "(\(text))"
    // Behind the minus sign of a number, nothing may be but the number and its unit.
    case .word, .range: text.hasPrefix("-") ? "(\(text))" : text
    default: grouped
    }
  }

  /// The text behind a `+`.
  private var operand: String {
    // Asked for once: twice at each level would be for ever where many are nested.
    let text = grouped
    return Self.startsOperand(text) ? text : "(\(text))"
  }

  /// The text of what is excluded, with its operator.
  private var excluded: String {
    let text = grouped
    let isNumber = TypedNumber.negative(in: Array("-\(text)".unicodeScalars), at: 0) != nil
    return (Self.startsOperand(text) && !isNumber ? "-" : "NOT ") + text
  }

  /// Whether `+` and `-` in front of a text are operators.
  private static func startsOperand(_ text: String) -> Bool {
    text.unicodeScalars.first?.startsOperand ?? false
  }

  private static func quotedIfNeeded(_ value: String) -> String {
    let isPlain =
      !value.isEmpty
      && value.unicodeScalars.allSatisfy { !$0.endsWord && !$0.isQuotationMark }
    return isPlain ? value : "\"\(value)\""
  }

  /// The shortest decimal that reads back as the number.
  private static func text(of factor: Float) -> String {
    let text = "\(factor)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
