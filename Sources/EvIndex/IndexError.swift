public import EvBytes
internal import Glibc

/// Why an index could not be opened, read or written.
///
/// A caller's mistake, such as a negative limit, is a precondition failure and not one of these:
/// every case here is something that a correct program meets.
public enum IndexError: Error, Equatable, Sendable {
  /// No index is in this folder.
  case notFound(path: String)

  /// Another process is writing to the index; its number where it is known.
  case locked(path: String, holder: Int32?)

  /// A file was written by a version of the library that this one cannot read.
  case unsupportedVersion(file: String, found: UInt32, supported: UInt32)

  /// A file's bytes are not what the writer wrote; `offset` is in bytes from its start.
  case corrupt(file: String, offset: Int, reason: String)

  /// The index was made with other rules of analysis, so that its words may not be found.
  case analysisMismatch(path: String, stored: String, present: String)

  /// Text could not be analysed.
  case analysis(reason: String)

  /// The configuration of a collection cannot be understood.
  case configuration(file: String, line: Int, reason: String)

  /// An index cannot hold this.
  case limit(reason: String)

  /// ``Interruption/request()`` ended a search.
  case interrupted

  /// The operating system refused an operation.
  case system(SystemError)
}

extension IndexError: CustomStringConvertible {
  /// What and where, in one line.
  public var description: String {
    switch self {
    case .notFound(let path): "No index at \(path)."
    case .locked(let path, let holder):
      "The index at \(path) is being written by "
        + (holder.map { "process \($0)" } ?? "another process") + "."
    case .unsupportedVersion(let file, let found, let supported):
      "\(file) has format version \(found); this program reads version \(supported)."
    case .corrupt(let file, let offset, let reason):
      "\(file) is damaged at byte \(offset): \(reason)."
    case .analysisMismatch(let path, let stored, let present):
      "The index at \(path) was made with \(stored); this program has \(present)."
    case .analysis(let reason): "The text cannot be analysed: \(reason)."
    case .configuration(let file, let line, let reason): "\(file), line \(line): \(reason)."
    case .limit(let reason): reason
    case .interrupted: "The search was stopped."
    case .system(let error): "\(error)."
    }
  }

  /// What to do, in one line, where there is something.
  public var hint: String? {
    switch self {
    case .notFound(let path): "Create one: evsearch index DIR --index \(path)"
    case .locked: "Wait until it is done; readers need not wait."
    case .unsupportedVersion, .analysisMismatch: "Build the index again: evsearch index --rebuild"
    case .corrupt:
      "See what is damaged: evsearch check; build the index again: evsearch index --rebuild"
    case .system(let error): Self.hint(error)
    case .analysis, .configuration, .limit, .interrupted: nil
    }
  }

  /// What to do where something could not be written.
  private static func hint(_ error: SystemError) -> String? {
    switch error.code {
    case ENOSPC, EDQUOT, EFBIG:
      "The index is as it was; make room, or name another place: --index DIR"
    case EROFS: "Name a place that can be written to: --index DIR"
    case EACCES, EPERM:
      error.operation == "open" && !error.path.hasSuffix("/" + IndexFolder.lockName)
        ? nil : "Name a place that you may write to: --index DIR"
    default: nil
    }
  }
}

extension IndexError {
  /// An error in the bytes of a file.
  package init(_ error: FormatError, file: String, base: Int = 0) {
    self = .corrupt(file: file, offset: base + error.offset, reason: error.description)
  }
}
