// The parts of a glob: bytes, `?`, `*`, `[a-z]`, and backslash escapes.

/// One part of a glob.
enum GlobElement: Equatable {
  /// This byte.
  case byte(UInt8)

  /// `?`: any byte.
  case anyByte

  /// `*`: any number of bytes.
  case anyBytes

  /// `[…]`: one of a set of bytes.
  case oneOf(ByteSet)

  /// `/`: the end of a component.
  case slash

  /// Reads a glob; nil where git would let it match nothing: an open `[` or a lone `\` at the end.
  static func parse(_ text: [UInt8]) -> [GlobElement]? {
    var elements: [GlobElement] = []
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\\"):
        guard index < text.count else { return nil }
        elements.append(text[index] == UInt8(ascii: "/") ? .slash : .byte(text[index]))
        index += 1
      case UInt8(ascii: "/"): elements.append(.slash)
      case UInt8(ascii: "?"): elements.append(.anyByte)
      case UInt8(ascii: "*"): elements.append(.anyBytes)
      case UInt8(ascii: "["):
        guard let set = parseSet(text, &index) else { return nil }
        elements.append(.oneOf(set))
      default: elements.append(.byte(byte))
      }
    }
    return elements
  }

  /// Whether `elements`, without slashes, match all of `name`.
  ///
  /// After a mismatch the last star takes one byte more; earlier stars need not be tried again.
  static func matches(_ elements: [GlobElement], _ name: ArraySlice<UInt8>) -> Bool {
    var element = 0
    var index = name.startIndex
    var lastStar: (element: Int, index: Int)?
    while index < name.endIndex {
      if element < elements.count, elements[element] == .anyBytes {
        lastStar = (element, index)
        element += 1
      } else if element < elements.count, elements[element].accepts(name[index]) {
        element += 1
        index += 1
      } else if let star = lastStar {
        lastStar = (star.element, star.index + 1)
        element = star.element + 1
        index = star.index + 1
      } else {
        return false
      }
    }
    return elements[element...].allSatisfy { $0 == .anyBytes }
  }

  private func accepts(_ byte: UInt8) -> Bool {
    switch self {
    case .byte(let own): own == byte
    case .anyByte: true
    case .oneOf(let set): set.contains(byte)
    case .anyBytes, .slash: false
    }
  }

  /// Reads a set behind its `[` and leaves `index` behind its `]`.
  private static func parseSet(_ text: [UInt8], _ index: inout Int) -> ByteSet? {
    var set = ByteSet()
    let isNegated =
      index < text.count && (text[index] == UInt8(ascii: "!") || text[index] == UInt8(ascii: "^"))
    if isNegated { index += 1 }
    var previous: UInt8?
    var isFirst = true
    while true {
      guard index < text.count else { return nil }
      var byte = text[index]
      index += 1
      if byte == UInt8(ascii: "]"), !isFirst { break }
      isFirst = false
      if byte == UInt8(ascii: "-"), let low = previous, index < text.count,
        text[index] != UInt8(ascii: "]")
      {
        var high = text[index]
        index += 1
        if high == UInt8(ascii: "\\") {
          guard index < text.count else { return nil }
          high = text[index]
          index += 1
        }
        if low <= high { set.insert(low...high) }
        previous = nil
        continue
      }
      if byte == UInt8(ascii: "["), index < text.count, text[index] == UInt8(ascii: ":"),
        let end = text[(index + 1)...].firstIndex(of: UInt8(ascii: "]"))
      {
        // Without a colon in front of its `]` it is no class but a `[` and what follows.
        if end > index + 1, text[end - 1] == UInt8(ascii: ":") {
          guard set.insertClass(text[(index + 1)..<(end - 1)]) else { return nil }
          index = end + 1
          previous = nil
          continue
        }
      } else if byte == UInt8(ascii: "\\") {
        guard index < text.count else { return nil }
        byte = text[index]
        index += 1
      }
      set.insert(byte...byte)
      previous = byte
    }
    if isNegated { set.invert() }
    set.remove(UInt8(ascii: "/"))
    return set
  }
}

/// A set of bytes.
struct ByteSet: Equatable {
  private var words = SIMD4<UInt64>()

  func contains(_ byte: UInt8) -> Bool {
    words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
  }

  mutating func insert(_ bytes: ClosedRange<UInt8>) {
    for byte in bytes { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }

  mutating func remove(_ byte: UInt8) {
    words[Int(byte >> 6)] &= ~(1 << UInt64(byte & 63))
  }

  mutating func invert() {
    words = ~words
  }

  /// Inserts a class of POSIX by its name, for ASCII; false where there is no such class.
  mutating func insertClass(_ name: ArraySlice<UInt8>) -> Bool {
    let ranges: [ClosedRange<UInt8>]
    switch String(decoding: name, as: UTF8.self) {
    case "alnum": ranges = [0x30...0x39, 0x41...0x5A, 0x61...0x7A]
    case "alpha": ranges = [0x41...0x5A, 0x61...0x7A]
    case "blank": ranges = [0x09...0x09, 0x20...0x20]
    case "cntrl": ranges = [0x00...0x1F, 0x7F...0x7F]
    case "digit": ranges = [0x30...0x39]
    case "graph": ranges = [0x21...0x7E]
    case "lower": ranges = [0x61...0x7A]
    case "print": ranges = [0x20...0x7E]
    case "punct": ranges = [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
    case "space": ranges = [0x09...0x0D, 0x20...0x20]
    case "upper": ranges = [0x41...0x5A]
    case "xdigit": ranges = [0x30...0x39, 0x41...0x46, 0x61...0x66]
    default: return false
    }
    for range in ranges { insert(range) }
    return true
  }
}
