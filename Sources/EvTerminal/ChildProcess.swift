// A program that takes the terminal for a while.

import Glibc

/// Runs another program in the foreground.
package enum ChildProcess {
  /// How the program ended.
  package enum Ending: Equatable, Sendable {
    /// By itself, with this status.
    case exited(Int32)
    /// By a signal.
    case killed(Int32)
    /// It did not start; the system's error number says why.
    case notStarted(Int32)
  }

  /// Runs a program and waits for its end.
  ///
  /// It is looked up in the folders of the variable PATH; no shell is involved.
  /// The signals that this program handles or ignores have their usual meaning in the other one.
  ///
  /// - Parameters:
  ///   - arguments: The program and what it is told.
  ///   - variables: Variables that it has besides those of this program.
  ///   - write: Writes what it reads as its standard input, until the output is closed; nil for the
  ///     input of this program.
  /// - Precondition: There is at least one argument, the program's name.
  package static func run(
    _ arguments: [String], adding variables: [String] = [],
    input write: ((TextOutput) -> Void)? = nil
  ) -> Ending {
    precondition(!arguments.isEmpty, "a program needs a name")
    var pipe: [Int32] = [-1, -1]
    if write != nil {
      // Safe: the array has room for the two descriptors.
      guard unsafe Glibc.pipe(&pipe) == 0 else { return .notStarted(errno) }
      for end in pipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    var attributes = posix_spawnattr_t()
    var signals = sigset_t()
    // Safe: both structures are made here and outlive the calls; `attributes` is destroyed below.
    unsafe _ = posix_spawnattr_init(&attributes)
    defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
    unsafe _ = sigemptyset(&signals)
    for signal in [SIGINT, SIGPIPE, SIGXFSZ] { unsafe _ = sigaddset(&signals, signal) }
    unsafe _ = posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe _ = posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    // Safe: made here, destroyed below, after the last use.
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe _ = posix_spawn_file_actions_init(&actions)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    if write != nil { unsafe _ = posix_spawn_file_actions_adddup2(&actions, pipe[0], STDIN_FILENO) }

    // Safe: the arrays hold copies and end with a null pointer, as the call asks; the copies are
    // freed after it, and the new process has its own.
    var pointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var added = unsafe variables.map { unsafe strdup($0) }
    defer { unsafe (pointers + added).forEach { unsafe free($0) } }
    var entry = unsafe environ
    while let variable = unsafe entry.pointee {
      unsafe added.append(strdup(variable))
      unsafe entry += 1
    }
    var surroundings = unsafe added + [nil]
    var child: pid_t = 0
    guard let name = unsafe pointers[0] else { return .notStarted(ENOMEM) }
    let code = unsafe posix_spawnp(&child, name, &actions, &attributes, &pointers, &surroundings)
    if pipe[0] >= 0 { close(pipe[0]) }
    guard code == 0 else {
      if pipe[1] >= 0 { close(pipe[1]) }
      return .notStarted(code)
    }
    if let write {
      // A program that reads only a part is done when it is.
      let output = TextOutput(descriptor: pipe[1], isTerminal: false)
      write(output)
      output.flush()
      close(pipe[1])
    }

    var status: Int32 = 0
    // Safe: one status is filled in.
    while unsafe waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return .notStarted(errno) }
    }
    // The encoding of wait(2), whose macros Swift does not import.
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal)
  }
}
