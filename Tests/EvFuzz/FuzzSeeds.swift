// Inputs to start from: small, and with something of everything that a reader knows.

extension FuzzTarget {
  /// Inputs that are right.
  var seeds: [[UInt8]] {
    switch self {
    case .text: Self.plainTexts
    case .html: Self.pages.map { Array($0.utf8) } + Self.plainTexts
    case .markdown: Self.articles.map { Array($0.utf8) }
    case .jsonl: Self.records.map { Array($0.utf8) }
    case .csv: Self.tables.map { Array($0.utf8) }
    case .mail: Self.messages.map { Array($0.utf8) }
    case .mailbox:
      [Array(Self.messages.map { "From a@b Wed May  1 10:20:30 2024\n\($0)\n\n" }.joined().utf8)]
    case .word: [Array(Self.wordPart.utf8)]
    case .odt: [Array(Self.openDocument.utf8)]
    case .book: [Array(Self.package.utf8)]
    case .chapter: Self.pages.map { Array($0.utf8) }
    case .query: Self.queries.map { Array($0.utf8) }
    case .blocks: BlockDecoding.seeds
    default: indexFile.map(IndexReading.seeds) ?? []
    }
  }

  /// Numbers as an index has them: large ones, of fixed and of variable length.
  private static let numbers: [[UInt8]] =
    [0x7F, 0x80, 0xFF].map { [$0] } + [2, 4, 8].map { [UInt8](repeating: 0xFF, count: $0) }
    + [4, 5, 9].map { [UInt8](repeating: 0xFF, count: $0) + [0x01] }
    + [[0xFF, 0xFF, 0xFF, 0x7F], [0x80, 0x80, 0x01], [0, 0, 0, 0], [0, 0, 0, 0x80]]

