import EvTerminal
import Glibc
import Testing

// One editor at a time: it holds the signal handler of the process.
@Suite(.serialized) struct LineEditorTests {
  /// Types `keys` into an editor, one string a prompt, and returns what the editor made of them.
  private func type(_ keys: [String], history: [String] = []) throws -> [LineEditor.Input] {
    let terminal = try #require(DescriptorPair.pseudoTerminal())
    defer {
      close(terminal.second)
      close(terminal.first)
    }
    let editor = try #require(
      LineEditor(
        program: "test", prompt: "ready> ", input: terminal.second, output: terminal.second,
        errors: terminal.second))
    for line in history { editor.remember(line) }
    let person = TypingPerson(descriptor: terminal.first)
    let typing = BackgroundWork { person.type(keys, after: "ready> ") }
    defer { typing.wait() }
    return keys.map { _ in editor.readLine() }
  }

  @Test func `a line comes without its line feed`() throws {
    #expect(try type(["lock-in rate\r"]) == [.line("lock-in rate")])
  }

  @Test func `text beyond ASCII is kept, and erased by character`() throws {
    #expect(try type(["naïve 锁单率率\u{7F}\r"]) == [.line("naïve 锁单率")])
  }

  @Test func `the keys of emacs move and kill`() throws {
    #expect(try type(["rate\u{01}lock-in \u{05}s\r"]) == [.line("lock-in rates")])
    #expect(try type(["unwanted\u{15}wanted\r"]) == [.line("wanted")])
  }

  @Test func `Ctrl-D on an empty line is the end`() throws {
    #expect(try type(["\u{04}"]) == [.end])
  }

  @Test func `the arrow up brings back earlier lines`() throws {
    let inputs = try type(
      ["\u{1B}[A\r", "\u{1B}[A\u{1B}[A\r"], history: ["first", "second"])
    #expect(inputs == [.line("second"), .line("first")])
  }

  @Test func `a repeated line is in the history once`() throws {
    let inputs = try type(["\u{1B}[A\u{1B}[A\r"], history: ["a", "b", "a"])
    #expect(inputs == [.line("b")])
  }

  @Test func `Ctrl-R searches the history`() throws {
    let inputs = try type(["\u{12}rate\u{1B}\r"], history: ["lock-in rate", "FF91"])
    #expect(inputs == [.line("lock-in rate")])
  }

  @Test func `a closed descriptor makes no editor`() {
    #expect(LineEditor(program: "test", prompt: "", input: 9999, output: 9999, errors: 9999) == nil)
  }
}

/// Types on one side of a pseudo-terminal, when the other side is ready for it.
private struct TypingPerson: Sendable {
  let descriptor: Int32

  /// Waits until the other side takes keys one by one.
  ///
  /// libedit shows the prompt first; until it has switched the terminal over, the terminal itself
  /// would edit the line and swallow keys.
  private func waitForEditing() {
    var settings = termios()
    for _ in 0..<10_000_000 {
      // Safe: one structure is filled in.
      guard unsafe tcgetattr(descriptor, &settings) == 0 else { return }
      if settings.c_lflag & UInt32(ICANON) == 0 { return }
      sched_yield()
    }
  }

  /// Types each string when the prompt has appeared once more.
  func type(_ keys: [String], after prompt: String) {
    var seen = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    for key in keys {
      while !seen.contains(prompt) {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // Safe: one structure, and the count says one. Ten seconds are for a machine under load.
        guard unsafe poll(&waiting, 1, 10_000) == 1 else { return }
        guard let count = SystemCalls.read(descriptor, into: &buffer), count > 0 else { return }
        seen += String(decoding: buffer[..<count], as: UTF8.self)
      }
      seen = ""
      waitForEditing()
      TextOutput(descriptor: descriptor, isTerminal: true).write(key)
    }
  }
}
