import EvTerminal
import EvTestSupport
import Glibc
import Synchronization
import Testing

// One editor at a time: it holds the signal handler of the process.
@Suite(.serialized) struct LineEditorTests {
  /// Types `keys` into an editor, one string a prompt, and returns what the editor made of them.
  private func type(_ keys: [String], history: [String] = []) throws -> [LineEditor.Input] {
    try type(bytes: keys.map { Array($0.utf8) }, history: history)
  }

  private func type(bytes keys: [[UInt8]], history: [String] = []) throws -> [LineEditor.Input] {
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

  @Test func `bytes that are not UTF-8 are dropped, and the rest is kept`() throws {
    let keys: [UInt8] = [0x61, 0xFF, 0xE9, 0x94, 0x62, 0xC3, 0xC3, 0xA9, 0x80, 0x63, 0x0D]
    #expect(try type(bytes: [keys]) == [.line("abéc")])
  }

  @Test(arguments: 0..<20)
  func `no keys trap, and a line comes in the end`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    // Without Ctrl-S, which stops the terminal.
    let keys = (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
      .filter { $0 != 0x13 }
    let terminal = try #require(DescriptorPair.pseudoTerminal())
    defer {
      close(terminal.second)
      close(terminal.first)
    }
    let editor = try #require(
      LineEditor(
        program: "test", prompt: "ready> ", input: terminal.second, output: terminal.second,
        errors: terminal.second))
    let person = TypingPerson(descriptor: terminal.first)
    let isRead = Flag()
    let typing = BackgroundWork { person.type(keys, thenEnterUntil: isRead) }
    _ = editor.readLine()
    isRead.set()
    typing.wait()
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
  func type(_ keys: [[UInt8]], after prompt: String) {
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
      // Safe: the pointer and the count are those of the array; a pseudo-terminal takes so few at
      // once.
      _ = unsafe key.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    }
  }

  /// Types keys in pieces and then Enter, again and again, and reads what is shown meanwhile.
  func type(_ keys: [UInt8], thenEnterUntil isRead: Flag) {
    var rest = keys[...]
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !isRead.isSet {
      let piece = rest.isEmpty ? [0x0D] : Array(rest.prefix(16))
      rest = rest.dropFirst(16)
      // Safe: the pointer and the count are those of the array.
      _ = unsafe piece.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Safe: one structure, and the count says one.
      while unsafe poll(&waiting, 1, 1) == 1 {
        guard let count = SystemCalls.read(descriptor, into: &buffer), count > 0 else { return }
      }
    }
  }
}

/// Something that one thread says to another.
private final class Flag: Sendable {
  private let value = Mutex(false)
  var isSet: Bool { value.withLock { $0 } }
  func set() { value.withLock { $0 = true } }
}
