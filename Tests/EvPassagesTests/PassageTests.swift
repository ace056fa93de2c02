import EvIndex
import EvPassages
import EvQuery
import EvTestSupport
import Testing

@Suite struct PassageTests {
  private func passages(
    _ document: Document, _ text: String, limit: Int = 1
  ) throws -> [Passage] {
    let index = try TestIndex([document])
    let snapshot = try index.snapshot()
    var parser = try QueryParser(snapshot)
    let query = try parser.parse(text).query
    let found = try Searcher(snapshot).search(query, limit: 1)
    let hit = try #require(found.hits.first, "\(text) finds nothing")
    return try PassageFinder(snapshot, query).passages(of: hit, limit: limit)
  }

  private func lit(_ passage: Passage) -> [String] {
    passage.highlights.map {
      String(decoding: Array(passage.text.utf8)[$0.range], as: UTF8.self)
    }
  }

  @Test func `the sentence where the words meet is shown, whole`() throws {
    let text = """
      The rate of returns fell. Cars lock themselves. Within 72 hours the lock-in rate reached 35%
      to 40% of orders. A lock is not a rate.
      """
    let passage = try #require(try passages(Document(path: "a", text: text), "lock-in rate").first)
    #expect(
      passage.text == "Within 72 hours the lock-in rate reached 35%\nto 40% of orders.")
    #expect(lit(passage) == ["lock-in rate"])
  }

  @Test(arguments: ["lock-in rate", "lock in rate", "lockin rate"])
  func `every spelling is lit as one stretch where the words are neighbours`(query: String) throws {
    for written in ["lock in rate", "lock-in rate", "lockin rate"] {
      let document = Document(path: "a", text: "First words. The \(written) rose. Last words.")
      let passage = try #require(try passages(document, query).first)
      #expect(passage.text == "The \(written) rose.")
      #expect(lit(passage).joined(separator: "|") == written, "\(query) in \(written)")
    }
  }

  @Test func `a quotation lights nothing but itself`() throws {
    let text = "A rate rose. The physical limits of limits, physical limits. Limits end."
    let passage = try #require(
      try passages(Document(path: "a", text: text), "\"physical limits\"").first)
    #expect(lit(passage) == ["physical limits", "physical limits"])
  }

  @Test func `what is beside the words of a question is shown, as long as it is short`() throws {
    let asked = "When was the first electric car of the brand sold is asked often."
    let long = "Much " + String(repeating: "and much more ", count: 40) + "is unknown."
    let text = "Nobody knows. \(asked) It was in 1996. \(long) The end."
    let document = Document(path: "a", text: text)
    let passage = try #require(
      try passages(document, "when was the first electric car sold").first)
    #expect(passage.text == "Nobody knows. \(asked) It was in 1996.")
    let short = try #require(try passages(document, "electric car").first)
    #expect(short.text == asked)
  }

  @Test(arguments: 1...4)
  func `of a sentence without an end the stretch is shown that answers a question`(seed: UInt64)
    throws
  {
    var random = SplitMix64(seed: seed)
    let asked = ["brand", "sold", "first", "electric", "car", "abroad"]
    var words = (0..<400).map { _ in
      ["more", "other", "words", "ครั้ง"].randomElement(using: &random) ?? "more"
    }
    // Sentences are cut after 1,020 bytes, in a place that says nothing.
    let place = Int.random(in: 130...250, using: &random)
    words.replaceSubrange(
      place..<place + 20, with: (0..<20).map { $0 % 4 == 0 ? asked[$0 / 4] : "so" })
    words[place + 20] = asked[5]
    let text = words.joined(separator: " ")
    let passage = try #require(
      try passages(Document(path: "a", text: text), asked.joined(separator: " ")).first)
    #expect(Set(lit(passage)).isSuperset(of: asked), "\(passage.text)")
    #expect(passage.text.count <= 320)
    #expect(passage.text == String(decoding: Array(text.utf8)[passage.range], as: UTF8.self))
    #expect(text.split(separator: " ").contains(passage.text.split(separator: " ")[0]))
  }

  @Test func `words in neighbouring sentences are shown together`() throws {
    let text = "Nothing here. Lei Jun wrote on Weibo. He spoke of MEGA too. Nothing there."
    let passage = try #require(try passages(Document(path: "a", text: text), "weibo mega").first)
    #expect(passage.text == "Lei Jun wrote on Weibo. He spoke of MEGA too.")
    #expect(lit(passage) == ["Weibo", "MEGA"])
  }

  @Test func `several passages do not overlap, and the best is first`() throws {
    let text = "A rate here. Then a lock. Nothing. The lock-in rate rose. More words. A rate again."
    let found = try passages(Document(path: "a", text: text), "lock-in rate", limit: 5)
    #expect(found.first?.text == "The lock-in rate rose.")
    #expect(found.count >= 3)
    for (index, one) in found.enumerated() {
      for other in found[(index + 1)...] { #expect(!one.range.overlaps(other.range)) }
    }
  }

  @Test(arguments: [("first", 1), ("second", 2), ("third", 3)])
  func `a form feed ends a page`(word: String, page: Int) throws {
    let text = "The first é.\n\u{C}The second.\n\n\u{C}The third."
    let passage = try #require(try passages(Document(path: "a", text: text), word).first)
    #expect(passage.page == page)
    let whole = text.replacing("\u{C}", with: " ")
    #expect(try passages(Document(path: "a", text: whole), word).first?.page == nil)
  }

  @Test func `the heading above is the section`() throws {
    let text = "Title\n\nOrders\n\nThe rate rose.\n\nFactory\n\nThe inventory grew."
    let document = Document(path: "a", text: text, title: 0..<5, headings: [7..<13, 31..<38])
    let passage = try #require(try passages(document, "inventory").first)
    #expect(passage.section == "Factory")
    #expect(passage.text == "The inventory grew.")
  }

  @Test func `a passage is found by position in a text without sentences' ends`() throws {
    let text =
      String(repeating: "x y z ", count: 40_000) + "the lock-in rate sits here "
      + String(repeating: "q ", count: 9000)
    let passage = try #require(try passages(Document(path: "a", text: text), "lock-in rate").first)
    #expect(lit(passage) == ["lock-in rate"])
    #expect(passage.text.utf8.count < 4000)
  }

  /// Text with everything that makes offsets hard.
  private static let pieces = [
    "lock-in rate", "The", "锁单率", "汽车 销量。", "👨‍👩‍👧", "e\u{301}te\u{301}", "🚗", "\r\n", "\r\n\r\n",
    "ไทยแลนด์",
    "naïve café.", "テスラ", "rate", "ﬁne", "İstanbul", "Straße.", "\u{200B}", "½", "Mr. Li said so.",
  ]

  @Test(arguments: 0..<40)
  func `offsets round-trip in every unit`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let words = (0..<60).map { _ in
      Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
    }
    let text = words.joined(separator: " ") + " rate"
    let document = Document(path: "a", text: text)
    for query in ["rate", "lock-in rate", "锁单率", "naïve café", "Straße"] where text.contains(query)
    {
      for passage in try passages(document, query, limit: 10) {
        let bytes = Array(text.utf8)
        let units = Array(text.utf16)
        #expect(String(decoding: bytes[passage.range], as: UTF8.self) == passage.text)
        #expect(String(decoding: units[passage.utf16Range], as: UTF16.self) == passage.text)
        #expect(passage.start.byte == passage.range.lowerBound)
        #expect(passage.start.utf16 == passage.utf16Range.lowerBound)
        #expect(passage.end.byte == passage.range.upperBound)
        let above = text.utf8.prefix(passage.range.lowerBound)
        #expect(passage.start.line == above.count { $0 == 0x0A } + 1)
        let line = String(
          decoding: above.split(separator: 0x0A, omittingEmptySubsequences: false).last ?? [],
          as: UTF8.self)
        #expect(passage.start.column == line.unicodeScalars.count + 1)
        let inner = Array(passage.text.utf8)
        let innerUnits = Array(passage.text.utf16)
        var end = 0
        for highlight in passage.highlights {
          let slice = String(decoding: inner[highlight.range], as: UTF8.self)
          #expect(String(decoding: innerUnits[highlight.utf16Range], as: UTF16.self) == slice)
          #expect(
            String(decoding: bytes[highlight.start.byte..<highlight.end.byte], as: UTF8.self)
              == slice)
          #expect(highlight.range.lowerBound >= end)
          #expect(slice.unicodeScalars.first?.value != 0xFFFD)
          end = highlight.range.upperBound
        }
        #expect(!passage.highlights.isEmpty)
      }
    }
  }
}
