/// Cuts typed text into lexemes.
///
/// Every text can be cut: what is no operator is a word.
///
/// - White space and parentheses end words. A parenthesis that has no partner is left out.
/// - `-` and `+` are operators only behind white space, or a `(`, and in front of something that can be
///   searched; so `lock-in`, `C++` and `-` are words, and `-5 °C` is a number below zero.
/// - A `"` at the start of a word opens a quotation if another `"` closes it; “, ”, „ and ＂ do the same.
/// - A `/` at the start of a word opens a pattern if another `/` ends the word, and what is between them
///   is a pattern.
struct QueryLexer {
  private let text: [Unicode.Scalar]
  private var index = 0
  /// Whether white space, a `(` or nothing is in front of `index`.
  private var isBehindSpace = true
  private(set) var lexemes: [Lexeme] = []
  /// What was taken literally or left out although it looks like an operator, as typed.
  private(set) var literals: [String] = []

  /// The most groups inside each other: a stack is not endless.
  private static let maximumDepth = 24

  /// Cuts `text`.
  init(_ text: String) {
    self.text = Array(text.unicodeScalars)
    while index < self.text.count { step() }
    pairParentheses()
  }

  private mutating func step() {
    let scalar = text[index]
    let wasBehindSpace = isBehindSpace
    isBehindSpace = scalar == "(" || scalar.properties.isWhitespace
    switch scalar {
    case "(":
      index += 1
      lexemes.append(.open)
    case ")":
      index += 1
      lexemes.append(.close)
      if index < text.count, text[index] == "^", let boost = suffix().boost {
        lexemes.append(.boost(boost))
      }
    case "+", "-":
      if wasBehindSpace, let number = TypedNumber.negative(in: text, at: index) {
        index = number.end
        guard !joins(number.text) else { return }
        append(WordReader(ArraySlice(number.text.unicodeScalars)).syntax, boost: nil)
        return
      }
      index += 1
      if wasBehindSpace, index < text.count, text[index].startsOperand {
        lexemes.append(scalar == "+" ? .plus : .minus)
        isBehindSpace = true
      } else {
        // Neither an operator nor a part of the word behind it.
        literals.append(String(scalar))
      }
    case "/":
      if !regex() { word() }
    default:
      if scalar.properties.isWhitespace {
        index += 1
      } else if scalar.isQuotationMark {
        quotation()
      } else {
        word()
      }
    }
  }

  private mutating func quotation() {
    guard let inside = quoted(from: index) else {
      literals.append("\"")
      index += 1
      return
    }
    index = inside.upperBound + 1
    let suffix = suffix()
    append(.quotation(String(scalars: text[inside]), suffix.tilde), boost: suffix.boost)
  }

  /// What stands between the quotation mark at `start` and the next one.
  private func quoted(from start: Int) -> Range<Int>? {
    guard let end = text[(start + 1)...].firstIndex(where: \.isQuotationMark) else { return nil }
    return start + 1..<end
  }

  /// `~5` and `^2` at `index`, which moves behind them if a word would end there.
  private mutating func suffix() -> (tilde: Int?, boost: Float?) {
    var end = index
    while end < text.count, end - index < 16, "~^.0123456789".unicodeScalars.contains(text[end]) {
      end += 1
    }
    guard end > index, end == text.count || text[end].endsWord else { return (nil, nil) }
    var rest = text[index..<end]
    var tilde: Int?
    if rest.first == "~" {
      let digits = rest.dropFirst().prefix(while: \.isASCIIDigit)
      tilde = WordReader.distance(digits)
      guard tilde != nil else { return (nil, nil) }
      rest = rest[digits.endIndex...]
    }
    let boost = WordReader.boost(rest)
    guard rest.isEmpty || boost != nil else { return (nil, nil) }
    index = end
    return (tilde, boost)
  }

