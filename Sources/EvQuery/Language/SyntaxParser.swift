/// Makes a tree of lexemes.
///
///     query    = any { "OR" any }
///     any      = clause { [ "AND" ] clause }
///     clause   = [ "+" | "-" | "NOT" ] near
///     near     = operand { "NEAR/n" operand }
///     operand  = [ "title:" ] ( word | quotation | … | "(" query ")" [ "^n" ] )
///
/// Every sequence of lexemes is read: an operator that lacks an operand is left out, and said.
struct SyntaxParser {
  private let lexemes: [Lexeme]
  private var index = 0

  /// Operators that were left out for want of an operand, as typed.
  private(set) var leftOut: [String] = []

  /// Whether `+` or `AND` asks for something.
  let hasRequirements: Bool

  /// How many words a query may have before repeated ones are left out.
  private static let longestRepeating = 1024

  init(_ lexemes: [Lexeme]) {
    self.lexemes = lexemes
    hasRequirements = lexemes.contains(.plus) || lexemes.contains(.and)
  }

  /// The tree; nil where there is nothing but operators.
  mutating func parse() -> Syntax? {
    var parts: [Syntax] = []
    // The lexer pairs parentheses. The loop is for safety's sake only.
    while index < lexemes.count {
      if let part = alternatives() { parts.append(part) } else { index += 1 }
    }
    return Syntax.all(of: parts)
  }

  private var current: Lexeme? { index < lexemes.count ? lexemes[index] : nil }

  private mutating func alternatives() -> Syntax? {
    var parts: [Syntax] = []
    if let first = conjunction() { parts.append(first) }
    while current == .or {
      index += 1
      let next = conjunction()
      if next == nil || parts.isEmpty { leftOut.append("OR") }
      if let next { parts.append(next) }
    }
    return Syntax.any(of: parts)
  }

  private mutating func conjunction() -> Syntax? {
    var plain: [Syntax] = []
    var required: [Syntax] = []
    var excluded: [Syntax] = []
    var seen: Set<Syntax> = []
    var needsOperand = false
    loop: while let lexeme = current {
      switch lexeme {
      case .or, .close: break loop
      case .boost, .near:
        // A boost stands behind a group, nearness behind an operand; these do not.
        index += 1
        if case .near = lexeme { leftOut.append("NEAR") }
        continue loop
      case .and:
        index += 1
        if needsOperand || plain.isEmpty && required.isEmpty && excluded.isEmpty {
          leftOut.append("AND")
        }
        needsOperand = true
        continue loop
      case .plus:
        index += 1
        if let operand = nearness() { required.append(operand) } else { leftOut.append("+") }
      case .minus, .not:
        index += 1
        if let operand = nearness() {
          excluded.append(operand)
        } else {
          leftOut.append(lexeme == .not ? "NOT" : "-")
        }
      case .operand, .open, .title:
        // A word that is asked for twice counts twice; but a page of text is no better for all of its
        // repetitions, only slower.
        if let operand = nearness(),
          seen.insert(operand).inserted || plain.count < Self.longestRepeating
        {
          plain.append(operand)
        }
      }
      needsOperand = false
    }
    if needsOperand { leftOut.append("AND") }
    return Syntax.clauses(of: required, plain, excluding: excluded)
  }

  private mutating func nearness() -> Syntax? {
    guard let first = operand() else { return nil }
    var operands = [first]
    var distance = 0
    while case .near(let number)? = current, Self.canBeNear(first) {
      let start = index
      index += 1
      guard let next = operand(), Self.canBeNear(next) else {
        index = start
        break
      }
      operands.append(next)
      distance = max(distance, number)
    }
    return operands.count > 1 ? .near(operands, distance) : first
  }

  private static func canBeNear(_ syntax: Syntax) -> Bool {
    switch syntax {
    case .word, .pattern, .fuzzy, .regex, .range: true
    case .quotation(_, let slop): slop == nil
    case .near, .field, .title, .boosted, .all, .any, .clauses: false
    }
  }

  private mutating func operand() -> Syntax? {
    switch current {
    case .operand(let syntax)?:
      index += 1
      return syntax
    case .title?:
      index += 1
      guard let inner = operand() else {
        leftOut.append("title:")
        return nil
      }
      return .title(inner)
    case .open?:
      index += 1
      let inner = alternatives()
      if current == .close { index += 1 }
      guard case .boost(let factor)? = current else { return inner }
      index += 1
      return inner.map { .boosted($0, factor) }
    case .close, .and, .or, .not, .near, .plus, .minus, .boost, nil: return nil
    }
  }
}
