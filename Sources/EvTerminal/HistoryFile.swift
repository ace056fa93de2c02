// The lines of earlier sessions, in a file.

import Glibc

/// A file of lines that were typed, oldest first, that only its owner can read.
///
/// Lines are appended as they are typed, so sessions at the same time do not overwrite each other
/// and a killed one loses nothing. Repetitions are removed when the file is read.
public struct HistoryFile: Sendable, Equatable {
  /// How many lines are kept.
  public static let lineLimit = 2000

  /// Where the file is.
  public let path: String

  /// Creates a name of a file, which need not exist.
  public init(path: String) {
    self.path = path
  }

  /// The file for a person: `EVSEARCH_HISTORY`, else `evsearch/history` in the folder for state.
  ///
  /// - Returns: Nil where there is neither `XDG_STATE_HOME` nor `HOME`: then nothing is kept.
  public init?(environment: Environment) {
    if let path = environment["EVSEARCH_HISTORY"] {
      self.init(path: path)
    } else if let state = environment.absolutePath("XDG_STATE_HOME") {
      self.init(path: state + "/evsearch/history")
    } else if let home = environment.absolutePath("HOME") {
      self.init(path: home + "/.local/state/evsearch/history")
    } else {
      return nil
    }
  }

  /// The last ``lineLimit`` lines without repetitions; none where there is no file.
  ///
  /// A file that has grown to twice that is written anew, shorter.
  public func load() -> [String] {
    guard let bytes = read() else { return [] }
    let all = bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    var seen: Set<String> = []
    var kept: [String] = []
    for line in all.reversed() where kept.count < Self.lineLimit && seen.insert(line).inserted {
      kept.append(line)
    }
    kept.reverse()
    if all.count > 2 * Self.lineLimit { replace(with: kept) }
    return kept
  }

  /// Adds a line at the end, and makes the file and its folders where they are missing.
  ///
  /// A history that cannot be written is no reason to disturb a session, so this reports nothing.
  public func append(_ line: String) {
    guard !line.isEmpty, !line.utf8.contains(0x0A) else { return }
    makeFolders()
    guard let descriptor = SystemCalls.open(path, O_WRONLY | O_CREAT | O_APPEND) else { return }
    defer { close(descriptor) }
    // The file may have been made by something that is less careful.
    fchmod(descriptor, 0o600)
    TextOutput(descriptor: descriptor, isTerminal: false).write(line + "\n")
  }

  private func replace(with lines: [String]) {
    let temporary = path + ".new"
    guard let descriptor = SystemCalls.open(temporary, O_WRONLY | O_CREAT | O_TRUNC) else { return }
    let output = TextOutput(descriptor: descriptor, isTerminal: false)
    for line in lines { output.write(line + "\n") }
    output.flush()
    close(descriptor)
    if output.failure == 0 {
      SystemCalls.rename(temporary, to: path)
    } else {
      SystemCalls.remove(temporary)
    }
  }

  private func read() -> [UInt8]? {
    // Non-blocking: a FIFO of that name must not hang the session.
    guard let descriptor = SystemCalls.open(path, O_RDONLY | O_NONBLOCK) else { return nil }
    defer { close(descriptor) }
    return SystemCalls.readAll(descriptor)
  }

  private func makeFolders() {
    var folder = ""
    for component in path.split(separator: "/").dropLast() {
      folder += (folder.isEmpty && !path.hasPrefix("/") ? "" : "/") + component
      SystemCalls.makeFolder(folder)
    }
  }
}
