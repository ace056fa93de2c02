// The input line of a session: editing, history, Ctrl-C.

import CEdit

/// Reads lines from a terminal, with editing and a history.
///
/// While an editor lives, Ctrl-C ends no process: it drops the line that is being typed. There can be
/// one editor at a time.
@safe
public final class LineEditor {
  /// What a person did.
  public enum Input: Equatable, Sendable {
    /// Entered a line; it is without its line feed.
    case line(String)
    /// Dropped the line with Ctrl-C.
    case interrupted
    /// Left with Ctrl-D, or the terminal is gone.
    case end
  }

  private let editor: OpaquePointer
  private var history: [String] = []
  private let historyLimit: Int

  /// Creates an editor on three descriptors, or returns nil where the system refuses.
  ///
  /// - Parameters:
  ///   - program: The name by which `~/.editrc` can address the program.
  ///   - prompt: What stands in front of the line.
  ///   - input: Where keys come from.
  ///   - output: Where the line is shown.
  ///   - errors: Where the editor complains.
  ///   - historyLimit: How many lines are remembered.
  public init?(
    program: String, prompt: String, input: Int32 = 0, output: Int32 = 1, errors: Int32 = 2,
    historyLimit: Int = HistoryFile.lineLimit
  ) {
    guard
      let editor = unsafe ev_edit_make(
        program, prompt, input, output, errors, Int32(clamping: historyLimit))
    else { return nil }
    unsafe self.editor = editor
    self.historyLimit = historyLimit
  }

  deinit {
    // Safe: the editor was made by `init` and nothing else frees it.
    unsafe ev_edit_free(editor)
  }

  /// Waits for a line.
  public func readLine() -> Input {
    var text: UnsafePointer<CChar>?
    var count: Int32 = 0
    switch unsafe ev_edit_read(editor, &text, &count) {
    case EV_EDIT_LINE:
      guard let text = unsafe text else { return .line("") }
      // Safe: the editor says how many bytes there are, and keeps them until the next call.
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(count))
      return unsafe .line(String(decoding: bytes, as: UTF8.self))
    case EV_EDIT_INTERRUPTED: return .interrupted
    default: return .end
    }
  }

  /// Puts a line at the end of the history; a repetition replaces what it repeats.
  public func remember(_ line: String) {
    if let earlier = history.firstIndex(of: line) {
      history.remove(at: earlier)
      history.append(line)
      unsafe ev_edit_forget(editor)
      for line in history { unsafe ev_edit_remember(editor, line) }
    } else {
      history.append(line)
      if history.count > historyLimit { history.removeFirst() }
      unsafe ev_edit_remember(editor, line)
    }
  }
}
