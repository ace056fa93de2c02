// Zip files for tests, made without the help of a program.

/// A zip file of files that are stored as they are.
struct ZipBuilder {
  private var file: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// A zip file with these files in it, in this order.
  static func bytes(_ files: KeyValuePairs<String, String>) -> [UInt8] {
    var zip = ZipBuilder()
    for (name, text) in files { zip.add(name, Array(text.utf8)) }
    return zip.bytes
  }

  /// The whole zip file.
  var bytes: [UInt8] {
    file + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.little(count, 2)
      + Self.little(count, 2)
      + Self.little(directory.count, 4) + Self.little(file.count, 4) + [0, 0]
  }

  /// Adds files that all have the same bytes of the zip file.
  mutating func addShared(_ names: [String], _ content: [UInt8]) {
    let offset = file.count
    let checksum = Self.checksum(content)
    for (number, name) in names.enumerated() {
      let header = add(name, content.count, checksum, at: offset)
      if number == 0 { file += header + content }
    }
  }

  /// Adds a file.
  mutating func add(_ name: String, _ content: [UInt8]) {
    let header = add(name, content.count, Self.checksum(content), at: file.count)
    file += header + content
  }

  /// Adds an entry of the directory; gives what goes in front of the file's bytes.
  private mutating func add(
    _ name: String, _ byteCount: Int, _ checksum: UInt32, at offset: Int
  ) -> [UInt8] {
    let name = Array(name.utf8)
    // Version 2.0, names in UTF-8, stored, 1 January 1980.
    let common =
      [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0] + Self.little(Int(checksum), 4)
      + Self.little(byteCount, 4) + Self.little(byteCount, 4) + Self.little(name.count, 2) + [0, 0]
    directory +=
      [0x50, 0x4B, 1, 2, 20, 0] + common + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
      + Self.little(offset, 4) + name
    count += 1
    return [0x50, 0x4B, 3, 4] + common + name
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32 as zip files have it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}
