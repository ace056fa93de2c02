// Why a file or a record is not in the index. The index keeps the code; people read the description.

import Glibc

/// Something that was found and not indexed.
public struct Skipped: Sendable, Equatable {
  /// The file, relative to the root; for a record `file.jsonl:LINE`, lines counted from 1.
  ///
  /// Bytes of a file name that are not UTF-8 are replaced by U+FFFD.
  public let path: String

  /// Why.
  public let reason: SkipReason

  /// Creates an entry of a skip report.
  public init(path: String, reason: SkipReason) {
    self.path = path
    self.reason = reason
  }
}

/// Why a file or a record was not indexed.
@nonexhaustive
public enum SkipReason: Error, Sendable, Hashable {
  /// A symbolic link; links are not followed.
  case symbolicLink

  /// A named pipe; reading it could wait for ever.
  case fifo

  /// A socket.
  case socket

  /// A character or block device.
  case device

  /// It holds a NUL byte, so it is not text.
  case binary

  /// It holds no text: no bytes, only white space, or only markup.
  case empty

  /// The operating system refused to open or read it; the code is `errno`.
  case unreadable(Int32)

  /// It is larger than ``IngestOptions/maximumFileBytes``.
  case tooLarge

  /// It is larger than ``IngestOptions/memoryMaximum``.
  case tooLargeForMemory

  /// Its name is not UTF-8.
  case notUTF8Name

  /// So much of it is not UTF-8 that it cannot be text in UTF-8.
  case notUTF8

  /// It is of a kind that evsearch knows and cannot read yet, such as `html`.
  case notSupportedYet(String)

  /// A record that cannot be read; the detail says what is wrong with it.
  case malformedRecord(String)

  /// An archive or a compressed file, and ``IngestOptions/unpacks`` is off.
  case packed

  /// A packed file that cannot be unpacked; the detail says why.
  case damagedArchive(String)

  /// A file that cannot be read as what it is; the detail says what is wrong with it.
  case damaged(String)

  /// A program that reads such files, such as `pdftotext`, is not installed.
  case missingProgram(String)

  /// More would come out of it than ``IngestOptions/maximumUnpackedBytes`` or
  /// ``IngestOptions/maximumUnpackRatio`` allow.
  case decompressionLimit

  /// Another document of this name came first.
  case duplicate
}

extension SkipReason: CustomStringConvertible {
  /// The reason in one line, for people.
  public var description: String {
    switch self {
    case .symbolicLink: "symbolic link"
    case .fifo: "FIFO"
    case .socket: "socket"
    case .device: "device"
    case .binary: "binary"
    case .empty: "empty"
    case .unreadable(let code): "unreadable: \(Self.message(for: code))"
    case .tooLarge: "too large"
    case .tooLargeForMemory: "too large for --memory; give it more"
    case .notUTF8Name: "name is not UTF-8"
    case .notUTF8: "not UTF-8"
    case .notSupportedYet(let kind): "not supported yet: \(kind)"
    case .malformedRecord(let detail): "malformed record: \(detail)"
    case .damagedArchive(let detail): "archive: \(detail)"
    case .damaged(let detail): "damaged: \(detail)"
    case .missingProgram("pdftotext"): "needs pdftotext, which poppler-utils has"
    case .missingProgram(let name): "needs the program \(name)"
    case .packed: "packed, and --no-search-zip"
    case .decompressionLimit: "unpacks to more than is allowed"
    case .duplicate: "duplicate"
    }
  }

  /// How a summary counts files that were skipped for this reason: `2 symbolic links`.
  ///
  /// Details are left out, so that reasons that differ only in a detail count as one.
  public func summary(count: Int) -> String {
    let one = count == 1
    return switch self {
    case .symbolicLink: "\(count) symbolic link\(one ? "" : "s")"
    case .fifo: "\(count) FIFO\(one ? "" : "s")"
    case .socket: "\(count) socket\(one ? "" : "s")"
    case .device: "\(count) device\(one ? "" : "s")"
    case .malformedRecord: "\(count) malformed record\(one ? "" : "s")"
    case .duplicate: "\(count) duplicate\(one ? "" : "s")"
    case .notUTF8Name: "\(count) with a name that is not UTF-8"
    case .unreadable: "\(count) unreadable"
    case .damagedArchive: "\(count) damaged or encrypted in an archive"
    case .damaged: "\(count) damaged"
    case .missingProgram: "\(count) \(one ? "needs" : "need") a program that is not installed"
    case .decompressionLimit: "\(count) too large when unpacked"
    case .packed: "\(count) packed"
    case .notSupportedYet: "\(count) not supported yet"
    case .binary, .empty, .tooLarge, .tooLargeForMemory, .notUTF8: "\(count) \(description)"
    }
  }

  /// What the operating system calls an error.
  private static func message(for code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 128)
    // Safe: the call is given the buffer's own length and writes no further. This is the form of
    // strerror_r that returns a status, so the text is in the buffer.
    guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension SkipReason {
  /// The reason as a short text that never changes its meaning, for files and programs.
  ///
  /// A word, and for a reason that has a detail a colon and the detail.
  public var code: String {
    switch self {
    case .symbolicLink: "symbolic-link"
    case .fifo: "fifo"
    case .socket: "socket"
    case .device: "device"
    case .binary: "binary"
    case .empty: "empty"
    case .unreadable(let code): "unreadable:\(code)"
    case .tooLarge: "too-large"
    case .tooLargeForMemory: "too-large-for-memory"
    case .notUTF8Name: "name-not-utf8"
    case .notUTF8: "not-utf8"
    case .notSupportedYet(let kind): "not-supported:\(kind)"
    case .malformedRecord(let detail): "malformed-record:\(detail)"
    case .damagedArchive(let detail): "archive:\(detail)"
    case .damaged(let detail): "damaged:\(detail)"
    case .missingProgram(let name): "missing-program:\(name)"
    case .packed: "packed"
    case .decompressionLimit: "decompression-limit"
    case .duplicate: "duplicate"
    }
  }

  /// The reason that has this code, or nil where none has.
  public init?(code: String) {
    let parts = code.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts.first, parts.count > 1 ? String(parts[1]) : nil) {
    case ("symbolic-link", nil): self = .symbolicLink
    case ("fifo", nil): self = .fifo
    case ("socket", nil): self = .socket
    case ("device", nil): self = .device
    case ("binary", nil): self = .binary
    case ("empty", nil): self = .empty
    case ("too-large", nil): self = .tooLarge
    case ("too-large-for-memory", nil): self = .tooLargeForMemory
    case ("name-not-utf8", nil): self = .notUTF8Name
    case ("not-utf8", nil): self = .notUTF8
    case ("duplicate", nil): self = .duplicate
    case ("packed", nil): self = .packed
    case ("decompression-limit", nil): self = .decompressionLimit
    case ("archive", let detail?): self = .damagedArchive(detail)
    case ("damaged", let detail?): self = .damaged(detail)
    case ("missing-program", let name?): self = .missingProgram(name)
    case ("unreadable", let detail?):
      guard let number = Int32(detail) else { return nil }
      self = .unreadable(number)
    case ("not-supported", let detail?): self = .notSupportedYet(detail)
    case ("malformed-record", let detail?): self = .malformedRecord(detail)
    default: return nil
    }
  }
}
