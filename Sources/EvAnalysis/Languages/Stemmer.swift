// The stems of words, by Snowball.

import CStemmer
import Synchronization

/// Maps the forms of a word to one stem, by the rules of a language; may be shared by threads.
///
/// A stem is a key that the forms of a word have in common, and need not be a word itself. It is a
/// function of the term, the language and the version of Snowball: see ``fingerprint``.
public final class Stemmer: Sendable {
  /// The language, as its ISO 639 code.
  public let language: String

  private let native: Mutex<NativeStemmer>

  /// The codes of the languages that there are stemmers for, in ascending order.
  public static let languages: [String] = [
    "ar", "ca", "da", "de", "el", "en", "es", "eu", "fi", "fr", "ga", "hi", "hu", "hy", "id", "it",
    "lt", "ne", "nl", "no", "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi",
  ]

  /// Opens the stemmer of a language.
  ///
  /// - Parameter language: An ISO 639 code of two letters, in small letters; what follows a hyphen
  ///   or low line, as in `pt-BR`, is ignored. `nb` and `nn` are `no`.
  /// - Returns: nil where the language is not one of ``languages``.
  public init?(language: String) {
    let code = Self.code(of: language)
    guard Self.languages.contains(code), let native = NativeStemmer(code) else { return nil }
    self.language = code
    self.native = Mutex(native)
  }

  /// The code by which ``languages`` has a language, if it has.
  static func code(of language: String) -> String {
    let code = String(language.prefix { $0 != "-" && $0 != "_" })
    return code == "nb" || code == "nn" ? "no" : code
  }

  /// The stem of a term of the standard analysis, 1 to 255 bytes of UTF-8.
  ///
  /// Terms that hold a digit of ASCII, and terms that begin with a control byte, are their own
  /// stems: they are codes and numbers, which have no other forms.
  ///
  /// - Complexity: Linear in the length; a few hundred nanoseconds for a word.
  public func stem(_ term: [UInt8]) -> [UInt8] {
    guard let first = term.first, first >= 0x20, !term.contains(where: { $0 &- 0x30 < 10 }) else {
      return term
    }
    let word = Self.withPlainApostrophes(term)
    return native.withLock { $0.stem(word) } ?? term
  }

  /// The stem of a term.
  public func stem(_ term: String) -> String {
    String(decoding: stem(Array(term.utf8)), as: UTF8.self)
  }

  /// A term with `'` in place of U+2019, which the rules for English do not know.
  private static func withPlainApostrophes(_ term: [UInt8]) -> [UInt8] {
    guard term.contains(0xE2) else { return term }
    var result: [UInt8] = []
    var index = 0
    while index < term.count {
      if index + 2 < term.count, term[index...index + 2] == [0xE2, 0x80, 0x99] {
        result.append(UInt8(ascii: "'"))
        index += 3
      } else {
        result.append(term[index])
        index += 1
      }
    }
    return result
  }

  /// Tells versions of Snowball apart, which do not name themselves, by the stems of some words.
  ///
  /// Two versions may agree on these and differ on others; but the words are such as were stemmed
  /// differently in the past.
  public static let fingerprint: String = {
    let words = [
      "added", "aggressive", "bing", "communism", "emergency", "evening", "generally",
      "international",
      "kindly", "news", "organization", "ottawa", "past", "proceed", "sensors", "skis",
      "university",
      "aktionären", "autos", "häuser", "systeme", "ältesten", "acteurs", "électriques", "voitures",
      "baterías", "coches", "organización", "machines", "mogelijkheden", "auton", "bilarna",
      "автомобилей",
    ]
    // FNV-1a: no secret is kept, and no library is needed.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for language in languages {
      guard let stemmer = Stemmer(language: language) else { continue }
      for word in words {
        for byte in stemmer.stem(Array(word.utf8)) {
          hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        hash = hash &* 0x100_0000_01B3
      }
    }
    return String(hash, radix: 16)
  }()
}

/// A stemmer of Snowball's; for one thread at a time.
@safe
private struct NativeStemmer: ~Copyable, @unchecked Sendable {
  private let stemmer: OpaquePointer
  private var buffer: [UInt8]

  /// Opens the stemmer of a language that Snowball knows by this code.
  init?(_ code: String) {
    // Safe: the code is read during the call; the result is owned by the value made here.
    guard let stemmer = unsafe ev_stemmer_open(code) else { return nil }
    unsafe self.stemmer = unsafe stemmer
    // A stem is rarely longer than its word, and then by a letter or two.
    buffer = [UInt8](repeating: 0, count: 2 * Terms.maximumLength)
  }

  deinit {
    // Safe: nobody else has the pointer.
    unsafe ev_stemmer_close(stemmer)
  }

  mutating func stem(_ word: [UInt8]) -> [UInt8]? {
    guard word.count <= Terms.maximumLength else { return nil }
    let capacity = Int32(truncatingIfNeeded: buffer.count)
    // Safe: as many bytes are read as the word has, and no more are stored than the buffer has.
    let count = unsafe ev_stemmer_stem(
      stemmer, word, Int32(truncatingIfNeeded: word.count), &buffer, capacity)
    return count > 0 ? Array(buffer[..<Int(count)]) : nil
  }
}
