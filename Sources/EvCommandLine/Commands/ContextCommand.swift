// evsearch mcp: the index as a tool of programs that speak the Model Context Protocol.

import ArgumentParser
import EvTerminal

/// Answers requests of the Model Context Protocol on the standard input.
struct ContextCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp", abstract: "Serve the index to a program, by the Model Context Protocol.",
    discussion: """
      Requests come on the standard input, a line each, and answers go to the standard output; nothing \
      else does. The tools are search, get and status. Each keeps to the size that the program asks for, \
      and says where to go on. They read the index as it is at each call, and write nothing.
      """)

  @OptionGroup var common: CommonOptions

  var color: ColorChoice { common.colorChoice }

  func run(on console: Console) throws(CommandError) -> ExitStatus {
    let path = try IndexLocation.existing(common.indexPath, on: console)
    let server = ContextServer(
      tools: ContextTools(indexPath: path, environment: console.environment))
    var lines = LineInput(descriptor: console.input)
    while !console.output.isClosed, let line = lines.next() {
      guard line.contains(where: { !$0.isWhitespace }), let answer = server.answer(line) else {
        continue
      }
      console.output.write(answer.text + "\n")
      console.output.flush()
    }
    return .success
  }
}
