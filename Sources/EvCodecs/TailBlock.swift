public import EvBytes

/// Packs the postings that are left after the last whole block: fewer than 128.
///
///     bytes  field, for each posting
///     1–5    2 × (document − document before) + (1 if the frequency is 1, all of it in the body)
///     1–5    only where that is 0: the frequency if it is all in the body, else 0
///     1–5    only where that is 0 too: the frequency
///     1–5 ×2 … how many of these are in the title, and in headings
///
/// The document in front of the first is the `base`, as in ``DocumentBlock``. Most terms of a
/// collection have only this, so it is made small, not fast.
public enum TailBlock {
  /// Appends postings.
  ///
  /// - Parameters:
  ///   - titles: How many of the occurrences are in the title; empty where none of any posting is.
  ///   - headings: How many are in headings; as many as `titles`.
  /// - Precondition: `documents` ascend strictly above `base`; `frequencies` are as many, none 0.
  public static func encode(
    _ documents: Span<UInt32>, _ frequencies: Span<UInt32>, titles: Span<UInt32>,
    headings: Span<UInt32>, base: UInt32, to writer: inout ByteWriter
  ) {
    precondition(documents.count == frequencies.count, "each document has one frequency")
    var previous = base
    for index in documents.indices {
      let delta = UInt64(documents[index] &- previous)
      previous = documents[index]
      if !titles.isEmpty, titles[index] | headings[index] != 0 {
        writer.writeVarint(delta << 1)
        writer.writeByte(0)
        writer.writeVarint(UInt64(frequencies[index]))
        writer.writeVarint(UInt64(titles[index]))
        writer.writeVarint(UInt64(headings[index]))
      } else if frequencies[index] == 1 {
        writer.writeVarint(delta << 1 | 1)
      } else {
        writer.writeVarint(delta << 1)
        writer.writeVarint(UInt64(frequencies[index]))
      }
    }
  }

  /// Decodes `count` postings at `offset`.
  ///
  /// - Parameters:
  ///   - limit: Every document number must be below it.
  ///   - documents: At least `count` places, and as many for `frequencies`, `titles` and `headings`; the
  ///     last two are only written to where any occurrence is not in the body.
  /// - Returns: The offset just past the postings, and whether any occurrence is not in the body.
  /// - Throws: ``FormatError`` when the bytes are not `count` ascending postings below `limit`.
  public static func decode(
    _ bytes: RawSpan, at offset: Int, count: Int, base: UInt32, limit: UInt32,
    documents: inout MutableSpan<UInt32>, frequencies: inout MutableSpan<UInt32>,
    titles: inout MutableSpan<UInt32>, headings: inout MutableSpan<UInt32>
  ) throws(FormatError) -> (end: Int, hasFields: Bool) {
    precondition(
      documents.count >= count && frequencies.count >= count, "a tail needs \(count) places")
    var hasFields = false
    var position = offset
    // The next document must be at least this; a sum in 64 bits, so that nothing wraps.
    var previous = base == DocumentBlock.noBase ? -1 : Int64(base)
    for index in 0..<count {
      var posting: Posting
      if let word = bytes.load(UInt64.self, at: position), let short = Posting(word) {
        posting = short
      } else {
        posting = try Posting(bytes, at: position)
        if posting.isInFields {
          if !hasFields { clear(&titles, &headings, count) }
          hasFields = true
          titles[index] = posting.title
          headings[index] = posting.heading
        }
      }
      position &+= posting.length
      let delta = posting.delta
      guard delta > 0, delta <= UInt64(limit), previous &+ Int64(delta) < Int64(limit) else {
        throw .invalidValue(field: "document", value: delta, offset: position)
      }
      previous &+= Int64(delta)
      // Safe: there are `count` places.
      unsafe documents[unchecked: index] = UInt32(truncatingIfNeeded: previous)
      unsafe frequencies[unchecked: index] = posting.frequency
    }
    return (position, hasFields)
  }

  private static func clear(
    _ titles: inout MutableSpan<UInt32>, _ headings: inout MutableSpan<UInt32>, _ count: Int
  ) {
    for index in 0..<count {
      titles[index] = 0
      headings[index] = 0
    }
  }

  /// What is read of a posting.
  private struct Posting {
    var delta: UInt64
    var frequency: UInt32
    /// Bytes that it takes.
    var length: Int
    var isInFields = false
    var title: UInt32 = 0
    var heading: UInt32 = 0

    /// Takes it out of the next eight bytes, without a branch that nobody can foresee; nil where it is one
    /// of the few that are longer, or not all in the body.
    @inline(__always)
    init?(_ word: UInt64) {
      let ends = ~word & 0x8080_8080
      guard ends != 0 else { return nil }
      // Of the bytes up to the first whose highest bit is 0 seven bits each, pair by pair.
      var code = word & (ends ^ (ends &- 1)) & 0x7F7F_7F7F
      code = code & 0x007F_007F | (code & 0x7F00_7F00) >> 1
      code = code & 0x3FFF | (code & 0x3FFF_0000) >> 2
      let codeBits = UInt64(ends.trailingZeroBitCount) &+ 1
      // Where the frequency is 1 there is no byte for it.
      let isOne = code & 1
      let byte = (word >> codeBits & 0xFF) | isOne
      let frequency = isOne == 1 ? 1 : byte
      guard frequency &- 1 < 0x7F else { return nil }
      delta = code >> 1
      self.frequency = UInt32(truncatingIfNeeded: frequency)
      length = Int(codeBits >> 3 &+ (1 &- isOne))
    }

    /// Reads any.
    init(_ bytes: RawSpan, at offset: Int) throws(FormatError) {
      var reader = ByteReader(bytes, at: offset)
      let code = try reader.readVarint()
      delta = code >> 1
      frequency = code & 1 == 1 ? 1 : try reader.readVarint32()
      if frequency == 0 {
        isInFields = true
        frequency = try reader.readVarint32()
        (title, heading) = (try reader.readVarint32(), try reader.readVarint32())
        guard title <= frequency, heading <= frequency - title, frequency > 0 else {
          throw .invalidValue(
            field: "frequency", value: UInt64(frequency), offset: reader.offset)
        }
      }
      length = reader.offset - offset
    }
  }
}