  /// What means something to a reader.
  var words: [[UInt8]] {
    if indexFile != nil { return Self.numbers }
    let words: String =
      switch self {
      case .text, .blocks: ""
      case .terms, .postings, .positions, .norms, .dates, .documents, .texts, .forms, .segment,
        .deletions, .manifest, .files:
        ""
      case .html, .chapter:
        """
        <p> </p> <b> </b> <i> <a> <table> <tr> <td> </table> <script> </script> <style> <!-- --> \
        <![CDATA[ ]]> <title> </title> <title/> <pre> <svg> <math> <template> <select> <option> \
        <h1> </h1> <h2> <li> <br> <img> &amp; &nbsp; &#x110000; &#0; &ngE; &lt <meta <link <time \
        charset= content= property= article:published_time application/ld+json <html <body <head
        """
      case .markdown:
        """
        --- title: date: tags: [ ] ( ) ** _ ` ``` ~~~ # ## > - 1. | |-|-| <b> <!-- --> &amp; ![ \
        [a]: http:// *** === \\ ~~ [^1] | <script> </script> "
        """
      case .jsonl:
        "{ } [ ] , : \" \\u \\ud800 \\n \"id\" \"title\" \"text\" \"tags\" null true 1e999"
      case .csv: ", ; \" \"\" id title text body date tags"
      case .mail, .mailbox:
        """
        Content-Type: multipart/mixed; multipart/alternative; text/html; text/plain; boundary= \
        charset= gb2312 iso-2022-jp utf-7 utf-16 hz-gb-2312 message/rfc822 --b --b-- =?utf-8?B? ?= \
        =?gb2312?Q? =E9 =\n Content-Transfer-Encoding: base64 quoted-printable From From: Subject: \
        Date: *0*= *= filename= name= utf-8'' "
        """
      case .word:
        """
        <w:p> </w:p> <w:t> </w:t> <w:r> <w:tbl> <w:tr> <w:tc> <w:del> <w:pStyle <w:br/> <mc:Fallback> \
        <w:numPr/> <!-- --> <![CDATA[ ]]> <?x ?> <!DOCTYPE &#0; &x; xmlns:w= w:val= </w:body>
        """
      case .odt:
        """
        <text:p> </text:p> <text:h> </text:h> <text:list> <table:table> <table:table-row> \
        <table:table-cell> <text:note> </text:note> <text:s/> <office:annotation> <!DOCTYPE &lt; \
        </office:text> <!-- --> xmlns:text=
        """
      case .book:
        "<item <itemref <metadata> </metadata> <dc:title> id= href= idref= ../ %2e%2e %00 #"
      case .query:
        """
        AND OR NOT NEAR NEAR/3 + - ( ) " “ ” * ? ~ ~1 ^2 ^0.5 / .. >= <= title: path: lang: tag: \
        date:2024.. source: ext: lock-in 35% 800V C++ 锁单率 バッテリー km $ ' ** \\ [ ] { } |
        """
      }
    return words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Array($0.utf8) }
  }

  private static let plainTexts: [[UInt8]] = [
    Array("The lock-in rate\n\nIt rose to 35%. 锁单率 バッテリー é\r\nend\n".utf8),
    [0xFF, 0xFE]
      + "Title\n\nThe lock-in rate 锁".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
    "The lock-in rate".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] },
    [0xB1, 0xC8, 0xD1, 0xC7, 0xB5, 0xCF, 0xC6, 0xFB, 0xB3, 0xB5, 0xCB, 0xF8, 0xB5, 0xA5, 0x0A],
    [0x93, 0x64, 0x8B, 0x43, 0x8E, 0xA9, 0x93, 0xAE, 0x8E, 0xD4, 0x82, 0xCC, 0x94, 0xCC, 0x0A],
    Array("Caf".utf8) + [0xE9] + Array(" lock-in rate na".utf8) + [0xEF] + Array("ve".utf8),
    Array("\u{1B}$BF|;:\u{1B}(B ISO-2022-JP".utf8),
  ]

  private static let pages = [
    """
    <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The rate</title>
    <meta property="article:published_time" content="2024-05-01"><link rel="canonical" href="u">
    <script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024"}</script>
    <script>var x = "<p>no</p>";</script><style>p{}</style></head><body><h1>The rate</h1>
    <p>It <b>rose</b> to 35&#37; &amp; more<br>line <img alt="a picture" src=x></p>
    <table><tr><th>a<td>b<tr><td>c</table><pre>
     x  y</pre><ul><li>one<li>two</ul><svg><title>t</title></svg><h2>End &nbsp;</h2></body></html>
    """,
    "<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body><p>a<a id='x'/>b</p></body></html>",
    "<p>\r\n&lt;tag&gt; &eacute; &notin; &#x9501;<!-- c --><textarea>\nt</textarea><select><option>o",
  ]

  private static let articles = [
    """
    ---
    title: "The lock-in: rate"
    date: 2024-05-01
    tags: [NIO, 'or''ders']
    ---
    # The rate

    It **rose** to `35%`, see [this](http://x "t") and ![alt](i.png) &amp; <b>bold</b>.

    | a | b |
    |---|:-:|
    | c | d\\|e |

    > quote
    - one
      1. two

    ```swift
    code
    ```
    Setext
    ===
    <!-- c --> *a_b*c ~~d~~ https://example.org [ref][r]

    [r]: /url
    """
  ]

  private static let records = [
    #"""
    {"id":"7","title":"A \u9501","text":"b \"c\" \ud83d\ude00","tags":["x","y"],"date":"2024-05-01"}
    {"id":8,"body":"text","lang":"en","url":"u","source":"s","n":[1e3,{"a":null}]}

    {"text":""}
    no json
    """#
  ]

  private static let tables = [
    "id,title,text,date,tags\n1,\"A \"\"b\"\"\",\"c\nd\",2024,\"x;y\"\n2,,e,,\n\n3,f,g,h,i,j\n",
    "text;title\r\na;b\r\n\"c;d\";e\r\n", "title\ttext\na\tb\n",
  ]

  private static let messages = [
    """
    Received: from x
    Message-ID: <1@example.org>
    From: =?utf-8?Q?Bj=C3=B6rn?= <b@example.org>
    Subject: =?gb2312?B?y/i1pQ==?= rate
     folded
    Date: Wed, 1 May 2024 10:20:30 +0200
    Content-Type: multipart/mixed; boundary="b"

    --b
    Content-Type: multipart/alternative; boundary=c

    --c
    Content-Type: text/plain; charset=iso-8859-1
    Content-Transfer-Encoding: quoted-printable

    caf=E9 lock=
    -in
    --c
    Content-Type: text/html; charset=utf-8

    <p>rich
    --c--
    --b
    Content-Type: application/pdf; name*0*=utf-8''a%C3%A9; name*1=.pdf
    Content-Disposition: attachment; filename="=?utf-8?B?6ZSBLnBkZg==?="
    Content-Transfer-Encoding: base64

    JVBERi0=
    --b
    Content-Type: message/rfc822

    Subject: inner

    text
    --b--
    """
  ]

  private static let wordPart = """
    <?xml version="1.0" encoding="UTF-8"?><w:document \
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>\
    <w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Title &amp; é</w:t></w:r></w:p>\
    <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t xml:space="preserve"> one </w:t><w:br/></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
    <w:p><w:r><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice>\
    <mc:Fallback><w:t>no</w:t></mc:Fallback></mc:AlternateContent></w:r><w:del><w:t>x</w:t></w:del>\
    <![CDATA[c]]></w:p></w:body></w:document>
    """

  private static let openDocument = """
    <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
    xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
    xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>\
    <text:p text:style-name="Title">Title</text:p><text:h text:outline-level="2">H<text:note>\
    <text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body>\
    </text:note>ead</text:h><text:list><text:list-item><text:p>one<text:s/>é</text:p>\
    </text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>a</text:p>\
    </table:table-cell></table:table-row></table:table></office:text></office:body>\
    </office:document-content>
    """

  private static let queries = [
    "lock-in rate", "\"lock-in rate\"~5 -orders", "+NIO (lock OR rate)^2 NOT x", "lock NEAR/5 rate",
    "lock* l?ck lokc~1 /lo(ck|ad)s?/", ">=600km 500..700km 35% 800V", "锁单率 バッテリー ｆｆ９１",
    "title:\"the rate\" lang:en date:2024-01..2024-03 path:en/ tag:NIO source:'EV Daily'",
    "C++ .NET AT&T https://www.ff.com/a?b=c#d ir@ff.com it's", "((a) (b (c OR)) AND",
  ]

  private static let package = """
    <package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Book</dc:title>\
    <dc:date opf:event="publication" xmlns:opf="o">2023</dc:date><dc:subject>a,b</dc:subject>\
    </metadata><manifest><item id="a" href="t/a%20b.xhtml" media-type="application/xhtml+xml"/>\
    </manifest><spine><itemref idref="a"/></spine></package>
    """
}
