internal import EvAnalysis
internal import EvIndex

/// Makes queries of typed words: each is found in its other spellings and forms too.
struct WordBuilder {
  let snapshot: IndexSnapshot
  let tokenizer: Tokenizer
  private let spellings: SpellingExpansion

  /// How many more words are widened; each costs some look-ups in the dictionary.
  private var budget: Int

  /// What the forms of a word count.
  let weights: MatchWeights

  /// Whether words are found in their other spellings and forms too.
  let widens: Bool

  /// Whether the query has marks on its letters: then a word without them is meant so.
  private let typesMarks: Bool

  /// What was typed for parts of the query.
  var texts: [Query: String] = [:]

  /// Parts of the query that are several words, taken apart.
  var compounds: [Query: Compound] = [:]

  /// The queries of words that were typed already.
  private var known: [String: Query?] = [:]

  /// Whether the words are to be excluded: then they are as they were typed.
  var isExcluding = false

  /// Words of a query that are widened; those of a longer one are as they were typed.
  private static let widenedWords = 128

  /// The most forms with marks that a word has.
  private static let markedForms = 8

  /// - Parameter text: The whole query, as it was typed.
  init(
    _ snapshot: IndexSnapshot, _ tokenizer: Tokenizer, _ options: QueryParser.Options,
    of text: String
  ) {
    self.snapshot = snapshot
    self.tokenizer = tokenizer
    spellings = SpellingExpansion(snapshot)
    weights = options.weights
    widens = options.widensWords
    typesMarks = Diacritics.areIn(text)
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
  func query(ofQuotation text: String) throws(IndexError) -> Query? {
    let tokens = TypedTokens(text, tokenizer)
    guard let words = tokens.wordQuery else { return try characters(tokens) }
    if let grams = try characters(tokens) {
      return .variants([Variant(words), Variant(grams, .substring, weight: weights.substring)])
    }
    guard let pairs = try syllables(tokens) else { return words }
    return .variants([Variant(words), pairs])
  }

  /// Korean words as parts of longer ones.
  ///
  /// How often these occur says nothing of the typed one; what is excluded is the word alone.
  private func syllables(_ tokens: TypedTokens) throws(IndexError) -> Variant? {
    guard widens, !isExcluding, let pairs = try tokens.syllableQuery(beginning) else { return nil }
    return Variant(
      pairs, .substring, weight: weights.substring * MatchWeights.inKoreanWord, isOtherWord: true)
  }

  /// A typed word.
  mutating func query(ofWord text: String) throws(IndexError) -> Query? {
    if isExcluding { return try newQuery(ofWord: text) }
    if let query = known[text] { return query }
    let query = try newQuery(ofWord: text)
    known.updateValue(query, forKey: text)
    return query
  }

  private mutating func newQuery(ofWord text: String) throws(IndexError) -> Query? {
    let tokens = TypedTokens(text, tokenizer)
    if !tokens.grams.isEmpty { return try unspaced(text, tokens) }
    guard let typed = tokens.wordQuery else { return nil }
    var variants = [Variant(typed)]
    if widens || isExcluding {
      for token in tokens.covering(.joined) {
        variants.append(Variant(.term(token.term), .variant, weight: weights.variant))
      }
    }
    for token in tokens.covering(.quantity) { variants.append(Variant(.term(token.term))) }
    if case .term(let term) = typed, takesBudget() { variants += try widened(term) }
    if let pairs = try syllables(tokens) { variants.append(pairs) }
    let query = Self.query(ofVariants: variants)
    if let query, case .phrase = typed, !isExcluding {
      var parts: [Query] = []
      for word in tokens.words {
        if let part = try part(word.term) { parts.append(part) }
      }
      compounds[query] = Compound(
        parts: parts, whole: query, weight: widens ? weights.compound : 0)
    }
    return query
  }

  /// A part of a compound by itself.
  private mutating func part(_ term: String) throws(IndexError) -> Query? {
    guard takesBudget() else { return .term(term) }
    return Self.query(ofVariants: try [Variant(.term(term))] + marked(term) + stems(of: term))
  }

  private func widened(_ term: String) throws(IndexError) -> [Variant] {
    var variants: [Variant] = []
    for phrase in Self.parts(of: term) {
      variants.append(Variant(.phrase(phrase), .variant, weight: weights.variant))
    }
    if let version = Self.version(of: term), try snapshot.documentFrequency(of: version) > 0 {
      variants.append(Variant(.term(version), .variant, weight: weights.variant))
    }
    variants += try marked(term)
    for halves in try spellings.halves(of: term) {
      variants.append(Variant(halves, .variant, weight: weights.variant))
    }
    return try variants + stems(of: term)
  }

  /// The other forms of a word.
  private func stems(of term: String) throws(IndexError) -> [Variant] {
    var others = try snapshot.stemForms(of: term).map(\.term)
    for other in KoreanParticles.forms(of: term)
    where try snapshot.documentFrequency(of: other) > 0 {
      others.append(other)
    }
    return others.map { Variant(.term($0), .stem, weight: weights.stem) }
  }

  /// The word with marks on its letters, where it was typed without; else without them.
  ///
  /// Where both are in the collection they may be different words, like `schön` and `schon`: each then
  /// counts by how rare it is itself.
  private func marked(_ term: String) throws(IndexError) -> [Variant] {
    let plain = Diacritics.removed(from: term)
    var others: [(term: String, documentFrequency: Int)] = []
    if plain != term {
      others = [(plain, try snapshot.documentFrequency(of: plain))]
    } else if !typesMarks {
      others = try snapshot.markedForms(of: term, limit: Self.markedForms)
        .map { ($0.term, $0.documentFrequency) }
    }
    let frequency = others.isEmpty ? 0 : try snapshot.documentFrequency(of: term)
    return others.map { other in
      let share = frequency > 0 ? idf(other.documentFrequency) / idf(frequency) : 1
      return Variant(
        .term(other.term), .variant, weight: weights.marked * min(1, share),
        isOtherWord: frequency > 0)
    }
  }

  private func idf(_ frequency: Int) -> Float {
    BM25.idf(
      documentCount: snapshot.nonEmptyDocumentCount, documentFrequency: frequency)
  }

  /// The query of variants, each once.
  static func query(ofVariants variants: [Variant]) -> Query? {
    var seen: Set<Query> = []
    let different = variants.filter { seen.insert($0.query).inserted }
    if different.count == 1, let only = different.first, only.kind == .exact { return only.query }
    return different.isEmpty ? nil : .variants(different)
  }

  /// `v1.2.3` of `1.2.3`, and the other way round.
  private static func version(of term: String) -> String? {
    let number = term.hasPrefix("v") ? term.dropFirst() : term[...]
    guard number.contains("."), number.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2E }) else {
      return nil
    }
    return term.hasPrefix("v") ? String(number) : "v" + term
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
