// The characters of mail: texts in the character set that is named, and words of headers.

/// Decodes the texts of mail to UTF-8.
enum MailText {
  /// A text in UTF-8, with line feeds for line endings and without NUL.
  ///
  /// - Parameters:
  ///   - bytes: The text as it was sent.
  ///   - charset: The name of its character set; nil where none is given.
  ///   - isMarkup: Whether it is HTML.
  static func decoded(_ bytes: [UInt8], charset: String?, isMarkup: Bool = false) -> [UInt8] {
    var text = named(bytes, charset) ?? guessed(bytes, isMarkup)
    if text.contains(0) { text.removeAll { $0 == 0 } }
    guard text.contains(UInt8(ascii: "\r")) else { return text }
    var lines: [UInt8] = []
    lines.reserveCapacity(text.count)
    for (index, byte) in text.enumerated() {
      guard byte == UInt8(ascii: "\r") else {
        lines.append(byte)
        continue
      }
      if !(index + 1 < text.count && text[index + 1] == UInt8(ascii: "\n")) {
        lines.append(UInt8(ascii: "\n"))
      }
    }
    return lines
  }

  /// The text in the character set that is named; nil where the name says nothing, or is wrong.
  private static func named(_ bytes: [UInt8], _ charset: String?) -> [UInt8]? {
    guard var name = charset?.lowercased(), name.utf8.count < 60 else { return nil }
    // Labels that are given to whatever a program has.
    guard !["utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit", "x-unknown"].contains(name) else {
      return nil
    }
    // The set of that name lacks characters that mail in it has.
    if name == "gb2312" || name == "gbk" { name = "gb18030" }
    guard let decoder = CharacterDecoder(name) else { return nil }
    let (text, bad) = decoder.countsReplacements(in: bytes)
    return bad * 20 <= text.count ? text : nil
  }

  private static func guessed(_ bytes: [UInt8], _ isMarkup: Bool) -> [UInt8] {
    do throws(SkipReason) {
      return try DecodedText(file: bytes, isMarkup: isMarkup).bytes
    } catch {
      return Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
  }

  /// The value of a field of a header in UTF-8, its encoded words decoded: RFC 2047.
  static func header(_ value: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    // Bytes of words that follow each other in one character set; a character may be cut by them.
    var word: (charset: String, bytes: [UInt8])?
    var plain: [UInt8] = []
    func flushPlain() {
      if !plain.isEmpty { text += decoded(plain, charset: nil) }
      plain = []
    }
    func flushWord() {
      if let word { text += decoded(word.bytes, charset: word.charset) }
      word = nil
    }
    var index = value.startIndex
    while index < value.endIndex {
      if let next = encodedWord(value, at: index) {
        // White space between two encoded words is not meant.
        if word == nil || !plain.allSatisfy(\.isWhitespace) {
          flushWord()
          flushPlain()
        }
        plain = []
        if let last = word, last.charset == next.charset {
          word = (last.charset, last.bytes + next.bytes)
        } else {
          flushWord()
          word = (next.charset, next.bytes)
        }
        index = next.end
      } else {
        plain.append(value[index])
        index += 1
      }
    }
    flushWord()
    flushPlain()
    let words = text.split(whereSeparator: \.isWhitespace)
    return String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
  }

  /// The encoded word at a place; nil where there is none.
  private static func encodedWord(
    _ value: ArraySlice<UInt8>, at start: Int
  ) -> (charset: String, bytes: [UInt8], end: Int)? {
    guard value[start] == UInt8(ascii: "="), start + 1 < value.endIndex,
      value[start + 1] == UInt8(ascii: "?")
    else { return nil }
    // The specification allows 75 bytes; some programs write more.
    let limit = min(value.endIndex, start + 1024)
    guard
      let first = value[(start + 2)..<limit].firstIndex(of: UInt8(ascii: "?")), first - start < 64,
      first + 2 < limit, value[first + 2] == UInt8(ascii: "?")
    else { return nil }
    var close = first + 3
    while close + 1 < limit,
      !(value[close] == UInt8(ascii: "?") && value[close + 1] == UInt8(ascii: "="))
    {
      close += 1
    }
    guard close + 1 < limit else { return nil }
    let charset = value[(start + 2)..<first].prefix { $0 != UInt8(ascii: "*") }
    let text = value[(first + 3)..<close]
    let bytes: [UInt8]
    switch value[first + 1] | 0x20 {
    case UInt8(ascii: "b"): bytes = TransferEncoding.base64(text)
    case UInt8(ascii: "q"): bytes = TransferEncoding.quotedPrintable(text, isHeader: true)
    default: return nil
    }
    return (String(decoding: charset, as: UTF8.self).lowercased(), bytes, close + 2)
  }
}
