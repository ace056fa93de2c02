// The bytes of a file as valid UTF-8, and the way back.

import EvIndex

/// The text of a file: valid UTF-8 without a byte order mark.
struct DecodedText {
  /// A stretch of the file that is no UTF-8, and stands as one U+FFFD in the text.
  struct Repair: Equatable {
    /// Where the U+FFFD is in the text.
    let offset: Int

    /// How many bytes of the file it stands for, 1...3.
    let fileByteCount: Int
  }

  /// U+FFFD in UTF-8.
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// The text.
  let bytes: [UInt8]

  /// Where the text differs from the file's bytes, ascending.
  let repairs: [Repair]

  /// Where the text starts in the file: behind the byte order mark.
  let start: SourcePosition

  /// Decodes a file's bytes.
  ///
  /// - Parameters:
  ///   - file: All bytes of the file.
  ///   - maximumRepairs: The most repairs that a text may need. With more it is noise, and its map
  ///     would be many times larger than the file.
  /// - Throws: ``SkipReason/notSupportedYet(_:)`` for UTF-16 with a byte order mark, and
  ///   ``SkipReason/notUTF8`` above `maximumRepairs`.
  init(file: [UInt8], maximumRepairs: Int = 1_000_000) throws(SkipReason) {
    guard !file.isMarkedUTF16 else { throw .notSupportedYet("UTF-16") }
    var start = SourcePosition.start
    if file.starts(with: [0xEF, 0xBB, 0xBF]) {
      // The mark counts as any other character: positions are those of the file as it is.
      for byte in file.prefix(3) { start.advance(past: byte) }
    }
    self.start = start

    let errors = try Self.errors(in: file, from: start.byte, maximum: maximumRepairs)
    guard !errors.isEmpty else {
      bytes = start.byte == 0 ? file : Array(file[start.byte...])
      repairs = []
      return
    }
    var text: [UInt8] = []
    text.reserveCapacity(file.count + errors.count * 2)
    var repairs: [Repair] = []
    repairs.reserveCapacity(errors.count)
    var end = start.byte
    for error in errors {
      text += file[end..<error.lowerBound]
      repairs.append(Repair(offset: text.count, fileByteCount: error.count))
      text += Self.replacement
      end = error.upperBound
    }
    text += file[end...]
    bytes = text
    self.repairs = repairs
  }

  /// The stretches of `file` that are not UTF-8, each as long as Unicode's practice for U+FFFD says.
  private static func errors(
    in file: [UInt8], from start: Int, maximum: Int
  ) throws(SkipReason) -> [Range<Int>] {
    var errors: [Range<Int>] = []
    var offset = start
    while offset < file.count {
      do throws(UTF8.ValidationError) {
        _ = try UTF8Span(validating: file.span.extracting(offset...))
        break
      } catch {
        errors.append(
          (offset + error.byteOffsets.lowerBound)..<(offset + error.byteOffsets.upperBound))
        offset += error.byteOffsets.upperBound
      }
      guard errors.count <= maximum else { throw .notUTF8 }
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

  /// The first repair at or behind ``offset``.
  private(set) var nextRepair = 0

  init(_ text: DecodedText) {
    self.text = text
    position = text.start
  }

  /// Moves forward to `target`, the start of a scalar of the text or its end.
  ///
  /// A place that was passed is not gone back to.
  mutating func move(to target: Int) {
    while offset < target {
      let stop =
        nextRepair < text.repairs.count ? min(target, text.repairs[nextRepair].offset) : target
      while offset < stop {
        position.advance(past: text.bytes[offset])
        offset += 1
      }
      guard offset < target else { return }
      position.byte += text.repairs[nextRepair].fileByteCount
      position.utf16 += 1
      position.column += 1
      offset += DecodedText.replacement.count
      nextRepair += 1
    }
  }
}
