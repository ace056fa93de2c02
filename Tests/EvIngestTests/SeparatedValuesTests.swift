// Tables: which column is what, what a quote may do, and what rows are called.

import EvIndex
import EvTestSupport
import Testing

@testable import EvIngest

@Suite struct SeparatedValuesTests {
  @Test func `a row's values become a document`() throws {
    let table = """
      \u{FEFF}ID, Title ,text,date,source,lang,url,tags,other\r
      x7,Títle,"Some ""text"",\r
      锁单率",2024-05-01,EV Daily,en,https://a.b/c,"NIO; a b,c",zzz\r
      \r
      ,Only a title,,,,,,,
      """
    let reading = try Reading(named: "a.csv", table)
    #expect(reading.paths == ["a.csv#x7", "a.csv#5"])
    let document = try #require(reading.documents.first)
    #expect(document.text == "Títle\nSome \"text\",\r\n锁单率")
    #expect(document.titleText == "Títle")
    #expect(document.sourceMap == .record(line: 2))
    #expect(
      document.metadata
        == Document.Metadata(
          date: "2024-05-01", source: "EV Daily", language: "en", url: "https://a.b/c",
          tags: ["NIO", "a b", "c"]))
    #expect(reading.documents.last?.text == "Only a title")
    #expect(reading.skipped == [])
  }

  @Test(arguments: [
    ("a.tsv", "id\ttext\n1\ta, b\n2\t\"c\td\"\n", ["a, b", "c\td"]),
    ("a.csv", "id;text\n1;a, b\n2;\"c;d\"\n", ["a, b", "c;d"]),
    ("a.csv", "id\ttext\n1\ta, b", ["a, b"]), ("a.csv", "body,contents\nb,c\n", ["b"]),
    ("a.csv", "id,text\n1,a, b,c\n", ["a, b,c"]),
    ("a.csv", "text\na \"b\" c\n\"a\" b\n", ["a \"b\" c", "a b"]),
    ("a.csv", "text\r1\r2", ["1", "2"]), ("a.csv", "title,text\nA,B\nC\n,D\n", ["A\nB", "C", "D"]),
  ])
  func `values are cut as people write them`(name: String, table: String, texts: [String]) throws {
    #expect(try Reading(named: name, table).documents.map(\.text) == texts)
  }

  @Test(arguments: ["word", "a,b\n1,2\n", "name,price\nx,7\n", "\"open\ntext,id\n"])
  func `a table without a column for the text is plain text`(_ table: String) throws {
    let reading = try Reading(named: "a.csv", table)
    #expect(reading.paths == ["a.csv"])
    #expect(reading.documents.first?.text == table)
  }

  @Test func `a quote that is never closed costs its own row and no other`() throws {
    let reading = try Reading(named: "a.csv", "text,id\nfirst,1\n\"open,2\nx,4\n y,5\n")
    #expect(reading.paths == ["a.csv#1", "a.csv#3", "a.csv#4", "a.csv#5"])
    #expect(reading.documents.map(\.text) == ["first", "open,2", "x", " y"])
    #expect(reading.codes == ["a.csv:3: malformed-record:a quote that is never closed"])
  }

  @Test func `a table in another encoding is read`() throws {
    let file =
      Array("id;text\n1;Caf".utf8) + [0xE9] + Array(" naiv\n2;M".utf8) + [0xFC, 0x6C, 0x6C, 0x0A]
    let reading = try Reading(named: "a.csv", file)
    #expect(reading.documents.map(\.text) == ["Café naiv", "Müll"])
    #expect(reading.documents.allSatisfy { $0.metadata.encoding != nil })
  }

  @Test func `very many open quotes take no time`() throws {
    let reading = try Reading(named: "a.csv", "text\n" + String(repeating: "\"a\n", count: 100_001))
    #expect(reading.documents.count == 50_001)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `rows that were written well are read as they were`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let parts = ["a", "\"", ",", "\n", "\r\n", "锁", ";", "\t", " x", "\"\""]
    var texts: [String] = []
    var table = "id,text\n"
    for row in 0..<20 {
      let text =
        "t" + (0..<6).map { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }.joined()
      texts.append(text)
      table += "\(row),\"\(text.replacing("\"", with: "\"\""))\"\n"
    }
    let reading = try Reading(named: "a.csv", table)
    #expect(reading.documents.map(\.text) == texts)
    #expect(reading.paths == (0..<20).map { "a.csv#\($0)" })
    let lines = table.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (row, document) in reading.documents.enumerated() {
      let line = try #require(document.sourceMap.recordLine)
      try #require(line <= lines.count)
      #expect(lines[line - 1].starts(with: "\(row),\"t".utf8))
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `damaged tables do no harm`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let parts = ["text", "id", ",", ";", "\t", "\"", "\n", "\r", "\"\"", "é", " "].map {
      Array($0.utf8)
    }
    for name in ["a.csv", "a.tsv"] {
      var file = Array("text,id\n".utf8)
      for _ in 0..<Int.random(in: 0...200, using: &random) {
        file += parts[Int.random(in: 0..<parts.count, using: &random)]
      }
      if Bool.random(using: &random) { file.append(0xE9) }
      let reading = try Reading(named: name, file)
      for document in reading.documents {
        #expect(document.title.upperBound <= document.text.utf8.count)
      }
    }
  }
}
