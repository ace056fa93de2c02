import EvTerminal
import EvTestSupport
import Glibc
import Testing

@testable import EvCommandLine

/// The index by HTTP.
@Suite struct ServeTests {
  private let folder: TemporaryDirectory
  private let service: SearchService

  /// What all tests share, as none of them changes anything.
  private static let shared = Result {
    let folder = try TemporaryDirectory.untilExit()
    try folder.write("T/a.md", "# The <rate>\n\nThe lock-in rate rose to 40%.\n")
    try folder.write("T/b.txt", "Another rate fell.\n")
    try folder.write("outside.txt", "secret\n")
    let recorded = RecordedConsole(in: folder.path)
    try #require(EvSearchCommand.run(["index", "T"], on: recorded.console) == .success)
    return folder
  }

  init() throws {
    folder = try Self.shared.get()
    service = SearchService(
      indexPath: folder.path("T/.evsearch"), console: RecordedConsole(in: folder.path).console,
      host: "127.0.0.1")
  }

  private func request(
    _ target: String, method: String = "GET", host: String = "127.0.0.1:8320",
    _ fields: String = ""
  ) throws -> HTTPRequest {
    let head = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n\(fields)\r\n"
    return try #require(HTTPRequest(head: Array(head.utf8)))
  }

  @Test func `a search has the JSON of the command`() throws {
    let answer = service.answer(try request("/search?q=lock-in+rate&limit=1&no-refresh=1"))
    #expect(answer.status == .ok && answer.kind == .json)
    let json = try JSONValue(parsing: answer.body)
    let console = RecordedConsole(in: folder.path("T"))
    _ = EvSearchCommand.run(
      ["--json", "-n1", "--no-refresh", "lock-in", "rate"], on: console.console)
    let command = try JSONValue(parsing: console.output)
    for name in ["schema", "query", "index", "total", "hits", "limit"] {
      #expect(json[name] == command[name], "\(name)")
    }
    #expect(json["total"] == .integer(1))
    let none = service.answer(try request("/search?q=zzzqqq"))
    #expect(none.status == .ok && none.body.contains(#""hits":[]"#))
  }

  @Test func `options of a search are parameters, and nothing else is`() throws {
    let sorted = service.answer(try request("/search?q=rate&sort=path&reverse=1&glob=*.txt"))
    #expect(sorted.body.contains("b.txt") && !sorted.body.contains("a.md"))
    for target in [
      "/search", "/search?q=+", "/search?q=rate&exec=rm", "/search?q=rate&open=1",
      "/search?q=rate&limit=x", "/search?q=rate&index=/etc", "/search?q=rate&config=/etc/passwd",
    ] {
      let answer = service.answer(try request(target))
      #expect(answer.status == .badRequest, "\(target)")
      #expect(try JSONValue(parsing: answer.body)["error"]?["message"] != nil)
    }
    let typed = service.answer(try request("/search?q=--exec%20rm"))
    #expect(typed.status == .ok)
  }

  @Test func `a document is read from the index's folder only`() throws {
    let text = service.answer(try request("/get?path=b.txt"))
    #expect(text == HTTPResponse(status: .ok, kind: .text, body: "Another rate fell.\n"))
    for path in ["../outside.txt", "%2Fetc%2Fpasswd", "", "none.txt"] {
      #expect(service.answer(try request("/get?path=\(path)")).status == .notFound, "\(path)")
    }
  }

  @Test func `a page has a line to type in, its hits and no markup of documents`() throws {
    let page = service.answer(try request("/?q=%3Crate%3E"))
    #expect(page.kind == .html && page.body.contains("&lt;rate&gt;"))
    #expect(!page.body.contains("<rate>") && page.body.contains("/get?path=a.md"))
    #expect(service.answer(try request("/")).body.contains("<form"))
    #expect(service.answer(try request("/status")).body.contains(#""documents":2"#))
    #expect(service.answer(try request("/nothing")).status == .notFound)
    #expect(service.answer(try request("/", method: "POST")).status == .wrongMethod)
  }

