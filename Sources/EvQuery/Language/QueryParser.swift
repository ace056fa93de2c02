internal import EvAnalysis
public import EvIndex

/// What a person typed, understood.
public struct ParsedQuery: Equatable, Sendable {
  /// The query.
  public var query: Query

  /// How the text was read, as text that reads as the same query.
  public var readAs: String

  /// What was taken literally or left out, and what else there is to say; a sentence each.
  public var notes: [String]

  /// Operators that are not used as they should be, a sentence each; for those who want an error.
  public var problems: [String] = []

  /// Whether nothing was asked for by `+` or `AND`, so that a document without all words may do.
  public var mayBeLoosened: Bool

  /// What was typed for parts of the query.
  var texts: [Query: String] = [:]

  /// Parts of the query that are several words, taken apart.
  var compounds: [Query: Compound] = [:]

  /// What was typed for a part of the query, such as one of its ``Query/words``.
  public func text(of part: Query) -> String { texts[part] ?? readAs }
}

/// Makes a query of what a person types.
///
/// Nothing that is typed is an error. Plain words must all occur. Where any of them has a `+`, only those
/// with a `+` must, and the others add to the score. `-` and `NOT` exclude. A word is found in its other
/// spellings and forms too; a quotation is found as it stands.
///
///     lock-in rate              both words
///     "lock-in rate"            these words side by side
///     "lock rate"~5             these words, at most five others between them
///     lock NEAR/5 rate          the same
///     lock* l?ck lokc~ /lo.k/   words that begin so, look so, nearly look so, match so
///     >=600km 500..700km        numbers with a unit
///     title:rate lang:en        in the title; in a field
///     modified:last-week..      in a file that was written then
///     rate^2                    a word that counts twice
public struct QueryParser {
  let snapshot: IndexSnapshot
  private let options: Options
  private let writtenFiles: WrittenFiles
  let tokenizer: Tokenizer

  /// The paths of the files that were last written on some days, counted from 1970; nil where that is not
  /// known.
  public typealias WrittenFiles = (ClosedRange<Int32>) -> [String]?

  /// How queries are read.
  public struct Options: Equatable, Sendable {
    /// Whether words are found in their other spellings and forms too.
    public var widensWords = true

    /// What these count.
    public var weights = MatchWeights()

    /// The day that `date:yesterday` counts from.
    public var today = CalendarDate.epoch

    /// The defaults.
    public init() {}
  }

  /// Creates a parser that analyses words as an index does.
  ///
  /// - Parameter writtenFiles: What `modified:` asks for.
  public init(
    _ snapshot: IndexSnapshot, options: Options = Options(),
    writtenFiles: @escaping WrittenFiles = { _ in nil }
  ) throws(IndexError) {
    self.snapshot = snapshot
    self.options = options
    self.writtenFiles = writtenFiles
    do throws(AnalysisError) { tokenizer = try Tokenizer(snapshot.analyzer) } catch {
      throw .analysis(reason: "\(error)")
    }
  }

  /// Reads a query.
  ///
  /// - Throws: Only where the index cannot be read.
  public mutating func parse(_ text: String) throws(IndexError) -> ParsedQuery {
    let lexer = QueryLexer(text)
    var parser = SyntaxParser(lexer.lexemes)
    let syntax = parser.parse()
    var builder = QueryBuilder(snapshot, tokenizer, options, writtenFiles, of: text)
    let reading = try syntax.flatMap { syntax throws(IndexError) in try builder.reading(of: syntax)
    }
    var problems: [String] = []
    if !lexer.literals.isEmpty { problems.append("\(Self.list(lexer.literals)) taken literally") }
    if !parser.leftOut.isEmpty {
      problems.append("\(Self.list(parser.leftOut)) left out: nothing to work on")
    }
    var notes = problems
    if !builder.withoutWords.isEmpty {
      notes.append("no word in \(Self.list(builder.withoutWords))")
    }
    // One plain line, whatever was typed.
    notes = (notes.isEmpty ? [] : [notes.joined(separator: "; ")]) + builder.notes
    return ParsedQuery(
      query: reading?.query ?? .nothing, readAs: reading?.syntax.text ?? "", notes: notes,
      problems: problems, mayBeLoosened: !parser.hasRequirements, texts: builder.texts,
      compounds: builder.compounds)
  }

  /// Some pieces of typed text, each once and not too many.
  private static func list(_ pieces: [String]) -> String {
    var seen: Set<String> = []
    let different = pieces.filter { seen.insert($0).inserted }
    let shown = different.prefix(5).map { "`\($0.count > 40 ? $0.prefix(40) + "…" : $0[...])`" }
    return shown.joined(separator: ", ") + (different.count > 5 ? ", …" : "")
  }
}
