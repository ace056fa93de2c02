// The Model Context Protocol: JSON-RPC 2.0, a message a line. Up to revision 2025-11-25 a client greets the
// server first; from 2026-07-28 on each request says its revision in `_meta`, and nothing is remembered.

/// Answers the messages of a client.
struct ContextServer {
  let tools: ContextTools

  /// The revisions that begin with a greeting, the latest first.
  static let revisions = ["2025-11-25", "2025-06-18"]

  /// The revision whose requests stand for themselves.
  static let statelessRevision = "2026-07-28"

  /// How long a client may keep what does not change while the program runs, in milliseconds.
  private static let lifetime = 3_600_000

  /// An error of the protocol, with a code of JSON-RPC.
  struct Refusal: Error, Equatable {
    let code: Int
    let message: String
    /// What a program needs to know besides.
    var data: JSONValue?

    static func parse(_ reason: String) -> Refusal { Refusal(code: -32700, message: reason) }
    static func request(_ reason: String) -> Refusal { Refusal(code: -32600, message: reason) }
    static func method(_ name: String) -> Refusal {
      Refusal(code: -32601, message: "There is no method \(name).")
    }
    static func revision(_ wanted: String) -> Refusal {
      let supported = ([statelessRevision] + revisions).map { JSONValue.string($0) }
      return Refusal(
        code: -32022, message: "Revision \(wanted) of the protocol is not spoken here.",
        data: .object([
          .init("supported", .array(supported)), .init("requested", .string(wanted)),
        ]))
    }
    static func parameters(_ reason: String) -> Refusal { Refusal(code: -32602, message: reason) }
  }

  /// The answer to a message; nil where it asks for none.
  func answer(_ line: String) -> JSONValue? {
    let message: JSONValue
    do throws(JSONValue.ParsingError) {
      message = try JSONValue(parsing: line)
    } catch {
      return Self.error(
        .parse("This is no JSON at byte \(error.offset): \(error.reason)."), id: .null)
    }
    guard case .object = message, message["jsonrpc"] == .string("2.0") else {
      return Self.error(.request("A message is an object with \"jsonrpc\": \"2.0\"."), id: .null)
    }
    guard let method = message["method"] else {
      // An answer to a request; we ask for nothing.
      if message["result"] != nil || message["error"] != nil { return nil }
      return Self.error(.request("A message has a method."), id: Self.id(message) ?? .null)
    }
    guard message["id"] != nil else { return nil }
    guard let id = Self.id(message) else {
      return Self.error(.request("An id is a string or a whole number."), id: .null)
    }
    guard let name = method.string else {
      return Self.error(.request("A method is a string."), id: id)
    }
    do throws(Refusal) {
      return .object([
        .init("jsonrpc", .string("2.0")), .init("id", id),
        .init("result", try result(of: name, message["params"] ?? .object([]))),
      ])
    } catch {
      return Self.error(error, id: id)
    }
  }

  private static func id(_ message: JSONValue) -> JSONValue? {
    switch message["id"] {
    case .string(let text): .string(text)
    case .integer(let number): .integer(number)
    default: nil
    }
  }

  private static func error(_ refusal: Refusal, id: JSONValue) -> JSONValue {
    var parts = [
      JSONValue.Member("code", .integer(refusal.code)), .init("message", .string(refusal.message)),
    ]
    if let data = refusal.data { parts.append(.init("data", data)) }
    return .object([
      .init("jsonrpc", .string("2.0")), .init("id", id), .init("error", .object(parts)),
    ])
  }

  private func result(
    of method: String, _ parameters: JSONValue
  ) throws(Refusal) -> JSONValue {
    let isStateless = try isStateless(method, parameters)
    var members: [JSONValue.Member]
    switch method {
    case "initialize": return try greeting(parameters)
    case "ping" where !isStateless: return .object([])
    case "server/discover":
      members = [.init("supportedVersions", .array([.string(Self.statelessRevision)]))]
      members += Self.identity + Self.caching
    case "tools/list":
      members = [.init("tools", .array(ContextTools.descriptions))]
      if isStateless { members += Self.caching }
    case "tools/call":
      guard let name = parameters["name"]?.string else {
        throw .parameters("A call has the name of a tool.")
      }
      guard let tool = ContextTool(rawValue: name) else {
        throw .parameters("There is no tool \(name).")
      }
      members = tools.call(tool, parameters["arguments"] ?? .object([]))
    default: throw .method(method)
    }
    if isStateless { members.insert(.init("resultType", .string("complete")), at: 0) }
    return .object(members)
  }

  /// Whether a request says its revision itself, which then has to be one that is spoken.
  private func isStateless(
    _ method: String, _ parameters: JSONValue
  ) throws(Refusal) -> Bool {
    guard method != "initialize" else { return false }
    guard let wanted = parameters["_meta"]?["io.modelcontextprotocol/protocolVersion"]?.string
    else { return method == "server/discover" }
    guard wanted == Self.statelessRevision || Self.revisions.contains(wanted) else {
      throw .revision(wanted)
    }
    return wanted == Self.statelessRevision || method == "server/discover"
  }

  private func greeting(_ parameters: JSONValue) throws(Refusal) -> JSONValue {
    guard let wanted = parameters["protocolVersion"]?.string else {
      throw .parameters("initialize has a protocolVersion.")
    }
    let revision = Self.revisions.contains(wanted) ? wanted : Self.revisions[0]
    return .object([.init("protocolVersion", .string(revision))] + Self.identity)
  }

  /// What the server can do and what it is.
  private static var identity: [JSONValue.Member] {
    [
      .init(
        "capabilities",
        .object([.init("tools", .object([.init("listChanged", .bool(false))]))])),
      .init(
        "serverInfo",
        .object([
          .init("name", .string("evsearch")), .init("title", .string("evsearch")),
          .init("version", .string(EvSearchCommand.version)),
        ])),
      .init(
        "instructions",
        .string(
          "Search a folder of articles with search; read a whole article with get. Where an answer has "
            + "a next_cursor, call again with it as cursor.")),
    ]
  }

  /// How long, and for whom, an answer may be kept.
  private static var caching: [JSONValue.Member] {
    [.init("ttlMs", .integer(lifetime)), .init("cacheScope", .string("private"))]
  }
}
