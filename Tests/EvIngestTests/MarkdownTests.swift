// Markdown: what is in the text, what is a heading, and that every word leads back to its place.

import EvIndex
import EvTestSupport
import Testing

@testable import EvIngest

@Suite struct MarkdownTests {
  private func document(_ text: String) throws -> Document {
    let document = try #require(try Reading(named: "a.md", text).documents.first)
    document.expectIsConsistent(with: Array(text.utf8))
    return document
  }

  @Test(arguments: [
    ("**bold** and *em* `code` ~~x~~", "bold and em code ~~x~~"),
    ("[link](http://a.b \"t\") <http://c.d>", "link http://c.d"),
    ("![alt *text*](p.png)", "alt text"), ("[ref][a] [a]\n\n[a]: /url", "ref a"),
    ("a\nb  \nc\\\nd", "a\nb\nc\nd"), ("a\r\nb\r\n\r\nc", "a\nb\n\nc"),
    ("- one\n- two\n  1. three\n\n     four", "one\n\ntwo\n\nthree\n\nfour"),
    ("> quote\n> more\nlazy\n>\n> next", "quote\nmore\nlazy\n\nnext"),
    ("```swift\nlet a = 1\n  b\n```\n\n    indented\n\tcode", "let a = 1\n  b\n\nindented\ncode"),
    ("> ```\n> in a quote\n> ```", "in a quote"), ("`` a ` b ``", "a ` b"),
    ("`over\nlines`", "over lines"), ("> `over\n> lines` x", "over lines x"),
    ("AT&amp;T &copy; &#9733; &#x2605; &nosuch; &", "AT&T © ★ ★ &nosuch; &"),
    ("\\*no\\* \\\\ \\a C\\+\\+", "*no* \\ \\a C++"), ("a &amp;amp; b", "a &amp; b"),
    ("a<br>b <b>c</b>d <!-- no --> e", "a\nb cd  e"),
    ("<div class=\"x > y\">in <i>it</i>\nmore</div>\n\nout", "in it\nmore\n\nout"),
    ("<script>\nvar x = \"<b>\";\n</script>\n\nout", "out"), ("<!-- a\nb -->\n\nout", "out"),
    ("<table><tr><td>1</td><td>2 < 3</td></tr></table>", "1\n2 < 3"),
    ("| a | b |\n|---|:-:|\n| c \\| d | **e** |", "a\tb\n\nc | d\te"),
    ("| a |\n|---|\n| b | more | x |", "a\n\nb\tmore | x"),
    ("| a | b |\n|-|-|\n| `x\\|y` |", "a\tb\n\nx|y"),
    ("Setext\n===\n\n***\n\nx", "Setext\n\nx"), ("# #\n\nx", "x"), ("锁**单**率", "锁单率"),
  ])
  func `markup is not in the text`(source: String, text: String) throws {
    #expect(try document(source).text == text)
  }

  @Test(arguments: [
    "one two\n| one | two |\n|--|--|\n| x | y |",
    "- one\n  | | **one** | on |\n  |-|-|-|\n  | x | y |",
    "> p\n> one | on\n> --|--\n> 1 | 2", "one\none\n| on\\|e | one |\n|-|-|",
    "    on\n| o | on |\n|-|-|",
    "[a]: /one\n| one | [e](/one) [one](e) |\n|-|-|\n| one | on | one | o |",
  ])
  func `a table right below other text leads back to its own places`(source: String) throws {
    let document = try document(source)
    let file = Array(source.utf8)
    let content = MarkdownDocument.content(of: file).text
    content.expectCopiesAreCopies()
    // The rows of the text and those of the file come in the same order.
    let rows = source.split(separator: "\n").filter { $0.contains("|") && !$0.contains("-|") }
    let parts = document.text.split(separator: "\n").filter { $0.contains("\t") }
    try #require(rows.count == parts.count)
    for (row, part) in zip(rows, parts) {
      let inFile = source.utf8.distance(from: source.startIndex, to: row.startIndex)
      let inText = document.text.utf8.distance(from: document.text.startIndex, to: part.startIndex)
      for offset in inText..<(inText + part.utf8.count) where Array(document.text.utf8)[offset] != 9
      {
        let place = document.place(of: offset).byte
        #expect(place >= inFile && place < inFile + row.utf8.count, "\(part) at \(offset)")
        #expect(file[place] == Array(document.text.utf8)[offset], "\(part) at \(offset)")
      }
    }
  }

  @Test func `a table that asks for millions of cells stays as it is written`() throws {
    let source =
      "|" + String(repeating: "x|", count: 900) + "\n|" + String(repeating: "-|", count: 900) + "\n"
      + String(repeating: "|a\n", count: 5000)
    let text = try document(source).text
    #expect(text.hasPrefix("|x|x|") && text.utf8.count == source.utf8.count - 1)
  }

  @Test func `many threads can parse at once`() async throws {
    var writer = RandomMarkdown(seed: 9)
    let sources = (0..<8).map { _ in Array(writer.text(blocks: 30).utf8) }
    let alone = sources.map { MarkdownDocument.content(of: $0).text.bytes }
    await withTaskGroup(of: (Int, [UInt8]).self) { group in
      for index in 0..<64 {
        group.addTask { (index % 8, MarkdownDocument.content(of: sources[index % 8]).text.bytes) }
      }
      for await (index, bytes) in group {
        #expect(bytes == alone[index])
      }
    }
  }

