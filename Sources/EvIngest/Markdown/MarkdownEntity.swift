// `&amp;`, `&#8211;` and the like in Markdown, just well enough to know where they end.

/// A reference to a character in the source of a Markdown file.
struct MarkdownEntity {
  /// The end of the reference, behind its semicolon.
  let end: Int

  /// The reference itself, from `&` to `;`.
  private let name: ArraySlice<UInt8>

  /// The byte behind the reference, or nil at the end of its block.
  private let next: UInt8?

  /// What it stands for, where that is plain from the number or among the commonest names.
  let value: [UInt8]?

  /// Reads the reference at `start`, where there is a `&`; nil where there is none.
  init?(_ source: [UInt8], at start: Int, limit: Int) {
    let window = source[start..<min(limit, start + 40)]
    guard let semicolon = window.firstIndex(of: UInt8(ascii: ";")), semicolon > start + 1 else {
      return nil
    }
    end = semicolon + 1
    next = end < limit ? source[end] : nil
    name = source[start..<end]
    var name = source[(start + 1)..<semicolon]
    if name.first == UInt8(ascii: "#") {
      name = name.dropFirst()
      let isHexadecimal = name.first == UInt8(ascii: "x") || name.first == UInt8(ascii: "X")
      if isHexadecimal { name = name.dropFirst() }
      let digits = String(decoding: name, as: UTF8.self)
      guard let number = UInt32(digits, radix: isHexadecimal ? 16 : 10) else { return nil }
      let scalar = number == 0 ? nil : Unicode.Scalar(number)
      value = Array(String(Character(scalar ?? "\u{FFFD}")).utf8)
    } else {
      guard name.allSatisfy(\.isLetterOrDigit) else { return nil }
      value =
        switch String(decoding: name, as: UTF8.self) {
        case "amp", "AMP": [UInt8(ascii: "&")]
        case "lt", "LT": [UInt8(ascii: "<")]
        case "gt", "GT": [UInt8(ascii: ">")]
        case "quot", "QUOT": [UInt8(ascii: "\"")]
        case "nbsp": [0xC2, 0xA0]
        default: nil
        }
    }
  }

  /// How many bytes of a text at `index` the reference stands for, or nil if it is not meant there.
  ///
  /// Without a table of all names, a name that stays as it is in the text is no reference. Any other
  /// stands for one scalar, or for two where the text goes on like the source only behind the second.
  func length(in literal: [UInt8], at index: Int) -> Int? {
    if let value { return literal.hasBytes(value, at: index) ? value.count : nil }
    guard !literal.hasBytes(name, at: index) else { return nil }
    let one = literal.scalarEnd(index)
    if one == literal.count { return one - index }
    if let next, next == literal[one] || next == UInt8(ascii: "\\") || next == UInt8(ascii: "&") {
      return one - index
    }
    return literal.scalarEnd(one) - index
  }
}

extension [UInt8] {
  /// Where the scalar of UTF-8 that starts at `index` ends.
  fileprivate func scalarEnd(_ index: Int) -> Int {
    var end = index + 1
    while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }
}

extension UInt8 {
  /// Whether the byte is an ASCII letter or digit.
  var isLetterOrDigit: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
