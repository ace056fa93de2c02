// Stems by language.

import EvTestSupport
import Testing

@testable import EvAnalysis

@Suite struct StemmerTests {
  @Test func `there is a stemmer for every language of the list, and for no other`() {
    #expect(Stemmer.languages == Stemmer.languages.sorted())
    for language in Stemmer.languages { #expect(Stemmer(language: language) != nil) }
    for language in ["", "e", "english", "zh", "EN", "../en", "e\0n"] {
      #expect(Stemmer(language: language) == nil, "\(language.debugDescription)")
    }
  }

  @Test func `regions and the two forms of Norwegian are accepted`() throws {
    #expect(try #require(Stemmer(language: "pt-BR")).language == "pt")
    #expect(try #require(Stemmer(language: "nb")).language == "no")
    #expect(try #require(Stemmer(language: "nn_NO")).language == "no")
  }

  @Test(arguments: [
    ("en", "rates", "rate"), ("en", "charging", "charge"), ("en", "driver’s", "driver"),
    ("de", "bestellungen", "bestellung"), ("fr", "voitures", "voiture"),
    ("es", "pedidos", "pedido"), ("ru", "машины", "машина"), ("sv", "bilarna", "bilar"),
    ("hi", "गाड़ियों", "गाड़ी"), ("ar", "السيارات", "السيارة"),
  ])
  func `forms of a word have one stem`(language: String, one: String, other: String) throws {
    let stemmer = try #require(Stemmer(language: language))
    #expect(stemmer.stem(one) == stemmer.stem(other))
  }

  @Test(arguments: ["1980s", "ff91s", "\u{2}cars", "\u{1}ls", ""])
  func `codes and reserved terms are their own stems`(term: String) throws {
    #expect(try #require(Stemmer(language: "en")).stem(term) == term)
  }

  @Test(arguments: Stemmer.languages)
  func `any bytes have a stem, the same each time and from any thread`(language: String)
    async throws
  {
    let stemmer = try #require(Stemmer(language: language))
    var random = SplitMix64(seed: 7)
    let words = (0..<200).map { _ -> [UInt8] in
      let bytes = (0..<Int.random(in: 1...255, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      return Bool.random(using: &random)
        ? bytes : Array(random.text(Alphabet.mixed, length: 20).utf8.prefix(255))
    }
    let stems = words.map { stemmer.stem($0) }
    #expect(zip(words, stems).allSatisfy { $0.isEmpty || !$1.isEmpty })
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 { group.addTask { words.map { stemmer.stem($0) } == stems } }
      for await isSame in group { #expect(isSame) }
    }
  }

  @Test func `the fingerprint names the version of Snowball`() {
    #expect(UInt64(Stemmer.fingerprint, radix: 16) != nil)
  }
}
