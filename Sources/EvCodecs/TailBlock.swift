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
  ///   - documents: At least `count` places, and as many for `frequencies`, `titles` and `headings`.
  /// - Returns: The offset just past the postings, and whether any occurrence is not in the body.
  /// - Throws: ``FormatError`` when the bytes are not `count` ascending postings below `limit`.
  public static func decode(
    _ bytes: RawSpan, at offset: Int, count: Int, base: UInt32, limit: UInt32,
    documents: inout MutableSpan<UInt32>, frequencies: inout MutableSpan<UInt32>,
    titles: inout MutableSpan<UInt32>, headings: inout MutableSpan<UInt32>
  ) throws(FormatError) -> (end: Int, hasFields: Bool) {
    var hasFields = false
    var reader = ByteReader(bytes, at: offset)
    // The next document must be at least this; a sum in 64 bits, so that nothing wraps.
    var previous = base == DocumentBlock.noBase ? -1 : Int64(base)
    for index in 0..<count {
      let code = try reader.readVarint()
      let delta = code >> 1
      guard delta > 0, delta <= UInt64(limit), previous + Int64(delta) < Int64(limit) else {
        throw .invalidValue(field: "document", value: delta, offset: reader.offset)
      }
      previous += Int64(delta)
      documents[index] = UInt32(previous)
      titles[index] = 0
      headings[index] = 0
      var frequency = code & 1 == 1 ? 1 : try reader.readVarint32()
      if frequency == 0 {
        hasFields = true
        frequency = try reader.readVarint32()
        let (title, heading) = (try reader.readVarint32(), try reader.readVarint32())
        guard title <= frequency, heading <= frequency - title, frequency > 0 else {
          throw .invalidValue(
            field: "frequency", value: UInt64(frequency), offset: reader.offset)
        }
        titles[index] = title
        headings[index] = heading
      }
      frequencies[index] = frequency
    }
    return (reader.offset, hasFields)
  }
}
