// Sets of 64 bytes of ASCII: what is in words, and where words begin and end.

internal import CVectors

/// The places in 64 bytes where words begin and end.
struct WordEdges {
  /// The offset of the first byte.
  let offset: Int
  /// The places where a word begins.
  var starts: UInt64
  /// The places behind the end of one.
  var ends: UInt64

  /// - Parameter isInside: Whether a word is unfinished in front of the bytes.
  @inline(always)
  init(words: UInt64, isInside: Bool, offset: Int) {
    let before = words << 1 | (isInside ? 1 : 0)
    self.offset = offset
    starts = words & ~before
    ends = before & ~words
  }

  /// Finds the next word that ends here.
  ///
  /// `start` is where it begins. At last it is where the one begins that is unfinished here.
  @inline(always)
  mutating func next(_ start: inout Int) -> Range<Int>? {
    guard ends != 0 else { return nil }
    let end = offset &+ ends.trailingZeroBitCount
    ends &= ends &- 1
    defer { moveToNextStart(&start) }
    return start..<end
  }

  /// Moves to where the next word begins; of no meaning where none does.
  @inline(always)
  mutating func moveToNextStart(_ start: inout Int) {
    start = offset &+ starts.trailingZeroBitCount
    starts &= starts &- 1
  }
}

extension AnalyzedText {
  /// Appends all words that end among 64 bytes; none is longer than a term, or has low lines.
  @inline(always)
  mutating func append(_ edges: inout WordEdges, _ start: inout Int, _ termOffset: Int) {
    let wordCount = edges.ends.nonzeroBitCount
    var position = UInt32(truncatingIfNeeded: positionCount)
    positionCount &+= wordCount
    let shift = UInt32(truncatingIfNeeded: termOffset)
    tokens.append(addingCapacity: wordCount) { output in
      while let range = edges.next(&start) {
        let first = UInt32(truncatingIfNeeded: range.lowerBound)
        let end = UInt32(truncatingIfNeeded: range.upperBound)
        output.append(
          Token(
            position: position, start: first, end: end, termStart: first &+ shift,
            termLength: UInt16(truncatingIfNeeded: end &- first)))
        position &+= 1
      }
    }
  }
}

/// What the bytes do that are neither letters nor digits, but may be part of a word: bit `i` stands for
/// byte `i` of 64.
struct WordSets {
  /// What is in words: letters, digits, low lines, and what joins them.
  let words: UInt64
  let digits: UInt64
  let lowLines: UInt64
  /// Hyphens between two words.
  let hyphens: UInt64
  /// Full stops and apostrophes inside words.
  let inner: UInt64
  /// Those of them behind which there may be a part of the word: not in `it's`.
  let parting: UInt64
  /// Symbols that may belong to a word next to them.
  let symbols: UInt64
  /// Those that may belong to a word in front of them.
  let suffixes: UInt64

  /// Whether the last byte is a letter, and whether it is a digit.
  let last: (isLetter: UInt64, isDigit: UInt64)

  /// Sorts the bytes from `offset` on, up to `end`, in front of which are bytes with `previous` as their
  /// ``last``.
  @inline(always)
  init(
    _ text: Span<UInt8>, from offset: Int, end: Int, _ previous: (isLetter: UInt64, isDigit: UInt64)
  ) {
    let sets = Self.sets(text, from: offset, end: end)
    let isLast = end - offset <= 64
    let first = isLast ? 0 : text[offset + 64]
    let isLetterNext: UInt64 = (first | 0x20) &- 0x61 < 26 ? 1 : 0
    let isDigitNext: UInt64 = first &- 0x30 < 10 ? 1 : 0
    let isSecondNext: UInt64 =
      end - offset > 65 && isASCIIAlphanumeric(text[offset + 65]) ? 2 : 0

    let (letters, digits) = (sets.letters, sets.digits)
    let lettersBefore = letters << 1 | previous.isLetter
    let digitsBefore = digits << 1 | previous.isDigit
    let lettersBehind = letters >> 1 | isLetterNext << 63
    let digitsBehind = digits >> 1 | isDigitNext << 63
    let behind = lettersBehind | digitsBehind
    let twoBehind = (letters | digits) >> 2 | (isLetterNext | isDigitNext | isSecondNext) << 62
    let betweenDigits = digitsBefore & digitsBehind
    let betweenLetters = lettersBefore & lettersBehind
    // What is behind the last byte of a stretch may be a word that ICU finds.
    let edge: UInt64 = isLast ? 1 << UInt64(end - offset - 1) : 0

    inner = (sets.stops | sets.apostrophes) & (betweenDigits | betweenLetters)
    parting = inner & (sets.stops | twoBehind)
    lowLines = sets.low_lines
    words = letters | digits | inner | sets.commas & betweenDigits | lowLines
    hyphens = sets.hyphens & (lettersBefore | digitsBefore) & (behind | edge)
    // `.net` and `id.4`; a full stop at the end of a sentence has white space behind it.
    let stops = sets.stops & ~inner & behind
    symbols = sets.signs | stops | sets.strokes & betweenDigits
    suffixes = symbols | sets.strokes & edge
    self.digits = digits
    last = (letters >> 63, digits >> 63)
  }

  @inline(always)
  private static func sets(_ text: Span<UInt8>, from offset: Int, end: Int) -> ev_ascii_sets {
    precondition(offset >= 0 && offset < end && end <= text.count)
    // Safe: the precondition keeps all bytes that are looked at, and that may be read, inside the span.
    return unsafe text.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return ev_ascii_sets() }
      return unsafe ev_ascii_sort(base + offset, min(64, end - offset), buffer.count - offset)
    }
  }
}
