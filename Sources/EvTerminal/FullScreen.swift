// A terminal that is taken over for a while, and given back as it was.

import Glibc

/// The terminal in full-screen mode: another screen, and keys that come one by one.
///
/// However it ends, the terminal is given back: when the object goes away, and also when a signal ends
/// the process. There can be one at a time.
package final class FullScreen {
  private let input: Int32
  private let output: TextOutput
  private var former = termios()
  /// What was read and is no key yet.
  private var pending: [UInt8] = []

  /// What a person pressed.
  package enum Key: Equatable, Sendable {
    /// A character, or several that came at once.
    case text(String)
    case enter, escape, backspace, delete, up, down, left, right, pageUp, pageDown, home, end, tab
    /// A letter with Ctrl, in small letters.
    case control(Character)
    /// The window has another size.
    case resized
    /// The terminal is gone.
    case closed
  }

  /// Takes the terminal over, or returns nil where there is none.
  package init?(input: Int32, output: TextOutput) {
    self.input = input
    self.output = output
    // Safe: one structure is filled in.
    guard unsafe tcgetattr(input, &former) == 0, take() else { return nil }
    unsafe restoration = (input, output.descriptor, former)
    for number in Self.signals { signal(number, giveBackAndEnd) }
    signal(SIGWINCH) { _ in }
  }

  deinit {
    for number in Self.signals { signal(number, SIG_DFL) }
    signal(SIGWINCH, SIG_DFL)
    giveBack()
  }

  /// Stops the process, as Ctrl-Z does elsewhere, and takes the terminal again when it goes on.
  package func suspend() {
    giveBack()
    raise(SIGTSTP)
    _ = take()
  }

  private func take() -> Bool {
    var raw = former
    // Safe: one structure is changed, and then read.
    unsafe cfmakeraw(&raw)
    guard unsafe tcsetattr(input, TCSADRAIN, &raw) == 0 else { return false }
    // The other screen, a cursor, and marks around what is pasted.
    output.write("\u{1B}[?1049h\u{1B}[?25h\u{1B}[?2004h")
    output.flush()
    return true
  }

  private func giveBack() {
    output.write("\u{1B}[?2004l\u{1B}[?1049l")
    output.flush()
    // Safe: one structure is read.
    unsafe _ = tcsetattr(input, TCSADRAIN, &former)
  }

  /// The signals that would end the process without giving the terminal back.
  private static let signals = [
    SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGSEGV, SIGABRT,
  ]

  /// Draws lines from the top, clears what is below, and puts the cursor somewhere.
  ///
  /// - Parameters:
  ///   - lines: At most as many as the screen has rows, none wider than it has columns.
  ///   - cursor: Row and column, from 0.
  package func draw(_ lines: [StyledText], _ palette: Palette, cursor: (row: Int, column: Int)) {
    output.write("\u{1B}[?25l\u{1B}[H")
    for (index, line) in lines.enumerated() {
      output.write((index > 0 ? "\r\n" : "") + line.rendered(palette) + "\u{1B}[K")
    }
    output.write("\u{1B}[J\u{1B}[\(cursor.row + 1);\(cursor.column + 1)H\u{1B}[?25h")
    output.flush()
  }

  /// Whether a person typed more than was read, so that what is shown would be old at once.
  package var hasKeys: Bool {
    var waiting = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    // Safe: one structure, and the count says one.
    return unsafe !pending.isEmpty || poll(&waiting, 1, 0) > 0
  }

  /// Waits for a key.
  package func readKey() -> Key {
    while true {
      if let (key, length) = Self.firstKey(pending) {
        pending.removeFirst(length)
        return key
      }
      var waiting = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      // What follows ESC at once belongs to it; a person is slower. What is pasted may take longer.
      let isWaiting = pending.isEmpty || pending.starts(with: Self.pasteBegin)
      // Safe: one structure, and the count says one.
      let count = unsafe poll(&waiting, 1, isWaiting ? -1 : 50)
      if count < 0 { return errno == EINTR ? .resized : .closed }
      if count == 0 {
        defer { pending = [] }
        return pending == [0x1B] ? .escape : .text("")
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      guard let read = SystemCalls.read(input, into: &buffer), read > 0 else { return .closed }
      pending += buffer[..<read]
    }
  }

  /// The first key of some bytes and how many they are, or nil where more have to come.
  package static func firstKey(_ bytes: [UInt8]) -> (key: Key, length: Int)? {
    guard let first = bytes.first else { return nil }
    switch first {
    case 0x0D, 0x0A: return (.enter, 1)
    case 0x09: return (.tab, 1)
    case 0x7F, 0x08: return (.backspace, 1)
    case 0x1B: return sequence(bytes)
    case 0x00..<0x20: return (.control(Character(Unicode.Scalar(first + 0x60))), 1)
    default:
      let run = bytes.prefix { $0 >= 0x20 && $0 != 0x7F }
      // The bytes of the last character may not all have come.
      let start = run.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
      let length = run[start] < 0xC0 ? 1 : run[start] < 0xE0 ? 2 : run[start] < 0xF0 ? 3 : 4
      let isCut = run.count == bytes.count && run.count - start < length
      if isCut, start == 0 { return nil }
      let text = isCut ? run[..<start] : run
      return (.text(shown(String(decoding: text, as: UTF8.self))), text.count)
    }
  }

  /// What begins with ESC: a key with a name, what is pasted, or something that nobody knows.
  private static func sequence(_ bytes: [UInt8]) -> (key: Key, length: Int)? {
    guard bytes.count > 1 else { return nil }
    guard bytes[1] == UInt8(ascii: "[") || bytes[1] == UInt8(ascii: "O") else {
      return bytes[1] == 0x1B ? (.escape, 2) : (.text(""), 2)
    }
    guard let last = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
      return bytes.count < 32 ? nil : (.text(""), bytes.count)
    }
    guard bytes.starts(with: pasteBegin) else {
      let name = String(decoding: bytes[1...last], as: UTF8.self)
      return (sequences[name] ?? .text(""), last + 1)
    }
    guard let end = bytes.firstRange(of: pasteEnd) else { return nil }
    let text = String(decoding: bytes[pasteBegin.count..<end.lowerBound], as: UTF8.self)
    let line = String(text.map { $0.isWhitespace ? " " : $0 })
    return (.text(shown(line)), end.upperBound)
  }

  /// What of a text can be shown.
  private static func shown(_ text: String) -> String { text.filter { $0.columns > 0 } }

  private static let pasteBegin = Array("\u{1B}[200~".utf8)
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  private static let sequences: [String: Key] = [
    "[A": .up, "OA": .up, "[B": .down, "OB": .down, "[C": .right, "OC": .right, "[D": .left,
    "OD": .left, "[5~": .pageUp, "[6~": .pageDown, "[H": .home, "OH": .home, "[1~": .home,
    "[F": .end, "OF": .end, "[4~": .end, "[3~": .delete,
  ]
}

// Safe: set when the screen is taken, before the handlers that read it.
private nonisolated(unsafe) var restoration: (input: Int32, output: Int32, former: termios)?

/// Gives the terminal back and lets the signal do what it does; of the calls that a handler may make.
private func giveBackAndEnd(_ number: Int32) {
  if var restoration = unsafe restoration {
    // ESC [ ? 2004 l, and ESC [ ? 1049 l: sixteen bytes in the order of the machine's memory.
    var sequence: (UInt64, UInt64) = (0x6C34_3030_323F_5B1B, 0x6C39_3430_313F_5B1B)
    // Safe: sixteen bytes, and the count says sixteen; one structure is read.
    unsafe _ = write(restoration.output, &sequence, 16)
    unsafe _ = tcsetattr(restoration.input, TCSANOW, &restoration.former)
  }
  signal(number, SIG_DFL)
  raise(number)
}
