// Plain text: encodings, titles, and places in the file.

import EvIndex
import EvTestSupport
import Testing

@testable import EvIngest

@Suite struct PlainTextTests {
  @Test func `text is the file's own bytes`() throws {
    let text = "Title\r\n\r\nBody with 😀 and ½.\r\n"
    let document = try #require(try Reading(named: "a.txt", text).documents.first)
    #expect(document.text == text)
    #expect(document.sourceMap == .identity)
    #expect(document.headings == [])
    #expect(document.metadata == Document.Metadata())
  }

  @Test(arguments: [
    ("Title\n\nBody\n", "Title"), ("\n \n  Title \r\n\r\nBody", "Title"),
    ("No title\nas this goes on\n\nBody", ""), ("The only line.\n", ""), ("Only\n\n\n", ""),
    ("锁单率\n\n正文", "锁单率"), ("A\n \t\nB", "A"), ("x", ""),
  ])
  func `a first line that stands alone is the title`(text: String, title: String) throws {
    #expect(try Reading(named: "a.txt", text).documents.first?.titleText == title)
  }

  @Test(arguments: [200, 201])
  func `a long first line is no title`(length: Int) throws {
    let line = String(repeating: "t", count: length)
    let document = try #require(
      try Reading(named: "a.txt", line + "\n\nBody\n").documents.first)
    #expect(document.title.count == (length == 200 ? 200 : 0))
  }

  @Test func `a byte order mark is not in the text`() throws {
    let file = [0xEF, 0xBB, 0xBF] + Array("Títle\n\nx".utf8)
    let document = try #require(try Reading(named: "a.txt", file).documents.first)
    #expect(document.text == "Títle\n\nx")
    #expect(document.titleText == "Títle")
    document.expectIsConsistent(with: file)
    #expect(document.place(of: 0).byte == 3)
    #expect(document.place(of: document.text.utf8.count) == place(ofByte: file.count, in: file))
  }

  @Test func `each bad sequence is one replacement, and places behind it are right`() throws {
    // A lone byte, a cut-off scalar of three bytes, two bad bytes in a row, one at the end.
    let file: [UInt8] =
      [0xEF, 0xBB, 0xBF] + Array("Caf".utf8) + [0xE9] + Array(" a".utf8) + [0xE2, 0x82]
      + Array("b\nc".utf8)
      + [0xFF, 0xC0] + Array("d€".utf8) + [0xF0, 0x9F]
    let document = try #require(try Reading(named: "a.txt", file).documents.first)
    #expect(document.text == "Caf\u{FFFD} a\u{FFFD}b\nc\u{FFFD}\u{FFFD}d€\u{FFFD}")
    document.expectIsConsistent(with: file)
    let bytes = Array(document.text.utf8)
    for (character, offset) in [("a", 8), ("b", 11), ("c", 13), ("d", 16)] {
      let inText = try #require(bytes.lastIndex(of: Array(character.utf8)[0]))
      #expect(document.place(of: inText) == place(ofByte: offset, in: file), "\(character)")
    }
    #expect(document.place(of: bytes.count) == place(ofByte: file.count, in: file))
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `every scalar of a damaged text leads back to its bytes`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    // The mark, so that no damage makes another encoding of it.
    var file: [UInt8] = [0xEF, 0xBB, 0xBF, 0x61]
    let pieces = ["a", "é", "語", "😀", "\n", "\r\n", "e\u{301}", " "].map { Array($0.utf8) }
    for _ in 0..<80 {
      file += pieces[Int.random(in: 0..<pieces.count, using: &random)]
      if Int.random(in: 0..<5, using: &random) == 0 {
        file.append(UInt8.random(in: 0x80...0xFF, using: &random))
      }
      if Int.random(in: 0..<9, using: &random) == 0 { file.removeLast() }
    }
    let document = try #require(try Reading(named: "a.txt", file).documents.first)
    #expect(document.text == String(decoding: file.dropFirst(3), as: UTF8.self))
    document.expectIsConsistent(with: file)
    var offset = 0
    for scalar in document.text.unicodeScalars {
      let source = document.place(of: offset)
      #expect(source == place(ofByte: source.byte, in: file))
      let bytes = Array(String(scalar).utf8)
      if scalar != "\u{FFFD}" {
        #expect(file[source.byte...].starts(with: bytes), "\(scalar) at \(offset)")
      }
      offset += bytes.count
    }
  }

  @Test func `a file that is mostly noise is not taken for text`() throws {
    let noise = [UInt8](repeating: 0xFF, count: 100)
    #expect(throws: SkipReason.notUTF8) { try DecodedText(utf8: noise, maximumRepairs: 99) }
    #expect(try DecodedText(utf8: noise, maximumRepairs: 100).anchors.count == 100)
  }
}
