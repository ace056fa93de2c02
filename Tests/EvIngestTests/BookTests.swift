// Electronic books: chapters in the order of the spine, each a document.

import EvIndex
import Testing

@testable import EvIngest

@Suite struct BookTests {
  private static let container = """
    <container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
    <rootfile full-path="OEBPS/content.opf"/></rootfiles></container>
    """

  private static let package = """
    <package xmlns="http://www.idpf.org/2007/opf"><metadata
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
    <dc:title>The Range Book</dc:title><dc:creator>Ann Li</dc:creator><dc:creator>Bo</dc:creator>
    <dc:publisher>EV Press</dc:publisher><dc:date>2023-11-02</dc:date>
    <dc:language>en</dc:language><dc:subject>cars</dc:subject></metadata>
    <manifest>
    <item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
    <item id="c2" href="text/b%20c.xhtml" media-type="application/xhtml+xml"/>
    <item id="c1" href="text/a.xhtml" media-type="application/xhtml+xml"/>
    <item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
    <item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>
    <item id="css" href="a.css" media-type="text/css"/></manifest>
    <spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/>
    <itemref idref="c1"/><itemref idref="gone"/><itemref idref="css"/></spine></package>
    """

  private static let first = """
    <?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">
    <head><title/><script src="a.js"/></head><body><h1>Winter</h1><p>The <a id="p1"/>range fell by
    35%.</p><h2>Heat</h2><p>A pump helps&#160;&nbsp;much.</p></body></html>
    """

  private static let second =
    "<html xml:lang='de'><title>x</title><body><p>Ohne Titel.</p></body></html>"

  private func book(package: String = package) -> [UInt8] {
    ZipBuilder.bytes([
      "mimetype": "application/epub+zip", "META-INF/container.xml": Self.container,
      "OEBPS/content.opf": package, "OEBPS/text/b c.xhtml": Self.second,
      "OEBPS/text/a.xhtml": Self.first, "OEBPS/nav.xhtml": "<p>Winter</p>",
      "OEBPS/cover.xhtml": "<html><body><img src='c.png'/></body></html>",
    ])
  }

  @Test func `each chapter is a document, in the order of reading`() throws {
    let reading = try Reading(named: "a.epub", book())
    #expect(reading.paths == ["a.epub#c1", "a.epub#c2"])
    #expect(reading.codes == ["a.epub#gone: damaged:OEBPS/gone.xhtml is missing in it"])
    let chapter = try #require(reading.documents.first)
    #expect(
      chapter.text
        == "The Range Book: Winter\n\nThe range fell by\n35%.\n\nHeat\n\n"
        + "A pump helps\u{A0}\u{A0}much.")
    #expect(chapter.titleText == "The Range Book: Winter")
    #expect(chapter.headings.map(chapter.part) == ["Heat"])
    #expect(
      chapter.metadata
        == Document.Metadata(
          date: "2023-11-02", source: "Ann Li, Bo", language: "en", tags: ["cars"]))
    #expect(reading.documents.last?.text == "The Range Book\n\nOhne Titel.")
    #expect(reading.documents.last?.titleText == "The Range Book")
    #expect(reading.documents.last?.metadata.language == "de")
  }

  @Test func `a book without a title has the titles of its chapters`() throws {
    let package = Self.package.replacing("<dc:title>The Range Book</dc:title>", with: "")
    let reading = try Reading(named: "a.epub", book(package: package))
    #expect(reading.documents.map(\.titleText) == ["Winter", ""])
    #expect(reading.documents.last?.text == "Ohne Titel.")
  }

  @Test func `what is no book says so`() throws {
    let none = try Reading(named: "a.epub", ZipBuilder.bytes(["a": "b"]))
    #expect(none.codes == ["a.epub: damaged:META-INF/container.xml is missing in it"])
    let container = try Reading(
      named: "a.epub", ZipBuilder.bytes(["META-INF/container.xml": "<a/>"]))
    #expect(container.codes == ["a.epub: damaged:META-INF/container.xml names no book"])
    #expect(try Reading(named: "a.epub", book(package: "<package/>")).codes == ["a.epub: empty"])
  }

  @Test(arguments: [
    ("a.xhtml", "OEBPS/a.xhtml"), ("../a.xhtml#x", "a.xhtml"), ("/a%C3%A9.html", "aé.html"),
    ("./b/../../../c.html", "c.html"), ("%zz%4", "OEBPS/%zz%4"), ("", "OEBPS"),
  ])
  func `references are relative to the part that they stand in`(reference: String, name: String) {
    #expect(OfficePackage.name(reference, in: "OEBPS/content.opf") == name)
  }

  @Test func `only elements that HTML would leave open get an end tag`() {
    let page = "<p/><br/><a href='/x/>'/><img a=\"/\"/>a < b/> <x-y/><svg:g />"
    #expect(
      String(decoding: XHTML.html(Array(page.utf8)), as: UTF8.self)
        == "<p></p><br/><a href='/x/>'></a><img a=\"/\"/>a < b/> <x-y></x-y><svg:g ></svg:g>")
  }
}
