// A document's text while it is put together from stretches of a file.

import EvIndex

/// A text whose every byte is either copied from a source or known to stand for a place in it.
struct MappedText {
  /// A stretch of the text.
  struct Piece: Equatable {
    /// Where it starts in the text; it ends where the next one starts.
    let textOffset: Int

    /// The place in the source that its first byte is at or stands for.
    let sourceOffset: Int

    /// Whether it is a copy of consecutive bytes of the source.
    let isCopy: Bool
  }

  /// The text that pieces are copied from.
  let source: [UInt8]

  /// The text so far.
  private(set) var bytes: [UInt8] = []

  /// The stretches of the text, ascending in the text and never descending in the source.
  private(set) var pieces: [Piece] = []

  /// What goes in front of the next piece, unless that is the first.
  private var separator: [UInt8] = []

  init(source: [UInt8]) {
    self.source = source
  }

  /// A text that is its source, whose bytes are not held twice.
  init(whole source: [UInt8]) {
    self.source = source
    bytes = source
    if !source.isEmpty { pieces = [Piece(at: 0, from: 0, isCopy: true)] }
  }

  /// Where the next piece would start.
  var nextOffset: Int {
    bytes.isEmpty ? 0 : bytes.count + separator.count
  }

  /// Whether a separator comes next, or the text is empty.
  var isAtSeparator: Bool {
    bytes.isEmpty || !separator.isEmpty
  }

  /// Asks for a separator in front of the next piece; of two requests the longer wins.
  mutating func separate(by separator: [UInt8]) {
    if separator.count > self.separator.count { self.separator = separator }
  }

  /// Appends a stretch of the source.
  mutating func copy(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    writeSeparator(before: range.lowerBound)
    let continues =
      pieces.last.map {
        $0.isCopy && $0.sourceOffset + bytes.count - $0.textOffset == range.lowerBound
      } ?? false
    if !continues { append(Piece(at: bytes.count, from: range.lowerBound, isCopy: true)) }
    bytes += source[range]
  }

  /// Appends bytes that stand for the place `sourceOffset` and are not a copy of what is there.
  mutating func substitute(_ replacement: some Collection<UInt8>, at sourceOffset: Int) {
    guard !replacement.isEmpty else { return }
    writeSeparator(before: sourceOffset)
    append(Piece(at: bytes.count, from: sourceOffset, isCopy: false))
    bytes += replacement
  }

  /// Appends another text with the same source.
  mutating func append(_ other: MappedText) {
    for (index, piece) in other.pieces.enumerated() {
      let end =
        index + 1 < other.pieces.count ? other.pieces[index + 1].textOffset : other.bytes.count
      if piece.isCopy {
        copy(piece.sourceOffset..<(piece.sourceOffset + end - piece.textOffset))
      } else {
        substitute(other.bytes[piece.textOffset..<end], at: piece.sourceOffset)
      }
    }
  }

  private mutating func writeSeparator(before next: Int) {
    defer { separator = [] }
    guard let last = pieces.last, !separator.isEmpty else { return }
    let end = last.isCopy ? last.sourceOffset + bytes.count - last.textOffset : last.sourceOffset
    // Where the source has these very bytes here, the pieces around them become one.
    if last.isCopy, end + separator.count == next, source[end..<next].elementsEqual(separator) {
      bytes += separator
    } else {
      append(Piece(at: bytes.count, from: end, isCopy: false))
      bytes += separator
    }
  }

  private mutating func append(_ piece: Piece) {
    let least = pieces.last?.sourceOffset ?? 0
    precondition(piece.sourceOffset >= least, "pieces must follow the source")
    pieces.append(piece)
  }

  /// The map from this text to the file that its source was decoded from.
  func sourceMap(_ file: DecodedText) -> SourceMap {
    var runs: [SourceMap.Run] = []
    var cursor = SourceCursor(file)
    for (index, piece) in pieces.enumerated() {
      cursor.move(to: piece.sourceOffset)
      runs.append(SourceMap.Run(textOffset: piece.textOffset, source: cursor.position))
      guard piece.isCopy else { continue }
      let textEnd = index + 1 < pieces.count ? pieces[index + 1].textOffset : bytes.count
      let shift = piece.textOffset - piece.sourceOffset
      while cursor.nextAnchor < file.anchors.count,
        file.anchors[cursor.nextAnchor].textOffset + shift <= textEnd
      {
        let place = file.anchors[cursor.nextAnchor].textOffset
        cursor.move(to: place)
        // One at the very end of the text tells where its last character ends.
        guard place + shift < textEnd || textEnd == bytes.count else { continue }
        runs.append(SourceMap.Run(textOffset: place + shift, source: cursor.position))
      }
    }
    return runs == [SourceMap.Run(textOffset: 0, source: .start)]
      ? .identity : SourceMap(runs: runs)
  }
}

extension MappedText.Piece {
  fileprivate init(at textOffset: Int, from sourceOffset: Int, isCopy: Bool) {
    self.init(textOffset: textOffset, sourceOffset: sourceOffset, isCopy: isCopy)
  }
}
