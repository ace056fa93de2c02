// A mailbox, each message of which is a document: the format mbox, as RFC 4155 and mbox(5) have it.

import EvIndex

/// Reads a mailbox message by message.
///
/// A message starts at a line `From …` behind a blank line. A document is named `mail.mbox#ID` by the
/// id of its message, else by its number.
struct MailboxSource<Stream: ByteStream & ~Copyable>: ~Copyable {
  private let path: String
  private let maximum: Int
  private var lines: LineReader<Stream>
  private var skipped: SkipList

  /// The message that is being read, and the line that it starts on.
  private var message: [UInt8] = []
  private var messageLine = 1
  private var isTooLarge = false
  private var number = 0

  /// Starts at the front of a file.
  ///
  /// - Parameter maximum: The longest message that is read, in bytes.
  init(_ file: consuming Stream, path: String, maximum: Int) {
    self.path = path
    self.maximum = min(maximum, MailMessage.maximumBytes)
    lines = LineReader(file, maximum: self.maximum)
    skipped = SkipList(path: path)
  }

  /// Hands out the messages in order.
  ///
  /// - Returns: What is no message, and why.
  consuming func read<Failure: Error>(
    _ body: (Document) throws(Failure) -> Void
  ) throws(Failure) -> [Skipped] {
    var line = 0
    var wasBlank = true
    while let next = nextLine() {
      line += 1
      switch next {
      case .tooLong: isTooLarge = true
      case .bytes(let range):
        let text = lines.bytes[range]
        if wasBlank, Self.isSeparator(text) {
          if let document = finish() { try body(document) }
          messageLine = line
        } else {
          take(text)
        }
        wasBlank = text.allSatisfy(\.isWhitespace)
      }
    }
    if let document = finish() { try body(document) }
    if number == 0, skipped.all.isEmpty { skipped.add(.empty) }
    return skipped.all
  }

  /// Whether a line starts a message: `From ann@example.org Wed May  1 10:20:30 2024`.
  private static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: "From ".utf8), line.count < 1000 else { return false }
    // A sentence can start with the word too; a year or a time of day ends no sentence.
    return line.contains(UInt8(ascii: ":"))
      && line.split(whereSeparator: \.isBlank).count >= 3
      && line.contains { (0x30...0x39).contains($0) }
  }

  private mutating func take(_ line: ArraySlice<UInt8>) {
    guard !isTooLarge, message.count + line.count < maximum else {
      isTooLarge = true
      message = []
      return
    }
    // A line of the text that looks like a separator has a sign in front of it.
    let quotes = line.prefix { $0 == UInt8(ascii: ">") }.count
    let isQuoted = quotes > 0 && line.dropFirst(quotes).starts(with: "From ".utf8)
    message += isQuoted ? line.dropFirst() : line
    message.append(UInt8(ascii: "\n"))
  }

  /// The document of the message that was read; nil where it is none.
  private mutating func finish() -> Document? {
    defer {
      // What one long message needed is not kept while it is indexed.
      message.removeAll(keepingCapacity: message.count < 1 << 20)
      isTooLarge = false
    }
    guard isTooLarge || message.contains(where: { !$0.isWhitespace }) else { return nil }
    number += 1
    do throws(SkipReason) {
      if isTooLarge { throw .tooLarge }
      let message = try MailMessage(message)
      var document = try message.document(
        path: "\(path)#\(message.identifier ?? String(number))", line: messageLine)
      document.fileByteCount = path.utf8.count
      return document
    } catch {
      skipped.add(line: messageLine, error)
      return nil
    }
  }

  /// The next line; nil at the end, which a reading error is too, on the record.
  private mutating func nextLine() -> LineReader<Stream>.Line? {
    do throws(SkipReason) {
      return try lines.next()
    } catch {
      skipped.add(error)
      return nil
    }
  }
}
