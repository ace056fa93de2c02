/// Appends values to bytes that it owns; what ``ByteReader`` reads.
public struct ByteWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []

  /// Creates an empty writer.
  public init() {}

  /// Bytes written so far.
  public var count: Int { bytes.count }

  /// Forgets what was written and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  /// Appends a little-endian integer of fixed width.
  @inlinable
  public mutating func write<Integer: FixedWidthInteger>(_ value: Integer) {
    for index in 0..<MemoryLayout<Integer>.size {
      writeByte(UInt8(truncatingIfNeeded: value >> Integer(8 * index)))
    }
  }

  /// Appends one byte.
  public mutating func writeByte(_ byte: UInt8) {
    bytes.append(byte)
  }

  /// Appends an unsigned LEB128 integer: seven bits a byte, the lowest first, the top bit set on
  /// every byte but the last.
  ///
  ///     value     bytes
  ///     0         00
  ///     127       7f
  ///     128       80 01
  ///     16,384    80 80 01
  public mutating func writeVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a count that cannot be negative as a variable-length integer.
  public mutating func writeCount(_ value: Int) {
    writeVarint(UInt64(value))
  }

  /// Appends bytes.
  public mutating func write(contentsOf other: some Sequence<UInt8>) {
    bytes.append(contentsOf: other)
  }

  /// Appends bytes.
  public mutating func write(_ other: RawSpan) {
    // Safe: the buffer is used inside the closure only.
    unsafe other.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends a text after its length in bytes.
  public mutating func writeString(_ text: String) {
    writeCount(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// Appends zeros up to a multiple of `alignment`.
  public mutating func pad(to alignment: Int) {
    while bytes.count % alignment != 0 { bytes.append(0) }
  }
}
