// The value of a key in front matter: plain, quoted, folded over lines, or a list.

/// A value of YAML in a text.
struct YAMLValue {
  private let text: [UInt8]
  private let range: Range<Int>

  /// The value at `range`, which starts behind the colon and may go on over indented lines.
  init(_ text: [UInt8], _ range: Range<Int>) {
    self.text = text
    self.range = range
  }

  /// The value as one text, lines joined by a space; empty for null, a list or a map.
  ///
  /// - Returns: nil where a quote is not closed.
  func scalar() -> MappedText? {
    var reader = YAMLReader(text, range)
    reader.skipSpace()
    switch reader.byte {
    case UInt8(ascii: "\"")?, UInt8(ascii: "'")?: return reader.quoted()
    case UInt8(ascii: "|")?, UInt8(ascii: ">")?:
      // What follows on this line says how lines are joined; ours are always joined by a space.
      reader.skipLine()
      return reader.plain(endsAt: [], keepsHashes: true)
    case UInt8(ascii: "[")?, UInt8(ascii: "{")?, nil: return MappedText(source: text)
    default:
      if reader.isAtListItem { return MappedText(source: text) }
      let plain = reader.plain(endsAt: [], keepsHashes: false)
      let isNull = ["~", "null", "Null", "NULL"].contains(
        String(decoding: plain.bytes, as: UTF8.self))
      return isNull ? MappedText(source: text) : plain
    }
  }

  /// The value as a list: `[a, b]`, lines of `- a`, or words between commas.
  ///
  /// - Returns: nil where a quote or bracket is not closed.
  func list() -> [String]? {
    var reader = YAMLReader(text, range)
    reader.skipSpace()
    guard reader.byte != UInt8(ascii: "[") else { return reader.flowList() }
    if reader.isAtListItem { return reader.blockList() }
    guard let one = scalar() else { return nil }
    return one.bytes.split(separator: UInt8(ascii: ",")).compactMap { part in
      let words = part.drop(while: \.isWhitespace)
      let end = words.lastIndex { !$0.isWhitespace } ?? words.startIndex
      return words.isEmpty ? nil : String(decoding: words[...end], as: UTF8.self)
    }
  }
}

/// Reads a value of YAML from front to back.
private struct YAMLReader {
  private let text: [UInt8]
  private var index: Int
  private let end: Int

  init(_ text: [UInt8], _ range: Range<Int>) {
    self.text = text
    index = range.lowerBound
    end = range.upperBound
  }

  /// The byte that comes next.
  var byte: UInt8? {
    index < end ? text[index] : nil
  }

  /// Whether an item of a list, `- a`, comes next.
  var isAtListItem: Bool {
    byte == UInt8(ascii: "-") && (index + 1 >= end || text[index + 1].isWhitespace)
  }

  /// Goes to the next byte that is neither white space nor part of a comment.
  mutating func skipSpace() {
    while let byte {
      if byte == UInt8(ascii: "#"), index == 0 || text[index - 1].isWhitespace {
        skipLine()
      } else if byte.isWhitespace {
        index += 1
      } else {
        return
      }
    }
  }

  mutating func skipLine() {
    while let byte, byte != UInt8(ascii: "\n") { index += 1 }
  }

  /// Reads a quoted text, whose quote comes next.
  mutating func quoted() -> MappedText? {
    guard let quote = byte else { return nil }
    var value = MappedText(source: text)
    index += 1
    while let byte {
      if byte == quote {
        guard quote == UInt8(ascii: "'"), index + 1 < end, text[index + 1] == quote else {
          index += 1
          return value
        }
        value.copy((index + 1)..<(index + 2))
        index += 2
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        escape(&value)
      } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        value.separate(by: [UInt8(ascii: " ")])
        while let space = self.byte, space.isWhitespace { index += 1 }
      } else {
        value.copy(index..<(index + 1))
        index += 1
      }
    }
    return nil
  }

  /// Reads a backslash and what it escapes.
  private mutating func escape(_ value: inout MappedText) {
    let start = index
    index += 1
    guard let byte else { return }
    index += 1
    let digits: Int
    switch byte {
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "_"):
      return value.substitute([UInt8(ascii: " ")], at: start)
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default:
      // A quote, a backslash, a slash; what else YAML knows is of no use in a title.
      return value.copy((index - 1)..<index)
    }
    let code = String(decoding: text[index..<min(index + digits, end)], as: UTF8.self)
    index = min(index + digits, end)
    let scalar = UInt32(code, radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    value.substitute(Array(String(Character(scalar)).utf8), at: start)
  }

  /// Reads a plain text up to one of these bytes, a comment, or the end.
  mutating func plain(endsAt stops: [UInt8], keepsHashes: Bool) -> MappedText {
    var value = MappedText(source: text)
    skipBlankLines()
    while let byte, !stops.contains(byte) {
      // One line at a time: from its first byte to its last that is not white space.
      let start = index
      var last = index
      while let byte = self.byte, byte != UInt8(ascii: "\n"), !stops.contains(byte) {
        if !keepsHashes, byte == UInt8(ascii: "#"), index > start, text[index - 1].isBlank {
          skipLine()
          break
        }
        index += 1
        if !byte.isWhitespace { last = index }
      }
      value.copy(start..<last)
      value.separate(by: [UInt8(ascii: " ")])
      if stops.contains(UInt8(ascii: "\n")) { break }
      skipBlankLines()
    }
    return value
  }

  private mutating func skipBlankLines() {
    while let space = self.byte, space.isWhitespace { index += 1 }
  }

  /// Reads `[a, "b", c]`, whose bracket comes next.
  mutating func flowList() -> [String]? {
    index += 1
    var items: [String] = []
    while true {
      skipSpace()
      switch byte {
      case nil: return nil
      case UInt8(ascii: "]")?: return items
      case UInt8(ascii: ",")?: index += 1
      case UInt8(ascii: "\"")?, UInt8(ascii: "'")?:
        guard let item = quoted() else { return nil }
        items.append(String(decoding: item.bytes, as: UTF8.self))
      default:
        let stops = [UInt8(ascii: ","), UInt8(ascii: "]")]
        let item = plain(endsAt: stops, keepsHashes: false)
        items.append(String(decoding: item.bytes, as: UTF8.self))
      }
    }
  }

  /// Reads lines of `- a`, the first of which comes next.
  mutating func blockList() -> [String]? {
    var items: [String] = []
    while isAtListItem {
      index += 1
      while let byte, byte.isBlank { index += 1 }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        guard let item = quoted() else { return nil }
        items.append(String(decoding: item.bytes, as: UTF8.self))
      } else {
        let item = plain(endsAt: [UInt8(ascii: "\n")], keepsHashes: false)
        if !item.bytes.isEmpty { items.append(String(decoding: item.bytes, as: UTF8.self)) }
      }
      skipSpace()
    }
    return byte == nil ? items : nil
  }
}
