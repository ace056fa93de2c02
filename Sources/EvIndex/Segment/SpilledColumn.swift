internal import EvBytes

/// A column of numbers that grows while the rest of a file is written, and becomes a section of it at the end.
///
/// What goes beyond a quarter of a mebibyte waits in a file of its own beside it, so that the memory which a
/// segment takes does not grow with its postings: their blocks have 16 bytes of such columns.
struct SpilledColumn<Number: FixedWidthInteger & BitwiseCopyable> {
  private let path: String
  private var tail: [Number] = []
  private var file: FileWriter?

  /// Numbers so far.
  private(set) var count = 0

  /// - Parameter path: Where a file may be; there must be none.
  init(path: String) {
    self.path = path
  }

  private static var tailCount: Int { (1 << 18) / MemoryLayout<Number>.size }

  /// Appends numbers.
  mutating func append(_ numbers: [Number]) throws(SystemError) {
    tail += numbers
    count += numbers.count
    guard tail.count >= Self.tailCount else { return }
    if file == nil { file = try FileWriter(path: path, isDurable: false) }
    try file?.write(tail.rawSpan)
    tail.removeAll(keepingCapacity: true)
  }

  /// Writes all numbers as the next section of a file, and removes what they waited in.
  mutating func writeSection(to output: SegmentFileWriter) throws(SystemError) {
    try output.beginSection()
    if let file {
      try file.finish()
      let mapped = try MappedFile(path: path)
      let piece = 1 << 20
      for start in stride(from: 0, to: mapped.byteCount, by: piece) {
        let end = min(mapped.byteCount, start + piece)
        try output.write(mapped.bytes.extracting(start..<end).copied())
        mapped.releasePages()
      }
      try FileSystem.remove(path)
    }
    try output.write(tail)
    file = nil
    tail = []
  }
}
