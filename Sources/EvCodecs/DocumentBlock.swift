public import EvBytes

/// Packs the document numbers of 128 postings.
///
/// The numbers ascend strictly and are above `base`, the last document of the block in front of this
/// one (``noBase`` for the first). The encoding is kept outside, in the block's metadata:
///
///     encoding  bytes          contents
///     0...32    16 × encoding  differences between numbers four apart, a ``PackedBlock`` of that width
///     64        8 × words      a bit a document: from the 64 that hold `base + 1` to those that hold
///                              the last document, little-endian words, least significant bit first
///
/// A set of bits is taken where it is the smaller, which is in lists that hold more than about every
/// fifth document.
public enum DocumentBlock {
  /// The encoding number of a set of bits.
  @inlinable public static var bitSet: UInt8 { 64 }

  /// What stands for the last document in front of a list's first block.
  @inlinable public static var noBase: UInt32 { .max }

  /// Appends 128 document numbers.
  ///
  /// - Returns: The encoding that was taken.
  /// - Precondition: `documents` are 128, ascend strictly, and are all above `base`.
  public static func encode(
    _ documents: Span<UInt32>, base: UInt32, to writer: inout ByteWriter
  ) -> UInt8 {
    precondition(documents.count == PackedBlock.count, "a block has 128 documents")
    var deltas = InlineArray<128, UInt32>(repeating: 0)
    for index in 0..<PackedBlock.count {
      deltas[index] = documents[index] &- (index < 4 ? base : documents[index - 4])
    }
    let width = PackedBlock.width(of: deltas.span)
    let words = wordRange(base: base, last: documents[PackedBlock.count - 1])
    guard 8 * words.count < PackedBlock.byteCount(width: width) else {
      PackedBlock.pack(deltas.span, width: width, to: &writer)
      return UInt8(width)
    }
    var bits = [UInt64](repeating: 0, count: words.count)
    for index in documents.indices {
      bits[Int(documents[index] / 64) - words.lowerBound] |= 1 << UInt64(documents[index] % 64)
    }
    for word in bits { writer.write(word) }
    return bitSet
  }

  /// Decodes the 128 document numbers at `offset`.
  ///
  /// - Parameters:
  ///   - last: The block's last document, from its metadata; no number returned is above it.
  ///   - documents: At least 128 places; the first 128 are overwritten.
  /// - Returns: The offset just past the block.
  /// - Throws: ``FormatError`` when the bytes are not such a block. Damage that keeps every number at
  ///   or below `last` is for checksums to find.
  public static func decode(
    _ bytes: RawSpan, at offset: Int, encoding: UInt8, base: UInt32, last: UInt32,
    into documents: inout MutableSpan<UInt32>
  ) throws(FormatError) -> Int {
    if encoding == bitSet {
      return try decodeBits(bytes, at: offset, base: base, last: last, into: &documents)
    }
    let width = Int(encoding)
    let largest = try PackedBlock.unpackDeltas(
      bytes, at: offset, width: width, base: base, into: &documents)
    guard largest == last else {
      throw .invalidValue(field: "last document", value: UInt64(largest), offset: offset)
    }
    return offset + PackedBlock.byteCount(width: width)
  }

  private static func decodeBits(
    _ bytes: RawSpan, at offset: Int, base: UInt32, last: UInt32,
    into documents: inout MutableSpan<UInt32>
  ) throws(FormatError) -> Int {
    guard base == noBase || base < last else {
      throw .invalidValue(field: "last document", value: UInt64(last), offset: offset)
    }
    let words = wordRange(base: base, last: last)
    precondition(documents.count >= PackedBlock.count, "a block needs 128 places")
    var count = 0
    var first = UInt32(truncatingIfNeeded: 64 * words.lowerBound)
    for index in 0..<words.count {
      guard var bits = bytes.load(UInt64.self, at: offset + 8 * index) else {
        throw .truncated(offset: bytes.byteCount)
      }
      guard count + bits.nonzeroBitCount <= PackedBlock.count else {
        throw .invalidValue(field: "documents", value: UInt64(count + 1), offset: offset)
      }
      while bits != 0 {
        // Safe: the word's bits fit the places that are left (checked above).
        unsafe documents[unchecked: count] =
          first &+ UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
        count += 1
        bits &= bits &- 1
      }
      first &+= 64
    }
    guard count == PackedBlock.count, documents[count - 1] == last else {
      throw .invalidValue(field: "documents", value: UInt64(count), offset: offset)
    }
    return offset + 8 * words.count
  }

  /// The words of 64 documents that a set of bits covers.
  private static func wordRange(base: UInt32, last: UInt32) -> ClosedRange<Int> {
    Int((base &+ 1) / 64)...Int(max(last, base &+ 1) / 64)
  }
}
