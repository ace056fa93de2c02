// The fields between two lines of `---` at the top of a Markdown file: the part of YAML that
// articles use.

import EvIndex

/// What a file says of itself in front of its text.
///
/// Known keys are `title`, `date`, `source`, `lang` or `language`, `url` and `tags`; others are left
/// out. What is not plain keys, values and lists is no front matter but text, so that nothing that
/// merely looks like it is lost.
struct FrontMatter {
  /// Where the body starts.
  let end: Int

  /// The title, each piece of it with its place in the file.
  private(set) var title: MappedText?

  /// The other fields.
  private(set) var metadata = Document.Metadata()

  /// The longest front matter that is looked for, in bytes.
  private static let maximumBytes = 1 << 16

  /// Reads the front matter of a text; nil where there is none.
  init?(_ text: [UInt8]) {
    var lines = FrontMatterLines(text)
    guard let first = lines.next(), lines.isFence(first, [0x2D]) else { return nil }
    var entries: [(key: String, value: Range<Int>)] = []
    while let line = lines.next() {
      guard line.lowerBound < Self.maximumBytes else { return nil }
      if lines.isFence(line, [0x2D, 0x2E]) {
        end = lines.offset
        for entry in entries {
          guard read(entry.key, YAMLValue(text, entry.value)) else { return nil }
        }
        return
      }
      if lines.continues(line) {
        guard let last = entries.indices.last else {
          guard lines.isBlankOrComment(line) else { return nil }
          continue
        }
        entries[last].value = entries[last].value.lowerBound..<line.upperBound
      } else {
        guard let (key, value) = lines.entry(line) else { return nil }
        entries.append((key, value))
      }
    }
    return nil
  }

  /// Takes one field.
  ///
  /// - Returns: Whether the value could be read; an unknown key's need not be.
  private mutating func read(_ key: String, _ value: YAMLValue) -> Bool {
    switch key {
    case "tags":
      guard let list = value.list() else { return false }
      metadata.tags = list
    case "title":
      guard let scalar = value.scalar() else { return false }
      if !scalar.bytes.isEmpty { title = scalar }
    case "date", "source", "lang", "language", "url":
      guard let scalar = value.scalar() else { return false }
      guard !scalar.bytes.isEmpty else { return true }
      let string = String(decoding: scalar.bytes, as: UTF8.self)
      switch key {
      case "date": metadata.date = string
      case "source": metadata.source = string
      case "url": metadata.url = string
      default: metadata.language = string
      }
    default: break
    }
    return true
  }
}

/// The lines of a text, and what they are in front matter.
private struct FrontMatterLines {
  private let text: [UInt8]

  /// The start of the next line.
  private(set) var offset = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// The next line without its line ending.
  mutating func next() -> Range<Int>? {
    guard offset < text.count else { return nil }
    let start = offset
    var end = text.firstIndex(of: UInt8(ascii: "\n"), in: start..<text.count) ?? text.count
    offset = min(end + 1, text.count)
    if end > start, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// Whether a line is three of one of these bytes.
  func isFence(_ line: Range<Int>, _ bytes: [UInt8]) -> Bool {
    let trimmed = text[line].prefix(3)
    guard trimmed.count == 3, let first = trimmed.first, bytes.contains(first) else { return false }
    return trimmed.allSatisfy { $0 == first } && text[line].dropFirst(3).allSatisfy(\.isBlank)
  }

  func isBlankOrComment(_ line: Range<Int>) -> Bool {
    let first = text[line].first { !$0.isBlank }
    return first == nil || first == UInt8(ascii: "#")
  }

  /// Whether a line goes on with the value of the line above: it is blank, a comment, indented, or an
  /// item of a list.
  func continues(_ line: Range<Int>) -> Bool {
    guard let first = text[line].first else { return true }
    if first.isBlank || first == UInt8(ascii: "#") || first == UInt8(ascii: "]") { return true }
    let second = text[line].dropFirst().first
    return first == UInt8(ascii: "-") && (second.map(\.isBlank) ?? true)
  }

  /// The key of a line and where its value starts; nil where the line is not `key: value`.
  func entry(_ line: Range<Int>) -> (String, Range<Int>)? {
    guard
      let colon = text[line].indices.first(where: {
        text[$0] == UInt8(ascii: ":") && ($0 + 1 == line.upperBound || text[$0 + 1].isBlank)
      })
    else { return nil }
    let quotes = "\"'".utf8
    var key = text[line.lowerBound..<colon]
    while let last = key.last, last.isBlank { key.removeLast() }
    if let quote = key.first, quotes.contains(quote), key.count > 1, key.last == quote {
      key = key.dropFirst().dropLast()
    }
    let isName = key.allSatisfy {
      $0.isLetterOrDigit || $0 >= 0x80 || "-_. /".utf8.contains($0)
    }
    guard !key.isEmpty, isName else { return nil }
    return (String(decoding: key, as: UTF8.self).lowercased(), (colon + 1)..<line.upperBound)
  }
}
