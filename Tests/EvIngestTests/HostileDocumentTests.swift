// Documents that are made to do harm: to fill the memory, to take for ever, to reach what is not theirs.
//
// No test looks at a clock. What bounds the work is what is tested: how much is read, unpacked, kept.

import EvIndex
import EvTestSupport
import Glibc
import Testing

@testable import EvIngest

@Suite struct HostileDocumentTests {
  /// The length of what is long, in bytes.
  private static let long = runsLongTests ? 31 << 20 : 1 << 20

  @Test(arguments: ["a.txt", "a.md", "a.html", "a.csv", "a.tsv", "a.eml", "a.mbox", "a.jsonl"])
  func `one very long line is a line like others`(name: String) throws {
    let front =
      switch name {
      case "a.eml": "Subject: long\n\n"
      case "a.mbox": "From a Wed May  1 10:20:30 2024\nSubject: long\n\n"
      case "a.csv", "a.tsv": "text\n"
      case "a.jsonl": "{\"text\":\""
      default: ""
      }
    var file = Array(front.utf8)
    while file.count < Self.long { file += "x y z the lock-in rate sits here ".utf8 }
    if name == "a.jsonl" { file += "\"}".utf8 }
    let reading = try Reading(named: name, file)
    #expect(reading.skipped == [])
    #expect(reading.documents.count == 1)
    #expect(reading.documents.first.map { $0.text.utf8.count >= Self.long - 200 } == true)
  }