  private mutating func regex() -> Bool {
    var end = index + 1
    while end < text.count, text[end] != "/", !text[end].properties.isWhitespace {
      end += text[end] == "\\" ? 2 : 1
    }
    guard end < text.count, text[end] == "/", end > index + 1 else { return false }
    let pattern = String(scalars: text[(index + 1)..<end])
    let start = index
    index = end + 1
    let suffix = suffix()
    guard index == text.count || text[index].endsWord, suffix.tilde == nil,
      !pattern.unicodeScalars.contains(where: \.properties.isWhitespace),
      RegularExpression.isValid(pattern)
    else {
      index = start
      return false
    }
    append(.regex(pattern), boost: suffix.boost)
    return true
  }

  private mutating func word() {
    let start = index
    while index < text.count, index == start || !text[index].endsWord {
      index += 1
      guard text[index - 1] == ":", index < text.count else { continue }
      if field(String(scalars: text[start..<index - 1])) { return }
    }
    let word = String(scalars: text[start..<index])
    switch word {
    case "AND": lexemes.append(.and)
    case "OR": lexemes.append(.or)
    case "NOT": lexemes.append(.not)
    case "NEAR": lexemes.append(.near(WordReader.defaultNearness))
    default:
      if word.hasPrefix("NEAR/"),
        let distance = WordReader.distance(text[(start + 5)..<index])
      {
        lexemes.append(.near(distance))
      } else {
        let reader = WordReader(text[start..<index])
        guard !joins(word) else { return }
        if let literal = reader.literal { literals.append(literal) }
        append(reader.syntax, boost: reader.boost)
      }
    }
  }

  /// Makes a word and the operand in front of it one number, if they are: `>=600 km`, `35 %`.
  private mutating func joins(_ word: String) -> Bool {
    guard case .operand(let previous)? = lexemes.last,
      let joined = TypedNumber.joined(previous, word)
    else { return false }
    lexemes[lexemes.count - 1] = .operand(joined)
    return true
  }

  /// Reads what is behind the `:` of a field, if it is one and has something behind it.
  private mutating func field(_ name: String) -> Bool {
    let next = text[index]
    if name == "title" {
      // In front of another one, or of an operator, it is a word.
      guard lexemes.last != .title, next.startsOperand || ".*/><$#@".unicodeScalars.contains(next)
      else { return false }
      lexemes.append(.title)
      return true
    }
    guard WordReader.fields.contains(name), !next.endsWord else { return false }
    if next.isQuotationMark, let inside = quoted(from: index) {
      guard !inside.isEmpty else { return false }
      index = inside.upperBound + 1
      lexemes.append(.operand(.field(name, String(scalars: text[inside]))))
      return true
    }
    if next.isQuotationMark { literals.append("\"") }
    let start = index
    while index < text.count, !text[index].endsWord { index += 1 }
    let value = text[start..<index].filter { !$0.isQuotationMark }
    lexemes.append(
      .operand(value.isEmpty ? .word(name) : .field(name, String(scalars: value))))
    return true
  }

  private mutating func append(_ syntax: Syntax, boost: Float?) {
    lexemes.append(.operand(boost.map { .boosted(syntax, $0) } ?? syntax))
  }

  /// Takes out parentheses that have no partner, or are too deep.
  private mutating func pairParentheses() {
    var open: [Int] = []
    var isKept = lexemes.map { _ in true }
    for (place, lexeme) in lexemes.enumerated() {
      if lexeme == .open {
        open.append(place)
        isKept[place] = open.count <= Self.maximumDepth
      } else if lexeme == .close {
        if let partner = open.popLast() {
          isKept[place] = isKept[partner]
        } else {
          isKept[place] = false
          literals.append(")")
        }
      }
    }
    for place in open { isKept[place] = false }
    if !open.isEmpty { literals.append("(") }
    guard isKept.contains(false) else { return }
    lexemes = zip(lexemes, isKept).filter(\.1).map(\.0)
  }
}
