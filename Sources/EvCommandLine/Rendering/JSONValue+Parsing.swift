// JSON of other programs, read by ourselves: the program loads no Foundation.

extension JSONValue {
  /// Why a text is no JSON.
  struct ParsingError: Error, Equatable {
    /// Where in the text, in bytes from its start.
    let offset: Int
    let reason: String
  }

  /// Reads a text that is one JSON value (RFC 8259).
  ///
  /// A number without fraction and exponent that fits is an integer, any other a number. Of a name that
  /// an object has twice the last value counts.
  init(parsing text: String) throws(ParsingError) {
    var parser = JSONParser(bytes: Array(text.utf8))
    self = try parser.parse()
  }

  /// The value of a name of an object; nil where this is no object, or has no such name.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The text of a string; nil for another value.
  var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
}

/// Goes through the bytes of a JSON text once.
private struct JSONParser {
  let bytes: [UInt8]
  var index = 0
  var depth = 0

  /// Deeper values are refused: a stack is not endless.
  static let maximumDepth = 100

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func parse() throws(JSONValue.ParsingError) -> JSONValue {
    let value = try value()
    skipSpace()
    guard index == bytes.count else { throw mistake("something follows the value") }
    return value
  }

  private func mistake(_ reason: String) -> JSONValue.ParsingError {
    JSONValue.ParsingError(offset: index, reason: reason)
  }

  private mutating func skipSpace() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  /// Takes a byte, if it is the next one behind white space.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func value() throws(JSONValue.ParsingError) -> JSONValue {
    skipSpace()
    guard index < bytes.count else { throw mistake("a value is missing") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), 0x30...0x39: return try number()
    default:
      for (word, value) in [
        ("null", JSONValue.null), ("true", .bool(true)), ("false", .bool(false)),
      ] where bytes[index...].starts(with: word.utf8) {
        index += word.utf8.count
        return value
      }
      throw mistake("this is no value")
    }
  }

  private mutating func enter() throws(JSONValue.ParsingError) {
    index += 1
    depth += 1
    guard depth <= Self.maximumDepth else { throw mistake("values are too deep inside each other") }
  }

  private mutating func object() throws(JSONValue.ParsingError) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var members: [JSONValue.Member] = []
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
        throw mistake("a name is missing")
      }
      let name = try string()
      guard take(":") else { throw mistake("a colon is missing") }
      members.append(JSONValue.Member(name, try value()))
    } while take(",")
    guard take("}") else { throw mistake("a closing brace is missing") }
    return .object(members)
  }

  private mutating func array() throws(JSONValue.ParsingError) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var values: [JSONValue] = []
    if take("]") { return .array([]) }
    repeat { values.append(try value()) } while take(",")
    guard take("]") else { throw mistake("a closing bracket is missing") }
    return .array(values)
  }

  private mutating func number() throws(JSONValue.ParsingError) -> JSONValue {
    let start = index
    func isDigit(_ place: Int) -> Bool {
      place < bytes.count && (0x30...0x39).contains(bytes[place])
    }
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    guard isDigit(index) else { throw mistake("a digit is missing") }
    if bytes[index] == UInt8(ascii: "0") {
      index += 1
    } else {
      while isDigit(index) { index += 1 }
    }
    var isWhole = true
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      isWhole = false
      index += 1
      guard isDigit(index) else { throw mistake("a digit is missing") }
      while isDigit(index) { index += 1 }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      index += 1
      if index < bytes.count, [0x2B, 0x2D].contains(bytes[index]) { index += 1 }
      guard isDigit(index) else { throw mistake("a digit is missing") }
      while isDigit(index) { index += 1 }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, let value = Int(text) { return .integer(value) }
    return .number(Double(text) ?? 0)
  }

  private mutating func string() throws(JSONValue.ParsingError) -> String {
    index += 1
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        index += 1
        try escape(into: &text)
      case 0..<0x20: throw mistake("a control character stands in a string")
      default:
        text.append(byte)
        index += 1
      }
    }
    throw mistake("a string has no end")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONValue.ParsingError) {
    guard index < bytes.count else { throw mistake("a string has no end") }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), bytes[index...].starts(with: [0x5C, 0x75]) {
        let start = index
        index += 2
        let low = try hexadecimal()
        if (0xDC00..<0xE000).contains(low) {
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        } else {
          index = start
        }
      }
      // Half of a pair is no character.
      text += String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8
    default: throw mistake("there is no such escape")
    }
  }

  private mutating func hexadecimal() throws(JSONValue.ParsingError) -> UInt32 {
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4,
      digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw mistake("four hexadecimal digits are missing") }
    index += 4
    return value
  }
}
