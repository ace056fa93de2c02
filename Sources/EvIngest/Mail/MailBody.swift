// The text of a message out of its parts: RFC 2046.

/// Puts the text of a message together.
struct MailBody {
  /// How deep parts in parts are read, and how many of a message; honest mail has a few.
  private static let maximumDepth = 16
  private static let maximumParts = 1000

  /// The text, and the names of attachments.
  private(set) var text = ExtractedText()
  private(set) var attachments: [String] = []

  private let bytes: [UInt8]
  private var partCount = 0

  /// The body of the message whose text is at `range` of `bytes`.
  init(_ bytes: [UInt8], _ range: Range<Int>, _ header: MailHeader) {
    self.bytes = bytes
    let content = read(range, header, depth: 0)
    text = content.text
  }

  /// Hands the text over, so that it is not held twice.
  mutating func takeText() -> ExtractedText {
    defer { text = ExtractedText() }
    return text
  }

  /// What a part comes to.
  private struct Part {
    var text = ExtractedText()

    /// Whether it was written as plain text.
    var isPlain = false
  }

  private mutating func read(_ range: Range<Int>, _ header: MailHeader, depth: Int) -> Part {
    partCount += 1
    guard partCount <= Self.maximumParts, depth <= Self.maximumDepth else { return Part() }
    let type = header.structured("content-type")
    let kind = type?.value ?? "text/plain"
    let disposition = header.structured("content-disposition")
    let name = disposition?.text("filename") ?? type?.text("name")
    if disposition?.value == "attachment" || name != nil && !kind.hasPrefix("multipart/") {
      if disposition?.value == "attachment" || !kind.hasPrefix("text/") {
        attach(name)
        return Part()
      }
    }
    if kind.hasPrefix("multipart/"), let boundary = type?.bytes("boundary"), !boundary.isEmpty {
      return readParts(range, kind, boundary, depth)
    }
    switch kind {
    case "message/rfc822", "message/global": return readMessage(range, depth)
    case "text/html", "application/xhtml+xml":
      let page = MailText.decoded(
        decoded(range, header), charset: type?.text("charset"), isMarkup: true)
      let content = HTMLDocument.content(of: page, usesTitle: false)
      var part = Part()
      part.text.append(content.text.bytes, headings: content.headings)
      return part
    case "text/calendar", "text/vcard", "text/x-vcard", "text/css":
      attach(name)
      return Part()
    default:
      guard kind.hasPrefix("text/") || !kind.contains("/") else {
        attach(name)
        return Part()
      }
      var part = Part(isPlain: kind != "text/enriched")
      var text = MailText.decoded(decoded(range, header), charset: type?.text("charset"))
      let trimmed = text.trimmed.indices
      text.removeSubrange(trimmed.upperBound...)
      text.removeSubrange(..<trimmed.lowerBound)
      part.text.append(text, headings: [])
      return part
    }
  }

  private mutating func attach(_ name: String?) {
    if let name, attachments.count < 256 { attachments.append(String(name.prefix(255))) }
  }

  /// The bytes of a part as they were before they were sent.
  private func decoded(_ range: Range<Int>, _ header: MailHeader) -> [UInt8] {
    switch header.structured("content-transfer-encoding")?.value {
    case "base64": TransferEncoding.base64(bytes[range])
    case "quoted-printable": TransferEncoding.quotedPrintable(bytes[range])
    default: Array(bytes[range])
    }
  }

  /// A message in a message, such as one that is forwarded: its subject, and its text.
  private mutating func readMessage(_ range: Range<Int>, _ depth: Int) -> Part {
    let header = MailHeader(bytes, range)
    let inner = read(header.end..<range.upperBound, header, depth: depth + 1)
    var part = Part()
    if let subject = header.text("subject") {
      part.text.beginHeading(level: 2)
      part.text.write(subject.utf8)
      part.text.endHeading()
    }
    part.text.append(inner.text)
    return part
  }

  private mutating func readParts(
    _ range: Range<Int>, _ kind: String, _ boundary: [UInt8], _ depth: Int
  ) -> Part {
    var whole = Part()
    var best: Part?
    for range in parts(of: range, boundary) {
      let header = MailHeader(bytes, range)
      let part = read(header.end..<range.upperBound, header, depth: depth + 1)
      guard kind == "multipart/alternative" else {
        whole.text.append(part.text)
        continue
      }
      // The same in several forms, the plainest first: plain text is what was written.
      if part.text.bytes.isEmpty || best?.isPlain == true { continue }
      best = part
    }
    return best ?? whole
  }

  /// The parts between lines of `--boundary`.
  private func parts(of range: Range<Int>, _ boundary: [UInt8]) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    let mark = [0x2D, 0x2D] + boundary
    var start: Int?
    var index = range.lowerBound
    while index < range.upperBound, parts.count <= Self.maximumParts {
      let feed =
        bytes.firstIndex(of: UInt8(ascii: "\n"), in: index..<range.upperBound) ?? range.upperBound
      let next = min(feed + 1, range.upperBound)
      if index + mark.count <= feed, bytes.hasBytes(mark, at: index) {
        let rest = bytes[(index + mark.count)..<feed]
        let isLast = rest.starts(with: [0x2D, 0x2D])
        if isLast || rest.allSatisfy(\.isWhitespace) {
          if let start { parts.append(start..<max(start, index)) }
          start = isLast ? nil : next
          if isLast { break }
        }
      }
      index = next
    }
    // A message that was cut off has no last boundary.
    if let start, start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }
}
