internal import EvBytes

/// Why an evaluation cannot be done.
@nonexhaustive
public enum EvaluationError: Error, Equatable, Sendable {
  /// A file cannot be read.
  case unreadable(path: String, reason: String)

  /// A line of a file is not what it should be; lines count from 1.
  case malformed(path: String, line: Int, reason: String)

  /// No query of the queries has a judgement.
  case nothingJudged(queries: String, judgements: String)
}

/// A question of an evaluation.
public struct JudgedQuery: Equatable, Sendable {
  /// What the judgements call it.
  public var id: String

  /// What is searched for, as a person would type it.
  public var text: String

  /// Creates a query.
  public init(id: String, text: String) {
    self.id = id
    self.text = text
  }

  /// Reads a file with a query a line: its name, a tab, its text.
  ///
  /// More columns are passed over, so are empty lines.
  public static func read(from path: String) throws(EvaluationError) -> [JudgedQuery] {
    var queries: [JudgedQuery] = []
    for (number, line) in try linesOfFile(path) {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count >= 2, !columns[0].isEmpty else {
        throw .malformed(path: path, line: number, reason: "a line is a name, a tab and a query")
      }
      queries.append(JudgedQuery(id: String(columns[0]), text: String(columns[1])))
    }
    return queries
  }
}

/// Which documents answer which queries, as people judged it.
public struct Judgements: Equatable, Sendable {
  /// The gain of each judged document, by query and by the document's name.
  ///
  /// A document answers where its gain is above 0; one that nobody judged does not.
  public var gains: [String: [String: Int]]

  /// Creates judgements.
  public init(gains: [String: [String: Int]]) {
    self.gains = gains
  }

  /// Reads a file in the format of TREC: query, a number that means nothing, document, gain.
  ///
  /// The columns stand apart by white space, or by tabs where a line has any, so that names may hold
  /// spaces.
  public static func read(from path: String) throws(EvaluationError) -> Judgements {
    var gains: [String: [String: Int]] = [:]
    for (number, line) in try linesOfFile(path) {
      let columns =
        line.contains("\t")
        ? line.split(separator: "\t") : line.split(whereSeparator: \.isWhitespace)
      guard columns.count == 4, let gain = Int(columns[3].filter { !$0.isWhitespace }) else {
        throw .malformed(
          path: path, line: number, reason: "a line is a query, 0, a document and a whole number")
      }
      gains[String(columns[0]), default: [:]][String(columns[2])] = gain
    }
    return Judgements(gains: gains)
  }
}

/// Where the answers to a query stand.
public struct JudgedAnswers: Equatable, Sendable {
  /// A place in a document that answers a query.
  public struct Answer: Equatable, Sendable {
    /// What the judgements call the document.
    public var document: String

    /// Where it begins in the document's text behind the title, in Unicode scalars; below 0 where
    /// that is not known.
    public var start: Int

    /// The answer, as it stands there.
    public var text: String
  }

  /// The answers by query.
  public var answers: [String: [Answer]]

  /// Reads a file of four columns with tabs between: query, document, start and answer.
  ///
  /// A first line whose start is no number names the columns.
  public static func read(from path: String) throws(EvaluationError) -> JudgedAnswers {
    var answers: [String: [Answer]] = [:]
    for (number, line) in try linesOfFile(path) {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count == 4, number == 1 || Int(columns[2]) != nil else {
        throw .malformed(
          path: path, line: number, reason: "a line is a query, a document, a start and an answer")
      }
      guard let start = Int(columns[2]) else { continue }
      answers[String(columns[0]), default: []].append(
        Answer(document: String(columns[1]), start: start, text: String(columns[3])))
    }
    return JudgedAnswers(answers: answers)
  }
}

/// The lines of a file that hold anything, each with its number.
private func linesOfFile(_ path: String) throws(EvaluationError) -> [(Int, Substring)] {
  let file: MappedFile
  do throws(SystemError) { file = try MappedFile(path: path) } catch {
    throw .unreadable(path: path, reason: error.reason)
  }
  guard let text = file.bytes.string(0..<file.byteCount) else {
    throw .unreadable(path: path, reason: "it is not UTF-8")
  }
  return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    .map { ($0.offset + 1, $0.element.last == "\r" ? $0.element.dropLast() : $0.element) }
    .filter { $0.1.contains { !$0.isWhitespace } }
}
