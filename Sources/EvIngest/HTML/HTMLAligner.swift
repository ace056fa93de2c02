// Where in a page the characters of a text are, although the parser has resolved references, dropped
// tags without meaning and changed line endings.

/// Compares the text that the parser made with the page.
struct HTMLAligner {
  /// A part of a text, and its place in the page.
  enum Part: Equatable {
    /// A copy of these bytes of the page.
    case copy(Range<Int>)

    /// These bytes of the text, which stand for what is at `place`.
    case substitute(Range<Int>, place: Int)
  }

  private let source: [UInt8]
  private let text: [UInt8]
  private let limit: Int
  private var parts: [Part] = []
  private var index = 0
  private var place: Int
  private var copyStart: Int

  /// The parts of a text that stands at `range` of a page, in order.
  static func parts(of text: [UInt8], at range: Range<Int>, in source: [UInt8]) -> [Part] {
    var aligner = HTMLAligner(source, text, range)
    aligner.run()
    return aligner.parts
  }

  private init(_ source: [UInt8], _ text: [UInt8], _ range: Range<Int>) {
    self.source = source
    self.text = text
    limit = range.upperBound
    place = range.lowerBound
    copyStart = place
  }

  private mutating func run() {
    while index < text.count {
      guard place < limit else { return giveUp() }
      let byte = source[place]
      if byte == UInt8(ascii: "&"), let length = referenceLength() {
        flush()
        parts.append(.substitute(index..<(index + length.text), place: place))
        index += length.text
        place += length.page
        copyStart = place
      } else if byte == text[index] {
        index += 1
        place += 1
      } else if byte == 0x0D, text[index] == 0x0A {
        // One line feed stands for a carriage return, alone or with its line feed.
        flush()
        let hasFeed = place + 1 < limit && source[place + 1] == 0x0A
        if hasFeed {
          place += 1
          copyStart = place
        } else {
          parts.append(.substitute(index..<(index + 1), place: place))
          place += 1
          index += 1
          copyStart = place
        }
      } else if byte == UInt8(ascii: "<") {
        flush()
        skipTag()
        copyStart = place
      } else if byte == 0x0A || byte == 0x0D {
        // The first line feed in `pre` and `textarea` is not of the text.
        flush()
        place += 1
        copyStart = place
      } else {
        return giveUp()
      }
    }
    flush()
  }

  private mutating func flush() {
    if copyStart < place { parts.append(.copy(copyStart..<place)) }
    copyStart = place
  }

  /// Lets the rest of the text stand for where it starts.
  private mutating func giveUp() {
    // Two scalars may start with the same bytes.
    while index < text.count, text[index] & 0xC0 == 0x80, place > copyStart {
      index -= 1
      place -= 1
    }
    flush()
    if index < text.count { parts.append(.substitute(index..<text.count, place: place)) }
  }

  /// Goes behind a tag or a comment that the parser dropped.
  private mutating func skipTag() {
    let isComment = source.hasBytes("<!--".utf8, at: place)
    var quote: UInt8 = 0
    place += 1
    while place < limit {
      let byte = source[place]
      place += 1
      if isComment {
        if byte == UInt8(ascii: ">"), source[place - 2] == 0x2D, source[place - 3] == 0x2D {
          return
        }
      } else if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return
      }
    }
  }

  /// How many bytes of the page a reference takes, and of the text what it stands for; nil where the
  /// `&` is only a sign.
  ///
  /// Without the table of all names the right reading is the one behind which both go on alike.
  private func referenceLength() -> (page: Int, text: Int)? {
    var end = place + 1
    let isNumber = end < limit && source[end] == UInt8(ascii: "#")
    if isNumber { end += 1 }
    let maximum = min(limit, end + 32)
    while end < maximum, source[end].isLetterOrDigit { end += 1 }
    let hasSemicolon = end < limit && source[end] == UInt8(ascii: ";")
    // `&` that stands as it is: the text has the same name behind it.
    if text.hasBytes(source[place..<end], at: index),
      !hasSemicolon || isSameBehind(end, end - place)
    {
      return nil
    }
    let one = text.scalarLength(at: index)
    let two = one + (index + one < text.count ? text.scalarLength(at: index + one) : 0)
    var ends = hasSemicolon ? [end + 1] : [end]
    // Old names need no semicolon and may stand in front of letters.
    if !isNumber { ends += ((place + 2)..<max(place + 2, end + 1)).reversed() }
    for length in [one, two] {
      for end in ends where isSameBehind(end, length) { return (end - place, length) }
    }
    return hasSemicolon ? (end + 1 - place, one) : nil
  }

  /// Whether the page at `end` goes on as the text does `length` bytes further.
  private func isSameBehind(_ end: Int, _ length: Int) -> Bool {
    for step in 0..<6 {
      guard index + length + step < text.count else { return end + step >= limit || step > 0 }
      guard end + step < limit else { return false }
      let byte = source[end + step]
      if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == 0x0D { return true }
      guard byte == text[index + length + step] else { return false }
    }
    return true
  }
}

extension [UInt8] {
  /// How many bytes the scalar of UTF-8 at `index` has.
  fileprivate func scalarLength(at index: Int) -> Int {
    var end = index + 1
    while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
    return end - index
  }
}
