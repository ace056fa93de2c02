import EvTestSupport
import Testing

@testable import EvCommandLine

@Suite struct ReplInputTests {
  @Test(
    arguments: [
      ("lock-in rate", .search("lock-in rate")),
      (".NET", .search(".NET")),
      (".NET core", .search(".NET core")),
      (" .help", .search(" .help")),
      (".5", .search(".5")),
      (".", .search(".")),
      ("...", .search("...")),
      (".foo bar", .search(".foo bar")),
      (".open-source cars", .search(".open-source cars")),
      ("quit", .search("quit")),
      ("\\x", .search("\\x")),
      ("", .nothing),
      (" \t ", .nothing),
      (".help", .command(.help(nil))),
      (".help open", .command(.help(.open))),
      (".help .open", .command(.help(.open))),
      (".quit", .command(.quit)),
      (".quit  ", .command(.quit)),
      (".exit", .command(.quit)),
      ("\\q", .command(.quit)),
      ("\\? ", .command(.help(nil))),
      ("\\o out.txt", .command(.output("out.txt", isOnce: false))),
      ("\\! ls -l", .command(.shell("ls -l"))),
      ("\\timing", .command(.setting(.timer, nil))),
      (".once out.txt", .command(.output("out.txt", isOnce: true))),
      (".in 3", .command(.within(.hit(3)))),
      (".in tag:NIO", .command(.within(.field("tag:NIO")))),
      (".in", .command(.within(nil))),
      (".mode json", .command(.mode(.json))),
      (".last csv", .command(.last(.csv))),
      (".more 2", .command(.more(2))),
      (".like 2", .command(.like(2))),
      (".set strict on", .command(.setting(.strict, "on"))),
      (".terms lo", .command(.terms("lo"))),
      (".open 3", .command(.open(3))),
      (".limit", .command(.limit(nil))),
      (".limit 0", .command(.limit(0))),
      (".status", .command(.status)),
      (".next", .command(.next)),
      (".prev", .command(.previous)),
      (".q", .command(.quit)), (".n", .command(.next)), (".op 3", .command(.open(3))),
      (".op amp", .search(".op amp")), (".p 500", .search(".p 500")),
      (".last", .command(.last(nil))),
    ] as [(String, ReplInput)])
  func `a command is a known name after a full stop in the first column`(
    line: String, input: ReplInput
  ) {
    #expect(ReplInput(line) == input)
  }

  @Test(arguments: [
    ".foo", ".open", ".open x", ".open 0", ".open 1 2", ".limit -1", ".limit x", ".next 3",
    ".open 99999999999999999999", ".mode xml", ".in nonsense", ".read", ".set nosuch", ".more",
    ".once", ".shell", ".s", ".o",
  ])
  func `a mistake is explained`(line: String) {
    guard case .mistake(let message) = ReplInput(line) else {
      Issue.record("\(line) was taken for something else")
      return
    }
    #expect(message.contains(line.split(separator: " ")[0]))
  }

  @Test(arguments: 0..<500)
  func `no line traps, and most are searched`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let bytes = (0..<Int.random(in: 0...20, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    let line = (Bool.random(using: &random) ? "." : "") + String(decoding: bytes, as: UTF8.self)
    if case .search(let text) = ReplInput(line) { #expect(text == line) }
  }
}
