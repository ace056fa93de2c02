internal import EvAnalysis
public import EvIndex

/// What a person typed, understood.
public struct ParsedQuery: Equatable, Sendable {
  /// The query.
  public var query: Query

  /// How the text was read, as text.
  public var readAs: String

  /// What was taken literally or left out, a sentence each.
  public var notes: [String]

  /// Whether nothing was asked for by `+` or `AND`, so that a document without all words may do.
  public var mayBeLoosened: Bool
}

/// Makes a query of what a person types.
///
/// Nothing that is typed is an error.
///
///     query    = any { "OR" any }
///     any      = clause { [ "AND" ] clause }
///     clause   = [ "+" | "-" | "NOT" ] ( word | quotation | "(" query ")" )
///
/// Plain words must all occur. Where any of them has a `+`, only those with a `+` must, and the others
/// add to the score. `-` and `NOT` exclude. A word that the analysis cuts into several terms is found
/// where these stand together; one with a hyphen also as one word. A quotation is found as it stands.
public struct QueryParser {
  private let tokenizer: Tokenizer
  private var lexemes: [Lexeme] = []
  private var index = 0
  private var notes: [String] = []

  /// Creates a parser that analyses words as an index does.
  public init(_ snapshot: IndexSnapshot) throws(IndexError) {
    do throws(AnalysisError) { tokenizer = try Tokenizer(snapshot.analyzer) } catch {
      throw .analysis(reason: "\(error)")
    }
  }

  /// Reads a query.
  public mutating func parse(_ text: String) -> ParsedQuery {
    let lexer = QueryLexer(text)
    lexemes = lexer.lexemes
    notes = lexer.notes
    index = 0
    var parts: [Reading] = []
    // A `)` too many is none: the lexer pairs them. The loop is for safety's sake only.
    while index < lexemes.count {
      if let part = alternatives() { parts.append(part) } else { index += 1 }
    }
    let reading = Reading.all(parts)
    return ParsedQuery(
      query: reading?.query ?? .nothing, readAs: reading?.text ?? "", notes: notes,
      mayBeLoosened: !lexemes.contains(.plus) && !lexemes.contains(.and))
  }

  /// A query, and how it prints.
  private struct Reading {
    var query: Query
    var text: String
    /// Whether the text needs parentheses inside another.
    var isCompound = false

    var grouped: String { isCompound ? "(\(text))" : text }

    static func all(_ parts: [Reading]) -> Reading? {
      guard parts.count > 1 else { return parts.first }
      return Reading(
        query: .all(parts.map(\.query)), text: parts.map(\.grouped).joined(separator: " AND "),
        isCompound: true)
    }
  }

  private mutating func alternatives() -> Reading? {
    var parts: [Reading] = []
    if let first = conjunction() { parts.append(first) }
    while index < lexemes.count, lexemes[index] == .or {
      index += 1
      let next = conjunction()
      if let next, !parts.isEmpty {
        parts.append(next)
      } else {
        notes.append("`OR` has nothing on one side and is left out")
        if let next { parts.append(next) }
      }
    }
    guard parts.count > 1 else { return parts.first }
    return Reading(
      query: .any(parts.map(\.query)), text: parts.map(\.grouped).joined(separator: " OR "),
      isCompound: true)
  }

  private mutating func conjunction() -> Reading? {
    var plain: [Reading] = []
    var required: [Reading] = []
    var excluded: [Reading] = []
    var seen: Set<Query> = []
    var needsOperand = false
    loop: while index < lexemes.count {
      let lexeme = lexemes[index]
      index += 1
      switch lexeme {
      case .or, .close:
        index -= 1
        break loop
      case .and:
        if needsOperand || plain.isEmpty && required.isEmpty && excluded.isEmpty {
          notes.append("`AND` has nothing on one side and is left out")
        }
        needsOperand = true
        continue loop
      case .plus:
        if let operand = operand() { required.append(operand) }
      case .minus, .not:
        if let operand = operand() {
          excluded.append(operand)
        } else {
          notes.append("`\(lexeme == .not ? "NOT" : "-")` has nothing behind it and is left out")
        }
      case .word, .quoted, .open:
        index -= 1
        // To ask for a word twice is to ask for it once.
        if let operand = operand(), seen.insert(operand.query).inserted { plain.append(operand) }
      }
      needsOperand = false
    }
    if needsOperand, index >= lexemes.count {
      notes.append("`AND` has nothing on one side and is left out")
    }
    if required.isEmpty, excluded.isEmpty { return Reading.all(plain) }
    let isStrict = required.isEmpty
    let texts =
      required.map { "+" + $0.grouped } + plain.map(\.grouped) + excluded.map { "-" + $0.grouped }
    return Reading(
      query: .boolean(
        Query.Boolean(
          required: (isStrict ? plain : required).map(\.query),
          optional: isStrict ? [] : plain.map(\.query), excluded: excluded.map(\.query))),
      text: texts.joined(separator: " "), isCompound: texts.count > 1)
  }

  private mutating func operand() -> Reading? {
    guard index < lexemes.count else { return nil }
    switch lexemes[index] {
    case .word(let word):
      index += 1
      return reading(ofWord: word)
    case .quoted(let text):
      index += 1
      return reading(ofQuotation: text)
    case .open:
      index += 1
      let inner = alternatives()
      if index < lexemes.count, lexemes[index] == .close { index += 1 }
      return inner
    case .close, .and, .or, .not, .plus, .minus: return nil
    }
  }

  private mutating func reading(ofQuotation text: String) -> Reading? {
    let words = analyze(text).filter { $0.kind == .word }.map(\.term)
    guard let first = words.first else {
      notes.append("`\"\(text)\"` holds no word and is left out")
      return nil
    }
    return Reading(
      query: words.count == 1 ? .term(first) : .phrase(Phrase(words)), text: "\"\(text)\"")
  }

  private mutating func reading(ofWord text: String) -> Reading? {
    let tokens = analyze(text)
    let parts = tokens.filter { $0.kind == .word }.map(\.term)
    let joined = tokens.filter { $0.kind == .joined }.map(\.term)
    guard let first = parts.first else {
      // A lone mark that looks like an operator was said to be taken literally already.
      if !notes.contains("`\(text)` taken literally") {
        notes.append("`\(text)` holds no word and is left out")
      }
      return nil
    }
    guard parts.count > 1 else { return Reading(query: .term(first), text: text) }
    // Only a joined form of the whole word stands for it.
    if let joined = joined.first, joined == parts.joined() {
      return Reading(
        query: .variants([Variant(.phrase(Phrase(parts))), Variant(.term(joined), .variant)]),
        text: text)
    }
    return Reading(query: .phrase(Phrase(parts)), text: text)
  }

  private func analyze(_ text: String) -> [(term: String, kind: TokenKind)] {
    var analyzed = AnalyzedText()
    tokenizer.analyze(text.utf8.span, breaks: [], wantsSentences: false, into: &analyzed)
    return analyzed.tokens.map { token in
      let start = Int(token.termStart)
      let bytes = analyzed.terms[start..<start + Int(token.termLength)]
      return (String(decoding: bytes, as: UTF8.self), token.kind)
    }
  }
}
