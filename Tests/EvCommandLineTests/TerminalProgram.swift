// A program in a pseudo-terminal, and a person who types.

import EvTerminal
import Foundation
import Glibc

/// A program that believes to be in a terminal.
final class TerminalProgram {
  private let person: Int32
  private let process: pid_t
  private var seen: [UInt8] = []
  private var hasEnded = false

  /// Starts a program with a terminal of its own, which also sends it signals for keys.
  init?(arguments: [String], environment: [String]) {
    var person: Int32 = -1
    var program: Int32 = -1
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    var name = [CChar](repeating: 0, count: 128)
    // Safe: all of these outlive the call, and `name` has room for any name of a terminal.
    guard unsafe openpty(&person, &program, &name, nil, &size) == 0 else { return nil }
    self.person = person
    defer { close(program) }
    _ = fcntl(person, F_SETFD, FD_CLOEXEC)

    // Safe: both are made here and destroyed below, after the last use.
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe _ = posix_spawn_file_actions_init(&actions)
    unsafe _ = posix_spawnattr_init(&attributes)
    defer {
      unsafe _ = posix_spawn_file_actions_destroy(&actions)
      unsafe _ = posix_spawnattr_destroy(&attributes)
    }
    // The leader of a new session gets the first terminal that it opens.
    // The threads of a test run may block signals, which a program would inherit.
    var noSignals = sigset_t()
    unsafe _ = sigemptyset(&noSignals)
    unsafe _ = posix_spawnattr_setsigmask(&attributes, &noSignals)
    // The latter is POSIX_SPAWN_SETSID, which Swift's Glibc module leaves out.
    unsafe _ = posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | 0x80)
    unsafe _ = posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    for descriptor in [Int32(1), 2] {
      unsafe _ = posix_spawn_file_actions_adddup2(&actions, 0, descriptor)
    }
    // Safe: arrays of copies that end with a null pointer; freed after the call.
    var argumentPointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
    let variables = environment + Self.sanitizerSettings
    var variablePointers = unsafe variables.map { unsafe strdup($0) } + [nil]
    defer {
      unsafe argumentPointers.forEach { unsafe free($0) }
      unsafe variablePointers.forEach { unsafe free($0) }
    }
    var process: pid_t = 0
    let code = unsafe posix_spawn(
      &process, arguments[0], &actions, &attributes, &argumentPointers, &variablePointers)
    self.process = process
    guard code == 0 else {
      close(person)
      hasEnded = true
      return nil
    }
  }

  deinit {
    if !hasEnded {
      kill(process, SIGKILL)
      _ = end()
    }
    close(person)
  }

  /// What `make sanitize` tells the sanitizer, for programs that it was built into as well.
  private static var sanitizerSettings: [String] {
    ProcessInfo.processInfo.environment
      .filter { $0.key == "ASAN_OPTIONS" || $0.key == "LSAN_OPTIONS" }
      .map { "\($0.key)=\($0.value)" }
  }

  /// Waits for the prompt, types, and returns what is shown up to and with `text`.
  func answer(_ keys: String, _ text: String) -> String {
    guard wait(for: "evsearch> ") || hasPrompt else { return "no prompt: \(shown)" }
    seen = []
    type(keys)
    // The prompt stays in `seen` for the next call.
    _ = wait(for: text)
    return shown
  }

  /// Types, as soon as the program takes keys one by one.
  ///
  /// The prompt is shown before libedit switches the terminal over; until then the terminal itself
  /// would swallow keys.
  func type(_ keys: String) {
    var settings = termios()
    for _ in 0..<10_000_000 {
      // Safe: one structure is filled in.
      guard unsafe tcgetattr(person, &settings) == 0 else { break }
      if settings.c_lflag & UInt32(ICANON) == 0 { break }
      sched_yield()
    }
    TextOutput(descriptor: person, isTerminal: true).write(keys)
  }

  /// What was shown since the last call, which forgets it.
  func takeShown() -> String {
    defer { seen = [] }
    return shown
  }

  /// Sends the program a signal.
  func send(_ number: Int32) {
    kill(process, number)
  }

  /// Presses Ctrl-C on a terminal that makes a signal of it.
  func interrupt() {
    TextOutput(descriptor: person, isTerminal: true).write("\u{03}")
  }

  /// Waits until a text is shown, at most ten seconds.
  func wait(for text: String) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !shown.contains(text) {
      var waiting = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
      // Safe: one structure, and the count says one.
      guard unsafe poll(&waiting, 1, 10_000) == 1 else { return false }
      guard let count = SystemCalls.read(person, into: &buffer), count > 0 else { return false }
      seen += buffer[..<count]
    }
    return true
  }

  /// Waits for the end of the program; kills one that says nothing for ten seconds and stays.
  func end() -> ChildProcess.Ending {
    // What it still shows is taken, or it could not end.
    _ = wait(for: "\u{0}never shown\u{0}")
    var status: Int32 = 0
    for attempt in 0... {
      // Safe: one status is filled in.
      let ended = unsafe waitpid(process, &status, WNOHANG)
      if ended == process { break }
      if ended < 0, errno != EINTR { return .notStarted(errno) }
      // The terminal is closed a moment before the program is gone.
      if attempt == 500 { kill(process, SIGKILL) }
      usleep(10_000)
    }
    hasEnded = true
    return status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(status & 0x7F)
  }

  private var shown: String { String(decoding: seen, as: UTF8.self) }
  private var hasPrompt: Bool { shown.contains("evsearch> ") }
}

extension String {
  /// The text without what ends lines on a terminal beside line feeds.
  ///
  /// By bytes: to Swift, a carriage return and a line feed are one character.
  var withoutCarriageReturns: String {
    String(decoding: utf8.filter { $0 != 0x0D }, as: UTF8.self)
  }
}
