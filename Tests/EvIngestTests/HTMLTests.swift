// HTML: what a reader sees is in the text, what a browser hides is not, and words lead back.

import EvIndex
import EvTestSupport
import Testing

@testable import EvIngest

@Suite struct HTMLTests {
  private func document(_ text: String) throws -> Document {
    let document = try #require(try Reading(named: "a.html", text).documents.first)
    document.expectIsConsistent(with: Array(text.utf8))
    return document
  }

  @Test func `the page of the acceptance fixture is read`() throws {
    let source = """
      <html><head><title>VW ID.4 &amp; ID.3: Stra&szlig;entest</title>\
      <meta name="date" content="2023-11-02"><script>var x="lock-in rate script";</script></head>\
      <body><h1>Straßentest</h1><p>Der ID.4 f&auml;hrt 500&nbsp;km. Die Lock-in-Rate betr&auml;gt \
      12&#37;. <img src=x onerror=alert(1)></p></body></html>
      """
    let document = try document(source)
    #expect(
      document.text
        == "VW ID.4 & ID.3: Straßentest\n\nStraßentest\n\n"
        + "Der ID.4 fährt 500\u{A0}km. Die Lock-in-Rate beträgt 12%.")
    #expect(document.titleText == "VW ID.4 & ID.3: Straßentest")
    #expect(document.headings.map(document.part) == ["Straßentest"])
    #expect(document.metadata.date == "2023-11-02")
    for word in ["VW", "ID.3", "entest", "Straßentest", "Der", "hrt 500", "km. Die", "gt 12", "."] {
      let inText = try #require(document.text.lastOffset(of: word))
      let inFile = try #require(source.lastOffset(of: word == "hrt 500" ? "hrt 500" : word))
      guard word != ".", word != "entest" else { continue }
      #expect(document.place(of: inText).byte == inFile, "\(word)")
    }
  }

  @Test(arguments: [
    ("<p>one<p>two", "one\n\ntwo"), ("<b>bo</b>ld <i> and </i> it", "bold and it"),
    ("a<br>b<br/>c", "a\nb\nc"), ("<ul><li>one<li>two</ul>x", "one\n\ntwo\n\nx"),
    ("a  \n\t b", "a b"), ("<pre>a  b\n  c</pre>x", "a  b\n  c\n\nx"),
    ("<table><tr><td>1<td>2<tr><th>3</table>", "1\t2\n\n3"),
    ("<script>x</script><style>y</style>a<noscript>z</noscript><template>t</template>", "a"),
    ("<nav><a href=x>Home</a> <a>News</a></nav>t", "Home News\n\nt"),
    ("<!-- c -->a<!-- -->b", "ab"),
    ("a</nosuch>b</p>c", "ab\n\nc"), ("<img alt='A &lt; B' src=x> c", "A < B c"),
    ("&lt;b&gt; &amp;amp; &copy2020 &notit; &nosuch; &", "<b> &amp; ©2020 ¬it; &nosuch; &"),
    ("&#x9501;&#21333; &NotEqualTilde; &euro;5", "锁单 ≂̸ €5"), ("锁<b>单</b>率", "锁单率"),
    ("<textarea>\nkept  as\nis</textarea>", "kept  as\nis"),
    ("a\r\nb<pre>c\r\nd</pre>", "a\nb\n\nc\nd"),
    ("<svg><title>T</title><text>s</text></svg>p", "T\n\ns\n\np"),
    ("plain & simple", "plain & simple"),
    ("<select><option>1<option>2</select>", "1\n2"), ("<math><mi>x</mi></math>y", "x\n\ny"),
    ("x<iframe>y</iframe><object>z</object>", "x"), ("<p>a <b>b <p>c</b> d", "a b\n\nc d"),
  ])
  func `the text is what a reader sees`(source: String, text: String) throws {
    let seen = try document(source).text.replacing("\r", with: "\n")
    #expect(seen == text)
  }

  @Test(arguments: [
    ("<title>A b</title><h1>A  <b>b</b></h1>x", "A  b", "A b\n\nx", 0),
    ("<title>A b</title><h1>C</h1>x", "A b", "A b\n\nC\n\nx", 1),
    ("<h2>Two</h2><h1>One</h1>x", "One", "Two\n\nOne\n\nx", 1),
    ("<title> </title><p>Line</p><p>x</p>", "Line", "Line\n\nx", 0), ("x", "", "x", 0),
  ])
  func `the title is the page's, or the first heading, or the first line`(
    source: String, title: String, text: String, headings: Int
  ) throws {
    let document = try document(source)
    #expect(document.titleText.split(separator: " ") == title.split(separator: " "))
    #expect(document.text == text)
    #expect(document.headings.count == headings)
  }

  @Test func `what a page says of itself is kept`() throws {
    let document = try document(
      """
      <!DOCTYPE html><html lang="de-DE"><head><meta charset=utf-8>
      <meta property="article:published_time" content=" 2024-05-01T08:00 ">
      <meta name="date" content="1999-01-01"><meta property="og:site_name" content="EV Daily">
      <meta name="keywords" content="NIO, ES8 ,,NIO"><meta property="og:locale" content="en_US">
      <link rel="canonical" href="https://a.b/c?d&amp;e"><meta name="author" content="X">
      </head><body>t</body></html>
      """)
    #expect(
      document.metadata
        == Document.Metadata(
          date: "2024-05-01T08:00", source: "EV Daily", language: "de-DE",
          url: "https://a.b/c?d&e", tags: ["NIO", "ES8"]))
  }

  @Test(arguments: [
    #"{"headline":"H","datePublished":"2024-05-01","inLanguage":"en","publisher":{"name":"P"}}"#,
    #"[{"a":1},{"datePublished":"2024-05-01","inLanguage":"en","publisher":{"name":"P"}}]"#,
    """
    {"@graph":[{"@type":"X"},
     {"headline":"</x>","datePublished":"2024-05-01","inLanguage":"en","publisher":{"name":"P"}}]}
    """,
  ])
  func `JSON-LD says when and by whom`(json: String) throws {
    let document = try document("<script type='application/ld+json'>\(json)</script><p>t</p>")
    #expect(document.text == "t")
    #expect(
      document.metadata == Document.Metadata(date: "2024-05-01", source: "P", language: "en"))
  }

  @Test func `a reference to a character beyond all numbers is a replacement`() throws {
    // Found by fuzzing: gumbo's number overflows, and a byte that is no UTF-8 comes out.
    let page = "<h1>é&#x99999999;b</h1><p>c&#9999999999999999999d<img alt='&#x99999999;e'>"
    let document = try #require(try Reading(named: "a.html", page).documents.first)
    #expect(document.titleText == "é\u{FFFD}b")
    #expect(document.text.hasPrefix("é\u{FFFD}b\n\nc"))
    document.expectIsConsistent(with: Array(page.utf8))
  }

  @Test func `an encoding that a page declares is believed`() throws {
    // The bytes are also valid in other encodings; nothing but the tag tells.
    let head = "<html><head><meta charset=\"windows-1251\"><title>x</title></head><body>"
    let file = Array(head.utf8) + [0xCF, 0xF0, 0xE8] + Array("</body></html>".utf8)
    let document = try #require(try Reading(named: "a.html", file).documents.first)
    #expect(document.text == "x\n\nПри")
    #expect(document.metadata.encoding == "windows-1251")
    #expect(document.place(of: 3 + 2).byte == head.utf8.count + 1)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `every word leads back to its own place in the page`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let tags = [
      "<p>", "</p>", "<div class='a > b'>", "</div>", "<b>", "</b>", "<i>", "<br>", "\n", " ",
      "<table><tr><td>", "</td></tr></table>", "<tr>", "<td>", "<li>", "<ul>", "</ul>", "&amp; ",
      "&copy;", "<h1>", "</h1>", "<!-- x -->", "<pre>", "</pre>", "</nosuch>", "<a href='x'>",
      "</a>",
      "<font>", "\r\n", "&#39;", "<h2>", "</h2>", "&nbsp;", "<span>",
    ]
    var source = ""
    var words: [String] = []
    for _ in 0..<60 {
      source += tags[Int.random(in: 0..<tags.count, using: &random)]
      if Bool.random(using: &random) {
        words.append("w\(["ö", "锁", "", "😀"][words.count % 4])\(words.count)z")
        source += words[words.count - 1] + (Bool.random(using: &random) ? " " : "")
      }
    }
    guard let document = try Reading(named: "a.html", source).documents.first else { return }
    document.expectIsConsistent(with: Array(source.utf8))
    for word in words {
      let inText = try #require(document.text.lastOffset(of: word), "\(word) in \(source)")
      let inFile = try #require(source.lastOffset(of: word))
      #expect(
        document.place(of: inText) == place(ofByte: inFile, in: Array(source.utf8)),
        "\(word) in \(source.debugDescription)")
    }
  }

  @Test(arguments: [
    "<div>", "<b>", "<p><b>", "<a><div>", "<table>", "<table><td>", "<font color=1>", "</p>", "<p>",
    "<li><ul>", "<svg>", "<select><option>", "<div><object></div></object>", "<b><p></b>", "&amp",
    "<!--", "<", "<a b=", "<a b='", "<script>", "<title>", "<template>", "</br>", "<frameset>",
    "<form><div>", "<h1>", "<button>", "<nobr>", "<math><mi>", "<dd><dt>", "<x>", "<div><b></div>",
  ])
  func `the same tag ten thousand times takes no time`(_ tag: String) throws {
    let source = Array(String(repeating: tag + "x", count: 10_000).utf8)
    HTMLDocument.content(of: source).text.expectCopiesAreCopies()
    var numbered: [UInt8] = []
    for number in 0..<2000 { numbered += Array("<b id=\(number)>\(tag)".utf8) }
    HTMLDocument.content(of: numbered).text.expectCopiesAreCopies()
  }

  @Test func `a page that is too deep to parse loses its tags and nothing else`() throws {
    let source = String(repeating: "<div>", count: 3000) + "the lock-in &amp; rate<p>x" + "<b>"
    #expect(try document(source).text == "the lock-in & rate\n\nx")
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `random markup does no harm`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let parts =
      [
        "a", " ", "\n", "\r", "<", ">", "</", "/>", "<!", "<!--", "-->", "<![CDATA[", "]]>", "<?",
        "=",
        "\"", "'", "&", ";", "&#", "&#x110000;", "&#128;", "&#0;", "&nGt;", "&ampx", "div", "p",
        "b",
        "<p>", "<b>", "</b>", "</p>", "<a href=\"", "<table>", "<tr>", "<td>", "</table>",
        "<caption>",
        "<script>", "</script>", "<title>", "</title>", "<svg>", "<math>", "<foreignObject>",
        "<template>", "<select>", "<option>", "<frameset>", "<body>", "<html>", "<head>", "<meta ",
        "<plaintext>", "<textarea>", "<pre>\n", "<isindex>", "<image>", "<h1>", "<h2>", "</h1>",
        "é",
        "锁", "😀", "\u{FEFF}", "\u{2028}", "<img alt='x &amp; y'>", "<noscript>", "<ruby><rt>",
      ].map { Array($0.utf8) } + [[0x80], [0xE9], [0x0C], [0x01]]
    for _ in 0..<10 {
      var file: [UInt8] = []
      for _ in 0..<Int.random(in: 1...120, using: &random) {
        file += parts[Int.random(in: 0..<parts.count, using: &random)]
      }
      let text = try DecodedText(utf8: file)
      let content = HTMLDocument.content(of: text.bytes)
      content.text.expectCopiesAreCopies()
      #expect(String(validating: content.text.bytes, as: UTF8.self) != nil)
      do throws(SkipReason) {
        try HTMLDocument.document(path: "a.html", text: text).expectIsConsistent(with: file)
      } catch {
        #expect(error == .empty)
      }
    }
  }
}

extension String {
  /// Where in the UTF-8 a text last occurs.
  fileprivate func lastOffset(of part: String) -> Int? {
    let (bytes, part) = (Array(utf8), Array(part.utf8))
    return bytes.indices.last { bytes[$0] == part.first && bytes[$0...].starts(with: part) }
  }
}
