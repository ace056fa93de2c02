// The JSON of a search: schema evsearch.search/1.

import EvSearch
import EvTerminal

/// Writes results and errors for programs.
///
/// Names are never changed or removed within a schema number; new ones may come. `bytes` and `utf16`
/// are half-open ranges: those of a passage count from the start of the document's text, those of a
/// highlight from the start of its passage. `file_bytes`, `file_utf16`, `line` and `column` are
/// places in the file; lines and columns count from 1. A record of a file of records has the line in
/// the file, and for the rest places in its own text.
enum SearchJSON {
  private static let schema = JSONValue.Member("schema", .string("evsearch.search/1"))

  /// What is said of a search besides its hits.
  struct Frame {
    let index: SearchIndex
    /// The folder of the documents, an absolute path.
    let root: String
    /// The limit that was set; 0 for none.
    let limit: Int
    let took: Duration
    /// What has become of the files since they were indexed, as far as was looked.
    let freshness: Freshness
  }

  /// The results of a search, also when there are none.
  static func results(_ results: SearchResults, _ frame: Frame) -> JSONValue {
    .object(
      [schema] + head(results, frame) + tail(results, frame) + [
        .init("hits", .array(results.hits.map { hit($0, frame) }))
      ])
  }

  /// The results as lines, each with its type and its data; readers pass over types they do not know.
  static func lines(_ results: SearchResults, _ frame: Frame) -> [JSONValue] {
    [line("begin", .object([schema] + head(results, frame)))]
      + results.hits.map { line("hit", hit($0, frame)) }
      + [line("end", .object(tail(results, frame)))]
  }

  private static func line(_ type: String, _ data: JSONValue) -> JSONValue {
    .object([.init("type", .string(type)), .init("data", data)])
  }

  private static func head(
    _ results: SearchResults, _ frame: Frame
  ) -> [JSONValue.Member] {
    let status = frame.index.status
    return [
      .init(
        "query",
        .object([
          .init("text", .string(results.text)),
          .init("read_as", .string(results.readAs)),
          .init("notes", .array(results.notes.map { .string($0) })),
        ])),
      .init(
        "index",
        .object([
          .init("path", .string(frame.index.path)),
          .init("root", .string(frame.root)),
          .init("generation", .integer(Int(clamping: status.generation))),
          .init("documents", .integer(status.documents)),
          .init("stale_documents", .integer(frame.freshness.count)),
          .init("skipped", .integer(status.skipped.count)),
        ])),
    ]
  }

  private static func tail(
    _ results: SearchResults, _ frame: Frame
  ) -> [JSONValue.Member] {
    let next = results.offset + results.hits.count
    // What is nearly the same as a hit is shown with it.
    let similar = results.hits.reduce(0) { $0 + $1.similar.count }
    let hasNext = !results.hits.isEmpty && next + similar < results.total
    return [
      .init("total", .integer(results.total)),
      .init("total_is_exact", .bool(results.totalIsExact)),
      .init("offset", .integer(results.offset)),
      .init("limit", .integer(frame.limit)),
      .init("next_offset", hasNext ? .integer(next) : .null),
      .init("took_ms", .number(milliseconds(frame.took))),
      .init("suggestion", .string(orNull: results.suggestion?.text)),
      .init("facets", .array(results.facets.map(\.json))),
    ]
  }

  /// An error.
  static func error(_ error: CommandError) -> JSONValue {
    .object([schema, .init("error", parts(of: error))])
  }

  /// An error as a line among those of ``lines(_:_:)``.
  static func errorLine(_ error: CommandError) -> JSONValue {
    .object([.init("type", .string("error")), schema, .init("error", parts(of: error))])
  }

  private static func parts(of error: CommandError) -> JSONValue {
    .object([
      .init("code", .string(error.code)),
      .init("message", .string(error.message)),
      .init("hint", .string(orNull: error.hint)),
    ])
  }

  private static func hit(_ hit: SearchHit, _ frame: Frame) -> JSONValue {
    .object([
      .init("rank", .integer(hit.rank)),
      .init("id", .string(hit.id)),
      .init("path", .string(hit.path)),
      .init("title", .string(hit.title)),
      .init("date", .string(orNull: hit.metadata.date)),
      .init("source", .string(orNull: hit.metadata.source)),
      .init("lang", .string(orNull: hit.metadata.language)),
      .init("url", .string(orNull: hit.metadata.url)),
      .init("tags", .array(hit.metadata.tags.map { .string($0) })),
      .init("score", score(hit.score)),
      .init("explanation", hit.explanation.map(explanation) ?? .null),
      .init("similar", .array(hit.similar.map { .string($0) })),
      .init("dropped_words", .array(hit.droppedWords.map { .string($0) })),
      .init("stale", .bool(FreshnessCheck.isStale(hit, frame.freshness))),
      .init("passages", .array(hit.passages.map(passage))),
    ])
  }

  private static func explanation(_ explanation: Explanation) -> JSONValue {
    .array(
      explanation.lines.map { line in
        .object([
          .init("contribution", score(line.contribution)), .init("text", .string(line.text)),
        ])
      })
  }

  private static func passage(_ passage: Passage) -> JSONValue {
    .object([
      .init("text", .string(passage.text)),
      .init("section", .string(orNull: passage.section)),
      .init("line", .integer(passage.start.line)),
      .init("column", .integer(passage.start.column)),
      .init("page", passage.page.map { .integer($0) } ?? .null),
      .init("bytes", range(passage.range)),
      .init("utf16", range(passage.utf16Range)),
      .init("file_bytes", pair(passage.start.byte, passage.end.byte)),
      .init("file_utf16", pair(passage.start.utf16, passage.end.utf16)),
      .init("highlights", .array(passage.highlights.map(highlight))),
    ])
  }

  private static func highlight(_ highlight: Highlight) -> JSONValue {
    .object([
      .init("bytes", range(highlight.range)),
      .init("utf16", range(highlight.utf16Range)),
      .init("kind", .string(highlight.kind.rawValue)),
      .init("query", .string(highlight.query)),
      .init("line", .integer(highlight.start.line)),
      .init("column", .integer(highlight.start.column)),
      .init("file_bytes", pair(highlight.start.byte, highlight.end.byte)),
      .init("file_utf16", pair(highlight.start.utf16, highlight.end.utf16)),
    ])
  }

  private static func range(_ range: Range<Int>) -> JSONValue {
    pair(range.lowerBound, range.upperBound)
  }

  private static func pair(_ start: Int, _ end: Int) -> JSONValue {
    .array([.integer(start), .integer(end)])
  }

  /// The score in the fewest digits that tell it from its neighbours.
  ///
  /// A `Float` that is widened shows digits that mean nothing: 7.412 becomes 7.412000179290771.
  private static func score(_ score: Float) -> JSONValue {
    .number(Double("\(score)") ?? Double(score))
  }

  private static func milliseconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    return Double(microseconds) / 1000
  }
}

/// Prints one JSON document.
struct JSONRenderer: ResultRenderer {
  let frame: SearchJSON.Frame

  func print(_ results: SearchResults, to output: TextOutput) {
    output.write(SearchJSON.results(results, frame).text + "\n")
  }
}

/// Prints a JSON document a line, hit by hit.
struct JSONLinesRenderer: ResultRenderer {
  let frame: SearchJSON.Frame

  func print(_ results: SearchResults, to output: TextOutput) {
    for line in SearchJSON.lines(results, frame) { output.write(line.text + "\n") }
  }
}
