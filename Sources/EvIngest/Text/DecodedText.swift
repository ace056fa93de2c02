// The bytes of a file as valid UTF-8, and the way back.

import EvIndex

/// The text of a file: valid UTF-8 without a byte order mark.
struct DecodedText {
  /// A place from which on bytes of the text and of the file count alike, until the next such place.
  struct Anchor: Equatable {
    /// The start of a scalar in the text, or its end.
    let textOffset: Int

    /// The same place in the file.
    let fileOffset: Int
  }

  /// The most anchors that are kept for each scalar that is shorter or longer in the file.
  ///
  /// Behind as many, bytes are only exact where a line starts; and behind twice as many, at places
  /// ``sparseStep`` bytes of text apart. Lines and columns are always exact.
  static let maximumAnchors = 1 << 20

  /// The distance of anchors in a text that has too many lines for one each, in bytes.
  static let sparseStep = 1 << 16

  /// U+FFFD in UTF-8.
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// The text.
  let bytes: [UInt8]

  /// Where bytes stop to count alike in the text and the file, ascending in both.
  let anchors: [Anchor]

  /// Where the text starts in the file: behind the byte order mark.
  let start: SourcePosition

  /// The file's encoding as ICU calls it; nil for UTF-8.
  let encoding: String?

  /// How sure the encoding is, from 0 to 100; below 100 it is a guess.
  private(set) var confidence = 100

  /// Decodes a file's bytes, in whichever encoding they are.
  ///
  /// - Parameters:
  ///   - file: All bytes of the file.
  ///   - isMarkup: Whether it is HTML, which may say its encoding, and whose tags say nothing of it.
  ///   - known: The name of its encoding, where a person has said it.
  /// - Throws: ``SkipReason/binary`` for what is no text, and ``SkipReason/notUTF8`` for a text in
  ///   no encoding that is known.
  init(
    file: [UInt8], isMarkup: Bool = false, known: String? = nil
  ) throws(SkipReason) {
    if let known {
      self = try Self.decoded(file, known)
      return
    }
    switch EncodingDetector(file, isMarkup: isMarkup).encoding() {
    case .utf8: try self.init(utf8: file)
    case .binary: throw .binary
    case .unknown: throw .notUTF8
    case .named(let name, let markByteCount, let confidence):
      guard var decoded = DecodedText(file: file, markByteCount: markByteCount, encoding: name)
      else { throw .notUTF8 }
      guard !decoded.bytes.contains(0) else { throw .binary }
      decoded.confidence = confidence
      self = decoded
    }
  }

  /// Decodes a file whose encoding is known.
  private static func decoded(_ file: [UInt8], _ name: String) throws(SkipReason) -> DecodedText {
    guard let decoder = CharacterDecoder(name) else { throw .notUTF8 }
    let canonical = decoder.canonicalName
    if canonical == "UTF-8" {
      guard !file.contains(0) else { throw .binary }
      return try DecodedText(utf8: file)
    }
    var (name, markByteCount) = (name, 0)
    // A byte order mark is no part of the text, and says which end of UTF-16 comes first.
    if case .named(let marked, let count, _)? = file.unicodeMark,
      marked.hasPrefix(canonical) || canonical.hasPrefix(marked)
    {
      (name, markByteCount) = (marked, count)
    }
    guard
      let decoded = DecodedText(file: file, markByteCount: markByteCount, encoding: name),
      !decoded.bytes.contains(0)
    else { throw .binary }
    return decoded
  }

  /// Decodes UTF-8; each stretch that is none becomes a U+FFFD.
  ///
  /// - Parameters:
  ///   - file: All bytes of the file.
  ///   - maximumRepairs: The most such stretches. With more it is noise, and its map would be many
  ///     times larger than the file.
  /// - Throws: ``SkipReason/notUTF8`` above `maximumRepairs`.
  init(utf8 file: [UInt8], maximumRepairs: Int = 1_000_000) throws(SkipReason) {
    var start = SourcePosition.start
    if file.starts(with: [0xEF, 0xBB, 0xBF]) {
      // The mark counts as any other character: positions are those of the file as it is.
      for byte in file.prefix(3) { start.advance(past: byte) }
    }
    self.start = start
    encoding = nil
    guard let errors = file.utf8Errors(from: start.byte, maximum: maximumRepairs) else {
      throw .notUTF8
    }
    guard !errors.isEmpty else {
      bytes = start.byte == 0 ? file : Array(file[start.byte...])
      anchors = []
      return
    }
    var text: [UInt8] = []
    text.reserveCapacity(file.count + errors.count * 2)
    var anchors: [Anchor] = []
    var end = start.byte
    for error in errors {
      text += file[end..<error.lowerBound]
      text += Self.replacement
      if error.count != Self.replacement.count {
        anchors.append(Anchor(textOffset: text.count, fileOffset: error.upperBound))
      }
      end = error.upperBound
    }
    text += file[end...]
    bytes = text
    self.anchors = anchors
  }