  @Test func `headings are ranges of the text, the title apart`() throws {
    let document = try document("# The *title*\n\n## One &amp; two\n\nText.\n\nThree\n-----\n")
    #expect(document.text == "The title\n\nOne & two\n\nText.\n\nThree")
    #expect(document.titleText == "The title")
    #expect(document.headings.map(document.part) == ["One & two", "Three"])
  }

  @Test(arguments: [
    ("---\ntitle: A b\n---\nText", "A b\n\nText", "A b", 1),
    ("---\ntitle: A b\n---\n# A  *b*\n\nText", "A  b\n\nText", "A  b", 0),
    ("---\ntitle: A b\n---\n# Other\n\nText", "A b\n\nOther\n\nText", "A b", 1),
    ("---\ntitle: A b\n---\n", "A b", "A b", 0),
    ("## Two\n\nText\n\n# One", "Two\n\nText\n\nOne", "One", 1),
    ("First line\n\nText", "First line\n\nText", "First line", 0), ("Only", "Only", "", 0),
  ])
  func `the title is the front matter's, or the first heading's, or the first line`(
    source: String, text: String, title: String, headings: Int
  ) throws {
    let document = try document(source)
    #expect(document.text == text)
    #expect(document.titleText == title)
    #expect(document.headings.count == (text == "A b\n\nText" ? 0 : headings))
  }

  @Test func `a title leads back to the front matter`() throws {
    let source = "---\ndate: 2024-05-01\ntitle: \"NIO \\\"ES8\\\"\"\nlang: en\n---\n\nText\n"
    let document = try document(source)
    #expect(document.text == "NIO \"ES8\"\n\nText")
    #expect(document.metadata.date == "2024-05-01")
    #expect(document.place(of: 0).line == 3)
    let file = Array(source.utf8)
    let place = document.place(of: 5)
    #expect(file[place.byte...].starts(with: "ES8".utf8))
  }

  @Test func `a broken front matter is text`() throws {
    #expect(try document("---\ntitle: \"open\n---\n\nText").text.contains("title: \"open"))
  }

  /// Words that occur once, in many scripts, in random Markdown, each with its own place.
  @Test(arguments: 0..<80 as Range<UInt64>)
  func `every word leads back to its own place in the file`(seed: UInt64) throws {
    var writer = RandomMarkdown(seed: seed)
    let source = writer.text(blocks: 12)
    let file = Array(source.utf8)
    let document = try #require(try Reading(named: "a.md", source).documents.first)
    document.expectIsConsistent(with: file)
    let text = Array(document.text.utf8)
    for word in writer.words {
      let bytes = Array(word.utf8)
      let inText = try #require(text.firstIndex(of: bytes), "\(word) is in the text")
      let inFile = try #require(file.firstIndex(of: bytes))
      #expect(
        document.place(of: inText) == place(ofByte: inFile, in: file),
        "\(word) in \(source.debugDescription)")
    }
  }

  @Test func `text that is no more than marked up is copied and not rewritten`() throws {
    var writer = RandomMarkdown(seed: 5)
    let source = Array(writer.text(blocks: 100).utf8)
    let content = MarkdownDocument.content(of: source).text
    for (index, piece) in content.pieces.enumerated() where !piece.isCopy {
      let end =
        index + 1 < content.pieces.count
        ? content.pieces[index + 1].textOffset : content.bytes.count
      let isSpace = content.bytes[piece.textOffset..<end].allSatisfy { $0.isWhitespace }
      #expect(isSpace || source[piece.sourceOffset] == UInt8(ascii: "&"))
    }
  }

  @Test(.enabled(if: SharedData.has("research/users.md"), "needs the shared studies"))
  func `in real articles only separators, escapes and entities are not copies`() throws {
    for name in ["users", "style", "swift", "techniques", "scale", "ranking"] {
      let source = try OpenedFile.readText(
        path: SharedData.path("research/\(name).md"), maximum: 1 << 24)
      let content = MarkdownDocument.content(of: source).text
      content.expectCopiesAreCopies()
      for (index, piece) in content.pieces.enumerated() where !piece.isCopy {
        let end =
          index + 1 < content.pieces.count
          ? content.pieces[index + 1].textOffset : content.bytes.count
        let part = content.bytes[piece.textOffset..<end]
        #expect(
          part.allSatisfy { $0.isWhitespace } || source[piece.sourceOffset] == UInt8(ascii: "&"),
          "\(name): \(String(decoding: part, as: UTF8.self)) at \(piece.sourceOffset)")
      }
    }
  }
}

extension MappedText {
  /// Expects that every piece that claims to be a copy is one, and that pieces ascend.
  func expectCopiesAreCopies(_ location: SourceLocation = #_sourceLocation) {
    var last = 0
    for (index, piece) in pieces.enumerated() {
      let end = index + 1 < pieces.count ? pieces[index + 1].textOffset : bytes.count
      #expect(piece.textOffset < end && piece.sourceOffset >= last, sourceLocation: location)
      last = piece.sourceOffset
      guard piece.isCopy else { continue }
      #expect(
        source[piece.sourceOffset...].starts(with: bytes[piece.textOffset..<end]),
        "at \(piece.textOffset)", sourceLocation: location)
    }
  }
}

extension [UInt8] {
  /// Where these bytes first occur.
  fileprivate func firstIndex(of part: [UInt8]) -> Int? {
    guard let first = part.first else { return 0 }
    return indices.first { self[$0] == first && self[$0...].starts(with: part) }
  }
}
