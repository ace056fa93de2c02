import EvTerminal
import EvTestSupport
import Foundation
import Glibc
import Testing

@testable import EvCommandLine

/// What a new user would try in a terminal, with keys.
@Suite(.serialized, .enabled(if: Program.isBuilt, "needs the program beside the tests"))
struct TerminalScenarioTests {
  private let scenario: Scenario

  init() throws { scenario = try Scenario() }

  private func start(
    _ arguments: [String], terminal: String = "xterm", editor: String = "echo opened"
  ) throws -> TerminalProgram {
    try #require(
      TerminalProgram(
        arguments: [Program.path] + arguments
          + ["--index", scenario.fixture.root + "/.evsearch"],
        environment: [
          "TERM=\(terminal)", "HOME=\(scenario.fixture.folder.path)",
          "EVSEARCH_HISTORY=\(scenario.fixture.folder.path("history"))", "EDITOR=\(editor)",
          "PATH=/usr/bin:/bin", "NO_COLOR=1", "PAGER=cat",
        ]))
  }

  @Test func `24: a session does what users of databases know`() throws {
    let session = try start(["repl"])
    #expect(session.answer("\"lock-in rate\"\r", "evsearch> ").contains("en/lock-in.md:"))
    #expect(session.answer(".limit 50\r", "evsearch> ").contains("The limit is 50."))
    #expect(session.answer("\"lock-in rate\"\r", "evsearch> ").contains("hits in "))
    #expect(session.answer(".next\r", "evsearch> ").contains("No more hits."))
    #expect(session.answer(".open 1\r", "evsearch> ").contains("opened +"))
    #expect(session.answer(".NET\r", "evsearch> ").contains("en/su7.txt"))
    #expect(session.answer("loc\t\t", "lockin (").contains("lock ("))
    #expect(session.answer("\u{03}", "evsearch> ").contains("evsearch> "))
    #expect(session.answer(".explain on\r", "evsearch> ").contains("explain on"))
    let explained = session.answer("\"lock-in rate\"\r", "searched: ")
    try expectSums(explained)
    #expect(session.wait(for: "evsearch> "))
    #expect(session.answer(".explain off\r", "evsearch> ").contains("explain off"))
    #expect(session.answer("\u{12}NET\r", "searched: .NET").contains("en/su7.txt"))
    #expect(session.wait(for: "evsearch> "))
    #expect(session.answer(".mode json\r", "evsearch> ").contains("The form is json."))
    #expect(session.answer("NIO\r", "evsearch> ").contains("evsearch.search/1"))
    #expect(session.answer(".foo\r", "evsearch> ").contains("Unknown command"))
    session.type("\u{04}")
    #expect(session.end() == .exited(0))

    let next = try start(["repl"])
    _ = next.answer("\u{1B}[A\u{1B}[A\r", "evsearch.search/1")
    next.type("\u{04}")
    #expect(next.end() == .exited(0))
  }

  /// The parts of each score that is explained add up to it.
  private func expectSums(_ text: String) throws {
    var sums: [(score: Double, parts: Double)] = []
    for line in text.withoutCarriageReturns.split(separator: "\n") {
      guard let match = line.firstMatch(of: #/^ +([-+]?[0-9.]+(?:e-?[0-9]+)?)  (.+)$/#),
        let number = Double(match.output.1)
      else { continue }
      if match.output.2 == "score" {
        sums.append((number, 0))
      } else if let last = sums.indices.last {
        sums[last].parts += number
      }
    }
    #expect(sums.count > 1, "\(text)")
    for (score, parts) in sums { #expect(abs(score - parts) < 1e-6) }
  }

  @Test func `Ctrl-C ends a query and not the session`() throws {
    let session = try start(["repl"])
    #expect(session.wait(for: "evsearch> "))
    for _ in 0..<5 {
      // The signal comes while the query runs, or in front of the next line: either is right.
      session.type("/.*(a|b).*/ OR r* OR l* OR \"lock-in rate\"\r")
      session.interrupt()
      #expect(session.answer("", "evsearch> ").contains("evsearch> "))
    }
    #expect(session.answer("NIO\r", "searched: NIO").contains("en/lock-in.md"))
    session.type("\u{04}")
    #expect(session.end() == .exited(0))
  }

  @Test func `14: bytes that are no text are a query like others`() {
    let program = "'\(Program.path)' --index '\(scenario.fixture.root)/.evsearch'"
    let command = "\(program) $'\\xff\\xfe' $'a\\xc3' >/dev/null 2>&1; [ $? -le 1 ]"
    #expect(ChildProcess.run(["bash", "-c", command]) == .exited(0))
  }

  @Test func `21: a run that is killed leaves an index that is whole, and no lock`() throws {
    let folder = scenario.fixture.folder
    let count = runsLongTests ? 4000 : 200
    func write(_ word: String) throws {
      for number in 0..<count {
        try folder.write(
          "BIG/\(number).txt",
          String(repeating: "Article \(number) of \(word) about the rate. ", count: 20))
      }
    }
    func run(_ script: String) -> ChildProcess.Ending {
      ChildProcess.run([
        "bash", "-c", "cd '\(folder.path)'; e='\(Program.path)'; { \(script); } >/dev/null 2>&1",
      ])
    }
    try write("first")
    #expect(run("\"$e\" index BIG") == .exited(0))
    try write("second")
    // At whatever moment it is killed, readers never wait, and what was committed stays.
    #expect(
      run("\"$e\" index BIG & p=$!; \"$e\" NIO --index T/.evsearch; s=$?; kill -9 $p; exit $s")
        == .exited(0))
    #expect(run("\"$e\" -q --no-refresh --index BIG/.evsearch rate") == .exited(0))
    #expect(run("\"$e\" check --index BIG/.evsearch") == .exited(0))
    #expect(run("\"$e\" index BIG --no-wait") == .exited(0))
    #expect(run("\"$e\" check --index BIG/.evsearch") == .exited(0))
    let found = scenario.run(["-c", "--index", "BIG/.evsearch", "second"], in: folder.path)
    #expect(found.output == "\(count)\n")
  }

  @Test func `18: what is taller than the screen goes through the pager, unless it is cat`() throws
  {
    func start(_ pager: String) throws -> TerminalProgram {
      try #require(
        TerminalProgram(
          arguments: [
            Program.path, "-n0", "rate", "--index", scenario.fixture.root + "/.evsearch",
          ],
          environment: [
            "TERM=xterm", "HOME=\(scenario.fixture.folder.path)", "PATH=/usr/bin:/bin",
            "NO_COLOR=1", "PAGER=\(pager)",
          ]))
    }
    let paged = try start("sed -u 's/^/paged: /'")
    #expect(paged.wait(for: "paged: 1  "))
    #expect(paged.end() == .exited(0))
    let plain = try start("cat")
    #expect(plain.wait(for: "hits in "))
    #expect(!plain.takeShown().contains("paged"))
    #expect(plain.end() == .exited(0))
  }

  @Test func `24: what is pasted is one line, whatever line ends it has`() throws {
    let session = try start(["repl"])
    let pasted = session.answer("\u{1B}[200~ES8\nlock-in\trate\u{1B}[201~\r", "searched: ")
    #expect(pasted.contains("en/lock-in.md"))
    session.type("\u{04}")
    #expect(session.end() == .exited(0))
  }

  @Test func `24: a batch of lines has no prompt`() {
    let run = scenario.run(["repl"], input: "NIO\nzzz\n")
    #expect(run.status == .success)
    #expect(run.output.contains("en/lock-in.md:"))
    #expect(!run.output.contains("evsearch>"))
  }

  @Test func `results come on each key, Enter opens the editor, Esc leaves`() throws {
    let program = try start(["-i"], editor: "echo opened")
    #expect(program.wait(for: "type words to search for"))
    program.type("lock-in rate")
    #expect(program.wait(for: "hits in "))
    #expect(program.wait(for: "NIO says ES8 lock-in rate"))
    program.type("\r")
    #expect(program.wait(for: "opened +"))
    #expect(program.wait(for: "\u{1B}[?1049h"))
    program.type("\u{1B}")
    #expect(program.wait(for: "\u{1B}[?1049l"))
    #expect(program.end() == .exited(0))
  }

  @Test func `keys that come at once are all taken, and Ctrl-Z gives the screen back`() throws {
    let program = try start(["-i"])
    #expect(program.wait(for: "type words to search for"))
    program.type("rate\u{1B}[B\u{1B}[B")
    #expect(program.wait(for: "3/"))
    program.type("\u{1A}")
    #expect(program.wait(for: "\u{1B}[?1049l"))
    // Nobody can bring it back here, so it goes on at once.
    _ = program.takeShown()
    program.type("\u{1B}")
    #expect(program.wait(for: "\u{1B}[?1049l"))
    #expect(program.end() == .exited(0))
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `the screen is given back when a signal ends an interactive search`(number: Int32) throws {
    let program = try start(["-i", "rate"])
    #expect(program.wait(for: "hits in "))
    program.send(number)
    #expect(program.wait(for: "\u{1B}[?1049l"))
    #expect(program.end() == .killed(number))
  }

  @Test func `an interactive search without a terminal says so`() {
    let run = scenario.run("-i", "NIO")
    #expect(run.status == .failure)
    #expect(run.errors.contains("needs a terminal"))
  }
}

