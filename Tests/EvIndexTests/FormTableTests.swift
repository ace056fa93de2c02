import EvAnalysis
@testable import EvIndex
import EvTestSupport
import Testing

/// The forms of a word that a collection has.
@Suite struct FormTableTests {
  /// Documents of words in a language.
  private static func documents(_ texts: [(language: String?, text: String)]) -> [Document] {
    texts.enumerated().map { number, text in
      Document(path: "\(number)", text: text.text, metadata: .init(language: text.language))
    }
  }

  @Test func `the other forms of a word are found, the most frequent first`() throws {
    let snapshot = try TestIndex(
      Self.documents([
        ("en", "rate rates rated"), ("en", "rates rating"), ("en", "rating ratio rates"),
        ("en", "happy happiness charging charger"),
      ])
    ).snapshot()
    #expect(
      try snapshot.stemForms(of: "rate") == [
        WordForm(term: "rates", documentFrequency: 3),
        WordForm(term: "rating", documentFrequency: 2),
        WordForm(term: "rated", documentFrequency: 1),
      ])
    #expect(try snapshot.stemForms(of: "rates").map(\.term) == ["rating", "rate", "rated"])
    #expect(try snapshot.stemForms(of: "rates", limit: 1).map(\.term) == ["rating"])
    #expect(
      try snapshot.stemForms(of: "ratings").map(\.term) == ["rates", "rating", "rate", "rated"])
    #expect(try snapshot.stemForms(of: "submarine") == [])
    #expect(try snapshot.stemForms(of: "happy").map(\.term) == ["happiness"])
  }

  @Test func `letters are found with their marks, the most frequent first`() throws {
    let index = try TestIndex(
      Self.documents([
        ("cs", "Škoda škoda skoda"), (nil, "ŠKODA skodá"), ("fr", "cafe"), ("el", "Ελλάδα ελλαδα"),
      ]))
    let snapshot = try index.snapshot()
    #expect(
      try snapshot.markedForms(of: "skoda") == [
        WordForm(term: "škoda", documentFrequency: 2),
        WordForm(term: "skodá", documentFrequency: 1),
      ])
    #expect(try snapshot.markedForms(of: "skoda", limit: 1).map(\.term) == ["škoda"])
    #expect(try snapshot.markedForms(of: "ελλαδα").map(\.term) == ["ελλάδα"])
    #expect(try snapshot.markedForms(of: "cafe") == [])
    #expect(IndexChecker.check(path: index.path).problems == [])
  }

  @Test func `a language's rules are for the words of its documents`() throws {
    let snapshot = try TestIndex(
      Self.documents([
        ("en", "rate rates"), ("en", "rate"), ("de", "raten rat Häuser"), ("de", "Haus raten"),
      ])
    ).snapshot()
    // By the rules for German, all of these would have the stem "rat".
    #expect(try snapshot.stemForms(of: "rate").map(\.term) == ["rates"])
    #expect(try snapshot.stemForms(of: "raten").map(\.term) == ["rat"])
    #expect(snapshot.segments[0].stemLanguages == ["de", "en"])
  }

  @Test func `a language counts with a hundred documents, or one of a hundred`() throws {
    func languages(_ german: Int, _ english: Int) throws -> [String] {
      let texts =
        Array(repeating: (language: Optional("de"), text: "Raten"), count: german)
        + Array(repeating: (language: Optional("en"), text: "rates"), count: english)
      return try TestIndex(Self.documents(texts)).snapshot().segments[0].stemLanguages
    }
    #expect(try languages(2, 198) == ["de", "en"])
    #expect(try languages(2, 199) == ["en"])
  }

  @Test func `without a word that has another base there is no table`() throws {
    let snapshot = try TestIndex(Self.documents([(nil, "xyz"), ("zh", "rates"), ("tlh", "rates")]))
      .snapshot()
    #expect(snapshot.segments[0].forms == nil)
    #expect(try snapshot.stemForms(of: "rates") == [])
    let space = try TestIndex(
      Self.documents([("en", "rates rate")]), configuration: .init(analyzer: Analyzer(.space)))
    #expect(try space.snapshot().segments[0].forms == nil)
  }

  @Test(arguments: 0..<4)
  func `every term is among the forms of its base, and no other`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let letters = Array("abcdéàäøñ")
    let endings = ["", "s", "ed", "ing", "en", "es", "er", "ly", "ness", "ation"]
    func word() -> String {
      let count = Int.random(in: 1...4, using: &random)
      let root = (0..<count).map { _ in letters[Int.random(in: 0..<9, using: &random)] }
      return String(root) + (endings.randomElement(using: &random) ?? "")
    }
    let texts = (0..<120).map { number in
      (
        language: Optional(["en", "de", "sv"][number % 3]),
        text: (0..<40).map { _ in word() }.joined(separator: " ")
      )
    }
    let index = try TestIndex(Self.documents(texts))
    let snapshot = try index.snapshot()
    let segment = snapshot.segments[0]
    #expect(segment.stemLanguages == ["de", "en", "sv"])
    #expect(IndexChecker.check(path: index.path).problems == [])
    var terms: [String] = []
    var cursor = TermCursor(segment.terms)
    while try cursor.next() {
      if !segment.isField(cursor.term) {
        terms.append(String(decoding: cursor.term, as: UTF8.self))
      }
    }
    for code in segment.stemLanguages + [FormRule.marksCode] {
      let rule = try #require(FormRule(code: code))
      let byBase = Dictionary(grouping: terms) {
        String(decoding: rule.base(of: Array($0.utf8)), as: UTF8.self)
      }
      for (base, expected) in byBase {
        let forms = try segment.forms(ofBase: base, by: rule)
        #expect(forms.map(\.term) == expected)
        for (term, info) in forms { #expect(try segment.terms.find(term) == info) }
      }
      #expect(try segment.forms(ofBase: "nosuchbase", by: rule).isEmpty)
    }
  }

  @Test func `forms are of live documents, over all segments`() throws {
    let documents = Self.documents([("en", "rates"), ("en", "rated rates"), ("en", "rate")])
    let index = try TestIndex(
      documents, configuration: IndexConfiguration(segmentTextBytes: 1))
    let writer = try IndexWriter(path: index.path, mode: .update)
    writer.mergePolicy.smallBytes = 0
    writer.mergePolicy.deletedShare = 1
    try writer.add(Document(path: "1", text: "nothing", metadata: .init(language: "en")))
    try writer.commit()
    let snapshot = try index.snapshot()
    #expect(
      try snapshot.stemForms(of: "rate") == [WordForm(term: "rates", documentFrequency: 1)])
  }
}
