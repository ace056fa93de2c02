public import EvBytes

/// Says of 128 postings how many of their occurrences are in the title, and how many in headings.
///
///     bytes  field
///     1      1 if any occurrence is in a title, plus 2 if any is in a heading
///     …      where any is in a title: a ``PatchedBlock`` of how many of each posting are
///     …      where any is in a heading: likewise
///
/// So a collection without titles and headings pays a byte a block.
public enum FieldBlock {
  private static let hasTitles: UInt8 = 1
  private static let hasHeadings: UInt8 = 2

  /// Appends a block.
  ///
  /// - Precondition: `titles` and `headings` are 128 each, or both are empty, for nothing but zeros.
  public static func encode(
    titles: Span<UInt32>, headings: Span<UInt32>, to writer: inout ByteWriter
  ) {
    precondition(titles.count == headings.count, "a posting has both numbers or neither")
    let inTitles = PackedBlock.width(of: titles) > 0
    let inHeadings = PackedBlock.width(of: headings) > 0
    writer.writeByte((inTitles ? hasTitles : 0) | (inHeadings ? hasHeadings : 0))
    if inTitles { PatchedBlock.encode(titles, to: &writer) }
    if inHeadings { PatchedBlock.encode(headings, to: &writer) }
  }

  /// Decodes the block at `offset`.
  ///
  /// - Parameters:
  ///   - titles: At least 128 places, and as many for `headings`; nothing is written there where no
  ///     occurrence of the block is in a title or a heading.
  /// - Returns: Whether any occurrence is in a title or a heading.
  /// - Throws: ``FormatError`` when the bytes are not a block.
  public static func decode(
    _ bytes: RawSpan, at offset: Int, titles: inout MutableSpan<UInt32>,
    headings: inout MutableSpan<UInt32>
  ) throws(FormatError) -> Bool {
    guard let flags = bytes.load(UInt8.self, at: offset) else { throw .truncated(offset: offset) }
    if flags == 0 { return false }
    guard flags <= hasTitles | hasHeadings else {
      throw .invalidValue(field: "fields", value: UInt64(flags), offset: offset)
    }
    var next = offset + 1
    if flags & hasTitles != 0 {
      next = try PatchedBlock.decode(bytes, at: next, into: &titles)
    } else {
      clear(&titles)
    }
    if flags & hasHeadings != 0 {
      _ = try PatchedBlock.decode(bytes, at: next, into: &headings)
    } else {
      clear(&headings)
    }
    return true
  }

  private static func clear(_ values: inout MutableSpan<UInt32>) {
    for index in 0..<PackedBlock.count { values[index] = 0 }
  }
}
