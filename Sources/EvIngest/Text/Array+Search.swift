// Finding one byte among many at the speed of the machine.

import Glibc

extension Array where Element == UInt8 {
  /// The first place of `byte` in `range`, or nil.
  ///
  /// - Precondition: `range` is inside the array.
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the array")
    guard !range.isEmpty else { return nil }
    // Safe: the range was checked against the array above, and the pointer stays in the closure.
    return unsafe withUnsafeBytes { buffer in
      let part = unsafe UnsafeRawBufferPointer(rebasing: buffer[range])
      guard let start = part.baseAddress,
        let found = unsafe memchr(start, Int32(byte), part.count)
      else { return nil }
      return unsafe range.lowerBound + (UnsafeRawPointer(found) - start)
    }
  }

  /// Whether the bytes from `offset` on begin with `other`.
  func hasBytes(_ other: some Collection<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, other.count <= count - offset else { return false }
    return self[offset..<(offset + other.count)].elementsEqual(other)
  }
}
