public import EvBytes

/// Packs 128 integers of which a few are much larger than the rest.
///
/// The width fits most values; the high bits of the others follow the block as exceptions.
///
///     offset      bytes       field
///     0           1           width, 0...32: bits of each packed value
///     1           1           exceptions, 0...32
///     2           1           bytes of all exceptions; not there where there are none
///     …           16 × width  the low bits of all values, a ``PackedBlock``
///     …           1 each      the exceptions' places in the block, ascending, 0...127
///     …           1–5 each    the exceptions' bits above `width`, variable-length integers
///
/// Zukowski, Héman, Nes and Boncz, "Super-scalar RAM-CPU cache compression", ICDE 2006, section 4,
/// with the exceptions' high bits kept apart as in Lemire and Boytsov 2015.
public enum PatchedBlock {
  /// The most exceptions in a block; more are cheaper in a wider block.
  @usableFromInline static let maximumExceptions = 32

  /// Appends 128 values.
  ///
  /// - Precondition: `values` are 128.
  public static func encode(_ values: Span<UInt32>, to writer: inout ByteWriter) {
    let width = cheapestWidth(for: values)
    // The places of the exceptions, and the bytes of their high bits.
    var exceptions = InlineArray<32, UInt8>(repeating: 0)
    var count = 0
    var highBytes = 0
    if width < 32 {
      for index in values.indices {
        let high = values[index] >> UInt32(width)
        guard high != 0 else { continue }
        exceptions[count] = UInt8(index)
        count += 1
        highBytes += (38 - high.leadingZeroBitCount) / 7
      }
    }
    writer.writeByte(UInt8(width))
    writer.writeByte(UInt8(count))
    // At most 32 × 6 bytes.
    if count > 0 { writer.writeByte(UInt8(count + highBytes)) }
    PackedBlock.pack(values, width: width, to: &writer)
    for index in 0..<count { writer.writeByte(exceptions[index]) }
    for index in 0..<count {
      writer.writeVarint(UInt64(values[Int(exceptions[index])] >> UInt32(width)))
    }
  }

  /// Decodes the block at `offset`.
  ///
  /// - Parameter values: At least 128 places; the first 128 are overwritten.
  /// - Returns: The offset just past the block.
  /// - Throws: ``FormatError`` when the bytes are not a block; `values` are then unspecified.
  public static func decode(
    _ bytes: RawSpan, at offset: Int, into values: inout MutableSpan<UInt32>
  ) throws(FormatError) -> Int {
    guard let width = bytes.load(UInt8.self, at: offset).map(Int.init),
      let exceptionCount = bytes.load(UInt8.self, at: offset + 1).map(Int.init)
    else { throw .truncated(offset: offset) }
    let packed = offset + (exceptionCount > 0 ? 3 : 2)
    try PackedBlock.unpack(bytes, at: packed, width: width, into: &values)
    let places = packed + PackedBlock.byteCount(width: width)
    guard exceptionCount > 0 else { return places }
    guard exceptionCount <= maximumExceptions, width < 32 else {
      throw .invalidValue(field: "exceptions", value: UInt64(exceptionCount), offset: offset + 1)
    }

    guard let length = bytes.load(UInt8.self, at: offset + 2).map(Int.init),
      length >= 2 * exceptionCount, places + length <= bytes.byteCount
    else { throw .truncated(offset: bytes.byteCount) }
    let end = places + length
    if length == 2 * exceptionCount {
      try patch(bytes, at: places, exceptionCount, above: width, &values)
      return end
    }
    var reader = ByteReader(bytes, at: places + exceptionCount)
    for exception in 0..<exceptionCount {
      // Safe: there are as many places as exceptions in front of `end` (checked above).
      let place = unsafe bytes.unsafeLoad(
        fromUncheckedByteOffset: places + exception, as: UInt8.self)
      guard place < PackedBlock.count else {
        throw .invalidValue(field: "place", value: UInt64(place), offset: places + exception)
      }
      let high = try reader.readVarint32()
      // Safe: unpacking needs 128 places.
      unsafe values[unchecked: Int(place)] |= high << UInt32(width)
    }
    guard reader.offset == end else {
      throw .invalidValue(field: "exceptions", value: UInt64(exceptionCount), offset: offset + 2)
    }
    return end
  }

