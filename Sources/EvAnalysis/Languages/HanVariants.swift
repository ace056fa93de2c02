// Simplified and traditional Chinese characters.

/// The other ways to write a text in Chinese characters.
public enum HanVariants {
  private static let longest = 200

  /// The text in simplified characters and in traditional ones, as far as these differ from it.
  ///
  /// The forms are those of ICU's rules, which are kept in a table since ICU takes some 16 ms to read its own.
  ///
  /// - Parameter text: What was typed; one that is longer than 200 UTF-16 units has no variants.
  /// - Returns: At most two texts.
  public static func others(of text: String) -> [String] {
    guard text.utf16.count <= longest,
      text.unicodeScalars.contains(where: { ScriptCounts.script(of: $0.value) == .han })
    else { return [] }
    let scalars = Array(text.unicodeScalars)
    let simplified = HanConverter(
      scalars, HanTable.simplifiedCharacters, HanTable.simplifiedWords, HanTable.simplifiedCounted)
    let traditional = HanConverter(
      scalars, HanTable.traditionalCharacters, HanTable.traditionalWords,
      HanTable.traditionalCounted)
    var others: [String] = []
    for converter in [simplified, traditional] {
      let other = converter.convert(scalars)
      if other != text, !others.contains(other) { others.append(other) }
    }
    return others
  }
}

/// What a text needs of the table for one kind of writing.
private struct HanConverter {
  private typealias Scalars = [Unicode.Scalar]

  private var characters: [Unicode.Scalar: Unicode.Scalar] = [:]
  /// Words by their first character, and those that are meant behind a numeral only.
  private var words: [Unicode.Scalar: [(from: Scalars, to: Scalars)]] = [:]
  private var counted: [Unicode.Scalar: [(from: Scalars, to: Scalars)]] = [:]

  /// Looks a text's characters up; strings are written as ``HanTable`` says.
  init(_ text: [Unicode.Scalar], _ characters: String, _ words: String, _ counted: String) {
    let present = Presence(text)
    let pairs = characters.utf8.span
    for start in stride(from: 0, to: pairs.count, by: 6) {
      guard let from = present.scalar(in: pairs, at: start) else { continue }
      self.characters[from] = Presence.scalar(in: pairs, at: start + 3)
    }
    self.words = Self.words(in: words, present)
    self.counted = Self.words(in: counted, present)
  }

  /// The words of a string that begin with a character of the text, the longest first.
  private static func words(
    in table: String, _ present: Presence
  ) -> [Unicode.Scalar: [(from: Scalars, to: Scalars)]] {
    var result: [Unicode.Scalar: [(from: Scalars, to: Scalars)]] = [:]
    let bytes = table.utf8.span
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: " ") { end += 3 }
      if let first = present.scalar(in: bytes, at: start) {
        let word = stride(from: start, to: end, by: 3).compactMap {
          Presence.scalar(in: bytes, at: $0)
        }
        let half = word.count / 2
        result[first, default: []].append((Array(word[..<half]), Array(word[half...])))
      }
      start = end + 1
    }
    return result.mapValues { $0.sorted { $0.from.count > $1.from.count } }
  }

  /// The text with each longest word, else each character, in its other form.
  func convert(_ text: [Unicode.Scalar]) -> String {
    var result = String.UnicodeScalarView()
    var rest = text[...]
    while let first = rest.first {
      // A numeral counts as it is written in the result, as in ICU's rules.
      let isCounted = result.last.map { HanTable.numerals.unicodeScalars.contains($0) } ?? false
      let known = (isCounted ? counted[first] ?? [] : []) + (words[first] ?? [])
      if let word = known.first(where: { rest.starts(with: $0.from) }) {
        result.append(contentsOf: word.to)
        rest = rest.dropFirst(word.from.count)
      } else {
        result.append(characters[first] ?? first)
        rest = rest.dropFirst()
      }
    }
    return String(result)
  }
}

/// Which characters a text has; asked some thousand times for each text.
private struct Presence {
  private let scalars: Set<Unicode.Scalar>
  /// By the last six bits of its characters, which tells of most that they are not there.
  private let mask: UInt64

  init(_ text: [Unicode.Scalar]) {
    scalars = Set(text)
    mask = text.reduce(0) { $0 | 1 << UInt64($1.value & 63) }
  }

  /// The character at a place of the table, if the text has it.
  func scalar(in bytes: Span<UInt8>, at place: Int) -> Unicode.Scalar? {
    guard place + 2 < bytes.count, mask >> UInt64(bytes[place + 2] & 63) & 1 == 1,
      let scalar = Self.scalar(in: bytes, at: place), scalars.contains(scalar)
    else { return nil }
    return scalar
  }

  /// The character at a place of the table, in which each has three bytes.
  static func scalar(in bytes: Span<UInt8>, at place: Int) -> Unicode.Scalar? {
    guard place + 2 < bytes.count else { return nil }
    return Unicode.Scalar(
      UInt32(bytes[place] & 0x0F) << 12 | UInt32(bytes[place + 1] & 0x3F) << 6
        | UInt32(bytes[place + 2] & 0x3F))
  }
}
