// Where the lines of a session come from.

import EvIndex
import EvSearch
import EvTerminal
import Glibc

extension Repl {
  /// Runs what a person types, until they leave.
  mutating func runPrompt(on console: Console) -> ExitStatus {
    let screen = console.output.isTerminal ? console.output : console.errors
    guard
      let editor = LineEditor(
        program: "evsearch", prompt: "evsearch> ", input: console.input,
        output: screen.descriptor, errors: console.errors.descriptor)
    else { return runLines(from: console) }
    let file = HistoryFile(environment: console.environment)
    history = file?.load() ?? []
    for line in history { editor.remember(line) }
    let completion = ReplCompletion(indexPath: indexPath)
    editor.completer = { completion.complete($0) }
    console.note("evsearch \(EvSearchCommand.version). Type words to search for, or .help.")

    while !console.output.isClosed {
      switch editor.readLine() {
      case .end:
        // The prompt is still on its line.
        screen.write("\n")
        screen.flush()
        return .success
      case .interrupted: continue
      case .line(let line):
        if line.contains(where: { !$0.isWhitespace }) {
          editor.remember(line)
          file?.append(line)
          history.removeAll { $0 == line }
          history.append(line)
        }
        if case .leave = runInterruptibly(line) { return .success }
        console.output.flush()
      }
    }
    return .success
  }

  /// Runs a line that Ctrl-C ends, and not the session.
  private mutating func runInterruptibly(_ line: String) -> Outcome {
    Interruption.clear()
    let former = signal(SIGINT) { _ in Interruption.request() }
    defer {
      signal(SIGINT, former)
      Interruption.clear()
    }
    return run(line)
  }

  /// Runs the lines of the person's start file, if there is one.
  mutating func runStartFile() -> Outcome {
    let environment = console.environment
    let folder =
      environment.absolutePath("XDG_CONFIG_HOME")
      ?? environment.absolutePath("HOME").map { $0 + "/.config" }
    guard let folder, SystemCalls.exists(folder + "/evsearch/replrc") else { return .done }
    return read(folder + "/evsearch/replrc")
  }

  /// Runs each line of the input, without a prompt.
  ///
  /// - Returns: A failure if a line failed; hits make no difference.
  mutating func runLines(from console: Console) -> ExitStatus {
    var reader = LineInput(descriptor: console.input)
    var status = ExitStatus.success
    while !console.output.isClosed, let line = reader.next() {
      switch run(line) {
      case .done: break
      case .failed: status = .failure
      case .leave: return status
      }
      console.output.flush()
    }
    return status
  }
}

/// Lines of a descriptor, as they come.
struct LineInput {
  private let descriptor: Int32
  private var pending: [UInt8] = []
  /// Where the next line starts in `pending`, and how far it was looked through for its end.
  private var start = 0
  private var searched = 0
  private var isAtEnd = false
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The next line without its line end, or nil when there is none left.
  mutating func next() -> String? {
    while true {
      if let end = pending[searched...].firstIndex(of: 0x0A) {
        defer {
          start = end + 1
          searched = start
        }
        return Self.text(pending[start..<end])
      }
      searched = pending.count
      if isAtEnd {
        guard start < pending.count else { return nil }
        defer { start = pending.count }
        return Self.text(pending[start...])
      }
      pending.removeFirst(start)
      searched -= start
      start = 0
      let count = SystemCalls.read(descriptor, into: &buffer) ?? 0
      pending += buffer[..<count]
      isAtEnd = count == 0
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
  }
}
