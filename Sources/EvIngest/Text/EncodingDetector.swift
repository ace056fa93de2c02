// In which encoding a file of text is: what it says of itself, else UTF-8, else ICU's guess.

/// Finds the encoding of a file.
struct EncodingDetector {
  /// What the bytes of a file turned out to be.
  enum Encoding: Equatable {
    case utf8

    /// An encoding by ICU's name of it, how long the byte order mark is, and how sure it is, from 0
    /// to 100.
    case named(String, markByteCount: Int, confidence: Int = 100)

    /// No text.
    case binary

    /// A text in no encoding that is known.
    case unknown
  }

  /// How much of a file is looked at in order to guess, in bytes.
  private static let sampleByteCount = 1 << 13

  private let file: [UInt8]
  private let isMarkup: Bool

  init(_ file: [UInt8], isMarkup: Bool) {
    self.file = file
    self.isMarkup = isMarkup
  }

  /// Decides.
  ///
  /// A byte order mark is believed. Then whatever is valid UTF-8 is UTF-8, because text in another
  /// encoding all but never is; then markup is believed; and only then ICU is asked.
  func encoding() -> Encoding {
    if let marked = file.unicodeMark { return marked }
    if let unmarked = file.unmarkedUTF16 { return .named(unmarked, markByteCount: 0) }
    guard file.firstIndex(of: 0, in: 0..<file.count) == nil else { return .binary }
    guard let first = firstError else {
      return usesEscapes ? .named("ISO-2022-JP", markByteCount: 0) : .utf8
    }
    let sample = sample(around: first)
    if isDamagedUTF8(from: first) { return .utf8 }
    guard !hasControls(sample) else { return .binary }
    if let name = declaredName, let decoder = CharacterDecoder(name) {
      let canonical = decoder.canonicalName
      let (text, bad) = decoder.countsReplacements(in: sample)
      if bad * 100 <= text.count, !canonical.hasPrefix("UTF") {
        return .named(name, markByteCount: 0)
      }
    }
    return guess(sample)
  }

  /// The first place that is not UTF-8.
  private var firstError: Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: file.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  /// Whether the file is in the Japanese encoding of mail, which is all ASCII with escapes in it.
  private var usesEscapes: Bool {
    guard let escape = file.firstIndex(of: 0x1B, in: 0..<file.count) else { return false }
    // `ESC $ B` and `ESC $ @` start a stretch of Kanji; no sequence of a terminal is like them.
    guard
      file.hasBytes([0x24, 0x42], at: escape + 1) || file.hasBytes([0x24, 0x40], at: escape + 1)
    else { return false }
    return CharacterDecoder.guesses(sample(around: escape), isMarkup: false).first?.name
      == "ISO-2022-JP"
  }

  /// The stretch to guess from: whole lines in front of `place`, which say the language, and then it.
  ///
  /// A line feed is never a part of another character in the encodings that are guessed.
  private func sample(around place: Int) -> [UInt8] {
    let earliest = max(0, place - Self.sampleByteCount / 2)
    // Without a line feed a character may be cut at the start; one wrong character does no harm.
    let feed = earliest > 0 ? file.firstIndex(of: UInt8(ascii: "\n"), in: earliest..<place) : nil
    let start = feed.map { $0 + 1 } ?? earliest
    return Array(file[start..<min(file.count, start + Self.sampleByteCount)])
  }

  /// Whether most of what is not ASCII, from the first error on, is UTF-8 all the same.
  private func isDamagedUTF8(from first: Int) -> Bool {
    let end = min(file.count, first + (1 << 16))
    guard let errors = file.utf8Errors(from: first, to: end, maximum: 1 << 12) else { return false }
    let before = file[max(0, first - (1 << 16))..<first].count { $0 >= 0xC2 }
    let leads = file[first..<end].count { $0 >= 0xC2 }
    let badLeads = errors.reduce(0) { $0 + file[$1].count { $0 >= 0xC2 } }
    return before + leads - badLeads >= 4 * errors.count
  }

  /// Whether there are control characters such as texts do not have.
  private func hasControls(_ sample: [UInt8]) -> Bool {
    let controls = sample.count { byte in
      (byte < 0x20 && !byte.isWhitespace && byte != 0x1B) || byte == 0x7F
    }
    return controls * 100 > sample.count
  }

