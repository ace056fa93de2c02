internal import EvAnalysis
internal import EvIndex

/// Makes queries of typed words: each is found in its other spellings and forms too.
struct WordBuilder {
  let snapshot: IndexSnapshot
  let tokenizer: Tokenizer
  private let spellings: SpellingExpansion

  /// How many more words are widened; each costs some look-ups in the dictionary.
  private var budget: Int

  /// What was typed for parts of the query.
  var texts: [Query: String] = [:]

  /// Whether the words are to be excluded: then they are as they were typed.
  var isExcluding = false

  /// Words of a query that are widened; those of a longer one are as they were typed.
  private static let widenedWords = 48

  init(_ snapshot: IndexSnapshot, _ tokenizer: Tokenizer, widens: Bool) {
    self.snapshot = snapshot
    self.tokenizer = tokenizer
    spellings = SpellingExpansion(snapshot)
    budget = widens ? Self.widenedWords : 0
  }

  /// The terms of a text's words, in order.
  func terms(of text: String) -> [String] {
    TypedTokens(text, tokenizer).words.map(\.term)
  }

  /// Whether there is a script without spaces in a text.
  func hasUnspacedScript(_ text: String) -> Bool { !TypedTokens(text, tokenizer).grams.isEmpty }

  /// A pattern with the letters between its `*` and `?` folded as terms are, without hyphens: what has
  /// one has a joined form.
  func folded(_ pattern: String) -> String {
    var result = ""
    var literal = ""
    for scalar in (pattern + "*").unicodeScalars {
      if scalar != "*", scalar != "?" {
        if !Self.hyphens.contains(scalar) { literal.unicodeScalars.append(scalar) }
        continue
      }
      if !literal.isEmpty { result += term(of: literal) ?? literal.lowercased() }
      literal = ""
      result.unicodeScalars.append(scalar)
    }
    return String(result.dropLast())
  }

  private static let hyphens: Set<Unicode.Scalar> = ["-", "‐", "‑"]

  /// Whether one more word may be widened; then there is one less.
  mutating func takesBudget() -> Bool {
    guard budget > 0, !isExcluding else { return false }
    budget -= 1
    return true
  }

  /// A single word as a term, where the text is one.
  func term(of text: String) -> String? {
    let tokens = TypedTokens(text, tokenizer)
    guard tokens.grams.isEmpty, tokens.words.count == 1 else { return nil }
    return tokens.words.first?.term
  }

  /// What stands in quotation marks: as it stands.
  func query(ofQuotation text: String) -> Query? {
    let tokens = TypedTokens(text, tokenizer)
    guard let words = tokens.wordQuery else { return tokens.gramQuery }
    guard let grams = tokens.gramQuery else { return words }
    return .variants([Variant(words), Variant(grams, .substring, weight: MatchWeight.substring)])
  }

  /// A typed word.
  mutating func query(ofWord text: String) throws(IndexError) -> Query? {
    let tokens = TypedTokens(text, tokenizer)
    if !tokens.grams.isEmpty { return try unspaced(text, tokens) }
    guard let typed = tokens.wordQuery else { return nil }
    var variants = [Variant(typed)]
    for token in tokens.covering(.joined) {
      variants.append(Variant(.term(token.term), .variant, weight: MatchWeight.variant))
    }
    for token in tokens.covering(.quantity) { variants.append(Variant(.term(token.term))) }
    if case .term(let term) = typed, takesBudget() { variants += try widened(term) }
    return Self.query(ofVariants: variants)
  }

  private func widened(_ term: String) throws(IndexError) -> [Variant] {
    var variants: [Variant] = []
    for phrase in Self.parts(of: term) {
      variants.append(Variant(.phrase(phrase), .variant, weight: MatchWeight.variant))
    }
    variants += try marked(term)
    for halves in try spellings.halves(of: term) {
      variants.append(Variant(halves, .variant, weight: MatchWeight.variant))
    }
    for form in try snapshot.stemVariants(of: term) {
      variants.append(Variant(.term(form.term), .stem, weight: MatchWeight.stem))
    }
    return variants
  }

  /// The word with marks on its letters, where it was typed without; else without them.
  private func marked(_ term: String) throws(IndexError) -> [Variant] {
    let plain = Diacritics.removed(from: term)
    guard plain == term else {
      return [Variant(.term(plain), .variant, weight: MatchWeight.marked)]
    }
    guard term.unicodeScalars.contains(where: { Diacritics.forms(of: $0).count > 1 }) else {
      return []
    }
    return try TermExpansion(snapshot).marked(term).terms.filter { $0.term != term }.prefix(8).map {
      Variant(.term($0.term), .variant, weight: MatchWeight.marked)
    }
  }

  /// The query of variants, each once.
  static func query(ofVariants variants: [Variant]) -> Query? {
    var seen: Set<Query> = []
    let different = variants.filter { seen.insert($0.query).inserted }
    if different.count == 1, let only = different.first, only.kind == .exact { return only.query }
    return different.isEmpty ? nil : .variants(different)
  }

  /// A word cut between letters and digits: `ff` and `91` of `ff91`.
  private static func parts(of term: String) -> [Phrase] {
    var parts: [String] = []
    var wasDigit: Bool?
    for scalar in term.unicodeScalars {
      let isDigit = scalar.properties.numericType != nil
      guard isDigit || scalar.properties.isAlphabetic else { return [] }
      if isDigit == wasDigit, let last = parts.indices.last {
        parts[last].unicodeScalars.append(scalar)
      } else {
        parts.append(String(scalar))
      }
      wasDigit = isDigit
    }
    return (2...4).contains(parts.count) ? [Phrase(parts)] : []
  }
}

/// What an occurrence of a form counts, compared with one of the form that was typed.
enum MatchWeight {
  static let variant: Float = 1
  static let marked: Float = 0.8
  static let stem: Float = 0.8
  static let fuzzy: [Float] = [1, 0.4, 0.2]
  static let substring: Float = 0.5
}
