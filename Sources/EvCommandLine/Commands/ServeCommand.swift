// evsearch serve: the index for browsers and programs on this machine.

import ArgumentParser
import EvTerminal

/// Answers requests of HTTP.
struct ServeCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the index by HTTP, to this machine only.",
    discussion: """
      /search?q=WORDS answers with the JSON of --format json; limit, offset, passages, sort, since, until, \
      facet, glob, type, strict and others mean what they mean as options. /get?path=PATH is the text of a document, \
      /status the size of the index, / a page for people. Nothing is written. Pages of others cannot ask: a \
      request has to name this server as its Host, and as its Origin where it has one.
      """)

  @Option(help: ArgumentHelp("The port to listen at; 0 is any that is free.", valueName: "number"))
  var port = 8320

  @Option(
    help: ArgumentHelp(
      "The address to listen at; whoever reaches it can read the documents.", valueName: "address"))
  var host = "127.0.0.1"

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func validate() throws {
    guard (0...65535).contains(port) else {
      throw ValidationError("--port must be between 0 and 65535, not \(port).")
    }
  }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let path = try IndexLocation.existing(common.indexPath, on: console)
    let service = SearchService(indexPath: path, console: console, host: host)
    let shown = host.contains(":") ? "[\(host)]" : host
    var server = HTTPServer(try ListeningSocket(host: host, port: port)) { service.answer($0) }
    console.note("Serving \(path) at http://\(shown):\(server.port)/ Ctrl-C ends it.")
    while true { server.step(milliseconds: 1000) }
  }
}
