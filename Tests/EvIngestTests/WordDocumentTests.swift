// Word documents: their text in the order of reading, headings by style, properties.

import EvIndex
import Testing

@testable import EvIngest

@Suite struct WordDocumentTests {
  private static let space =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

  private static let styles = """
    <w:styles \(space)>
      <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
      <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
      <w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/>
        <w:basedOn w:val="berschrift1"/></w:style>
      <w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/>
        <w:basedOn w:val="Loop"/></w:style>
      <w:style w:type="paragraph" w:styleId="Verz"><w:name w:val="toc 1"/></w:style>
    </w:styles>
    """

  private static let properties = """
    <cp:coreProperties
      xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
      <dc:title>Orders &amp; deposits</dc:title><dc:creator>Ann Li</dc:creator>
      <cp:keywords>NIO, orders; ES8</cp:keywords><dc:language>en-GB</dc:language>
      <dcterms:created>2024-05-01T08:00:00Z</dcterms:created>
      <dcterms:modified>2024-06-01T08:00:00Z</dcterms:modified>
    </cp:coreProperties>
    """

  private func paragraph(_ text: String, _ more: String = "", style: String? = nil) -> String {
    let style = style.map { "<w:pStyle w:val=\"\($0)\"/>" } ?? ""
    let run = "<w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
    return "<w:p><w:pPr>\(style)\(more)</w:pPr>\(run)</w:p>"
  }

  private func reading(_ body: String, properties: String = properties) throws -> Reading {
    let document = "<w:document \(Self.space)><w:body>\(body)</w:body></w:document>"
    return try Reading(
      named: "a.docx",
      ZipBuilder.bytes([
        "[Content_Types].xml": "<Types/>", "docProps/core.xml": properties,
        "word/document.xml": document, "word/styles.xml": Self.styles,
        "word/media/image1.png": "\u{1}\u{2}",
      ]))
  }

