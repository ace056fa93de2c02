/// Bytes that come one stretch after another, from a file or out of an archive.
protocol ByteStream: ~Copyable {
  /// Reads on, at most `limit` bytes, and appends them to `bytes`.
  ///
  /// - Returns: How many bytes came; 0 at the end.
  func read(into bytes: inout [UInt8], limit: Int) throws(SkipReason) -> Int
}

extension ByteStream where Self: ~Copyable {
  /// Reads a whole file of any bytes.
  ///
  /// - Parameters:
  ///   - byteCount: How long the file is thought to be; it may turn out otherwise.
  ///   - maximum: The most bytes that are read.
  /// - Returns: All bytes of the file.
  /// - Throws: ``SkipReason/tooLarge`` above `maximum` bytes.
  func readBytes(byteCount: Int, maximum: Int) throws(SkipReason) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(byteCount, maximum) + 1)
    while try read(into: &bytes, limit: max(1 << 16, byteCount + 1 - bytes.count)) > 0 {
      guard bytes.count <= maximum else { throw .tooLarge }
    }
    return bytes
  }

  /// Reads a whole file of text.
  ///
  /// - Parameters:
  ///   - byteCount: How long the file is thought to be; it may turn out otherwise.
  ///   - maximum: The most bytes that are read.
  /// - Returns: All bytes of the file.
  /// - Throws: ``SkipReason/tooLarge`` above `maximum` bytes and ``SkipReason/binary`` where there is
  ///   a NUL, as early as it is seen; not in UTF-16 and UTF-32, where a NUL is part of a character.
  func readText(byteCount: Int, maximum: Int) throws(SkipReason) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(byteCount, maximum) + 1)
    // A short first step, so that a large binary costs one read.
    var step = 1 << 16
    while true {
      let seen = bytes.count
      let count = try read(into: &bytes, limit: step)
      guard count > 0 else { return bytes }
      guard bytes.firstIndex(of: 0, in: seen..<bytes.count) == nil || bytes.mayHoldZeros else {
        throw .binary
      }
      guard bytes.count <= maximum else { throw .tooLarge }
      step = max(1 << 16, byteCount + 1 - bytes.count)
    }
  }
}
