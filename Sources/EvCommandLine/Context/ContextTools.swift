// What the tools of evsearch mcp do, within the size that is asked for.

import EvSearch
import EvTerminal

/// The tools on an index, which is opened at each call: so they see what others commit.
struct ContextTools {
  let indexPath: String
  let environment: Environment

  /// All tools, as `tools/list` has them.
  static var descriptions: [JSONValue] { ContextTool.allCases.map(\.description) }

  /// The most hits that are looked at for one answer.
  private static let hitLimit = 50

  /// Calls a tool; what goes wrong is a result, for the program to read.
  func call(_ tool: ContextTool, _ arguments: JSONValue) -> [JSONValue.Member] {
    do throws(CommandError) {
      let values = try ContextArguments(arguments, of: tool)
      let result =
        switch tool {
        case .search: try search(values)
        case .get: try text(values)
        case .status: try status()
        }
      return [
        .init("content", Self.content(result.text)), .init("structuredContent", result),
        .init("isError", .bool(false)),
      ]
    } catch {
      return [.init("content", Self.content(error.line)), .init("isError", .bool(true))]
    }
  }

  private static func content(_ text: String) -> JSONValue {
    .array([.object([.init("type", .string("text")), .init("text", .string(text))])])
  }

  private func search(_ values: ContextArguments) throws(CommandError) -> JSONValue {
    let query = values.text("query")
    guard query.contains(where: { !$0.isWhitespace }) else { throw .emptyQuery }
    let offset = try values.place(for: query)
    var settings = SearchSettings()
    settings.offset = offset
    settings.limit = Self.hitLimit
    settings.passages = 2
    let answer = try Answer(to: query, in: indexPath, settings, environment: environment)
    let results = answer.results
    let shown = offset + results.hits.count
    let similar = results.hits.reduce(0) { $0 + $1.similar.count }
    let hasMore = shown + similar < results.total

    // What is said besides the hits takes a part of the size at most.
    let brief = min(200, values.size / 12)
    let notes = (results.notes + answer.freshness.notes).prefix(3)
    func value(_ hits: [JSONValue], next: Int?) -> JSONValue {
      .object([
        .init("query", .string(results.text.shortened(to: brief))),
        .init("read_as", .string(results.readAs.shortened(to: brief))),
        .init("total", .integer(results.total)),
        .init("total_is_exact", .bool(results.totalIsExact)),
        .init("notes", .array(notes.map { .string($0.shortened(to: brief)) })),
        .init("suggestion", .string(orNull: results.suggestion?.text.shortened(to: brief))),
        .init("hits", .array(hits)),
        .init("next_cursor", .string(orNull: next.map { values.cursor($0, for: query) })),
      ])
    }
    var hits: [JSONValue] = []
    for (number, hit) in results.hits.enumerated() {
      let isLast = number + 1 == results.hits.count && !hasMore
      let next = isLast ? nil : offset + number + 1
      let whole = hits + [Self.value(hit, textLimit: nil)]
      if value(whole, next: next).size <= values.size {
        hits = whole
        continue
      }
      // The first one has to fit: else nobody would get on.
      if hits.isEmpty {
        let cut = longest(hit.passages.reduce(0) { $0 + $1.text.unicodeScalars.count }) { count in
          value([Self.value(hit, textLimit: count)], next: next).size <= values.size
        }
        guard let cut else { throw tooLarge(values) }
        return value([Self.value(hit, textLimit: cut)], next: next)
      }
      return value(hits, next: offset + number)
    }
    let all = value(hits, next: hasMore && !hits.isEmpty ? shown : nil)
    guard all.size <= values.size else { throw tooLarge(values) }
    return all
  }

  private func tooLarge(_ values: ContextArguments) -> CommandError {
    CommandError(
      code: "size", message: "The answer does not fit into \(values.size) characters.",
      hint: "Call again with more max_chars.")
  }

  private static func value(_ hit: SearchHit, textLimit: Int?) -> JSONValue {
    let text = hit.passages.map(\.text).joined(separator: "\n")
    let title = hit.title.withSingleSpaces
    return .object([
      .init("rank", .integer(hit.rank)),
      .init("path", .string(hit.path)),
      .init("line", .integer(hit.passages.first?.start.line ?? 1)),
      .init("title", .string(textLimit == nil ? title : title.shortened(to: 60))),
      .init("date", .string(orNull: hit.metadata.date)),
      .init("source", .string(orNull: hit.metadata.source?.shortened(to: 60))),
      .init("score", .number(Double("\(hit.score)") ?? Double(hit.score))),
      .init("text", .string(textLimit.map { text.cut(to: $0) } ?? text)),
      .init("missing", .array(hit.droppedWords.map { .string($0.shortened(to: 40)) })),
    ])
  }

  private func text(_ values: ContextArguments) throws(CommandError) -> JSONValue {
    let path = values.text("path")
    let index = try SearchIndex.opened(at: indexPath)
    let text = try GetCommand.text(of: path, index, from: index.collectionRoot)
    let scalars = text.unicodeScalars
    let start = try values.place(for: path)
    let rest = String(scalars.dropFirst(start))
    let count = rest.unicodeScalars.count
    func value(_ length: Int) -> JSONValue {
      .object([
        .init("path", .string(path)), .init("text", .string(rest.first(length))),
        .init(
          "next_cursor",
          .string(orNull: length < count ? values.cursor(start + length, for: path) : nil)),
      ])
    }
    guard let length = longest(count, { value($0).size <= values.size }) else {
      throw tooLarge(values)
    }
    return value(length)
  }

  /// What is in the index.
  func status() throws(CommandError) -> JSONValue {
    let index = try SearchIndex.opened(at: indexPath)
    let status = index.status
    return .object([
      .init("root", .string(index.collectionRoot)),
      .init("documents", .integer(status.documents)), .init("words", .integer(status.words)),
      .init("skipped", .integer(status.skipped.count)),
      .init("generation", .integer(Int(clamping: status.generation))),
    ])
  }

  /// The largest number up to a limit that fits; nil where not even 0 does.
  private func longest(_ limit: Int, _ fits: (Int) -> Bool) -> Int? {
    guard fits(0) else { return nil }
    var (low, high) = (0, limit)
    while low < high {
      let middle = (low + high + 1) / 2
      if fits(middle) { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

extension JSONValue {
  /// How many Unicode code points the value has on one line.
  fileprivate var size: Int { text.unicodeScalars.count }
}

extension String {
  /// The first code points of the text.
  fileprivate func first(_ count: Int) -> String {
    String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
  }

  /// The text, or its first code points and an ellipsis.
  fileprivate func cut(to count: Int) -> String {
    unicodeScalars.count <= count ? self : first(count) + "…"
  }
}
