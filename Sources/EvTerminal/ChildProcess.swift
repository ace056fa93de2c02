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
  /// - Precondition: There is at least one argument, the program's name.
  package static func run(_ arguments: [String]) -> Ending {
    precondition(!arguments.isEmpty, "a program needs a name")
    var attributes = posix_spawnattr_t()
    var signals = sigset_t()
    // Safe: both structures are made here and outlive the calls; `attributes` is destroyed below.
    unsafe _ = posix_spawnattr_init(&attributes)
    defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
    unsafe _ = sigemptyset(&signals)
    for signal in [SIGINT, SIGPIPE] { unsafe _ = sigaddset(&signals, signal) }
    unsafe _ = posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe _ = posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    // Safe: the array holds copies of the arguments and ends with a null pointer, as the call asks;
    // they are freed after it, and the new process has its own.
    var pointers = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe pointers.forEach { unsafe free($0) } }
    var child: pid_t = 0
    guard let name = unsafe pointers[0] else { return .notStarted(ENOMEM) }
    let code = unsafe posix_spawnp(&child, name, nil, &attributes, &pointers, environ)
    guard code == 0 else { return .notStarted(code) }

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
