// What is said while another process writes to the index.

import EvTerminal

/// Tells a person why nothing happens.
enum LockNotice {
  /// Says which process is waited for, with its number if it is known.
  static func waiting(on console: Console, isQuiet: Bool) -> @Sendable (Int32?) -> Void {
    guard !isQuiet else { return { _ in } }
    // A stream of its own, as it is used from where the console cannot go.
    let (descriptor, isTerminal) = (console.errors.descriptor, console.errors.isTerminal)
    return { holder in
      let process = holder.map { "Process \($0)" } ?? "Another process"
      let errors = TextOutput(descriptor: descriptor, isTerminal: isTerminal)
      errors.write("\(process) is writing to the index; waiting until it is done.\n")
      errors.flush()
    }
  }
}
