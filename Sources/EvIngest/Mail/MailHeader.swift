// The header of a message or of a part of one: RFC 5322 section 2.2 and RFC 2045 section 5.

/// The fields of a header.
struct MailHeader {
  /// The fields that are kept; of a name that comes twice the first counts.
  private static let wanted: Set<String> = [
    "from", "to", "cc", "subject", "date", "message-id", "content-type", "content-language",
    "content-transfer-encoding", "content-disposition", "received", "return-path", "sender",
    "newsgroups",
  ]

  /// The longest header that is read, in bytes; what is behind is taken for text.
  private static let maximumBytes = 1 << 20

  private var fields: [String: ArraySlice<UInt8>] = [:]

  /// Where the text behind the header starts.
  let end: Int

  /// Reads the header at the start of `range`.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var index = range.lowerBound
    let limit = min(range.upperBound, index + Self.maximumBytes)
    var name = ""
    var valueStart = index
    var fields: [String: ArraySlice<UInt8>] = [:]
    func close(at place: Int) {
      if Self.wanted.contains(name), fields[name] == nil {
        fields[name] = bytes[valueStart..<place]
      }
      name = ""
    }
    while index < limit {
      let feed = bytes.firstIndex(of: UInt8(ascii: "\n"), in: index..<limit) ?? limit
      let next = min(feed + 1, limit)
      let line = bytes[index..<feed]
      if line.isEmpty || line.elementsEqual([UInt8(ascii: "\r")]) {
        close(at: index)
        self.fields = fields
        end = next
        return
      }
      // A line that begins with a blank goes on with the field above.
      if let first = line.first, !first.isBlank || name.isEmpty && fields.isEmpty {
        close(at: index)
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
          bytes[index..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F || $0.isBlank })
        else {
          // No header, or one without the blank line behind it.
          break
        }
        name = String(decoding: bytes[index..<colon].prefix(64), as: UTF8.self).lowercased()
        while name.last == " " || name.last == "\t" { name.removeLast() }
        valueStart = colon + 1
      }
      index = next
    }
    close(at: index)
    self.fields = fields
    end = index
  }

  /// Whether there is a field that messages have.
  var isMessage: Bool {
    ["from", "subject", "date", "message-id", "received", "return-path", "to", "newsgroups"]
      .contains { fields[$0] != nil }
  }

  /// The text of a field; nil where it is absent or empty.
  func text(_ name: String) -> String? {
    guard let value = fields[name] else { return nil }
    let text = MailText.header(value.prefix(1 << 16))
    return text.isEmpty ? nil : text
  }

  /// A field with parameters, such as `text/plain; charset=utf-8`.
  func structured(_ name: String) -> MailField? {
    fields[name].map { MailField($0.prefix(1 << 16)) }
  }
}

/// The value of a field that has parameters: RFC 2045 section 5.1 and RFC 2231.
struct MailField {
  /// The value in front of the parameters, in small letters.
  let value: String

  private var parameters: [String: [UInt8]] = [:]

  /// Reads a field.
  init(_ field: ArraySlice<UInt8>) {
    var pieces: [ArraySlice<UInt8>] = []
    var start = field.startIndex
    var isQuoted = false
    var index = field.startIndex
    while index < field.endIndex {
      let byte = field[index]
      if byte == UInt8(ascii: "\\"), isQuoted {
        index += 1
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ";"), !isQuoted {
        pieces.append(field[start..<index])
        start = index + 1
      }
      index += 1
    }
    pieces.append(field[start...])
    let first = pieces[0].filter { !$0.isWhitespace }
    value = String(decoding: first, as: UTF8.self).lowercased()
    for piece in pieces.dropFirst().prefix(64) {
      guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = String(decoding: Array(piece[..<equals]).trimmed, as: UTF8.self).lowercased()
      parameters[name] = parameters[name] ?? Self.unquoted(Array(piece[(equals + 1)...]).trimmed)
    }
  }

  private static func unquoted(_ value: ArraySlice<UInt8>) -> [UInt8] {
    guard value.first == UInt8(ascii: "\"") else { return Array(value) }
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in value.dropFirst() {
      if isEscaped || byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\"") {
        bytes.append(byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        break
      }
    }
    return bytes
  }

  /// The bytes of a parameter.
  func bytes(_ name: String) -> [UInt8]? {
    parameters[name]
  }

  /// The text of a parameter, also of one in pieces or in another character set: RFC 2231.
  func text(_ name: String) -> String? {
    if let plain = parameters[name] { return MailText.header(plain[...]) }
    if let whole = parameters[name + "*"] { return Self.extended(whole) }
    var joined: [UInt8] = []
    var isExtended = false
    for number in 0..<64 {
      if let piece = parameters["\(name)*\(number)"] {
        joined += piece
      } else if let piece = parameters["\(name)*\(number)*"] {
        isExtended = true
        joined += piece
      } else {
        break
      }
    }
    guard !joined.isEmpty else { return nil }
    return isExtended ? Self.extended(joined) : MailText.header(joined[...])
  }

  /// `charset'language'text`, the text with percent signs.
  private static func extended(_ value: [UInt8]) -> String {
    let parts = value.split(
      separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return String(decoding: value, as: UTF8.self) }
    let bytes = PercentEncoding.decoded(parts[2])
    let charset = String(decoding: parts[0], as: UTF8.self)
    return String(decoding: MailText.decoded(bytes, charset: charset), as: UTF8.self)
  }
}
