public import EvBytes
internal import CVectors

/// Packs blocks of 128 integers at one bit width, four lanes wide.
///
/// The block is the unit of decoding, of skipping and of score bounds, so its length is part of the
/// file format. Value `i` is in lane `i % 4`; each lane is a stream of `width` 32-bit words, least
/// significant bit first, and the words of the four lanes alternate:
///
///     offset              bytes  field
///     16 × w + 4 × lane   4      word `w` of a lane, little-endian; w in 0..<width
///
/// So a block takes 16 × width bytes, and any value is reached by arithmetic.
///
/// Lemire and Boytsov, "Decoding billions of integers per second through vectorization", Software:
/// Practice and Experience 45(1), 2015, section 3.
public enum PackedBlock {
  /// Values in every block.
  @inlinable public static var count: Int { 128 }

  /// Bytes of a block whose values have `width` bits.
  @inlinable
  public static func byteCount(width: Int) -> Int { 16 * width }

  /// The least width, 0...32, that holds every value.
  public static func width(of values: Span<UInt32>) -> Int {
    var all: UInt32 = 0
    for index in values.indices { all |= values[index] }
    return 32 - all.leadingZeroBitCount
  }

  /// Appends the low `width` bits of each of 128 values.
  ///
  /// - Precondition: `values` are 128, `width` is in 0...32.
  public static func pack(_ values: Span<UInt32>, width: Int, to writer: inout ByteWriter) {
    precondition(values.count == count, "a block has 128 values, not \(values.count)")
    precondition((0...32).contains(width), "a width is in 0...32, not \(width)")
    guard width > 0 else { return }
    let mask = UInt32(truncatingIfNeeded: (1 as UInt64) << UInt64(width) - 1)
    var words = InlineArray<128, UInt32>(repeating: 0)
    for lane in 0..<4 {
      // The bits of the lane that do not fill a word yet.
      var bits: UInt64 = 0
      var bitCount = 0
      var word = lane
      for index in stride(from: lane, to: count, by: 4) {
        bits |= UInt64(values[index] & mask) << UInt64(bitCount)
        bitCount += width
        guard bitCount >= 32 else { continue }
        words[word] = UInt32(truncatingIfNeeded: bits)
        word += 4
        bits >>= 32
        bitCount -= 32
      }
    }
    // The machines that this builds on are little-endian, as the format is.
    writer.write(words.span.extracting(0..<4 * width).rawSpan)
  }

  /// Decodes the block at `offset`.
  ///
  /// - Parameters:
  ///   - width: Bits a value, in 0...32.
  ///   - values: At least 128 places; the first 128 are overwritten.
  /// - Throws: ``FormatError`` when the width is too large or the block ends past `bytes`.
  public static func unpack(
    _ bytes: RawSpan, at offset: Int, width: Int, into values: inout MutableSpan<UInt32>
  ) throws(FormatError) {
    try check(bytes, at: offset, width: width)
    precondition(values.count >= count, "a block needs 128 places, not \(values.count)")
    // Safe: 16 × width bytes were checked above; 128 places by the precondition.
    unsafe bytes.withUnsafeBytes { source in
      unsafe values.withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        if width == 0 {
          unsafe target.update(repeating: 0, count: count)
        } else {
          unsafe ev_unpack(source + offset, UInt32(width), target)
        }
      }
    }
  }

  /// Decodes the block at `offset` as differences between values four apart, and adds them up.
  ///
  /// Value `i` is the sum of `base` and of the differences `i`, `i − 4`, `i − 8`, …, modulo 2³²: four
  /// sums side by side, with no step across lanes.
  ///
  /// - Returns: The largest of the 128 values.
  /// - Throws: ``FormatError`` when the width is too large or the block ends past `bytes`.
  public static func unpackDeltas(
    _ bytes: RawSpan, at offset: Int, width: Int, base: UInt32,
    into values: inout MutableSpan<UInt32>
  ) throws(FormatError) -> UInt32 {
    try check(bytes, at: offset, width: width)
    precondition(values.count >= count, "a block needs 128 places, not \(values.count)")
    // Of width 0 all differences are 0.
    var largest = ev_u32x4_splat(base)
    // Safe: 16 × width bytes were checked above; 128 places by the precondition.
    unsafe bytes.withUnsafeBytes { source in
      unsafe values.withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        if width == 0 {
          unsafe target.update(repeating: base, count: count)
        } else {
          largest = unsafe ev_unpack_deltas(source + offset, UInt32(width), base, target)
        }
      }
    }
    return max(max(largest[0], largest[1]), max(largest[2], largest[3]))
  }

  /// One value of a block at `offset`, which is inside `bytes`.
  @inline(__always)
  static func value(_ bytes: RawSpan, at offset: Int, width: Int, place: Int) -> UInt32 {
    guard width > 0 else { return 0 }
    precondition(offset >= 0 && offset <= bytes.byteCount - byteCount(width: width))
    let bit = place / 4 * width
    let word = offset + 16 * (bit / 32) + 4 * (place % 4)
    // Safe: both words are of the block, whose last row ends at the end of a word.
    let low = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: word, as: UInt32.self)
    var value = UInt64(low)
    if bit % 32 + width > 32 {
      let high = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: word + 16, as: UInt32.self)
      value |= UInt64(high) << 32
    }
    return UInt32(truncatingIfNeeded: value >> UInt64(bit % 32) & (1 << UInt64(width) &- 1))
  }

  private static func check(
    _ bytes: RawSpan, at offset: Int, width: Int
  ) throws(FormatError) {
    guard (0...32).contains(width) else {
      throw .invalidValue(field: "width", value: UInt64(clamping: width), offset: offset)
    }
    guard offset >= 0, offset <= bytes.byteCount - byteCount(width: width) else {
      throw .truncated(offset: bytes.byteCount)
    }
  }
}
