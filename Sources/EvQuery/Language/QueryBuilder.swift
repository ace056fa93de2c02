internal import EvAnalysis
internal import EvIndex

/// Makes a query of a tree, with the words of the collection.
struct QueryBuilder {
  /// What a part of the tree became: a query, and the part without what holds no word.
  struct Reading {
    var query: Query
    var syntax: Syntax
  }

  var words: WordBuilder
  let terms: TermExpansion
  let today: CalendarDate
  let writtenFiles: QueryParser.WrittenFiles

  /// Pieces of the query without a word, as typed.
  private(set) var withoutWords: [String] = []

  /// What else there is to say, a sentence each.
  var notes: [String] = []

  /// What was typed for parts of the query.
  var texts: [Query: String] { words.texts }

  /// Parts of the query that are several words, taken apart.
  var compounds: [Query: Compound] { words.compounds }

  init(
    _ snapshot: IndexSnapshot, _ tokenizer: Tokenizer, _ options: QueryParser.Options,
    _ writtenFiles: @escaping QueryParser.WrittenFiles, of text: String
  ) {
    self.writtenFiles = writtenFiles
    words = WordBuilder(snapshot, tokenizer, options, of: text)
    terms = TermExpansion(snapshot)
    today = options.today
  }

  /// The query of a tree; nil where it holds no word.
  mutating func reading(of syntax: Syntax) throws(IndexError) -> Reading? {
    switch syntax {
    case .word, .quotation(_, nil), .pattern, .fuzzy, .regex, .range, .field:
      return try leaf(syntax).map { Reading(query: $0, syntax: syntax) }
    case .quotation(let text, let slop?):
      let parts = words.terms(of: text)
      guard !parts.isEmpty else { return without(syntax) }
      let query: Query =
        parts.count == 1 ? .term(parts[0]) : .near(Near(parts.map(Query.term), distance: slop))
      return named(Reading(query: query, syntax: syntax))
    case .near(let operands, let distance): return try near(operands, distance)
    case .title(let inner):
      return try reading(of: inner).map {
        // In the title of a title means no more; and printed, the second would be a word.
        if case .title = $0.syntax { return $0 }
        return named(Reading(query: .inTitle($0.query), syntax: .title($0.syntax)))
      }
    case .boosted(let inner, let factor):
      return try reading(of: inner).map {
        named(Reading(query: .boosted($0.query, by: factor), syntax: .boosted($0.syntax, factor)))
      }
    case .all(let parts): return try conjunction([], parts, [])
    case .any(let parts):
      let readings = try readings(of: parts)
      return Syntax.any(of: readings.map(\.syntax)).map {
        named(Reading(query: .any(readings.map(\.query)), syntax: $0))
      }
    case .clauses(let required, let plain, let excluded):
      return try conjunction(required, plain, excluded)
    }
  }

  /// A reading, whose text is kept.
  private mutating func named(_ reading: Reading) -> Reading {
    words.texts[reading.query] = reading.syntax.text
    return reading
  }

  private mutating func readings(of parts: [Syntax]) throws(IndexError) -> [Reading] {
    var readings: [Reading] = []
    for part in parts {
      if let reading = try reading(of: part) { readings.append(reading) }
    }
    return readings
  }

  private mutating func conjunction(
    _ required: [Syntax], _ plain: [Syntax], _ excluded: [Syntax]
  ) throws(IndexError) -> Reading? {
    let needed = try readings(of: required)
    let wanted = try readings(of: plain)
    words.isExcluding = true
    let unwanted = try readings(of: excluded)
    words.isExcluding = false
    guard
      let syntax = Syntax.clauses(
        of: needed.map(\.syntax), wanted.map(\.syntax), excluding: unwanted.map(\.syntax))
    else { return nil }
    // Neighbours of which each is a plain word may be one word, or a number and its unit.
    let queries = try words.joiningNeighbours(wanted.map { ($0.syntax.plainWord, $0.query) })
    if needed.isEmpty, unwanted.isEmpty { return Reading(query: .all(queries), syntax: syntax) }
    let (filters, others) = queries.divided { if case .filter = $0 { true } else { false } }
    let isStrict = needed.isEmpty
    return Reading(
      query: .boolean(
        Query.Boolean(
          required: isStrict ? queries : needed.map(\.query) + filters,
          optional: isStrict ? [] : others, excluded: unwanted.map(\.query))),
      syntax: syntax)
  }

  private mutating func near(
    _ operands: [Syntax], _ distance: Int
  ) throws(IndexError) -> Reading? {
    var found: [Reading] = []
    for operand in operands {
      if let query = try leaf(operand) { found.append(Reading(query: query, syntax: operand)) }
    }
    guard found.count > 1 else { return found.first }
    return named(
      Reading(
        query: .near(Near(found.map(\.query), distance: distance)),
        syntax: .near(found.map(\.syntax), distance)))
  }

  /// The query of what has no parts.
  private mutating func leaf(_ syntax: Syntax) throws(IndexError) -> Query? {
    let query: Query?
    switch syntax {
    case .word(let text): query = try words.query(ofWord: text)
    case .quotation(let text, _): query = try words.query(ofQuotation: text)
    case .pattern(let text): query = try pattern(text)
    case .fuzzy(let text, let distance): query = try fuzzy(text, distance)
    case .regex(let text): query = try regex(text)
    case .range(let range): query = try self.range(range)
    case .field(let name, let value): query = try field(name, value)
    case .near, .title, .boosted, .all, .any, .clauses: query = nil
    }
    if let query { words.texts[query] = syntax.text } else { _ = without(syntax) }
    return query
  }

  private mutating func without(_ syntax: Syntax) -> Reading? {
    withoutWords.append(syntax.text)
    return nil
  }
}

extension Syntax {
  /// The text of a plain word.
  fileprivate var plainWord: String? { if case .word(let text) = self { text } else { nil } }
}

extension Array {
  /// The elements that a condition holds for, and the others.
  fileprivate func divided(by condition: (Element) -> Bool) -> ([Element], [Element]) {
    (filter(condition), filter { !condition($0) })
  }
}
