// A console of which a test reads what was printed.

import EvTerminal
import Glibc

/// A console on temporary files.
final class RecordedConsole {
  let console: Console
  private let files: [Int32]

  /// Creates a console in the folder, with the input, whose outputs may claim to be a terminal.
  init(
    in folder: String = "/", input: String = "", isTerminal: Bool = false,
    variables: [String: String] = [:]
  ) {
    files = (0..<3).map { _ in Self.temporaryFile() }
    let writer = TextOutput(descriptor: files[0], isTerminal: false)
    writer.write(input)
    writer.flush()
    lseek(files[0], 0, SEEK_SET)
    console = Console(
      output: TextOutput(descriptor: files[1], isTerminal: isTerminal),
      errors: TextOutput(descriptor: files[2], isTerminal: isTerminal),
      input: files[0], inputIsTerminal: false,
      environment: Environment(variables.merging(["COLUMNS": "80"]) { mine, _ in mine }),
      workingFolder: folder)
  }

  deinit {
    // The outputs may live longer than the test's console; they have nothing left to write.
    console.output.flush()
    console.errors.flush()
    for file in files { close(file) }
  }

  /// The results so far.
  var output: String { text(of: console.output, files[1]) }

  /// The notes so far.
  var errors: String { text(of: console.errors, files[2]) }

  private func text(of output: TextOutput, _ file: Int32) -> String {
    output.flush()
    lseek(file, 0, SEEK_SET)
    defer { lseek(file, 0, SEEK_END) }
    return String(decoding: SystemCalls.readAll(file), as: UTF8.self)
  }

  private static func temporaryFile() -> Int32 {
    var template = Array("/tmp/evsearch-XXXXXX".utf8CString)
    // Safe: the call writes over the X's of an array that ends with a zero; then the file has no
    // name, and goes away with the descriptor.
    let descriptor = unsafe mkstemp(&template)
    unsafe _ = unlink(template)
    return descriptor
  }
}
