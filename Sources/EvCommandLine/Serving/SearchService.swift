// What the server has to offer, apart from sockets: a request in, an answer out.

import ArgumentParser
import EvSearch
import EvTerminal

/// Answers requests from an index, which is opened for each: so it sees what others commit.
struct SearchService {
  let indexPath: String
  let console: Console
  /// The address that was asked for with `--host`.
  let host: String

  /// What a request may say, by the names of the options of a search.
  ///
  /// None of them runs, opens or reads anything but the index and its documents.
  static let options: Set<String> = [
    "limit", "offset", "passages", "sort", "since", "until", "facet", "glob", "type", "ranking",
  ]
  static let flags: Set<String> = ["reverse", "strict", "explain", "no-collapse", "no-refresh"]

  /// The answer to a request.
  func answer(_ request: HTTPRequest) -> HTTPResponse {
    do throws(CommandError) {
      try checkOrigin(of: request)
      guard ["GET", "HEAD"].contains(request.method) else {
        throw CommandError(code: "method", message: "\(request.method) is not understood here.")
      }
      switch request.path {
      case "/": return try page(request)
      case "/search": return .json(try search(request).json)
      case "/get": return try document(request["path"] ?? "")
      case "/status":
        let tools = ContextTools(indexPath: indexPath, environment: console.environment)
        return .json(try tools.status())
      default:
        throw CommandError(
          code: "no_page", message: "There is nothing at \(request.path).",
          hint: "There are /, /search, /get and /status.")
      }
    } catch {
      return .error(error)
    }
  }

  /// Refuses what pages of others make a browser ask for, be it directly or by a name of theirs that
  /// leads to this machine.
  private func checkOrigin(of request: HTTPRequest) throws(CommandError) {
    guard let name = request.fields["host"].map(Self.name), isOurs(name) else {
      throw CommandError(code: "forbidden", message: "The Host of the request is not this server.")
    }
    guard let origin = request.fields["origin"] else { return }
    guard origin == "http://" + (request.fields["host"] ?? "") else {
      throw CommandError(code: "forbidden", message: "Pages of \(origin) may not ask this server.")
    }
  }

  private func isOurs(_ name: String) -> Bool {
    let own = host.lowercased()
    if ["localhost", "127.0.0.1", "[::1]", own, "[\(own)]"].contains(name) { return true }
    // Whoever listens everywhere is asked by the machine's numbers, which nobody can give a page.
    guard ["0.0.0.0", "::"].contains(host) else { return false }
    return name.hasPrefix("[") || name.allSatisfy { $0 == "." || ("0"..."9").contains($0) }
  }

  /// A host without its port, in small letters.
  private static func name(_ host: String) -> String {
    let end = host.lastIndex(of: "]") ?? host.startIndex
    let colon = host[end...].firstIndex(of: ":") ?? host.endIndex
    return host[..<colon].lowercased()
  }

  /// Answers a query, with the options of the request.
  private func search(_ request: HTTPRequest) throws(CommandError) -> Answer {
    let query = request["q"] ?? ""
    guard query.contains(where: { !$0.isWhitespace }) else {
      throw CommandError(
        code: "empty_query", message: "There is nothing to search for.", hint: "Add ?q=WORDS")
    }
    var arguments: [String] = []
    for (name, value) in request.parameters where name != "q" {
      if Self.options.contains(name) {
        arguments.append("--\(name)=\(value)")
      } else if Self.flags.contains(name) {
        arguments.append("--\(name)")
      } else {
        let names = Self.options.union(Self.flags).union(["q"]).sorted().joined(separator: ", ")
        throw CommandError(
          code: "usage", message: "There is no parameter \(name).", hint: "There are \(names).")
      }
    }
    let settings: SearchSettings
    do {
      settings = try SearchCommand.parse(arguments + ["--", query]).settings(on: console)
    } catch {
      let message = SearchCommand.message(for: error)
      throw UsageMistake(arguments: ["search"] + arguments, message: message).error
    }
    let answer = try Answer(to: query, in: indexPath, settings, environment: console.environment)
    try answer.refuseProblems()
    return answer
  }

  /// A page for people: a line to type in, and what was found.
  private func page(_ request: HTTPRequest) throws(CommandError) -> HTTPResponse {
    let query = request["q"] ?? ""
    let form = """
      <form action="/"><input name="q" size="40" value="\(HTMLRenderer.escaped(query))" autofocus>
      <button>Search</button></form>

      """
    guard query.contains(where: { !$0.isWhitespace }) else {
      let body = HTMLRenderer.head(title: "evsearch") + form + "</body>\n</html>\n"
      return HTTPResponse(status: .ok, kind: .html, body: body)
    }
    let answer = try search(request)
    let output = TextOutput(descriptor: console.errors.descriptor, isTerminal: false)
    var renderer = HTMLRenderer(
      paths: DocumentPaths(root: answer.root, workingFolder: answer.root),
      footer: answer.results.footer(took: answer.took).plain)
    renderer.form = form
    renderer.documentAddress = { "/get?path=" + $0.percentEncoded }
    return HTTPResponse(
      status: .ok, kind: .html,
      body: output.capture { renderer.print(answer.results, to: output) })
  }

  /// The text of a document.
  private func document(_ path: String) throws(CommandError) -> HTTPResponse {
    let index = try SearchIndex.opened(at: indexPath)
    let text = try GetCommand.text(of: path, index, from: index.collectionRoot)
    return HTTPResponse(status: .ok, kind: .text, body: text)
  }
}
