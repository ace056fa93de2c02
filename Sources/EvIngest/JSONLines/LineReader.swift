// The lines of a file of any size, through a buffer that is only as large as its longest line.

import CSimdjson

/// Reads a file line by line.
struct LineReader<Stream: ByteStream & ~Copyable>: ~Copyable {
  /// How much is read at a time, in bytes; larger than any cache helps nothing.
  private static var chunk: Int { 1 << 20 }

  /// Bytes behind the used part that a parser may read.
  private static var padding: Int { Int(EV_JSON_PADDING) }

  private let file: Stream
  private let maximum: Int
  private var isAtEnd = false

  /// The buffer; bytes behind ``end`` are left from before.
  private(set) var bytes: [UInt8]

  /// The part of the buffer that was read from the file and not yet handed out.
  private var start = 0
  private var end = 0

  /// What a line turned out to be.
  enum Line {
    /// A line; where it is in ``bytes``, without its line feed.
    case bytes(Range<Int>)

    /// A line above the maximum; its bytes are gone.
    case tooLong
  }

  /// Starts at the front of a file.
  ///
  /// - Parameters:
  ///   - file: A file at its start.
  ///   - maximum: The longest line that is handed out, in bytes.
  init(_ file: consuming Stream, maximum: Int) {
    self.file = file
    self.maximum = maximum
    bytes = [UInt8](repeating: 0, count: Self.chunk + Self.padding)
  }

  /// Reads the first part of the file, so that its first bytes can be looked at.
  ///
  /// - Returns: The bytes that were read.
  mutating func peek() throws(SkipReason) -> Range<Int> {
    if start == end { try fill() }
    return start..<end
  }

  /// Leaves out bytes at the front.
  mutating func skip(_ count: Int) {
    start += min(count, end - start)
  }

  /// The next line, or nil at the end of the file.
  mutating func next() throws(SkipReason) -> Line? {
    var searched = start
    while true {
      if let feed = bytes.firstIndex(of: UInt8(ascii: "\n"), in: searched..<end) {
        defer { start = feed + 1 }
        return .bytes(start..<feed)
      }
      guard !isAtEnd else {
        guard start < end else {
          // The last line may have been long, and is still to be worked on.
          bytes = []
          (start, end) = (0, 0)
          return nil
        }
        defer { start = end }
        return .bytes(start..<end)
      }
      guard end - start <= maximum else { return try skipLongLine() }
      let length = end - start
      try fill()
      // Only new bytes are looked through, so that a long line costs its length and no more.
      searched = start + length
    }
  }

  /// Drops the rest of a line that is too long.
  private mutating func skipLongLine() throws(SkipReason) -> Line {
    while true {
      let feed = bytes.firstIndex(of: UInt8(ascii: "\n"), in: start..<end)
      start = feed.map { $0 + 1 } ?? end
      guard feed == nil, !isAtEnd else { return .tooLong }
      try fill()
    }
  }

  /// Reads on behind the bytes that are left.
  private mutating func fill() throws(SkipReason) {
    let left = end - start
    bytes.removeSubrange(end...)
    bytes.removeSubrange(..<start)
    // At least as much is read as was moved, so each byte is moved once on average.
    let limit = max(Self.chunk, left)
    bytes.reserveCapacity(left + limit + Self.padding)
    let count = try file.read(into: &bytes, limit: limit)
    start = 0
    end = left + count
    isAtEnd = count == 0
    bytes.append(contentsOf: repeatElement(0, count: Self.padding))
  }
}
