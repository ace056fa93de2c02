import EvAnalysis
import EvIndex
import EvIngest
import EvQuery
import EvSearch
import EvTestSupport
import Testing

/// Contained means found: on the Declaration of Human Rights in some hundred languages.
@Suite struct ContainedTests {
  private static let corpus = "corpora/udhr"

  /// Texts in scripts without spaces, Chinese, Japanese, Khmer, Lao, Burmese and Thai.
  private static let unspaced: Set<String> = [
    "cmn_hans", "cmn_hant", "jpn", "khm", "lao", "mya", "tha",
  ]

  /// Texts, and an index of them.
  private struct Collection {
    var texts: [(name: String, text: String)] = []
    let snapshot: IndexSnapshot
    private let index: TestIndex
    private let searcher: Searcher
    private var parser: QueryParser

    /// - Parameters:
    ///   - length: How many characters of each text.
    ///   - isWanted: Which texts, by name and number.
    init(length: Int, where isWanted: (String, Int) -> Bool) throws {
      let source = FolderSource(root: SharedData.path(ContainedTests.corpus))
      var number = 0
      for file in try source.scan().files where file.path.hasSuffix(".zst") {
        var found: [(name: String, text: String)] = []
        _ = source.read(file) { document in
          let name = document.path.split(separator: "#").last.map(String.init) ?? document.path
          if isWanted(name, number) { found.append((name, String(document.text.prefix(length)))) }
          number += 1
        }
        texts += found
      }
      index = try TestIndex(texts.map { Document(path: $0.name, text: $0.text) })
      snapshot = try index.snapshot()
      searcher = Searcher(snapshot)
      parser = try QueryParser(snapshot)
    }

    /// Whether a text is found by what is typed, all of it.
    mutating func finds(_ typed: String, in place: Int) throws -> Bool {
      let query = try parser.parse(typed).query
      let hits = try searcher.search(query, limit: texts.count).hits
      return hits.contains { $0.document == UInt32(place) }
    }
  }

  @Test(
    .enabled(if: SharedData.has(corpus), "needs the shared corpora"),
    arguments: 1...2 as ClosedRange<UInt64>)
  func `any characters of a text without spaces find it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var collection = try Collection(length: runsLongTests ? 100_000 : 800) { name, _ in
      Self.unspaced.contains(name)
    }
    #expect(collection.texts.count == Self.unspaced.count)
    for (place, entry) in collection.texts.enumerated() {
      let text = Array(entry.text)
      for _ in 0..<(runsLongTests ? 1000 : 20) {
        let start = Int.random(in: 0..<text.count - 1, using: &random)
        let end = min(
          text.count,
          start + Int.random(in: 2...(Bool.random(using: &random) ? 6 : 24), using: &random))
        let typed = text[start..<end]
        // Half of a number, or of a word of another script, is not what was asked for; nor is what
        // means something else where it is typed.
        guard !Self.cuts(text, start), !Self.cuts(text, end),
          typed.count(where: Self.isUnspaced) > 1,
          !typed.contains(where: { "\"“”„(){}-+\n".contains($0) })
        else { continue }
        let isFound = try collection.finds(String(typed), in: place)
        #expect(isFound, "\(entry.name): \(String(typed))")
      }
    }
  }

  @Test(
    .enabled(if: SharedData.has(corpus), "needs the shared corpora"),
    arguments: 1...2 as ClosedRange<UInt64>)
  func `any syllables of a Korean word find it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var collection = try Collection(length: 100_000) { name, number in
      name == "kor" || number % 40 == 0
    }
    let place = try #require(collection.texts.firstIndex { $0.name == "kor" })
    let words = collection.texts[place].text.split { $0.isWhitespace }.map(Array.init)
    var tried = 0
    while tried < (runsLongTests ? 2000 : 40) {
      guard let word = words.randomElement(using: &random), word.count > 1 else { continue }
      let start = Int.random(in: 0..<word.count - 1, using: &random)
      let typed = word[start..<Int.random(in: start + 2...word.count, using: &random)]
      guard typed.allSatisfy({ ("가"..."힣").contains($0) }) else { continue }
      let isFound = try collection.finds(String(typed), in: place)
      #expect(isFound, "\(String(typed)) of \(String(word))")
      tried += 1
    }
  }

  /// Whether both neighbours of a place belong to one word with spaces around, or to one number: the
  /// `5` of `3.5` is none by itself, but the `12.10` of `1948.12.10` is.
  private static func cuts(_ text: [Character], _ place: Int) -> Bool {
    guard place > 0, place < text.count else { return false }
    let isWord = [text[place - 1], text[place]].allSatisfy { character in
      (character.isLetter || character.isNumber) && !isUnspaced(character)
    }
    return isWord || isPoint(text, place - 1) || isPoint(text, place)
  }

  /// Whether a point or comma stands between digits, and it is no date's.
  private static func isPoint(_ text: [Character], _ place: Int) -> Bool {
    guard place > 0, place + 1 < text.count, ".,".contains(text[place]) else { return false }
    let isPart = { (character: Character) in character.isNumber || ".,".contains(character) }
    let number =
      text[..<place].reversed().prefix(while: isPart) + text[place...].prefix(while: isPart)
    return text[place - 1].isNumber && text[place + 1].isNumber
      && number.count(where: { $0 == "." }) < 2
  }

  private static func isUnspaced(_ character: Character) -> Bool {
    guard let value = character.unicodeScalars.first?.value else { return false }
    return switch value {
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF: character.isLetter
    case 0x3005...0x3007, 0x3041...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF: true
    default: false
    }
  }

  @Test(
    .enabled(if: SharedData.has(corpus), "needs the shared corpora"),
    arguments: 1...2 as ClosedRange<UInt64>)
  func `any whole word of a text finds it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var collection = try Collection(length: runsLongTests ? 100_000 : 300) { _, number in
      runsLongTests || number % 12 == Int(seed)
    }
    #expect(collection.texts.count > (runsLongTests ? 380 : 30))
    let tokenizer = try Tokenizer(Analyzer())
    for (place, entry) in collection.texts.enumerated() {
      let bytes = Array(entry.text.utf8)
      var analyzed = AnalyzedText()
      tokenizer.analyze(bytes.span, breaks: [], wantsSentences: false, into: &analyzed)
      let words = analyzed.tokens.filter { $0.kind == .word }
      for _ in 0..<(runsLongTests ? 20 : 3) {
        guard let word = words.randomElement(using: &random) else { continue }
        let typed = String(decoding: bytes[Int(word.start)..<Int(word.end)], as: UTF8.self)
        // An operator alone is none of the words; in quotation marks it is.
        guard !["AND", "OR", "NOT", "NEAR"].contains(typed) else { continue }
        let isFound = try collection.finds(typed, in: place)
        #expect(isFound, "\(entry.name): \(typed)")
      }
    }
  }
}
