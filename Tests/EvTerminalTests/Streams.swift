// Streams that a test can read back.

import EvTerminal
import Glibc

/// An output of which the test reads what was written.
final class RecordedOutput {
  let output: TextOutput
  private let descriptor: Int32

  init(isTerminal: Bool = false) {
    var template = Array("/tmp/evsearch-XXXXXX".utf8CString)
    // Safe: the call writes over the X's of an array that ends with a zero; then the file has no
    // name, and goes away with the descriptor.
    descriptor = unsafe mkstemp(&template)
    unsafe _ = unlink(template)
    output = TextOutput(descriptor: descriptor, isTerminal: isTerminal)
  }

  deinit {
    close(descriptor)
  }

  /// All that was written so far.
  var text: String {
    output.flush()
    lseek(descriptor, 0, SEEK_SET)
    return String(decoding: SystemCalls.readAll(descriptor), as: UTF8.self)
  }
}

/// Two ends of a pipe or of a pseudo-terminal.
struct DescriptorPair {
  let first: Int32
  let second: Int32

  /// The end that is read and the end that is written.
  static func pipe() -> DescriptorPair? {
    var ends: [Int32] = [-1, -1]
    // Safe: there is room for two descriptors.
    guard unsafe Glibc.pipe(&ends) == 0 else { return nil }
    return DescriptorPair(first: ends[0], second: ends[1])
  }

  /// The side of the person and the side of the program.
  static func pseudoTerminal() -> DescriptorPair? {
    var person: Int32 = -1
    var program: Int32 = -1
    // Safe: two descriptors are filled in; the other arguments may be null.
    guard unsafe openpty(&person, &program, nil, nil, nil) == 0 else { return nil }
    return DescriptorPair(first: person, second: program)
  }
}