  @Test(arguments: ["a.txt", "a.md", "a.html", "a.csv", "a.tsv", "a.eml", "a.log"])
  func `a text of 100 MB is left out without being read`(name: String) throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(name, "lock-in rate ")
    // A hole takes no room on the disk, and would be a line of 100 MB.
    // Safe: the path is read during the call.
    #expect(unsafe truncate(path, 100 << 20) == 0)
    #expect(try Reading(folder.path).codes == ["\(name): too-large"])
    #expect(try Reading(path).codes == ["\(name): too-large"])
    guard name != "a.eml" else { return }
    // Where that is allowed, it is read as far as it is text.
    let read = try Reading(folder.path, IngestOptions(maximumFileBytes: 1 << 30))
    #expect(read.codes == ["\(name): binary"])
  }

  @Test(
    .enabled(if: runsLongTests, "EV_LONG=1 runs it"),
    arguments: ["a.jsonl", "a.mbox", "a.zip"])
  func `of a line of 100 MB in a file that may have any size no more than the limit is kept`(
    name: String
  ) throws {
    let line = Array(repeating: UInt8(ascii: "x"), count: 100 << 20)
    let folder = try TemporaryDirectory()
    switch name {
    case "a.jsonl":
      try folder.write(name, Array("{\"text\":\"".utf8) + line + Array("\"}".utf8))
    case "a.mbox":
      try folder.write(name, Array("From a Wed May  1 10:20:30 2024\n\n".utf8) + line)
    default:
      var zip = ZipBuilder()
      zip.add("a.txt", line)
      try folder.write(name, zip.bytes)
    }
    let reading = try Reading(folder.path(name))
    #expect(reading.documents.isEmpty)
    #expect(reading.codes.count == 1, "\(reading.codes)")
  }

  @Test(arguments: [">", "> ", "- ", "1. ", "> - "])
  func `blocks that are too deep to parse are plain text`(mark: String) throws {
    func text(_ depth: Int) throws -> String {
      let marks = String(repeating: mark, count: depth)
      // Each line behind the marks would walk all of the blocks: here two thousand million.
      let lines = String(repeating: "lock-in *rate*\n", count: depth > 100 ? 100_000 : 1)
      return try #require(try Reading(named: "a.md", marks + lines).documents.first).text
    }
    #expect(try text(20).hasSuffix("lock-in rate"))
    #expect(try text(20_000).hasSuffix("lock-in *rate*\n"))
  }

  @Test func `a text with too many marks for the memory is not parsed`() {
    let marks = Array("[*_`<&!]|~\\\n".utf8)
    #expect(MarkdownNesting.isModest(marks + marks, marks: 2 * marks.count))
    #expect(!MarkdownNesting.isModest(marks + marks, marks: 2 * marks.count - 1))
    let tags = Array("<p>a <b>b</b>\n".utf8)
    #expect(HTMLNesting.isModest(tags + tags, tags: 6))
    #expect(!HTMLNesting.isModest(tags + tags, tags: 5))
  }

  @Test func `files of an archive that share their bytes do not multiply them`() throws {
    var zip = ZipBuilder()
    let content = [UInt8](repeating: 0x61, count: 1 << 20)
    zip.addShared((0..<200).map { "\($0).txt" }, content)
    #expect(zip.bytes.count < 2 << 20)
    let reading = try Reading(
      named: "a.zip", zip.bytes, IngestOptions(maximumUnpackRatio: 20))
    let byteCount = reading.documents.reduce(0) { $0 + $1.text.utf8.count }
    #expect(byteCount > 0)
    #expect(byteCount <= 40 << 20)
  }

  @Test func `an archive in an archive is not opened`() throws {
    let inner = ZipBuilder.bytes(["a.txt": "text"])
    var outer = ZipBuilder()
    for name in ["b.zip", "b.tar", "b.txt.gz", "b.tgz"] { outer.add(name, inner) }
    let reading = try Reading(named: "a.zip", outer.bytes)
    #expect(reading.documents.isEmpty)
    #expect(
      reading.codes.allSatisfy { $0.hasSuffix("not-supported:archive in an archive") })
    #expect(reading.codes.count == 4)
  }

  @Test func `parts of a document are bounded too`() throws {
    let large = [UInt8](repeating: 0x20, count: 1 << 20)
    var zip = ZipBuilder()
    zip.add("word/document.xml", Array("<a>".utf8) + large)
    let one = try Reading(named: "a.docx", zip.bytes, IngestOptions(maximumFileBytes: 1 << 20))
    #expect(one.codes == ["a.docx: too-large"])
  }

  @Test func `a chapter that a book names a thousand times is one chapter`() throws {
    let items = (0..<1000).map { number in
      "<item id='c\(number)' href='a.xhtml#\(number)' media-type='application/xhtml+xml'/>"
    }
    let spine = (0..<1000).map { "<itemref idref='c\($0)'/>" }
    let package =
      "<package><manifest>\(items.joined())</manifest><spine>\(spine.joined())</spine></package>"
    let book = ZipBuilder.bytes([
      "META-INF/container.xml": "<c><rootfile full-path='a.opf'/></c>", "a.opf": package,
      "a.xhtml": "<p>text</p>",
    ])
    #expect(try Reading(named: "a.epub", book).paths == ["a.epub#c0"])
  }

  @Test func `XML reaches no other file`() throws {
    let folder = try TemporaryDirectory()
    let secret = try folder.write("secret.txt", "secret words")
    let part = """
      <!DOCTYPE a SYSTEM "file://\(secret)"><a xmlns:xi="http://www.w3.org/2001/XInclude">
      <xi:include href="\(secret)" parse="text"/></a>
      """
    #expect(throws: SkipReason.empty) {
      _ = try BytesSource.read(Array(part.utf8), as: .word)
    }
    let word = WordPart.document("<w:p><w:r><w:t>a</w:t></w:r></w:p>", front: part.prefix(0))
    let document = try #require(try BytesSource.read(Array(word.utf8), as: .word))
    #expect(document.text == "a")
  }

  @Test func `headers made of beginnings cost what they are long`() throws {
    let words = String(repeating: "=?a?b?x", count: 20_000)
    let fields = String(repeating: "a=b;", count: 20_000)
    let file = "Subject: \(words)\nContent-Type: text/plain; \(fields)\nTo: \(words)\n\ntext"
    let document = try #require(try Reading(named: "a.eml", file).documents.first)
    #expect(document.text.hasSuffix("text"))
    #expect(document.text.utf8.count < 300_000)
  }

  @Test func `control characters of a file stay what they are, for whoever shows them`() throws {
    let text = "lock-in rate \u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m end"
    let document = try #require(try Reading(named: "a.txt", text).documents.first)
    #expect(document.text == text)
  }

  @Test func `of a mailbox without end one message is in memory`() throws {
    let message = "From a Wed May  1 10:20:30 2024\nSubject: s\n\ntext\n\n"
    let file = Array(String(repeating: message, count: 20_000).utf8)
    let reading = try Reading(named: "a.mbox", file, IngestOptions(maximumFileBytes: 1000))
    #expect(reading.documents.count == 20_000)
    #expect(reading.skipped == [])
  }
}

/// Parts of Word documents.
private enum WordPart {
  static func document(_ body: String, front: Substring) -> String {
    """
    \(front)<w:document \
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">\
    <w:body>\(body)</w:body></w:document>
    """
  }
}
