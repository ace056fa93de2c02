// A message of mail as a document.
//
// The title is the subject. The text is who wrote to whom, what was written, and the names of what was
// attached; attachments are not read. The source is the author. Offsets are those of this text.

import EvIndex

/// Makes documents of messages.
struct MailMessage {
  /// The largest message that is read, in bytes; it is held in memory.
  static let maximumBytes = 1 << 27

  private let bytes: [UInt8]
  private let header: MailHeader

  /// Reads the header of a message.
  ///
  /// - Throws: ``SkipReason/malformedRecord(_:)`` where there is none.
  init(_ bytes: [UInt8]) throws(SkipReason) {
    self.bytes = bytes
    header = MailHeader(bytes, 0..<bytes.count)
    guard header.isMessage else { throw .malformedRecord("no header of a message") }
  }

  /// The message's id, if a document can be named after it.
  var identifier: String? {
    guard let text = header.text("message-id") else { return nil }
    let id = text.utf8.filter { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
    guard !id.isEmpty, id.count <= 250, id.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    return String(decoding: id, as: UTF8.self)
  }

  /// The document of the message.
  ///
  /// - Parameters:
  ///   - path: The document's name.
  ///   - line: The line of the file that the message starts on, from 1.
  func document(path: String, line: Int) throws(SkipReason) -> Document {
    var body = MailBody(bytes, header.end..<bytes.count, header)
    var text = ExtractedText()
    for (label, name) in [
      ("From", "from"), ("To", "to"), ("Cc", "cc"), ("Newsgroups", "newsgroups"),
    ] {
      guard let value = header.text(name) else { continue }
      text.separate(.line)
      text.write("\(label): \(value.prefix(2000))".utf8)
    }
    text.append(body.takeText())
    for (index, name) in body.attachments.enumerated() {
      text.separate(index == 0 ? .block : .line)
      text.write(name.utf8)
    }
    let date = header.text("date")
    return try text.document(
      path: path, title: header.text("subject"), findsTitle: false,
      metadata: Document.Metadata(
        date: date.map { MailDate.iso8601($0) ?? $0 },
        source: (header.text("from") ?? header.text("sender")).map(Self.author),
        language: header.structured("content-language")?.value.split(separator: ",").first.map(
          String.init)),
      line: line)
  }

  /// The name in `Ann Li <ann@example.org>`; the address where there is no name.
  static func author(_ from: String) -> String {
    guard let bracket = from.firstIndex(of: "<") else { return from }
    let name = from[..<bracket].utf8.filter { $0 != UInt8(ascii: "\"") }
    let trimmed = Array(name).trimmed
    if !trimmed.isEmpty { return String(decoding: trimmed, as: UTF8.self) }
    let address = from[from.index(after: bracket)...].prefix { $0 != ">" }
    return address.isEmpty ? from : String(address)
  }
}