  @Test func `who is not asked by its own name, or by a page of others, refuses`() throws {
    for host in ["127.0.0.1", "localhost:99", "[::1]:8320", "LOCALHOST"] {
      #expect(service.answer(try request("/status", host: host)).status == .ok, "\(host)")
    }
    for host in ["evil.example", "evil.example:8320", "127.0.0.1.evil.example", ""] {
      #expect(service.answer(try request("/status", host: host)).status == .forbidden, "\(host)")
    }
    let own = try request("/status", "Origin: http://127.0.0.1:8320\r\n")
    #expect(service.answer(own).status == .ok)
    for origin in ["http://evil.example", "null", "https://127.0.0.1:8320", "http://127.0.0.1:1"] {
      let foreign = try request("/status", "Origin: \(origin)\r\n")
      #expect(service.answer(foreign).status == .forbidden, "\(origin)")
    }
    let head = "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"
    #expect(HTTPRequest(head: Array(head.utf8)) == nil)
  }

  @Test func `addresses are decoded, whatever they are`() {
    #expect(HTTPRequest.decoded("a+b%20c%C3%A9") == "a b cé")
    #expect(HTTPRequest.decoded("100%") == "100%" && HTTPRequest.decoded("%zz%4") == "%zz%4")
    #expect(HTTPRequest.decoded("%FF") == "\u{FFFD}" && HTTPRequest.decoded("%+1") == "% 1")
  }

  @Test(arguments: 0..<20)
  func `no bytes trap the reader of requests`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var bytes = Array("GET /search?q=%41&a HTTP/1.1\r\nHost: localhost\r\nA: b\r\n\r\n".utf8)
    for _ in 0..<8 {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
    }
    guard let end = HTTPRequest.end(in: bytes),
      let request = HTTPRequest(head: Array(bytes[..<end]))
    else { return }
    #expect(!service.answer(request).bytes(withBody: true).isEmpty)
  }

  @Test func `requests come and answers go by sockets, and a slow one keeps nobody waiting`() throws
  {
    let service = service
    var server = HTTPServer(try ListeningSocket(host: "127.0.0.1", port: 0)) { service.answer($0) }
    let slow = try Client(port: server.port)
    slow.send("GET / HT")
    let fast = try Client(port: server.port)
    fast.send("HEAD /status HTTP/1.1\r\nHost: localhost\r\n\r\n")
    let broken = try Client(port: server.port)
    broken.send("nonsense\r\n\r\n")
    let endless = try Client(port: server.port)
    endless.send(String(repeating: "x", count: HTTPRequest.maximumBytes + 10))
    func answer(_ client: Client) -> String {
      for _ in 0..<1000 where !client.hasEnded { server.step(milliseconds: 10) }
      return client.received
    }
    let status = answer(fast)
    #expect(status.hasPrefix("HTTP/1.1 200 OK\r\n") && status.hasSuffix("\r\n\r\n"))
    #expect(status.contains("Content-Length: ") && !status.contains("documents"))
    #expect(answer(broken).hasPrefix("HTTP/1.1 400 "))
    #expect(answer(endless).hasPrefix("HTTP/1.1 431 "))
    #expect(!slow.hasEnded)
    slow.send("TP/1.1\r\nHost: localhost\r\n\r\n")
    #expect(answer(slow).contains("<form"))
  }

  @Test func `a port that is taken is said to be`() throws {
    let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
    let console = RecordedConsole(in: folder.path("T"))
    let status = EvSearchCommand.run(["serve", "--port", "\(socket.port)"], on: console.console)
    #expect(status == .failure && console.errors.contains("Choose another one with --port"))
  }
}

/// The other side of a connection.
private final class Client {
  private let descriptor: Int32
  private(set) var received = ""

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    // Safe: the structure is an address of the kind that it says, and has its own length.
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(result == 0)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  deinit { close(descriptor) }

  func send(_ text: String) {
    let output = TextOutput(descriptor: descriptor, isTerminal: false)
    output.write(text)
    output.flush()
  }

  /// Whether the server has ended the connection; takes what has come.
  var hasEnded: Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while let count = SystemCalls.read(descriptor, into: &buffer) {
      guard count > 0 else { return true }
      received += String(decoding: buffer[..<count], as: UTF8.self)
    }
    return errno == ECONNRESET
  }
}