  /// The encoding that a page says it is in.
  private var declaredName: String? {
    guard isMarkup else { return nil }
    let head = file.prefix(1024).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    for key in ["charset", "encoding"] {
      var index = 0
      while let next = head[index...].firstIndex(of: Array(key.utf8)[0]) {
        index = next + 1
        guard head.hasBytes(key.utf8, at: next) else { continue }
        let rest = head[(next + key.utf8.count)...].drop { $0.isWhitespace }
        guard rest.first == UInt8(ascii: "=") else { continue }
        let name = rest.dropFirst().drop { $0.isWhitespace || $0 == 0x22 || $0 == 0x27 }
          .prefix { $0.isLetterOrDigit || "-_:.+".utf8.contains($0) }
        if !name.isEmpty { return String(decoding: name.prefix(40), as: UTF8.self) }
      }
    }
    return nil
  }

  /// The best of ICU's guesses that reads the sample without characters that mean nothing; else the
  /// one with the fewest.
  private func guess(_ sample: [UInt8]) -> Encoding {
    var best: (name: String, bad: Int, count: Int, confidence: Int)?
    // A text of a few words is often in no language that ICU knows; then do as browsers do.
    let guesses = CharacterDecoder.guesses(sample, isMarkup: isMarkup) + [("windows-1252", 0)]
    for (name, confidence) in guesses where !name.hasPrefix("UTF") {
      guard let decoder = CharacterDecoder(name) else { continue }
      let (text, replacements) = decoder.countsReplacements(in: sample)
      let bad = replacements + text.strayControlCount
      guard bad < best?.bad ?? .max else { continue }
      best = (name, bad, text.count, confidence)
      if bad == 0 { break }
    }
    // The sample may end inside a character.
    guard let best, (best.bad - 1) * 100 <= best.count else { return .unknown }
    return .named(best.name, markByteCount: 0, confidence: best.confidence)
  }
}

extension [UInt8] {
  /// What the byte order mark says, or nil where there is none.
  var unicodeMark: EncodingDetector.Encoding? {
    if starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    if starts(with: [0xFF, 0xFE, 0, 0]) { return .named("UTF-32LE", markByteCount: 4) }
    if starts(with: [0, 0, 0xFE, 0xFF]) { return .named("UTF-32BE", markByteCount: 4) }
    if starts(with: [0xFF, 0xFE]) { return .named("UTF-16LE", markByteCount: 2) }
    if starts(with: [0xFE, 0xFF]) { return .named("UTF-16BE", markByteCount: 2) }
    return nil
  }

  /// The name of UTF-16 without a mark, if the bytes can be nothing else: of its code units at least
  /// a fourth are ASCII, and no half of one that should not be is zero.
  var unmarkedUTF16: String? {
    let head = prefix(1 << 12)
    guard head.count >= 8, head.contains(0) else { return nil }
    var zeros = [0, 0]
    for (index, byte) in head.enumerated() where byte == 0 { zeros[index % 2] += 1 }
    guard (zeros[0] == 0) != (zeros[1] == 0), (zeros[0] + zeros[1]) * 8 >= head.count else {
      return nil
    }
    // The other halves of those units are letters and spaces, not the counts of a binary file.
    let high = zeros[0] > 0 ? 0 : 1
    for index in stride(from: high, to: head.count - 1, by: 2) where head[index] == 0 {
      let low = head[index ^ 1]
      guard low >= 0x20 && low != 0x7F || low.isWhitespace else { return nil }
    }
    return zeros[0] > 0 ? "UTF-16BE" : "UTF-16LE"
  }

  /// Whether NUL may be a part of the text: it starts as UTF-16 or UTF-32.
  var mayHoldZeros: Bool {
    switch unicodeMark {
    case .named: true
    case .utf8: false
    default: unmarkedUTF16 != nil
    }
  }

  /// How many control characters of ISO 6429 this UTF-8 has; real texts have none.
  fileprivate var strayControlCount: Int {
    var count = 0
    for index in indices.dropLast() where self[index] == 0xC2 && self[index + 1] < 0xA0 {
      count += 1
    }
    return count
  }
}