/// The interactive search between keys, without a terminal.
@Suite struct InteractiveStateTests {
  @Test func `keys edit the query and move the choice`() {
    var state = InteractiveState(text: "ab")
    #expect(state.press(.text("c"), page: 5) == .search)
    #expect(state.query == "abc")
    #expect(state.press(.left, page: 5) == .draw)
    #expect(state.press(.backspace, page: 5) == .search)
    #expect(state.query == "ac")
    #expect(state.press(.control("u"), page: 5) == .search)
    #expect(state.query == "c")
    #expect(state.press(.enter, page: 5) == .draw)
    #expect(state.press(.down, page: 5) == .draw)
    #expect(state.selection == 0)
    #expect(state.press(.escape, page: 5) == .leave)
    #expect(state.press(.control("c"), page: 5) == .leave)
  }

  @Test(arguments: 0..<50)
  func `no key traps, and the screen is never left`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let keys: [FullScreen.Key] = [
      .text("锁"), .text("a"), .text(" "), .backspace, .delete, .left, .right, .home, .end, .up,
      .down, .pageUp, .pageDown, .control("w"), .control("k"), .control("d"), .tab, .resized,
    ]
    var state = InteractiveState()
    for _ in 0..<60 {
      _ = state.press(keys[Int.random(in: 0..<keys.count, using: &random)], page: 3)
      let columns = Int.random(in: 20...40, using: &random)
      let rows = Int.random(in: 2...12, using: &random)
      let view = InteractiveView(columns: columns, rows: rows, workingFolder: "/")
      let (lines, cursor) = view.lines(state)
      #expect(lines.count <= rows)
      #expect(lines.allSatisfy { $0.columns <= columns })
      #expect(cursor.column < columns && cursor.row == 0)
    }
  }

  @Test(
    arguments: [
      ([0x0D], .enter), ([0x1B, 0x5B, 0x41], .up), ([0x7F], .backspace), ([0x03], .control("c")),
      (Array("锁".utf8), .text("锁")), ([0x1B, 0x5B, 0x35, 0x7E], .pageUp),
    ] as [([UInt8], FullScreen.Key)])
  func `bytes are keys`(bytes: [UInt8], key: FullScreen.Key) throws {
    // What comes behind a key is the next one, as where a key is held down.
    let found = try #require(FullScreen.firstKey(bytes + bytes))
    if case .text = key {} else { #expect(found.key == key && found.length == bytes.count) }
    #expect(FullScreen.firstKey(bytes)?.key == key)
    #expect(FullScreen.firstKey(Array(bytes.dropLast()))?.key != key)
  }

  @Test func `what is pasted is text, and no line end in it is the Enter key`() throws {
    let bytes = Array("\u{1B}[200~lock-in\r\nrate\u{1B}[201~\r".utf8)
    let pasted = try #require(FullScreen.firstKey(bytes))
    #expect(pasted.key == .text("lock-in rate"))
    #expect(FullScreen.firstKey(Array(bytes[pasted.length...]))?.key == .enter)
    #expect(FullScreen.firstKey(Array(bytes.prefix(20))) == nil)
  }
}
