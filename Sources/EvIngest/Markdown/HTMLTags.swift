// HTML inside Markdown: its text is kept, its tags, comments and scripts are not.

/// Separates the text of a piece of HTML from its markup.
struct HTMLTags {
  /// What the bytes at a place belong to.
  private enum State: Equatable {
    case text
    case tag(start: Int, quote: UInt8)
    case comment
    /// The inside of a `script` or `style`, up to the end tag of that name.
    case hidden(String)
  }

  /// What a stretch of HTML comes to.
  enum Part: Equatable {
    /// Text, to be copied.
    case text(Range<Int>)

    /// A tag that ends a line on the screen.
    case lineBreak
  }

  /// Tags that are part of a line of text; a word can go on behind them.
  private static let inlineNames: Set<String> = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "tt",
    "u",
    "var", "wbr",
  ]

  private var state = State.text

  /// Takes the next stretch, of one line; a tag or a comment may go on in the next.
  mutating func parts(of range: Range<Int>, in source: [UInt8]) -> [Part] {
    var parts: [Part] = []
    var index = range.lowerBound
    var textStart = index
    if case .tag(_, let quote) = state { state = .tag(start: index, quote: quote) }
    while index < range.upperBound {
      let byte = source[index]
      switch state {
      case .text:
        guard byte == UInt8(ascii: "<"), let opened = opened(source, index, range.upperBound) else {
          index += 1
          continue
        }
        if textStart < index { parts.append(.text(textStart..<index)) }
        state = opened
        index += opened == .comment ? 4 : 1
      case .comment:
        if byte == UInt8(ascii: ">"), index >= range.lowerBound + 2, source[index - 1] == 0x2D,
          source[index - 2] == 0x2D
        {
          state = .text
        }
        index += 1
        textStart = index
      case .tag(let start, let quote):
        index += 1
        if byte == quote {
          state = .tag(start: start, quote: 0)
        } else if quote == 0, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          state = .tag(start: start, quote: byte)
        } else if quote == 0, byte == UInt8(ascii: ">") {
          let name = Self.name(source[start..<index])
          state = name == "script" || name == "style" ? .hidden("/" + name) : .text
          if !Self.inlineNames.contains(name.hasPrefix("/") ? String(name.dropFirst()) : name) {
            parts.append(.lineBreak)
          }
        }
        textStart = index
      case .hidden(let end):
        index += 1
        textStart = index
        if byte == UInt8(ascii: "<"), Self.name(source[index..<range.upperBound]) == end {
          state = .tag(start: index, quote: 0)
        }
      }
    }
    if state == .text, textStart < range.upperBound {
      parts.append(.text(textStart..<range.upperBound))
    }
    return parts
  }

  /// The state behind a `<` at `index`, or nil where it is only a sign.
  private func opened(_ source: [UInt8], _ index: Int, _ end: Int) -> State? {
    if source.hasBytes(Array("<!--".utf8), at: index), index + 4 <= end { return .comment }
    guard index + 1 < end else { return nil }
    let next = source[index + 1]
    guard next.isLetterOrDigit || "/!?".utf8.contains(next) else { return nil }
    return .tag(start: index + 1, quote: 0)
  }

  /// The name of a tag behind its `<`, in small letters, with the `/` of an end tag.
  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    let slash = bytes.first == UInt8(ascii: "/")
    let letters = bytes.dropFirst(slash ? 1 : 0).prefix { $0.isLetterOrDigit }
    return (slash ? "/" : "") + String(decoding: letters.prefix(32), as: UTF8.self).lowercased()
  }
}
