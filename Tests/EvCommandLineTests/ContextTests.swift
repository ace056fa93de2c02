import EvTerminal
import EvTestSupport
import Testing

@testable import EvCommandLine

/// The index as a tool of other programs.
@Suite struct ContextTests {
  private let folder: TemporaryDirectory
  private let server: ContextServer

  /// One that all tests share but for those that change it.
  private static let shared = Result { try Self(of: .untilExit()) }

  init() throws { self = try Self.shared.get() }

  private init(of folder: TemporaryDirectory) throws {
    self.folder = folder
    for number in 1...30 {
      try folder.write(
        "T/\(number).md",
        "# Article \(number)\n\nThe lock-in rate of model \(number) rose to \(number)%. "
          + String(repeating: "More \"words\" about 锁单率 follow. ", count: number) + "\n")
    }
    let console = RecordedConsole(in: folder.path)
    try #require(EvSearchCommand.run(["index", "T"], on: console.console) == .success)
    server = ContextServer(
      tools: ContextTools(indexPath: folder.path("T/.evsearch"), environment: Environment([:])))
  }

  private func call(_ tool: String, _ arguments: String) throws -> JSONValue {
    let answer = server.answer(
      #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"\#(tool)","#
        + #""arguments":\#(arguments)}}"#)
    let result = try #require(answer?["result"], "\(answer?.text ?? "")")
    return result
  }

  private func text(_ result: JSONValue) throws -> String {
    guard case .array(let content) = result["content"] else { return "" }
    return try #require(content.first?["text"]?.string)
  }

  @Test(arguments: ["2025-06-18", "2025-11-25", "1999-01-01"])
  func `a greeting agrees on a revision`(revision: String) throws {
    let answer = try #require(
      server.answer(
        #"{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"\#(revision)"}}"#
      ))
    #expect(answer["id"] == .string("a"))
    let agreed = answer["result"]?["protocolVersion"]?.string
    #expect(agreed == (ContextServer.revisions.contains(revision) ? revision : "2025-11-25"))
    #expect(answer["result"]?["serverInfo"]?["name"] == .string("evsearch"))
    #expect(answer["result"]?["capabilities"]?["tools"] != nil)
  }

