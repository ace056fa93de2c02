internal import EvAnalysis
internal import EvIndex

// What stands for many words: patterns, words with a mistake, ranges of numbers, values of fields.

extension QueryBuilder {
  /// `lock*`, `l?ck`.
  mutating func pattern(_ text: String) throws(IndexError) -> Query? {
    let letters = text.filter { $0 != "*" && $0 != "?" }
    // Any part of a text without spaces is found as it is.
    if words.hasUnspacedScript(letters) { return try words.query(ofWord: letters) }
    let folded = words.folded(text)
    guard folded.contains(where: { $0 != "*" && $0 != "?" }) else { return nil }
    let found: TermExpansion.Result
    if folded.last == "*", !folded.dropLast().contains(where: { $0 == "*" || $0 == "?" }) {
      found = try terms.beginning(with: String(folded.dropLast()))
    } else {
      found = try terms.matching(wildcard: folded)
    }
    return expanded(found, .pattern(text))
  }

  /// `lokc~`.
  mutating func fuzzy(_ text: String, _ distance: Int?) throws(IndexError) -> Query? {
    guard let word = words.term(of: text) else { return try words.query(ofWord: text) }
    let longest = Spelling.distance(for: word)
    let limit = min(distance ?? longest, longest)
    guard limit > 0 else {
      notes.append("`\(text)~` is found as it is written: \(Spelling.reason(for: word))")
      return .term(word)
    }
    let found = try terms.near(word, distance: limit, keepingFirst: 1)
    var variants = [Variant(.term(word))]
    var others: [(term: String, edits: Int)] = []
    for entry in found.terms where entry.term != word {
      guard let edits = TermPattern.edits(word, entry.term, limit: limit),
        !Spelling.hasDigit(entry.term)
      else { continue }
      others.append((entry.term, edits))
    }
    // The sort is stable in effect: `found` is in order, and so are its places.
    let sorted = others.enumerated().sorted {
      ($0.element.edits, $0.offset) < ($1.element.edits, $1.offset)
    }
    for other in sorted.prefix(Self.fuzzyWords).map(\.element) {
      variants.append(
        Variant(.term(other.term), .fuzzy, weight: MatchWeights.fuzzy[other.edits]))
    }
    return variants.count == 1 ? .term(word) : .variants(variants)
  }

  /// The most words that a word with a mistake may be.
  private static let fuzzyWords = 50

  /// `/re/`.
  mutating func regex(_ pattern: String) throws(IndexError) -> Query? {
    expanded(try terms.matching(regex: pattern), .regex(pattern))
  }

  /// `>=600km`.
  mutating func range(_ range: NumberRange) throws(IndexError) -> Query? {
    if let bounds = NumberBounds(range) {
      return expanded(try terms.numbers(in: bounds), .range(range), .exact)
    }
    // No number after all: text, then.
    guard let quantities = QuantityRange.parse(range.text) else {
      return try words.query(ofWord: range.text)
    }
    let (first, last) = quantities.termRange
    let found = try terms.range(
      from: first, isWanted: { _ in true }, while: { !last.lexicographicallyPrecedes($0) })
    return expanded(found, .range(range), .exact)
  }

  private mutating func expanded(
    _ found: TermExpansion.Result, _ syntax: Syntax, _ kind: MatchKind = .prefix
  ) -> Query? {
    if found.isIncomplete {
      notes.append("`\(syntax.text)` stands for too much; not all of it is searched")
    } else if found.count > found.terms.count {
      notes.append(
        "`\(syntax.text)` stands for \(found.count) words; "
          + "the \(found.terms.count) most frequent are searched")
    }
    guard !found.terms.isEmpty else { return .nothing }
    return .variants(found.terms.map { Variant(.term($0.term), kind) })
  }

  /// `lang:en`.
  mutating func field(_ name: String, _ value: String) throws(IndexError) -> Query? {
    if name == "modified", let days = DatePeriod.range(value, today: today) {
      if let paths = writtenFiles(days) {
        return .filter(.terms(paths.compactMap { FieldTerm.term(.path, $0) }))
      }
      notes.append("when files were written is not known here; `\(name):\(value)` finds nothing")
      return .nothing
    }
    if let filter = Filter(field: name, value: value, today: today) { return .filter(filter) }
    notes.append(
      "`\(name):\(value)` is no \(name) that can be told; `\(value)` is searched as text")
    return try words.query(ofWord: value)
  }
}
