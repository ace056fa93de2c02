// The input line of a session: editing, history, Ctrl-C.

import CEdit
import Glibc

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

  /// What Tab does to a line.
  public struct Completion: Equatable, Sendable {
    /// How many Unicode scalars in front of the cursor go.
    public var erased = 0
    /// What is inserted then.
    public var inserted = ""
    /// What is shown below the line, where there are several ways to go on; safe to print.
    public var listed: [StyledText] = []

    /// Nothing is done.
    public init() {}
  }

  /// Says what Tab does, given the text in front of the cursor.
  public var completer: ((String) -> Completion)?

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

  /// Gives the editor what it calls for Tab.
  ///
  /// It holds a pointer to this object, which frees the editor before it goes away.
  private func connectCompleter() {
    unsafe ev_edit_set_completer(
      editor,
      { context, text, count in
        var result = unsafe ev_edit_completion(erased: 0, inserted: nil, listed: nil)
        guard let context = unsafe context else { return unsafe result }
        // Safe: the context is the object that owns the editor, which is alive while it reads.
        let owner = unsafe Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
        // Safe: the editor says how many bytes there are.
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(count))
        let line = unsafe String(decoding: bytes, as: UTF8.self)
        guard let completion = owner.completer?(line) else { return unsafe result }
        unsafe result.erased = Int32(clamping: completion.erased)
        // Safe: both are copies that the editor frees.
        if !completion.inserted.isEmpty { unsafe result.inserted = strdup(completion.inserted) }
        if !completion.listed.isEmpty {
          unsafe result.listed = strdup(completion.listed.map(\.plain).joined(separator: "\n"))
        }
        return unsafe result
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit {
    // Safe: the editor was made by `init` and nothing else frees it.
    unsafe ev_edit_free(editor)
  }

  /// Waits for a line.
  public func readLine() -> Input {
    connectCompleter()
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