  @Test func `text, headings and properties come out in order`() throws {
    let list = "<w:numPr><w:numId w:val=\"1\"/></w:numPr>"
    let reading = try self.reading(
      paragraph("Orders", style: "Titel") + paragraph("The lock-in ") + paragraph("")
        + paragraph("Deposits", style: "Mine") + paragraph("one", list)
        + paragraph("two", list) + paragraph("Deposits 3", style: "Verz")
        + paragraph("End", style: "Loop"))
    #expect(reading.skipped == [])
    let document = try #require(reading.documents.first)
    #expect(document.path == "a.docx")
    #expect(document.text == "Orders\n\nThe lock-in\n\nDeposits\n\none\ntwo\n\nEnd")
    #expect(document.titleText == "Orders")
    #expect(document.headings.map(document.part) == ["Deposits"])
    #expect(
      document.metadata
        == Document.Metadata(
          date: "2024-05-01T08:00:00Z", source: "Ann Li", language: "en-GB",
          tags: ["NIO", "orders", "ES8"]))
    #expect(document.place(of: 9).line == 1)
  }

  @Test func `the title of the properties goes in front where the text has none`() throws {
    let document = try #require(try reading(paragraph("The rate rose.")).documents.first)
    #expect(document.text == "Orders & deposits\n\nThe rate rose.")
    #expect(document.titleText == "Orders & deposits")
    let heading = paragraph("Orders  &amp; deposits", style: "berschrift1")
    let same = try #require(try reading(heading + paragraph("The rate.")).documents.first)
    #expect(same.text == "Orders & deposits\n\nThe rate.")
    #expect(same.headings == [])
  }

  @Test func `what a program writes for a title is none`() throws {
    let made = Self.properties.replacing("Orders &amp; deposits", with: "Microsoft Word - x.doc")
    let document = try #require(
      try reading(paragraph("The rate rose."), properties: made).documents.first)
    #expect(document.text == "The rate rose.")
    #expect(document.title.isEmpty)
  }

  @Test func `a table is rows and cells`() throws {
    func cell(_ text: String) -> String { "<w:tc>\(paragraph(text))</w:tc>" }
    let two = "<w:tc>\(paragraph("b"))\(paragraph("b2"))</w:tc>"
    let table =
      "<w:tbl><w:tr>\(cell("Model"))\(cell("Range"))</w:tr>"
      + "<w:tr>\(two)\(cell("800 V"))</w:tr></w:tbl>"
    let document = try #require(
      try reading(paragraph("A") + table + paragraph("B"), properties: "").documents.first)
    #expect(document.text == "A\n\nModel\tRange\nb b2\t800 V\n\nB")
  }

  @Test func `words that are cut into runs stay whole, and what was removed is gone`() throws {
    func run(_ text: String) -> String { "<w:r><w:t>\(text)</w:t></w:r>" }
    let deleted = "<w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
    let field = "<w:r><w:instrText>HYPERLINK</w:instrText></w:r>"
    let body =
      "<w:p>\(run("lo"))\(run("ck-in"))\(deleted)\(field)<w:r><w:tab/></w:r>\(run("rate"))"
      + "<w:r><w:br/></w:r><w:ins>\(run("35%"))</w:ins></w:p>"
    let document = try #require(try reading(body, properties: "").documents.first)
    #expect(document.text == "lock-in rate\n35%")
  }

  @Test func `a text box and its fallback count once`() throws {
    let box = "<w:txbxContent>\(paragraph("box"))</w:txbxContent>"
    let body = """
      <w:p><w:r><mc:AlternateContent \
      xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>\(box)\
      </mc:Choice><mc:Fallback>\(box)</mc:Fallback></mc:AlternateContent></w:r>\
      <w:r><w:t>around</w:t></w:r></w:p>
      """
    #expect(try reading(body, properties: "").documents.first?.text == "box\n\naround")
  }

  @Test func `notes follow the text`() throws {
    let document = "<w:document \(Self.space)><w:body>\(paragraph("text"))</w:body></w:document>"
    let note = "<w:footnote>\(paragraph("note"))</w:footnote>"
    let notes = "<w:footnotes \(Self.space)>\(note)</w:footnotes>"
    let relations = """
      <Relationships><Relationship Type="http://schemas/officeDocument" Target="/word/main.xml"/>
      </Relationships>
      """
    let reading = try Reading(
      named: "a.docx",
      ZipBuilder.bytes([
        "_rels/.rels": relations, "word/footnotes.xml": notes, "word/main.xml": document,
      ]))
    #expect(reading.documents.first?.text == "text\n\nnote")
  }

  @Test func `a document in an archive is read too`() throws {
    let document = "<w:document \(Self.space)><w:body>\(paragraph("text"))</w:body></w:document>"
    let inner = ZipBuilder.bytes(["word/document.xml": document])
    var outer = ZipBuilder()
    outer.add("dir/a.docx", inner)
    outer.add("b.docx", Array("no zip".utf8))
    let reading = try Reading(named: "a.zip", outer.bytes)
    #expect(reading.documents.map(\.path) == ["a.zip!/dir/a.docx"])
    #expect(reading.documents.map(\.text) == ["text"])
    #expect(reading.codes.count == 1)
    #expect(reading.codes.first?.hasPrefix("a.zip!/b.docx: archive:") == true)
  }

  @Test func `a document without its text is damaged`() throws {
    let none = try Reading(named: "a.docx", ZipBuilder.bytes(["word/styles.xml": "<a/>"]))
    #expect(none.codes == ["a.docx: damaged:word/document.xml is missing in it"])
    let cut = try Reading(named: "a.docx", ZipBuilder.bytes(["word/document.xml": "<a>\n<b>"]))
    #expect(cut.codes == ["a.docx: damaged:XML that ends or breaks in line 2"])
    let blank = try Reading(named: "a.docx", ZipBuilder.bytes(["word/document.xml": "<a/>"]))
    #expect(blank.codes == ["a.docx: empty"])
  }
}
