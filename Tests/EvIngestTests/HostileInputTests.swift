// Any bytes at all, under any name: nothing traps, and what is claimed of places is true.

import EvIndex
import EvTestSupport
import Testing

@testable import EvIngest

@Suite struct HostileInputTests {
  @Test(arguments: ["a.md", "a.txt", "a.jsonl", ".gitignore"], 0..<25 as Range<UInt64>)
  func `random bytes do no harm`(name: String, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    // Without NUL, which would end the matter at once.
    let count = Int.random(in: 0...3000, using: &random)
    let file = (0..<count).map { _ in UInt8.random(in: 1...255, using: &random) }
    let reading = try Reading(named: name, file)
    #expect(reading.documents.count + reading.skipped.count > 0 || name != "a.md")
    for document in reading.documents where document.metadata.encoding == nil {
      document.expectIsConsistent(with: file)
    }
  }

  @Test(arguments: 0..<150 as Range<UInt64>)
  func `random markup does no harm`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let parts =
      [
        "a", "b ", "\n", "\n", "\n\n", "\r", "\r\n", "\t", "  ", "    ", "*", "**", "_", "`", "```",
        "#", "## ", ">", "> ", "- ", "1. ", "+ ", "[", "]", "(", ")", "[a]: b", "!", "<", ">",
        "<b>",
        "</b>", "<!--", "-->", "<script>", "</script>", "&", "&amp;", "&#0;", "&#xD800;", "&ngE;",
        ";",
        "\\", "|", "|-|-|\n", "\n| a | b |\n", "===", "---\n", "title: ", "\"", "é", "锁", "😀",
        "\u{FEFF}", "\u{301}", "\u{2028}",
      ].map { Array($0.utf8) } + [[0x80], [0xE9], [0xF0, 0x9F]]
    for _ in 0..<10 {
      var file: [UInt8] = []
      for _ in 0..<Int.random(in: 1...120, using: &random) {
        file += parts[Int.random(in: 0..<parts.count, using: &random)]
      }
      let text = try DecodedText(utf8: file)
      let content = MarkdownDocument.content(of: text.bytes)
      content.text.expectCopiesAreCopies()
      #expect(String(validating: content.text.bytes, as: UTF8.self) != nil)
      do throws(SkipReason) {
        try MarkdownDocument.document(path: "a.md", text: text).expectIsConsistent(with: file)
      } catch {
        #expect(error == .empty)
      }
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `damaged records do no harm`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let line = Array(
      #"{"id":7,"title":"A \u9501","text":"b \"c\"","tags":["x","y"],"n":[1e3]}"#.utf8)
    var file: [UInt8] = []
    for _ in 0..<60 {
      var copy = line
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<copy.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: copy[place] = UInt8.random(in: 1...255, using: &random)
        case 1: copy.remove(at: place)
        default: copy.insert(copy[Int.random(in: 0..<copy.count, using: &random)], at: place)
        }
      }
      file += copy + [UInt8(ascii: "\n")]
    }
    let reading = try Reading(named: "a.jsonl", file)
    #expect(reading.documents.count + reading.skipped.count >= 60)
    for document in reading.documents {
      document.expectIsConsistent(with: file)
      #expect(document.titleText.isEmpty || document.text.hasPrefix(document.titleText))
    }
  }

  @Test(arguments: [
    "*a ", "[a](", "![a", "`", "`a``", "> ", "- ", "<a ", "<!-- ", "&amp;", "\\", "| a ", "[", "]",
    "_a*", "a\n", "**a", "&", "[a]: b\n",
  ])
  func `the same mark ten thousand times takes no time`(_ mark: String) throws {
    let source = Array(String(repeating: mark, count: 10_000).utf8)
    MarkdownDocument.content(of: source).text.expectCopiesAreCopies()
  }
}
