// XML of other people: what is in it comes out, and what would do harm is refused.

import Testing

@testable import EvIngest

@Suite struct XMLReaderTests {
  /// The steps of a text, one word each.
  private func steps(_ text: String) throws(SkipReason) -> [String] {
    try steps(Array(text.utf8))
  }

  private func steps(_ text: [UInt8]) throws(SkipReason) -> [String] {
    var steps: [String] = []
    try XMLReader.read(text) { step in
      switch step.kind {
      case .enter: steps.append("<\(step.name) \(step.attribute("a") ?? "-")")
      case .leave: steps.append("\(step.name)>")
      case .text: steps.append(String(decoding: step.text, as: UTF8.self))
      }
      return steps.count < 1000
    }
    return steps
  }

  private func detail(_ text: String) -> String? {
    do throws(SkipReason) {
      _ = try steps(text)
      return nil
    } catch {
      if case .damaged(let detail) = error { return detail }
      return error.code
    }
  }

  @Test func `elements, attributes and texts come in order`() throws {
    let text =
      "<x:r xmlns:x='u' a='1 &amp; 2'><b x:a='&#233;'/>t&lt;<![CDATA[<c>]]><!-- n --></x:r>"
    let all = try steps(text)
    #expect(all.first == "<r 1 & 2")
    #expect(all[1...2] == ["<b é", "b>"])
    #expect(all[3..<(all.count - 1)].joined() == "t<<c>")
    #expect(all.last == "r>")
  }

  @Test func `the handler can end the reading`() throws {
    let text = "<r>" + String(repeating: "<a/>", count: 5000) + "</r>"
    #expect(try steps(text).count == 1000)
  }

  @Test func `other encodings are read, whatever the text says of itself`() throws {
    let text = "<?xml version='1.0' encoding='UTF-16'?><r>锁</r>"
    let utf16: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try steps(utf16) == ["<r -", "锁", "r>"])
    #expect(try steps(text) == ["<r -", "锁", "r>"])
    let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><r>".utf8) + [0xE9]
    #expect(try steps(latin + Array("</r>".utf8)) == ["<r -", "é", "r>"])
  }

  @Test(arguments: ["", "text", "<a>", "<a></b>", "<a b></a>", "<a>&nbsp;</a>", "<a/><b/>", "<"])
  func `what is no XML is damaged`(_ text: String) {
    #expect(detail(text)?.hasPrefix("XML that ends or breaks in line 1") == true)
  }

  @Test func `a billion laughs are refused before the first one`() {
    var text = "<!DOCTYPE r [<!ENTITY a0 \"ha\">"
    for level in 1...9 {
      let part = String(repeating: "&a\(level - 1);", count: 10)
      text += "<!ENTITY a\(level) \"\(part)\">"
    }
    #expect(detail(text + "]><r>&a9;</r>") == "XML that declares entities")
    let external = "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>"
    #expect(detail(external) == "XML that declares entities")
  }

  @Test func `a document type without declarations does no harm`() throws {
    let text = "<!DOCTYPE r PUBLIC '-//X//Y' 'http://example.invalid/x.dtd'><r/>"
    #expect(try steps(text) == ["<r -", "r>"])
  }

  @Test func `depth, attributes and namespaces have bounds`() {
    let deep = String(repeating: "<a>", count: 1_000_000)
    #expect(detail(deep) == "XML nested too deeply")
    let attributes = (0..<100_000).map { " a\($0)=''" }.joined()
    #expect(detail("<a\(attributes)/>") == "XML with too many attributes")
    let few = (0..<200).map { " xmlns:n\($0)='u'" }.joined()
    #expect(
      detail(String(repeating: "<a\(few)>", count: 100)) == "XML with too many attributes")
  }
}
