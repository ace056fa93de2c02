// What a browser or a program asks for: the head of a request of HTTP/1.1 (RFC 9112).

/// A request, as far as it matters to a server that only reads.
struct HTTPRequest {
  /// `GET`, `HEAD` or another method.
  let method: String

  /// What is in front of the question mark, as it was sent.
  let path: String

  /// The names and values behind the question mark, decoded, in their order.
  let parameters: [(name: String, value: String)]

  /// The fields of the head; names in small letters.
  let fields: [String: String]

  /// The most bytes that a head may have.
  static let maximumBytes = 1 << 14

  /// Where the head ends that `bytes` begin with, its last empty line included; nil where more is to come.
  static func end(in bytes: [UInt8]) -> Int? {
    let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    for index in bytes.indices where bytes[index] == feed {
      var next = index + 1
      if next < bytes.count, bytes[next] == carriage { next += 1 }
      if next < bytes.count, bytes[next] == feed { return next + 1 }
    }
    return nil
  }

  /// Reads a head; nil where it is none.
  init?(head: [UInt8]) {
    // Only the address can hold more than ASCII, and that is encoded.
    let lines = String(decoding: head, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0.isNewline }
    let first = (lines.first ?? "").split(separator: " ")
    guard first.count == 3, first[2].hasPrefix("HTTP/1."), first[1].hasPrefix("/") else {
      return nil
    }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() where !line.isEmpty {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let name = line[..<colon].lowercased()
      // Of a field that decides who may ask there is one, or it decides nothing.
      guard fields[name] == nil || name != "host" && name != "origin" else { return nil }
      fields[name] = String(line[line.index(after: colon)...]).trimmingSpaces
    }
    method = String(first[0])
    self.fields = fields
    let target = first[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(target[0])
    parameters = (target.count > 1 ? target[1] : "").split(separator: "&").map { item in
      let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decoded(pair[0]), pair.count > 1 ? Self.decoded(pair[1]) : "")
    }
  }

  /// The last value of a parameter; nil where it is not there.
  subscript(name: String) -> String? {
    parameters.last { $0.name == name }?.value
  }

  /// Text of an address as forms send it: `+` is a space, `%C3%A9` are bytes of UTF-8.
  static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2, let code = String(digits),
        let value = UInt8(code, radix: 16), digits.first != UInt8(ascii: "+")
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
