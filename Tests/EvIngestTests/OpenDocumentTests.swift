// OpenDocument files: their text in the order of reading, headings, properties.

import EvIndex
import Testing

@testable import EvIngest

@Suite struct OpenDocumentTests {
  private static let spaces = [
    ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
    ("meta", "meta"), ("style", "style"),
  ].map { "xmlns:\($0.0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0.1):1.0\"" }
    .joined(separator: " ")

  private func reading(_ body: String, meta: String = "") throws -> Reading {
    let content = """
      <office:document-content \(Self.spaces)><office:automatic-styles>
      <style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles>
      <office:body><office:text>\(body)</office:text></office:body></office:document-content>
      """
    let properties = """
      <office:document-meta \(Self.spaces) xmlns:dc="http://purl.org/dc/elements/1.1/">
      <office:meta>\(meta)</office:meta></office:document-meta>
      """
    return try Reading(
      named: "a.odt",
      ZipBuilder.bytes([
        "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content,
        "meta.xml": properties, "Pictures/a.png": "\u{0}\u{1}",
      ]))
  }

  @Test func `text, headings and properties come out in order`() throws {
    let reading = try self.reading(
      """
      <text:p text:style-name="P1">Orders</text:p>
      <text:p>The <text:span>lock</text:span>-in<text:s text:c="3"/>rate</text:p>
      <text:h text:outline-level="2"><text:number>1.</text:number>Deposits</text:h>
      <text:list><text:list-item><text:p>one</text:p></text:list-item>
      <text:list-item><text:p>two</text:p></text:list-item></text:list>
      <text:p>End<text:line-break/>of it</text:p>
      """,
      meta: """
        <dc:title>Another title</dc:title><meta:initial-creator>Ann Li</meta:initial-creator>
        <dc:creator>Bob</dc:creator><meta:creation-date>2024-05-01T08:00:00</meta:creation-date>
        <dc:date>2024-06-01</dc:date><dc:language>de-DE</dc:language>
        <meta:keyword>NIO</meta:keyword><meta:keyword>ES8</meta:keyword>
        """)
    #expect(reading.skipped == [])
    let document = try #require(reading.documents.first)
    #expect(
      document.text == "Orders\n\nThe lock-in rate\n\nDeposits\n\none\ntwo\n\nEnd\nof it")
    #expect(document.titleText == "Orders")
    #expect(document.headings.map(document.part) == ["Deposits"])
    #expect(
      document.metadata
        == Document.Metadata(
          date: "2024-05-01T08:00:00", source: "Ann Li", language: "de-DE", tags: ["NIO", "ES8"]))
  }

  @Test func `a table is rows and cells`() throws {
    func row(_ cells: [String]) -> String {
      let cells = cells.map { "<table:table-cell><text:p>\($0)</text:p></table:table-cell>" }
      return "<table:table-row>\(cells.joined())</table:table-row>"
    }
    let table = "<table:table>\(row(["Model", "Range"]))\(row(["SU7", "800 km"]))</table:table>"
    let reading = try reading("<text:p>A</text:p>\(table)<text:p>B</text:p>")
    #expect(reading.documents.first?.text == "A\n\nModel\tRange\nSU7\t800 km\n\nB")
  }

  @Test func `a note does not cut the sentence that it belongs to`() throws {
    let note = """
      <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>\
      </text:note-body></text:note>
      """
    let reading = try reading("<text:p>lock\(note)-in rate</text:p><text:p>next</text:p>")
    #expect(reading.documents.first?.text == "lock-in rate\n\nnext\n\nA note.")
  }

  @Test func `removed text, comments and tables of contents are left out`() throws {
    let reading = try self.reading(
      """
      <text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
      <text:table-of-content><text:p>Deposits 3</text:p></text:table-of-content>
      <text:p>rate<office:annotation><text:p>comment</text:p></office:annotation>s</text:p>
      """)
    #expect(reading.documents.first?.text == "rates")
  }

  @Test func `a document without its text is damaged`() throws {
    let none = try Reading(named: "a.odt", ZipBuilder.bytes(["meta.xml": "<a/>"]))
    #expect(none.codes == ["a.odt: damaged:content.xml is missing in it"])
    #expect(try reading("").codes == ["a.odt: empty"])
    #expect(try reading("<text:p>a").codes.first?.hasPrefix("a.odt: damaged:XML") == true)
  }
}
