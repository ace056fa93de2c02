// What a command talks to: two streams, the environment, and the size of the window.

import Glibc

/// The streams and the surroundings of a command.
public struct Console {
  /// Where results go.
  public let output: TextOutput

  /// Where everything else goes: notes, progress, errors.
  public let errors: TextOutput

  /// The descriptor that input comes from.
  public let input: Int32

  /// Whether a person is typing.
  public let inputIsTerminal: Bool

  /// The environment variables.
  public let environment: Environment

  /// The folder that relative paths start from.
  public let workingFolder: String

  /// Creates a console.
  public init(
    output: TextOutput, errors: TextOutput, input: Int32, inputIsTerminal: Bool,
    environment: Environment, workingFolder: String
  ) {
    self.output = output
    self.errors = errors
    self.input = input
    self.inputIsTerminal = inputIsTerminal
    self.environment = environment
    self.workingFolder = workingFolder
  }

  /// The console of this process; from here on, a closed pipe does not end it by a signal.
  public static func standard() -> Console {
    signal(SIGPIPE, SIG_IGN)
    // A file that may not become larger is an error of the write, which says which file it is.
    signal(SIGXFSZ, SIG_IGN)
    return Console(
      output: TextOutput(descriptor: STDOUT_FILENO), errors: TextOutput(descriptor: STDERR_FILENO),
      input: STDIN_FILENO, inputIsTerminal: isatty(STDIN_FILENO) == 1, environment: .current(),
      workingFolder: currentFolder())
  }

  /// The same console with its results going elsewhere.
  public func printing(to output: TextOutput) -> Console {
    Console(
      output: output, errors: errors, input: input, inputIsTerminal: inputIsTerminal,
      environment: environment, workingFolder: workingFolder)
  }

  /// Prints a line about the results, or about what went wrong, after the results so far.
  public func note(_ text: StyledText, color: ColorChoice = .auto) {
    output.flush()
    errors.write(text, palette(of: errors, color))
    errors.flush()
  }

  /// Prints a plain line about the results, or about what went wrong, after the results so far.
  public func note(_ text: String) {
    note(StyledText(text))
  }

  /// The colours of one of the streams.
  public func palette(of stream: TextOutput, _ choice: ColorChoice) -> Palette {
    Palette(choice, isTerminal: stream.isTerminal, environment: environment)
  }

  /// The columns of a line: `COLUMNS`, else the terminal's, else 80; between 20 and 10,000.
  public var columns: Int {
    let known = environment["COLUMNS"].flatMap { Int($0) } ?? Self.terminalSize()?.columns ?? 80
    return min(max(known, 20), 10_000)
  }

  /// The lines of the screen: `LINES`, else the terminal's, else 24; between 2 and 10,000.
  public var rows: Int {
    let known = environment["LINES"].flatMap { Int($0) } ?? Self.terminalSize()?.rows ?? 24
    return min(max(known, 2), 10_000)
  }

  private static func terminalSize() -> (columns: Int, rows: Int)? {
    for descriptor in [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO] {
      var size = winsize()
      // Safe: TIOCGWINSZ fills in one `winsize`, which outlives the call.
      let result = unsafe withUnsafeMutablePointer(to: &size) { pointer in
        unsafe ioctl(descriptor, UInt(TIOCGWINSZ), pointer)
      }
      if result == 0, size.ws_col > 0, size.ws_row > 0 {
        return (Int(size.ws_col), Int(size.ws_row))
      }
    }
    return nil
  }

  private static func currentFolder() -> String {
    // Safe: with a null buffer glibc allocates what it needs, and the caller frees it.
    guard let path = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }
}
