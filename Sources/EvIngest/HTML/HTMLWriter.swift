// The texts of a page, in the order of the file, as the text of a document.

/// A text of a page.
struct HTMLLeaf {
  /// The heading that stands for the title of the page.
  static let titleHeading = 0

  /// What separates two texts, the weakest first.
  enum Break: Int, Comparable {
    case none, cell, line, block

    static func < (one: Break, other: Break) -> Bool { one.rawValue < other.rawValue }

    /// What an element puts in front of itself and behind.
    init(element name: String) {
      switch name {
      case "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "rtc",
        "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
        "var", "wbr", "img", "area", "picture", "source", "input", "meta", "link", "button", "":
        self = .none
      case "br", "option": self = .line
      case "td", "th": self = .cell
      default: self = .block
      }
    }

    /// The bytes that stand for it.
    var bytes: [UInt8] {
      switch self {
      case .none: []
      case .cell: [0x09]
      case .line: [0x0A]
      case .block: [0x0A, 0x0A]
      }
    }
  }

  /// The text, with references resolved.
  let text: [UInt8]

  /// Where it is in the page.
  let range: Range<Int>

  /// What separates it from the text before it.
  var separator: Break

  /// Whether its white space is kept as it is.
  let isPreformatted: Bool

  /// The number of the heading that it is a part of, from 1; nil outside of headings.
  let heading: Int?
}

/// Writes the texts of a page.
struct HTMLWriter {
  /// The text so far.
  private(set) var text: MappedText

  /// The headings so far.
  private(set) var headings: [(number: Int, range: Range<Int>)] = []

  /// The end of what was written last, in the page.
  private var cursor = 0

  /// A space that is written if a word follows.
  private var space: (bytes: [UInt8], place: Int)?

  init(source: [UInt8]) {
    text = MappedText(source: source)
  }

  /// Writes all texts of a page.
  mutating func write(_ leaves: [HTMLLeaf]) {
    for leaf in Self.inOrder(leaves) { write(leaf) }
  }

  /// Writes the next text of a page.
  mutating func write(_ leaf: HTMLLeaf) {
    if leaf.separator > .none {
      space = nil
      text.separate(by: leaf.separator.bytes)
    }
    let start = text.nextOffset
    writeParts(of: leaf)
    guard let heading = leaf.heading, text.bytes.count > start else { return }
    if let last = headings.last, last.number == heading {
      headings[headings.count - 1].range = last.range.lowerBound..<text.bytes.count
    } else {
      let first = text.bytes[start...].firstIndex { !$0.isWhitespace } ?? start
      headings.append((heading, first..<text.bytes.count))
    }
  }

  /// The texts in the order of the file.
  ///
  /// It is that of the tree, but for what the parser moves out of tables.
  private static func inOrder(_ leaves: [HTMLLeaf]) -> [HTMLLeaf] {
    let isInOrder = zip(leaves, leaves.dropFirst()).allSatisfy {
      $0.range.lowerBound <= $1.range.lowerBound
    }
    guard !isInOrder else { return leaves }
    let order = leaves.indices.sorted {
      (leaves[$0].range.lowerBound, $0) < (leaves[$1].range.lowerBound, $1)
    }
    var previous = -1
    return order.map { index in
      var leaf = leaves[index]
      if previous != index - 1 { leaf.separator = .block }
      previous = index
      return leaf
    }
  }

  private mutating func writeParts(of leaf: HTMLLeaf) {
    for part in HTMLAligner.parts(of: leaf.text, at: leaf.range, in: text.source) {
      switch part {
      case .copy(let range):
        if range.lowerBound < cursor {
          write(text.source[range], at: nil, leaf.isPreformatted)
        } else {
          write(text.source[range], at: range.lowerBound, leaf.isPreformatted)
        }
      case .substitute(let range, let place):
        cursor = max(cursor, place)
        write(leaf.text[range], at: nil, leaf.isPreformatted)
      }
    }
  }

  /// Writes bytes that are a copy of those at `start` of the page, or that stand for the cursor.
  private mutating func write(_ bytes: ArraySlice<UInt8>, at start: Int?, _ isPreformatted: Bool) {
    guard !isPreformatted else { return writeWord(bytes, at: start) }
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let place = start.map { $0 + index - bytes.startIndex }
      if bytes[index].isWhitespace {
        // All white space of a page is alike; one byte of it is kept.
        if space == nil, !text.isAtSeparator { space = ([bytes[index]], place ?? -1) }
        repeat { index += 1 } while index < bytes.endIndex && bytes[index].isWhitespace
      } else {
        let end = Self.endOfWords(bytes, from: index, isCopy: place.map { $0 >= cursor } ?? false)
        writeWord(bytes[index..<end], at: place)
        index = end
      }
    }
  }

  /// Where a word ends; of a copy, where words end that have one byte of white space between them.
  private static func endOfWords(
    _ bytes: ArraySlice<UInt8>, from start: Int, isCopy: Bool
  ) -> Int {
    var index = start
    while index < bytes.endIndex {
      if bytes[index].isWhitespace {
        guard isCopy, index + 1 < bytes.endIndex, !bytes[index + 1].isWhitespace else { break }
      }
      index += 1
    }
    return index
  }

  private mutating func writeWord(_ bytes: ArraySlice<UInt8>, at place: Int?) {
    if let space {
      self.space = nil
      writeWord(space.bytes[...], at: space.place < 0 ? nil : space.place)
    }
    if let place, place >= cursor {
      text.copy(place..<(place + bytes.count))
      cursor = place + bytes.count
    } else {
      text.substitute(bytes, at: cursor)
    }
  }
}
