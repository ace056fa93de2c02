// A program of the system that reads what we cannot: found in PATH, run without a shell, with nothing to
// read but one open file, and ended where it takes too long or prints too much.

import Glibc

/// A program that prints the text of a file.
struct HelperProgram {
  /// What running a program came to.
  enum Outcome: Equatable {
    /// It ended by itself.
    case ended(status: Int32, output: [UInt8])

    /// It was ended by a signal that was not ours.
    case crashed

    /// It was ended, as it took longer than the time allowed.
    case tookTooLong

    /// It was ended, as it printed more than is allowed.
    case printedTooMuch

    /// It could not be started; the code is `errno`.
    case failed(Int32)
  }

  /// The path under which the program finds the file to read.
  static let filePath = "/dev/fd/3"

  private let path: String

  /// The program of a name in the first of these folders that has it; nil where none has.
  ///
  /// - Parameters:
  ///   - name: The program's name, without a `/`.
  ///   - folders: Absolute paths; others are left out, so that nothing in the working folder is run.
  init?(_ name: String, in folders: [String]) {
    let paths = folders.filter { $0.hasPrefix("/") }.map { $0 + "/" + name }
    let found = paths.first { path in
      var status = stat()
      guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return false
      }
      return unsafe access(path, X_OK) == 0
    }
    guard let found else { return nil }
    path = found
  }

  /// The folders of the variable `PATH`.
  static var searchPath: [String] {
    (variable("PATH") ?? "").split(separator: ":").map(String.init)
  }

  /// A variable of the environment.
  private static func variable(_ name: String) -> String? {
    // Safe: nothing in this process changes its environment.
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(validatingCString: value)
  }

  /// Runs the program.
  ///
  /// - Parameters:
  ///   - arguments: Its arguments; ``filePath`` among them is the file.
  ///   - descriptor: An open file.
  ///   - maximumBytes: The most that it may print.
  ///   - timeLimit: How long it may take.
  func run(
    _ arguments: [String], on descriptor: Int32, maximumBytes: Int, timeLimit: Duration
  ) -> Outcome {
    var ends: [Int32] = [-1, -1]
    // Safe: the array has the two elements that the call fills.
    guard unsafe pipe(&ends) == 0 else { return .failed(errno) }
    defer { _ = close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var process = pid_t()
    var code = start(arguments, file: descriptor, output: ends[1], &process)
    // A program that is just being installed is busy for a moment.
    for _ in 0..<100 where code == ETXTBSY {
      _ = poll(nil, 0, 2)
      code = start(arguments, file: descriptor, output: ends[1], &process)
    }
    // The program has its own copy; while ours is open, its output has no end.
    _ = close(ends[1])
    guard code == 0 else { return .failed(code) }
    let clock = ContinuousClock()
    let deadline = clock.now + timeLimit
    let output = read(ends[0], maximumBytes: maximumBytes, until: deadline)
    guard case .ended(_, let bytes) = output else {
      end(process)
      return output
    }
    // What has closed its output may still be running.
    var status: Int32 = 0
    // Safe: the process is a child of ours that nothing else waits for.
    while unsafe waitpid(process, &status, WNOHANG) == 0 {
      guard clock.now < deadline else {
        end(process)
        return .tookTooLong
      }
      _ = poll(nil, 0, 1)
    }
    guard status & 0x7F == 0 else { return .crashed }
    return .ended(status: status >> 8 & 0xFF, output: bytes)
  }

  /// Kills a process, and waits until it is gone.
  private func end(_ process: pid_t) {
    _ = kill(process, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  /// Reads all that is printed.
  private func read(
    _ descriptor: Int32, maximumBytes: Int, until deadline: ContinuousClock.Instant
  ) -> Outcome {
    let clock = ContinuousClock()
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let left = clock.now.duration(to: deadline)
      guard left > .zero else { return .tookTooLong }
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let wait = min(left.components.seconds * 1000 + 10, 60_000)
      // Safe: there is one element, and the call is told so.
      guard unsafe poll(&poller, 1, Int32(wait)) > 0 else { continue }
      // Safe: the buffer's own length bounds the call.
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count == 0 { return .ended(status: 0, output: output) }
      guard count > 0 else {
        guard errno == EINTR else { return .failed(errno) }
        continue
      }
      output += buffer[..<count]
      guard output.count <= maximumBytes else { return .printedTooMuch }
    }
  }

  /// Starts the program; what it prints goes to `output`, what it complains of nowhere.
  ///
  /// - Returns: 0, or the error's number.
  private func start(
    _ arguments: [String], file: Int32, output: Int32, _ process: inout pid_t
  ) -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { return ENOMEM }
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    // Safe: the actions were made above and are used by one thread; the paths are copied.
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, file, 3)
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let names = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"]
    let environment =
      ["LC_ALL=C"] + names.compactMap { name in Self.variable(name).map { "\(name)=\($0)" } }
    let words = ([path] + arguments).map { Array($0.utf8CString) }
    let variables = environment.map { Array($0.utf8CString) }
    return unsafe Self.withPointers(to: words) { words in
      unsafe Self.withPointers(to: variables) { variables in
        // Safe: both lists end with a null, and they and their strings outlive the call.
        unsafe posix_spawn(&process, path, &actions, nil, words, variables)
      }
    }
  }

  /// Calls `body` with a list of strings as C has them, a null at its end.
  ///
  /// Safe: the strings are copied into memory that is given back after the call.
  private static func withPointers<Result>(
    to strings: [[CChar]], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) }
    defer { unsafe pointers.forEach { unsafe free($0) } }
    unsafe pointers.append(nil)
    return unsafe body(pointers)
  }
}
