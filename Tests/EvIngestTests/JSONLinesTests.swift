// JSON lines: fields, places, and what happens to records that are none.

import EvIndex
import EvIngest
import EvTestSupport
import Testing

@Suite struct JSONLinesTests {
  @Test func `a record's fields become a document`() throws {
    let line = """
      {"id": "x7", "title": "Títle", "text": "Some \\"text\\" \\u9501\\n", "date": "2024-05-01", \
      "source": "EV Daily", "lang": "en", "url": "https://a.b/c", "tags": ["NIO", "a b", 7], \
      "other": {"deep": [1, 2.5, null]}}
      """
    let document = try #require(try Reading(named: "a.jsonl", line).documents.first)
    #expect(document.path == "a.jsonl#x7")
    #expect(document.text == "Títle\nSome \"text\" 锁\n")
    #expect(document.titleText == "Títle")
    #expect(
      document.metadata
        == Document.Metadata(
          date: "2024-05-01", source: "EV Daily", language: "en", url: "https://a.b/c",
          tags: ["NIO", "a b"]))
  }

  @Test(arguments: [
    (#"{"text":"t"}"#, "#1"), (#"{"id":42,"text":"t"}"#, "#42"), (#"{"id":-1,"text":"t"}"#, "#-1"),
    (#"{"id":18446744073709551615,"text":"t"}"#, "#18446744073709551615"),
    (#"{"id":1.5,"text":"t"}"#, "#1"), (#"{"id":"","text":"t"}"#, "#1"),
    (#"{"id":null,"text":"t"}"#, "#1"), (#"{"id":"a/b#c","text":"t"}"#, "#a/b#c"),
  ])
  func `a record is named by its id, or its line`(line: String, name: String) throws {
    #expect(try Reading(named: "a.ndjson", line).paths == ["a.ndjson" + name])
  }

  @Test(arguments: [
    (#"{"body":"b"}"#, "b"), (#"{"content":"c"}"#, "c"), (#"{"contents":"d"}"#, "d"),
    (#"{"contents":"d","text":"t","body":"b"}"#, "t"), (#"{"text":null,"body":"b"}"#, "b"),
    (#"{"text":"","title":"only"}"#, "only"), (#"{"title":"","text":"t"}"#, "t"),
    (#"{"text":"first","text":"last"}"#, "last"), (#"{"tags":"one","text":"t"}"#, "t"),
  ])
  func `the text is the best field that there is`(line: String, text: String) throws {
    #expect(try Reading(named: "a.jsonl", line).documents.first?.text == text)
  }

  @Test func `a malformed record is named by its line, and the others are read`() throws {
    let lines: [(String, String?)] = [
      (#"{"text":"one"}"#, nil), ("not json", "malformed-record:not JSON"),
      ("", nil), ("  \r", nil), (#"["a"]"#, "malformed-record:not an object"),
      (#"{"title":"no text"}"#, "malformed-record:no text"),
      (#"{"text":7}"#, "malformed-record:the text is not a string"),
      (#"{"text":"cut"#, "malformed-record:not JSON"), (#"{"text":" "}"#, "empty"),
      (#"{"text":"two"} x"#, "malformed-record:not JSON"),
      (
        #"{"a":"# + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000) + "}",
        "malformed-record:nested too deeply"
      ),
      (#"{"text":"last"}"# + "\r", nil),
    ]
    let reading = try Reading(named: "a.jsonl", lines.map(\.0).joined(separator: "\n"))
    #expect(reading.paths == ["a.jsonl#1", "a.jsonl#12"])
    let expected = lines.enumerated().compactMap { index, line in
      line.1.map { "a.jsonl:\(index + 1): \($0)" }
    }
    #expect(reading.codes == expected)
  }

  @Test func `bytes that are not UTF-8 are refused`() throws {
    let line = Array(#"{"text":"a"#.utf8) + [0xFF] + Array(#""}"#.utf8)
    let good = Array("\n{\"text\":\"b\"}".utf8)
    let reading = try Reading(named: "a.jsonl", line + good)
    #expect(reading.codes == ["a.jsonl:1: malformed-record:not UTF-8"])
    #expect(reading.paths == ["a.jsonl#2"])
  }

  @Test func `half a surrogate pair does not move the title`() throws {
    let line = #"{"title":"a\udc00b","text":"text"}"#
    let reading = try Reading(named: "a.jsonl", line)
    if let document = reading.documents.first {
      #expect(document.text == document.titleText + "\ntext")
      #expect(document.titleText.hasPrefix("a") && document.titleText.hasSuffix("b"))
    } else {
      #expect(reading.codes == ["a.jsonl:1: malformed-record:not JSON"])
    }
  }

  @Test func `a record leads back to the start of its line`() throws {
    let file = [0xEF, 0xBB, 0xBF] + Array("{\"text\":\"é😀\"}\r\n\n語\n{\"text\":\"b\"}\n".utf8)
    let reading = try Reading(named: "a.jsonl", file)
    #expect(reading.paths == ["a.jsonl#1", "a.jsonl#4"])
    #expect(reading.documents.map(\.sourceMap) == [.record(line: 1), .record(line: 4)])
    #expect(reading.documents.map { $0.place(of: 0).line } == [1, 4])
  }

  @Test func `records of any length are read, across all edges of the buffer`() throws {
    var file: [UInt8] = []
    var lengths: [Int] = []
    for length in [1, 3_000_000, 10, 1_048_560, 1_048_576, 500_000, 2_097_152, 5] {
      lengths.append(length)
      file += Array(#"{"text":""#.utf8)
      file += Array(repeating: 0x61 + UInt8(lengths.count), count: length)
      file += Array("\"}\n".utf8)
    }
    file.removeLast()
    let reading = try Reading(named: "a.jsonl", file)
    #expect(reading.skipped == [])
    #expect(reading.documents.map(\.text.utf8.count) == lengths)
    for (index, document) in reading.documents.enumerated() {
      let letter = 0x61 + UInt8(index + 1)
      #expect(Array(document.text.utf8) == Array(repeating: letter, count: lengths[index]))
      #expect(document.sourceMap == .record(line: index + 1))
    }
  }

  @Test func `a record above the limit is skipped and its bytes are not kept`() throws {
    let long = String(repeating: "é", count: 2_000_000)
    let text = "{\"text\":\"\(long)\"}\n{\"text\":\"b\"}\n{\"text\":\"\(long)\"}"
    let reading = try Reading(
      named: "a.jsonl", Array(text.utf8), IngestOptions(maximumFileBytes: 1_500_000))
    #expect(reading.codes == ["a.jsonl:1: too-large", "a.jsonl:3: too-large"])
    let document = try #require(reading.documents.first)
    #expect(document.path == "a.jsonl#2")
    #expect(document.text == "b")
    #expect(document.sourceMap == .record(line: 2))
  }

  @Test func `of very many malformed records only the number is kept`() throws {
    let reading = try Reading(named: "a.jsonl", String(repeating: "x\n", count: 10_007))
    #expect(reading.skipped.count == 10_001)
    #expect(reading.codes.last == "a.jsonl: malformed-record:7 more that are not listed")
  }

  @Test func `a file of another kind is not read as records`() throws {
    #expect(try Reading(named: "a.jsonl", [0x7B, 0, 0x7D]).codes == ["a.jsonl: binary"])
    #expect(
      try Reading(named: "a.jsonl", [0xFF, 0xFE, 0x7B, 0]).codes
        == ["a.jsonl: not-supported:UTF-16"])
  }
}
