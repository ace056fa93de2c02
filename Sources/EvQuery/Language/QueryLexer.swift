/// A piece of a typed query.
enum Lexeme: Equatable {
  /// Characters up to white space, taken as text.
  case word(String)
  /// What stood between two quotation marks.
  case quoted(String)
  /// `(` in front of a word, and the `)` that closes it.
  case open, close
  /// `AND`, `OR` or `NOT`, in capitals and alone.
  case and, or, not
  /// `+` or `-` in front of a word, a quotation mark or a `(`.
  case plus, minus
}

/// Cuts typed text into lexemes.
///
/// Every text can be cut: what is no operator is a word.
///
/// - `-` and `+` are operators only at the start of a word that goes on with something searchable, so
///   `lock-in`, `C++` and `-` are words.
/// - A `"` at the start of a word opens a quotation if another `"` closes it; “ and ” do the same.
/// - A `(` at the start of a word is an operator if a `)` closes it.
struct QueryLexer {
  private let text: [Character]
  private var index = 0
  private var depth = 0
  private(set) var lexemes: [Lexeme] = []
  /// What was taken literally although it looks like an operator.
  private(set) var notes: [String] = []

  /// Cuts `text`.
  init(_ text: String) {
    self.text = Array(text)
    while index < self.text.count { step() }
  }

  private mutating func step() {
    let character = text[index]
    if character.isWhitespace {
      index += 1
    } else if Self.isQuote(character) {
      quotation()
    } else if character == "(" {
      if closes(from: index + 1) {
        depth += 1
        index += 1
        lexemes.append(.open)
      } else {
        note("(")
        word()
      }
    } else if character == ")", depth > 0 {
      depth -= 1
      index += 1
      lexemes.append(.close)
    } else if character == "+" || character == "-", startsOperand(index + 1) {
      index += 1
      lexemes.append(character == "+" ? .plus : .minus)
    } else {
      word()
    }
  }

  private mutating func quotation() {
    guard let end = text[(index + 1)...].firstIndex(where: Self.isQuote) else {
      note("\"")
      index += 1
      return
    }
    lexemes.append(.quoted(String(text[(index + 1)..<end])))
    index = end + 1
  }

  private mutating func word() {
    let start = index
    while index < text.count, !text[index].isWhitespace {
      if depth > 0, text[index] == ")", index > start { break }
      index += 1
    }
    let word = String(text[start..<index])
    switch word {
    case "AND": lexemes.append(.and)
    case "OR": lexemes.append(.or)
    case "NOT": lexemes.append(.not)
    default: lexemes.append(.word(word))
    }
  }

  /// Whether a word, a quotation or a group begins at `start`.
  private func startsOperand(_ start: Int) -> Bool {
    guard start < text.count else { return false }
    let character = text[start]
    return character.isLetter || character.isNumber || Self.isQuote(character) || character == "("
  }

  /// Whether a `)` is left for one more `(`.
  private func closes(from start: Int) -> Bool {
    var open = depth + 1
    for character in text[start...] {
      if character == ")" { open -= 1 }
      if open == depth { return true }
    }
    return false
  }

  private mutating func note(_ what: String) {
    notes.append("`\(what)` taken literally")
  }

  private static func isQuote(_ character: Character) -> Bool {
    character == "\"" || character == "\u{201C}" || character == "\u{201D}"
  }
}
