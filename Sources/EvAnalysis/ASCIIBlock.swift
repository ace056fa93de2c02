// Sets of 64 bytes of ASCII: what is in words, and where words begin and end.

/// The places in 64 bytes where words begin and end, in turns.
struct WordEdges {
  /// The places that are left.
  var bits: UInt64
  /// Whether the first of them is an end.
  var isInside: Bool
  /// The offset of the first byte.
  var offset: Int

  /// How many words end here.
  var wordCount: Int { (bits.nonzeroBitCount + (isInside ? 1 : 0)) / 2 }

  /// Finds the next word that ends here.
  ///
  /// `start` is where the word begins that the bytes in front left unfinished. At last it is where
  /// the one begins that is unfinished here.
  @inline(always)
  mutating func next(_ start: inout Int) -> Range<Int>? {
    if !isInside {
      guard bits != 0 else { return nil }
      start = offset + bits.trailingZeroBitCount
      bits &= bits &- 1
      isInside = true
    }
    guard bits != 0 else { return nil }
    let end = offset + bits.trailingZeroBitCount
    bits &= bits &- 1
    isInside = false
    return start..<end
  }
}

extension AnalyzedText {
  /// Appends all words that end among 64 bytes; none is longer than a term, or has low lines.
  @inline(always)
  mutating func append(_ edges: inout WordEdges, _ start: inout Int, _ termOffset: Int) {
    var position = UInt32(truncatingIfNeeded: positionCount)
    positionCount += edges.wordCount
    tokens.append(addingCapacity: edges.wordCount) { output in
      while let range = edges.next(&start) {
        output.append(
          Token(
            position: position,
            start: UInt32(truncatingIfNeeded: range.lowerBound),
            end: UInt32(truncatingIfNeeded: range.upperBound),
            termStart: UInt32(truncatingIfNeeded: termOffset + range.lowerBound),
            termLength: UInt16(truncatingIfNeeded: range.count)))
        position &+= 1
      }
    }
  }
}

/// What a character does that is neither a letter nor a digit, but may be part of a word.
enum MarkRole {
  case word, joint, lowLine, hyphen, symbol, none

  /// What it gives reason to look at again.
  var marks: Marks {
    switch self {
    case .word, .lowLine: .inner
    case .hyphen: .hyphen
    case .symbol: .symbol
    case .joint, .none: []
    }
  }

  /// The role of the byte at `index` of a range, which the bytes beside it decide.
  init(of text: Span<UInt8>, at index: Int, in range: Range<Int>) {
    let before = index > range.lowerBound ? text[index - 1] : 0
    let after = index + 1 < range.upperBound ? text[index + 1] : 0
    let isBetweenDigits = before &- 0x30 < 10 && after &- 0x30 < 10
    switch text[index] {
    case UInt8(ascii: "_"):
      self = .lowLine
    case UInt8(ascii: "'"):
      // Behind a lone letter, as in `it's`, there is no part to be found.
      let isInner = index + 2 < range.upperBound && isASCIIAlphanumeric(text[index + 2])
      let isBetweenLetters = (before | 0x20) &- 0x61 < 26 && (after | 0x20) &- 0x61 < 26
      self =
        isBetweenLetters || isBetweenDigits ? (isInner ? .word : .joint) : .none
    case UInt8(ascii: "."):
      let isBetweenLetters = (before | 0x20) &- 0x61 < 26 && (after | 0x20) &- 0x61 < 26
      // `.net` and `id.4`; a full stop at the end of a sentence has white space behind it.
      let isSign = isASCIIAlphanumeric(after)
      self = isBetweenLetters || isBetweenDigits ? .word : isSign ? .symbol : .none
    case UInt8(ascii: ","), UInt8(ascii: ";"):
      self = isBetweenDigits ? .joint : .none
    case UInt8(ascii: "-"):
      self = isASCIIAlphanumeric(before) && isASCIIAlphanumeric(after) ? .hyphen : .none
    case UInt8(ascii: "+"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "@"),
      UInt8(ascii: "$"):
      self = .symbol
    case UInt8(ascii: "/"):
      self = isBetweenDigits ? .symbol : .none
    default:
      self = .none
    }
  }
}

/// Which of 64 bytes are of which sort: bit `i` stands for byte `i`.
struct ByteSets {
  /// Letters and digits.
  var words: UInt64 = 0
  /// What may be part of a word besides, and hyphens, and a few that are neither.
  var marks: UInt64 = 0
  /// The highest bit of a byte is set where one of the bytes in its place in eight is a digit.
  var digits: UInt64 = 0

  /// Sorts the bytes from `offset` on, up to `end`.
  @inline(always)
  init(_ text: Span<UInt8>, from offset: Int, end: Int) {
    if offset + 64 <= text.count {
      var index = offset
      for _ in 0..<8 {
        add(text.word(at: index))
        index += 8
      }
    } else {
      for index in stride(from: offset, to: offset + 64, by: 8) {
        add(text.word(at: index, end: min(index + 8, end)))
      }
    }
    // Bytes behind the end may be anything, but what they spoil is behind the end as well.
    guard end - offset < 64 else { return }
    let inside: UInt64 = (1 << UInt64(end - offset)) - 1
    words &= inside
    marks &= inside
  }

  /// Adds eight bytes behind those of before.
  @inline(always)
  private mutating func add(_ word: UInt64) {
    let lower = word | 0x2020_2020_2020_2020
    let letters = Self.atLeast(lower, 0x61) & ~Self.atLeast(lower, 0x7B)
    let digits = Self.atLeast(word, 0x30) & ~Self.atLeast(word, 0x3A)
    words = words >> 8 | Self.gather(letters | digits)
    self.digits |= digits & 0x8080_8080_8080_8080
    // From the number sign to the stroke; the semicolon; the low line, and DEL with it; the
    // commercial at, and the grave accent with it.
    let stops = Self.atLeast(word, 0x23) & ~Self.atLeast(word, 0x30)
    let others = Self.equal(word, 0x3B) | Self.equal(lower, 0x7F) | Self.equal(lower, 0x60)
    marks = marks >> 8 | Self.gather(stops | others)
  }

  /// Marks the bytes that are at least `limit` by their highest bit; all are below 0x80.
  @inline(always)
  private static func atLeast(_ word: UInt64, _ limit: UInt64) -> UInt64 {
    word &+ (0x80 - limit) &* 0x0101_0101_0101_0101
  }

  /// Marks the bytes that equal `byte` by their highest bit; all are below 0x80.
  @inline(always)
  private static func equal(_ word: UInt64, _ byte: UInt64) -> UInt64 {
    ~((word ^ byte &* 0x0101_0101_0101_0101) &+ 0x7F7F_7F7F_7F7F_7F7F)
  }

  /// The highest bits of eight bytes as one byte, the highest.
  @inline(always)
  private static func gather(_ marks: UInt64) -> UInt64 {
    (((marks & 0x8080_8080_8080_8080) >> 7) &* 0x0102_0408_1020_4080) & 0xFF << 56
  }
}