  @Test func `a client of the stateless revision needs no greeting`() throws {
    func result(_ method: String, _ revision: String, _ rest: String = "") throws -> JSONValue {
      try #require(
        server.answer(
          #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{"_meta":"#
            + #"{"io.modelcontextprotocol/protocolVersion":"\#(revision)"}\#(rest)}}"#))
    }
    let found = try #require(try result("server/discover", "2026-07-28")["result"])
    #expect(found["resultType"] == .string("complete"))
    #expect(found["supportedVersions"] == .array([.string("2026-07-28")]))
    #expect(found["capabilities"]?["tools"] != nil && found["ttlMs"] != nil)
    let tools = try #require(try result("tools/list", "2026-07-28")["result"])
    #expect(tools["resultType"] == .string("complete") && tools["cacheScope"] != nil)
    let call = #","name":"status","arguments":{}"#
    let status = try #require(try result("tools/call", "2026-07-28", call)["result"])
    #expect(status["resultType"] == .string("complete") && status["isError"] == .bool(false))
    #expect(try result("tools/call", "2025-11-25", call)["result"]?["resultType"] == nil)
    #expect(try result("ping", "2026-07-28")["error"]?["code"] == .integer(-32601))
    let error = try #require(try result("tools/list", "1900-01-01")["error"])
    #expect(error["code"] == .integer(-32022))
    #expect(error["data"]?["requested"] == .string("1900-01-01"))
  }

  @Test func `a ping is answered, and what asks for no answer gets none`() {
    #expect(
      server.answer(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#)?.text
        == #"{"jsonrpc":"2.0","id":1,"result":{}}"#)
    #expect(server.answer(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#) == nil)
    #expect(server.answer(#"{"jsonrpc":"2.0","id":3,"result":{}}"#) == nil)
  }

  @Test(arguments: [
    ("nonsense", -32700), ("{\"a\":", -32700), ("[]", -32600), ("7", -32600),
    (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32600),
    (#"{"jsonrpc":"2.0","id":1}"#, -32600),
    (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600),
    (#"{"jsonrpc":"2.0","id":1,"method":7}"#, -32600),
    (#"{"jsonrpc":"2.0","id":1,"method":"nosuch"}"#, -32601),
    (#"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#, -32602),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}"#, -32602),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"rm"}}"#, -32602),
  ])
  func `a mistake is an error of JSON-RPC`(line: String, code: Int) throws {
    let answer = try #require(server.answer(line))
    #expect(answer["error"]?["code"] == .integer(code))
    #expect(answer["error"]?["message"]?.string?.isEmpty == false)
    #expect(!answer.text.contains("\n"))
  }

  @Test func `the tools are listed with schemas of what they take and give`() throws {
    let answer = server.answer(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#)
    guard case .array(let tools) = answer?["result"]?["tools"] else {
      Issue.record("there is no list")
      return
    }
    #expect(tools.compactMap { $0["name"]?.string } == ["search", "get", "status"])
    for tool in tools {
      #expect(tool["inputSchema"]?["type"] == .string("object"))
      #expect(tool["inputSchema"]?["additionalProperties"] == .bool(false))
      #expect(tool["outputSchema"]?["type"] == .string("object"))
    }
  }

  @Test(arguments: [500, 800, 2000, 8000])
  func `no answer is larger than was asked for, and cursors lead through all hits`(
    size: Int
  ) throws {
    var paths: [String] = []
    var cursor = ""
    repeat {
      let result = try call(
        "search", #"{"query":"lock-in rate","max_chars":\#(size)\#(cursor)}"#)
      #expect(result["isError"] == .bool(false))
      let text = try text(result)
      #expect(text.unicodeScalars.count <= size)
      let content = try #require(result["structuredContent"])
      #expect(content.text == text)
      #expect(try JSONValue(parsing: text) == content)
      guard case .array(let hits) = content["hits"] else { break }
      #expect(!hits.isEmpty)
      paths += hits.compactMap { $0["path"]?.string }
      guard let next = content["next_cursor"]?.string else { break }
      cursor = #","cursor":"\#(next)""#
    } while paths.count < 100
    #expect(Set(paths) == Set((1...30).map { "\($0).md" }))
    #expect(paths.count == 30)
  }

  @Test func `an article is read piece by piece`() throws {
    var whole = ""
    var cursor = ""
    repeat {
      let result = try call("get", #"{"path":"30.md","max_chars":600\#(cursor)}"#)
      #expect(try text(result).unicodeScalars.count <= 600)
      whole += result["structuredContent"]?["text"]?.string ?? ""
      guard let next = result["structuredContent"]?["next_cursor"]?.string else { break }
      cursor = #","cursor":"\#(next)""#
    } while whole.count < 100_000
    #expect(whole.hasPrefix("Article 30"))
    #expect(whole.matches(of: #/锁单率/#).count == 30)
  }

  @Test(arguments: [
    ("search", "{}"), ("search", #"{"query":7}"#), ("search", #"{"query":" "}"#),
    ("search", #"{"query":"a","limit":3}"#), ("search", #"{"query":"a","max_chars":1}"#),
    ("search", #"{"query":"a","cursor":"x"}"#), ("search", #"{"query":"a","cursor":"3-abc"}"#),
    ("get", #"{"path":"../secret"}"#), ("get", #"{"path":"/etc/passwd"}"#),
    ("get", #"{"path":".evsearch/manifest"}"#), ("status", #"{"a":1}"#), ("search", "[]"),
  ])
  func `what a tool does not take is said to the program`(
    tool: String, arguments: String
  ) throws {
    let result = try call(tool, arguments)
    #expect(result["isError"] == .bool(true))
    #expect(result["structuredContent"] == nil)
    #expect(try !text(result).isEmpty)
  }

  @Test func `the index is read as it is at each call`() throws {
    let own = try Self(of: TemporaryDirectory())
    #expect(try own.call("status", "{}")["structuredContent"]?["documents"] == .integer(30))
    try own.folder.write("T/31.md", "A Rivian.\n")
    let console = RecordedConsole(in: own.folder.path("T"))
    #expect(EvSearchCommand.run(["index"], on: console.console) == .success)
    #expect(try own.call("status", "{}")["structuredContent"]?["documents"] == .integer(31))
    #expect(try text(own.call("search", #"{"query":"Rivian"}"#)).contains("31.md"))
  }

  @Test(arguments: 0..<60)
  func `no message traps the server`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let good = Array(
      #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get","arguments":{"path":"1.md"}}}"#
        .utf8)
    var line = good
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0..<line.count, using: &random)
      line[place] = UInt8.random(in: 0...255, using: &random)
    }
    let answer = server.answer(String(decoding: line, as: UTF8.self))
    #expect(answer.map { !$0.text.contains("\n") } ?? true)
  }
}

@Suite struct JSONParsingTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" true ", .bool(true)), ("-12", .integer(-12)), ("0", .integer(0)),
    ("1.5e3", .number(1500)), ("[]", .array([])), ("{}", .object([])),
    ("[1, \"a\"]", .array([.integer(1), .string("a")])),
    (#""\u9501\ud83d\ude00\n\"\/""#, .string("锁😀\n\"/")), (#""\ud800x""#, .string("\u{FFFD}x")),
    (
      #"{"a":{"b":[null]}}"#,
      .object([.init("a", .object([.init("b", .array([.null]))]))])
    ),
    ("99999999999999999999", .number(1e20)),
  ])
  func `what is JSON is read`(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
    #expect(try JSONValue(parsing: value.text) == value)
  }

  @Test(arguments: [
    "", "nul", "01", "-", "1.", "1e", "[1,]", "[1", "{\"a\"}", "{a:1}", "{\"a\":1,}", "\"a",
    "\"\\x\"", "\"\\u12\"", "\"\n\"", "1 2", "+1", "NaN", "'a'",
    String(repeating: "[", count: 1_000_000),
  ])
  func `what is no JSON is an error`(text: String) {
    #expect(throws: JSONValue.ParsingError.self) { try JSONValue(parsing: text) }
  }
}
