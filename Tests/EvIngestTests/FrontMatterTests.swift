// Front matter: what is read, what is let be, and what is text after all.

import EvIndex
import EvTestSupport
import Testing

@testable import EvIngest

@Suite struct FrontMatterTests {
  /// The title and the metadata of these lines between fences, or nil where they are text.
  private func read(_ lines: String) -> (title: String, metadata: Document.Metadata)? {
    let source = Array("---\n\(lines)\n---\nBody\n".utf8)
    guard let matter = FrontMatter(source) else { return nil }
    #expect(String(decoding: source[matter.end...], as: UTF8.self) == "Body\n")
    return (matter.title.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "", matter.metadata)
  }

  @Test func `all known keys are read and others are let be`() throws {
    let matter = try #require(
      read(
        """
        # a comment
        title: NIO says: 35% # not this
        Date: 2024-05-01
        source: EV Daily
        lang: en
        url: https://a.b/c#d
        author:
          name: Someone
          - odd
        tags: [NIO, "a, b", 'it''s', orders]
        """))
    #expect(matter.title == "NIO says: 35%")
    #expect(
      matter.metadata
        == Document.Metadata(
          date: "2024-05-01", source: "EV Daily", language: "en", url: "https://a.b/c#d",
          tags: ["NIO", "a, b", "it's", "orders"]))
  }

  @Test(arguments: [
    ("title: plain", "plain"), ("title:   spaces  ", "spaces"),
    ("title: \"a \\\"b\\\"\"", "a \"b\""),
    ("title: 'it''s'", "it's"), ("title: \"\\u9501\\x41\\U0001F600\\\\\"", "锁A😀\\"),
    ("title: \"a\\tb\"", "a b"), ("title: \"\\uD800\"", "\u{FFFD}"), ("title:", ""),
    ("title: ~", ""), ("title: null", ""), ("title: \"\"", ""), ("title: a\n  b\n   c", "a b c"),
    ("title: >-\n  folded\n  lines # kept", "folded lines # kept"), ("title: |\n  a\n\n  b", "a b"),
    ("title: \"a\n  b\"", "a b"), ("\"title\": quoted key", "quoted key"), ("title: [a]", ""),
    ("title: {a: b}", ""), ("title: C# and .NET", "C# and .NET"), ("title: 锁单率", "锁单率"),
    ("title:\n  below", "below"), ("title: a\ntitle: b", "b"), ("title: -1", "-1"),
  ])
  func `a title is read in every style`(lines: String, title: String) {
    #expect(read(lines)?.title == title)
  }

  @Test(arguments: [
    ("tags: []", []), ("tags:", []), ("tags: a", ["a"]), ("tags: a, b c ,d", ["a", "b c", "d"]),
    ("tags:\n- a\n- \"b\"", ["a", "b"]), ("tags:\n  - a b # no\n\n  # no\n  - 'c'", ["a b", "c"]),
    ("tags: [a,\n  b,\n]", ["a", "b"]), ("tags: [a, ,b,]", ["a", "b"]), ("tags: [a] # x", ["a"]),
  ])
  func `tags are read in every style`(lines: String, tags: [String]) {
    #expect(read(lines)?.metadata.tags == tags)
  }

  @Test(arguments: [
    "just a paragraph", "title: \"open", "title: 'open", "tags: [open", "tags: [\"a]",
    "key: a\nno key", "  indented: first", "- a list", ": empty key", "https://a.b",
  ])
  func `what is not plain keys and values is text`(_ lines: String) {
    #expect(read(lines) == nil)
  }

  @Test(arguments: [
    "", "---", "---\n", "---\ntitle: a\n", "----\ntitle: a\n---\n", "x\n---\ntitle: a\n---\n",
    " ---\ntitle: a\n---\n", "---x\ntitle: a\n---\n", "--- title\n---\n",
  ])
  func `without both fences there is none`(_ text: String) {
    #expect(FrontMatter(Array(text.utf8)) == nil)
  }

  @Test(arguments: ["\n", "\r\n"]) func `fences may have spaces behind, and any line ending`(
    _ ending: String
  ) {
    let source = Array(["---  ", "title: a", "...", "Body"].joined(separator: ending).utf8)
    let matter = FrontMatter(source)
    #expect(matter?.title?.bytes == [UInt8(ascii: "a")])
    #expect(matter?.end == source.count - 4)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `no text between fences does harm`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let parts = [
      "title", "tags", "date", ":", ": ", "\n", "\r\n", "- ", "-", "[", "]", "\"", "'", "\\", "\\u",
      "12", "#", " ", "  ", "|", ">", ",", "锁", "~", "---", "\t", "{", "\\x",
    ].map { Array($0.utf8) }
    for _ in 0..<20 {
      var source = Array("---\n".utf8)
      for _ in 0..<Int.random(in: 0...30, using: &random) {
        source += parts[Int.random(in: 0..<parts.count, using: &random)]
      }
      source += Array("\n---\n".utf8)
      guard let matter = FrontMatter(source) else { continue }
      #expect(matter.end <= source.count)
      for piece in matter.title?.pieces ?? [] {
        #expect(piece.sourceOffset < matter.end)
      }
    }
  }
}