  /// Adds exceptions whose high bits take a byte each, as most do.
  ///
  /// - Precondition: `bytes` has so many places at `offset`, and behind them as many high bits.
  @inline(__always)
  private static func patch(
    _ bytes: RawSpan, at offset: Int, _ count: Int, above width: Int,
    _ values: inout MutableSpan<UInt32>
  ) throws(FormatError) {
    var all: UInt8 = 0
    for exception in 0..<count {
      // Safe: the bytes are there, and there are 128 values.
      let place = unsafe bytes.unsafeLoad(
        fromUncheckedByteOffset: offset + exception, as: UInt8.self)
      let high = unsafe bytes.unsafeLoad(
        fromUncheckedByteOffset: offset + count + exception, as: UInt8.self)
      all |= place | high
      unsafe values[unchecked: Int(place & 127)] |= UInt32(high) &<< UInt32(width)
    }
    guard all < 128 else {
      throw .invalidValue(field: "exceptions", value: UInt64(count), offset: offset)
    }
  }

  /// One value of the block at `offset`, which is not decoded.
  ///
  /// For a few values of a block that is cheaper than decoding it.
  ///
  /// - Parameter place: Which of the values, in 0..<128.
  /// - Throws: ``FormatError`` when the bytes are not a block, as far as they are looked at.
  public static func value(
    _ bytes: RawSpan, at offset: Int, place: Int
  ) throws(FormatError) -> UInt32 {
    precondition((0..<PackedBlock.count).contains(place), "there is no place \(place)")
    let end = try end(bytes, at: offset)
    // Safe: the block is inside the bytes (checked above), and begins with two bytes.
    let width = unsafe Int(bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self))
    let exceptions = unsafe Int(
      bytes.unsafeLoad(fromUncheckedByteOffset: offset + 1, as: UInt8.self))
    let packed = offset + (exceptions > 0 ? 3 : 2)
    let low = PackedBlock.value(bytes, at: packed, width: width, place: place)
    guard exceptions > 0, width < 32 else { return low }
    let places = packed + PackedBlock.byteCount(width: width)
    guard end - places >= 2 * exceptions else {
      throw .invalidValue(field: "exceptions", value: UInt64(exceptions), offset: offset + 2)
    }
    for exception in 0..<exceptions {
      // Safe: there are so many bytes in front of `end`.
      let found = unsafe bytes.unsafeLoad(
        fromUncheckedByteOffset: places + exception, as: UInt8.self)
      guard found == place else { continue }
      var reader = ByteReader(bytes, at: places + exceptions)
      if end - places == 2 * exceptions {
        reader = ByteReader(bytes, at: places + exceptions + exception)
      } else {
        for _ in 0..<exception { _ = try reader.readVarint32() }
      }
      return low | (try reader.readVarint32()) << UInt32(width)
    }
    return low
  }

  /// The offset just past the block at `offset`, which is not decoded.
  @inlinable
  public static func end(_ bytes: RawSpan, at offset: Int) throws(FormatError) -> Int {
    guard let width = bytes.load(UInt8.self, at: offset),
      let exceptions = bytes.load(UInt8.self, at: offset + 1)
    else { throw .truncated(offset: offset) }
    guard width <= 32, exceptions <= maximumExceptions else {
      throw .invalidValue(field: "width", value: UInt64(width), offset: offset)
    }
    var end = offset + 2 + PackedBlock.byteCount(width: Int(width))
    if exceptions > 0 {
      guard let length = bytes.load(UInt8.self, at: offset + 2) else {
        throw .truncated(offset: offset)
      }
      end += 1 + Int(length)
    }
    guard end <= bytes.byteCount else { throw .truncated(offset: bytes.byteCount) }
    return end
  }

  /// The width with the fewest bytes, exceptions included; the widest of those that tie.
  private static func cheapestWidth(for values: Span<UInt32>) -> Int {
    var countOfWidth = InlineArray<33, Int>(repeating: 0)
    for index in values.indices { countOfWidth[32 - values[index].leadingZeroBitCount] += 1 }

    let widest = PackedBlock.width(of: values)
    var best = widest
    var bestCost = PackedBlock.byteCount(width: widest)
    var exceptions = 0
    for width in (0..<widest).reversed() {
      exceptions += countOfWidth[width + 1]
      guard exceptions <= maximumExceptions else { break }
      var cost = PackedBlock.byteCount(width: width) + 1 + exceptions
      for wider in width + 1...widest { cost += countOfWidth[wider] * ((wider - width + 6) / 7) }
      if cost < bestCost { (best, bestCost) = (width, cost) }
    }
    return best
  }
}
