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
    guard unsafe tcgetattr(input, &former) == 0 else { return nil }
    var raw = former
    // Safe: one structure is changed, and then read.
    unsafe cfmakeraw(&raw)
    guard unsafe tcsetattr(input, TCSADRAIN, &raw) == 0 else { return nil }
    unsafe restoration = (input, output.descriptor, former)
    for number in Self.signals { signal(number, giveBackAndEnd) }
    signal(SIGWINCH) { _ in }
    output.write("\u{1B}[?1049h\u{1B}[?25h\u{1B}[?2004l")
    output.flush()
  }

  deinit {
    for number in Self.signals { signal(number, SIG_DFL) }
    signal(SIGWINCH, SIG_DFL)
    output.write("\u{1B}[?1049l")
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

  /// Waits for a key.
  package func readKey() -> Key {
    var pending: [UInt8] = []
    while true {
      var waiting = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      // What follows ESC at once belongs to it; a person is slower.
      // Safe: one structure, and the count says one.
      let count = unsafe poll(&waiting, 1, pending.isEmpty ? -1 : 50)
      if count < 0 { return errno == EINTR ? .resized : .closed }
      if count == 0 { return Self.key(pending) ?? .escape }
      var buffer = [UInt8](repeating: 0, count: 256)
      guard let read = SystemCalls.read(input, into: &buffer), read > 0 else { return .closed }
      pending += buffer[..<read]
      if let key = Self.key(pending) { return key }
    }
  }

  /// The key of some bytes, or nil where more have to come.
  package static func key(_ bytes: [UInt8]) -> Key? {
    guard let first = bytes.first else { return nil }
    switch first {
    case 0x0D, 0x0A: return .enter
    case 0x09: return .tab
    case 0x7F, 0x08: return .backspace
    case 0x1B:
      guard bytes.count > 1 else { return nil }
      return sequences[String(decoding: bytes.dropFirst(), as: UTF8.self)]
        ?? (bytes.count > 2 || bytes[1] != 0x5B && bytes[1] != 0x4F ? .text("") : nil)
    case 0x00..<0x20: return .control(Character(Unicode.Scalar(first + 0x60)))
    default:
      // A character of which not all bytes have come decodes to a replacement.
      let text = String(decoding: bytes, as: UTF8.self)
      if text.hasSuffix("\u{FFFD}"), bytes.count < 4 { return nil }
      return .text(text.filter { character in !character.isNewline && character.columns > 0 })
    }
  }

  private static let sequences: [String: Key] = [
    "[A": .up, "OA": .up, "[B": .down, "OB": .down, "[C": .right, "OC": .right, "[D": .left,
    "OD": .left, "[5~": .pageUp, "[6~": .pageDown, "[H": .home, "OH": .home, "[1~": .home,
    "[F": .end, "OF": .end, "[4~": .end, "[3~": .delete, "\u{1B}": .escape,
  ]
}

// Safe: set when the screen is taken, before the handlers that read it.
private nonisolated(unsafe) var restoration: (input: Int32, output: Int32, former: termios)?

/// Gives the terminal back and lets the signal do what it does; of the calls that a handler may make.
private func giveBackAndEnd(_ number: Int32) {
  if var restoration = unsafe restoration {
    var sequence: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) =
      (0x1B, 0x5B, 0x3F, 0x31, 0x30, 0x34, 0x39, 0x6C)
    // Safe: eight bytes, and the count says eight; one structure is read.
    unsafe _ = write(restoration.output, &sequence, 8)
    unsafe _ = tcsetattr(restoration.input, TCSANOW, &restoration.former)
  }
  signal(number, SIG_DFL)
  raise(number)
}
