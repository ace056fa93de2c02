// A document that is a zip file with parts in it: which of them are read, and how much of them.

/// The parts of a document that is packed as a zip file.
struct OfficePackage {
  /// The most bytes that all parts of a document may have together, unpacked.
  ///
  /// A novel has a few million; the parts are held in memory.
  static let maximumBytes = 1 << 27

  /// The most files that are looked at in a package.
  private static let maximumMembers = 1 << 16

  private var parts: [String: [UInt8]] = [:]

  /// Reads parts.
  ///
  /// - Parameters:
  ///   - archive: The package, at its start.
  ///   - maximum: The most bytes that a part may have.
  ///   - isWanted: Whether the part of a name is needed.
  /// - Throws: ``SkipReason/damagedArchive(_:)``, ``SkipReason/decompressionLimit`` or
  ///   ``SkipReason/tooLarge``.
  init(
    _ archive: ArchiveReader, maximum: Int, isWanted: (String) -> Bool
  ) throws(SkipReason) {
    var total = 0
    var count = 0
    while let member = try archive.next() {
      count += 1
      guard count <= Self.maximumMembers else { throw .decompressionLimit }
      guard let name = member.name, isWanted(name), parts[name] == nil else { continue }
      if let reason = member.reason { throw reason }
      var bytes: [UInt8] = []
      while try archive.read(into: &bytes, limit: 1 << 16) > 0 {
        guard bytes.count <= maximum else { throw .tooLarge }
        guard total + bytes.count <= Self.maximumBytes else { throw .decompressionLimit }
      }
      total += bytes.count
      parts[name] = bytes
    }
    guard count > 0 else { throw .damagedArchive("no files in it") }
  }

  /// A package of these parts.
  init(parts: [String: [UInt8]]) {
    self.parts = parts
  }

  /// A part; nil where the package has none of this name.
  subscript(name: String) -> [UInt8]? {
    parts[name]
  }

  /// A part without which there is no document.
  ///
  /// - Throws: ``SkipReason/damaged(_:)`` where it is missing.
  func required(_ name: String) throws(SkipReason) -> [UInt8] {
    guard let part = parts[name] else { throw .damaged("\(name) is missing in it") }
    return part
  }

  /// The name that a reference in a part means.
  ///
  /// - Parameters:
  ///   - reference: A relative reference, with percent signs for other characters.
  ///   - part: The part that it stands in.
  static func name(_ reference: String, in part: String) -> String {
    let path = reference.utf8.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
    let decoded = String(decoding: PercentEncoding.decoded(path), as: UTF8.self)
    var components = part.split(separator: "/").dropLast()
    if decoded.hasPrefix("/") { components = [] }
    for component in decoded.split(separator: "/") where component != "." {
      if component == ".." { _ = components.popLast() } else { components.append(component) }
    }
    return components.joined(separator: "/")
  }
}

/// The percent signs of addresses.
enum PercentEncoding {
  /// The bytes that are meant; a percent sign without two digits behind it stands for itself.
  static func decoded(_ text: some Sequence<UInt8>) -> [UInt8] {
    let text = Array(text)
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.count,
        let high = text[index + 1].hexDigit, let low = text[index + 2].hexDigit
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return bytes
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit; nil for other bytes.
  var hexDigit: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}
