// The tools of evsearch mcp: what they are called, and what they take and give.

/// A tool.
enum ContextTool: String, CaseIterable {
  case search, get, status

  /// An argument of a tool.
  struct Argument {
    let name: String
    let type: String
    let description: String
    var isRequired = false
    var least: Int?
    var most: Int?
    var usual: Int?
  }

  /// The sizes of an answer that can be asked for, in Unicode code points.
  static let sizes = 500...1_000_000
  static let usualSize = 8000

  private static let size = Argument(
    name: "max_chars", type: "integer",
    description: "The most characters (Unicode code points) of the answer.",
    least: sizes.lowerBound,
    most: sizes.upperBound, usual: usualSize)
  private static let cursor = Argument(
    name: "cursor", type: "string", description: "The next_cursor of the answer before.")

  /// What the tool takes.
  var arguments: [Argument] {
    switch self {
    case .search:
      [
        Argument(
          name: "query", type: "string",
          description:
            "What to look for: words, \"a phrase\", -without, title:word, date:2024-05..",
          isRequired: true),
        Self.size, Self.cursor,
      ]
    case .get:
      [
        Argument(
          name: "path", type: "string", description: "The path of an article, as search gives it.",
          isRequired: true),
        Self.size, Self.cursor,
      ]
    case .status: []
    }
  }

  private var purpose: (title: String, text: String) {
    switch self {
    case .search:
      (
        "Search articles",
        "Find the passages of a folder of articles that best answer a query, best first."
      )
    case .get: ("Read an article", "Read the text of an article that search has found.")
    case .status: ("Index status", "Say what is in the index.")
    }
  }

  /// The names that an answer has, and their types in JSON Schema.
  private var results: [(name: String, schema: JSONValue)] {
    let text = Self.schema("string")
    let number = Self.schema("integer")
    let optional = Self.schema("string", "null")
    switch self {
    case .search:
      let hit: [(String, JSONValue)] = [
        ("rank", number), ("path", text), ("line", number), ("title", text), ("date", optional),
        ("source", optional), ("score", Self.schema("number")), ("text", text),
        ("missing", Self.list(text)),
      ]
      return [
        ("query", text), ("read_as", text), ("total", number),
        ("total_is_exact", Self.schema("boolean")), ("notes", Self.list(text)),
        ("suggestion", optional), ("hits", Self.list(Self.object(hit))), ("next_cursor", optional),
      ]
    case .get: return [("path", text), ("text", text), ("next_cursor", optional)]
    case .status:
      return [
        ("root", text), ("documents", number), ("words", number), ("skipped", number),
        ("generation", number),
      ]
    }
  }

  /// The tool as `tools/list` has it.
  var description: JSONValue {
    let properties = arguments.map { argument in
      var members = [
        JSONValue.Member("type", .string(argument.type)),
        .init("description", .string(argument.description)),
      ]
      if let least = argument.least { members.append(.init("minimum", .integer(least))) }
      if let most = argument.most { members.append(.init("maximum", .integer(most))) }
      if let usual = argument.usual { members.append(.init("default", .integer(usual))) }
      return JSONValue.Member(argument.name, .object(members))
    }
    return .object([
      .init("name", .string(rawValue)),
      .init("title", .string(purpose.title)),
      .init("description", .string(purpose.text)),
      .init(
        "inputSchema",
        .object([
          .init("type", .string("object")), .init("properties", .object(properties)),
          .init(
            "required",
            .array(arguments.filter(\.isRequired).map { .string($0.name) })),
          .init("additionalProperties", .bool(false)),
        ])),
      .init("outputSchema", Self.object(results)),
      .init(
        "annotations",
        .object([
          .init("readOnlyHint", .bool(true)), .init("openWorldHint", .bool(false)),
        ])),
    ])
  }

  private static func schema(_ types: String...) -> JSONValue {
    let names = types.map { JSONValue.string($0) }
    return .object([.init("type", names.count == 1 ? names[0] : .array(names))])
  }

  private static func list(_ items: JSONValue) -> JSONValue {
    .object([.init("type", .string("array")), .init("items", items)])
  }

  private static func object(_ properties: [(String, JSONValue)]) -> JSONValue {
    .object([
      .init("type", .string("object")),
      .init("properties", .object(properties.map { .init($0.0, $0.1) })),
      .init("required", .array(properties.map { .string($0.0) })),
    ])
  }
}
