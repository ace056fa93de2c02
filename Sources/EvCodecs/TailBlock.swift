public import EvBytes

/// Packs the postings that are left after the last whole block: fewer than 128.
///
///     bytes  field, for each posting
///     1–5    2 × (document − document before) + (1 if the frequency is 1)
///     1–5    the frequency, only where it is not 1
///
/// The document in front of the first is the `base`, as in ``DocumentBlock``. Most terms of a
/// collection have only this, so it is made small, not fast.
public enum TailBlock {
  /// Appends postings.
  ///
  /// - Precondition: `documents` ascend strictly above `base`; `frequencies` are as many, none 0.
  public static func encode(
    _ documents: Span<UInt32>, _ frequencies: Span<UInt32>, base: UInt32,
    to writer: inout ByteWriter
  ) {
    precondition(documents.count == frequencies.count, "each document has one frequency")
    var previous = base
    for index in documents.indices {
      let delta = UInt64(documents[index] &- previous)
      writer.writeVarint(delta << 1 | (frequencies[index] == 1 ? 1 : 0))
      if frequencies[index] != 1 { writer.writeVarint(UInt64(frequencies[index])) }
      previous = documents[index]
    }
  }

  /// Decodes `count` postings at `offset`.
  ///
  /// - Parameter limit: Every document number must be below it.
  /// - Returns: The offset just past the postings.
  /// - Throws: ``FormatError`` when the bytes are not `count` ascending postings below `limit`.
  public static func decode(
    _ bytes: RawSpan, at offset: Int, count: Int, base: UInt32, limit: UInt32,
    documents: inout MutableSpan<UInt32>, frequencies: inout MutableSpan<UInt32>
  ) throws(FormatError) -> Int {
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
      let frequency = code & 1 == 1 ? 1 : try reader.readVarint32()
      guard frequency > 0 else {
        throw .invalidValue(field: "frequency", value: 0, offset: reader.offset)
      }
      frequencies[index] = frequency
    }
    return reader.offset
  }
}