  /// Decodes a file that is in the encoding of this name; nil where ICU knows none.
  private init?(file: [UInt8], markByteCount: Int, encoding: String) {
    guard let decoder = CharacterDecoder(encoding) else { return nil }
    var start = SourcePosition.start
    if markByteCount > 0 {
      start = SourcePosition(byte: markByteCount, utf16: 1, line: 1, column: 2)
    }
    self.start = start
    self.encoding = encoding
    var anchors = AnchorList()
    let text = decoder.decode(file, from: markByteCount) { text, anchor in
      anchors.add(anchor, text)
    }
    anchors.keepLineStart(before: text.count, text)
    bytes = text
    self.anchors = anchors.anchors
  }
}

/// Keeps as many anchors of a text as there may be.
private struct AnchorList {
  private(set) var anchors: [DecodedText.Anchor] = []

  /// The last anchor that was not kept; what is kept behind it follows from it.
  private var dropped: DecodedText.Anchor?

  /// Takes the next anchor of a text.
  mutating func add(_ anchor: DecodedText.Anchor, _ text: [UInt8]) {
    guard anchors.count >= DecodedText.maximumAnchors else {
      anchors.append(anchor)
      return
    }
    // What ends here may itself be a line feed of another length, behind which nothing follows.
    keepLineStart(before: anchor.textOffset - 1, text)
    if anchor.textOffset - (anchors.last?.textOffset ?? 0) >= DecodedText.sparseStep {
      anchors.append(anchor)
      dropped = nil
    } else {
      dropped = anchor
    }
  }

  /// Keeps where the first line behind the last anchor starts, if that is in front of `end`.
  mutating func keepLineStart(before end: Int, _ text: [UInt8]) {
    guard let anchor = dropped, anchors.count < 2 * DecodedText.maximumAnchors else { return }
    let start = anchor.textOffset
    var lineStart = start
    if start == 0 || text[start - 1] != UInt8(ascii: "\n") {
      guard let feed = text.firstIndex(of: UInt8(ascii: "\n"), in: start..<max(start, end)) else {
        return
      }
      lineStart = feed + 1
    }
    anchors.append(
      DecodedText.Anchor(
        textOffset: lineStart, fileOffset: anchor.fileOffset + lineStart - start))
    dropped = nil
  }
}

extension [UInt8] {
  /// The stretches from `start` on that are not UTF-8, each as long as Unicode's practice for U+FFFD
  /// says; nil where there are more than `maximum`.
  func utf8Errors(from start: Int, to end: Int? = nil, maximum: Int) -> [Range<Int>]? {
    var errors: [Range<Int>] = []
    var offset = start
    let end = end ?? count
    while offset < end {
      do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: span.extracting(offset..<end))
        break
      } catch {
        errors.append(
          (offset + error.byteOffsets.lowerBound)..<(offset + error.byteOffsets.upperBound))
        offset += error.byteOffsets.upperBound
      }
      guard errors.count <= maximum else { return nil }
    }
    return errors
  }
}

/// Walks a text from front to back and knows the place in the file.
struct SourceCursor {
  private let text: DecodedText

  /// The offset in the text.
  private(set) var offset = 0

  /// The same place in the file.
  private(set) var position: SourcePosition

  /// The first anchor behind ``offset``.
  private(set) var nextAnchor = 0

  init(_ text: DecodedText) {
    self.text = text
    position = text.start
  }

  /// Moves forward to `target`, the start of a scalar of the text or its end.
  ///
  /// A place that was passed is not gone back to.
  mutating func move(to target: Int) {
    while offset < target {
      let anchor = nextAnchor < text.anchors.count ? text.anchors[nextAnchor] : nil
      let stop = min(target, anchor?.textOffset ?? target)
      while offset < stop {
        position.advance(past: text.bytes[offset])
        offset += 1
      }
      if let anchor, anchor.textOffset == offset {
        position.byte = anchor.fileOffset
        nextAnchor += 1
      }
    }
  }
}
