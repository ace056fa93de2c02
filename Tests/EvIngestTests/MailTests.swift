// Messages of mail: what was written, by whom and when, whatever it was packed into on the way.

import EvIndex
import EvTestSupport
import Testing

@testable import EvIngest

@Suite struct MailTests {
  private func document(_ lines: [String]) throws -> Document {
    let reading = try Reading(named: "a.eml", lines.joined(separator: "\r\n"))
    #expect(reading.skipped == [])
    return try #require(reading.documents.first)
  }

  /// The text of a message without its subject and the lines of who wrote it.
  private func body(_ lines: [String]) throws -> String {
    try document(["From: a@b", ""] + lines).text.replacing(/^From: a@b\n*/, with: "")
  }

  private func multipart(_ kind: String, _ parts: [[String]]) throws -> String {
    var lines = ["From: a@b", "Content-Type: multipart/\(kind); boundary=\"=x y\"", "", "preamble"]
    for part in parts { lines += ["--=x y"] + part }
    let text = try document(lines + ["--=x y--", "epilogue"]).text
    return text.replacing(/^From: a@b\n*/, with: "")
  }

  @Test func `subject, people, date and text come out`() throws {
    let document = try document([
      "Received: from x", "Message-ID: <1@example.org>",
      "From: =?utf-8?Q?Bj=C3=B6rn_=22EV=22?= <b@example.org>", "To: Ann Li <ann@example.org>,",
      "\tBo <bo@example.org>", "Subject: The lock-in", " rate", "Date: Wed, 1 May 2024 10:20 +0200",
      "Content-Language: en", "", "It rose to 35%.", "", "Ann",
    ])
    #expect(document.path == "a.eml")
    #expect(document.titleText == "The lock-in rate")
    #expect(
      document.text == """
        The lock-in rate

        From: Björn "EV" <b@example.org>
        To: Ann Li <ann@example.org>, Bo <bo@example.org>

        It rose to 35%.

        Ann
        """)
    #expect(
      document.metadata
        == Document.Metadata(
          date: "2024-05-01T10:20:00+02:00", source: "Björn EV", language: "en"))
  }

  @Test(arguments: [
    ("=?UTF-8?B?6ZSB5Y2V?=", "锁单"), ("=?utf-8?q?a_b=20c?=", "a b c"),
    ("=?utf-8?B?6ZSB?= =?utf-8?B?5Y2V?=", "锁单"), ("=?utf-8?B?6ZQ=?= =?utf-8?B?gQ==?=", "锁"),
    ("a =?iso-8859-1?Q?caf=E9?= b", "a café b"), ("=?gb2312?B?y/i1pQ==?=", "锁单"),
    ("=?iso-2022-jp?B?GyRCRnw7OhsoQg==?=", "日産"), ("=?utf-8*en?Q?x?=", "x"),
    ("=?nonsense?Q?x?=", "x"), ("=?utf-8?X?x?=", "=?utf-8?X?x?="), ("=?utf-8?Q?x", "=?utf-8?Q?x"),
    ("=?", "=?"), ("a  \t b", "a b"), ("Škoda", "Škoda"), ("=?utf-8?Q?=ZZ=?=", "=ZZ"),
  ])
  func `words of a header are decoded`(header: String, text: String) {
    #expect(MailText.header(Array(header.utf8)[...]) == text)
  }

  @Test(arguments: [
    ("Wed, 1 May 2024 10:20:30 +0200 (CEST)", "2024-05-01T10:20:30+02:00"),
    ("1 May 2024 10:20 -0330", "2024-05-01T10:20:00-03:30"),
    ("Fri, 31 Dec 99 23:59:60 GMT", "1999-12-31T23:59:60Z"), ("1 Jan 05", "2005-01-01"),
    ("Thu, 13 Feb 1997 01:02:03 PST", "1997-02-13T01:02:03-08:00"),
    ("1 May 2024 25:00", "2024-05-01"), ("1 May 2024 1:2:3 what", "2024-05-01T01:02:03"),
    ("", nil), ("yesterday", nil), ("32 May 2024", nil), ("1 Mai 99999", nil), ("a b c d", nil),
    ("1 May -99999999999999999999", nil),
  ])
  func `dates become ISO 8601`(text: String, date: String?) {
    #expect(MailDate.iso8601(text) == date)
  }

  @Test func `bodies are decoded`() throws {
    let quoted = [
      "Content-Type: text/plain; charset=ISO-8859-1", "Content-Transfer-Encoding: quoted-printable",
    ]
    #expect(
      try document(["From: a@b"] + quoted + ["", "caf=E9 lock=", "-in=20", "=3D"]).text
        == "From: a@b\n\ncafé lock-in \n=")
    let base64 = ["Content-Type: text/plain; charset=gb2312", "Content-Transfer-Encoding: BASE64"]
    #expect(
      try document(["From: a@b"] + base64 + ["", "y/i1", "pQ=="]).text == "From: a@b\n\n锁单")
    let japanese = "Content-Type: text/plain; charset=\"ISO-2022-JP\""
    #expect(
      try document(["From: a@b", japanese, "", "\u{1B}$BF|;:\u{1B}(B"]).text == "From: a@b\n\n日産")
  }

  @Test func `of alternatives the plain text is taken, unless it is empty`() throws {
    let plain = ["Content-Type: text/plain", "", "plain"]
    let html = ["Content-Type: text/html; charset=utf-8", "", "<title>t</title><p>rich <b>é</b>"]
    let empty = ["Content-Type: text/plain", "", " "]
    #expect(try multipart("alternative", [plain, html]) == "plain")
    #expect(try multipart("alternative", [html, plain]) == "plain")
    #expect(try multipart("alternative", [empty, html]) == "rich é")
    #expect(try multipart("mixed", [plain, html]) == "plain\n\nrich é")
  }

  @Test func `attachments are named and not read`() throws {
    let text = ["", "see"]
    let pdf = [
      "Content-Type: application/pdf; name=\"a.pdf\"",
      "Content-Disposition: attachment; filename=\"=?utf-8?B?6ZSBLnBkZg==?=\"", "", "JVBERg==",
    ]
    let notes = [
      "Content-Disposition: attachment;", " filename*=utf-8''caf%C3%A9.txt", "", "secret",
    ]
    let long = [
      "Content-Type: image/png;", " name*0=\"one-\";", " name*1=\"two.png\"", "", "x",
    ]
    let inline = [
      "Content-Type: text/plain; name=a.txt", "Content-Disposition: inline", "", "shown",
    ]
    #expect(
      try multipart("mixed", [text, pdf, notes, long, inline])
        == "see\n\nshown\n\n锁.pdf\ncafé.txt\none-two.png")
  }

  @Test func `a message in a message is read`() throws {
    let inner = [
      "Content-Type: message/rfc822", "", "Subject: Fwd: rate", "Content-Type: text/html", "",
      "<p>inner",
    ]
    #expect(try multipart("mixed", [["", "outer"], inner]) == "outer\n\nFwd: rate\n\ninner")
  }

  @Test func `parts in parts end somewhere`() throws {
    var lines = ["From: a@b"]
    for depth in 0..<200 {
      lines += ["Content-Type: multipart/mixed; boundary=b\(depth)", "", "--b\(depth)"]
    }
    #expect(try document(lines + ["", "deep"]).text == "From: a@b")
    let same = Array(repeating: ["--x", "", "a"], count: 20_000).joined()
    let many = try document(["From: a@b", "Content-Type: multipart/mixed; boundary=x", ""] + same)
    #expect(many.text.utf8.count < 5000)
  }

  @Test func `what has no header is no message`() throws {
    #expect(
      try Reading(named: "a.eml", "Hello,\n\nthis is text.").codes == [
        "a.eml: malformed-record:no header of a message"
      ])
    #expect(try Reading(named: "b.eml", "X-Y: z\n\ntext").codes.count == 1)
    #expect(try Reading(named: "c.eml", [0, 0xFF, 0, 0x0A]).codes.count == 1)
    #expect(try Reading(named: "d.eml", "Subject: only").documents.first?.text == "only")
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `damaged messages do no harm`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let parts = [
      "From: a\n", "Subject: =?utf-8?B?", "?=", "=?", "\n\n", "\n", "--x\n", "--x--\n",
      "Content-Type: ",
      "multipart/mixed; boundary=x\n", "text/html; charset=", "utf-7\n", "message/rfc822\n", "=E9",
      "=\n", "AAAA", "==", "Content-Transfer-Encoding: base64\n", "\"", ";", "'", "*0*=",
      "filename",
      "%E9", "\0", "é", "\u{1B}$B", "<b>", "Date: 1 May 2024\n", ">From ", "From x 10:20\n",
    ]
    for name in ["a.eml", "a.mbox"] {
      for _ in 0..<20 {
        let count = Int.random(in: 0..<40, using: &random)
        let text = (0..<count).map { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }
        let reading = try Reading(named: name, "From: a\n" + text.joined())
        #expect(reading.documents.count + reading.skipped.count > 0)
        for document in reading.documents { document.expectIsConsistent(with: []) }
      }
    }
  }
}

@Suite struct MailboxTests {
  private let mailbox = """
    From ann@example.org Wed May  1 10:20:30 2024
    From: Ann <ann@example.org>
    Message-ID: <1@example.org>
    Subject: One

    The first.
    From here on it is text.

    >From the start.

    From bo@example.org Thu May  2 10:20:30 2024
    From: bo@example.org
    Subject: Two

    The second.

    From x Thu May  2 10:20:30 2024
    no header

    From y Thu May  2 10:20:30 2024
    Subject: Four

    """

  @Test func `each message is a document`() throws {
    let reading = try Reading(named: "a.mbox", mailbox)
    #expect(reading.paths == ["a.mbox#1@example.org", "a.mbox#2", "a.mbox#4"])
    #expect(reading.codes == ["a.mbox:17: malformed-record:no header of a message"])
    let first = try #require(reading.documents.first)
    #expect(
      first.text
        == "One\n\nFrom: Ann <ann@example.org>\n\nThe first.\nFrom here on it is text.\n\nFrom the start."
    )
    #expect(first.place(of: 0).line == 1)
    #expect(reading.documents[1].place(of: 0).line == 11)
    #expect(reading.documents[1].metadata.source == "bo@example.org")
  }

  @Test func `a message that is too large is left out alone`() throws {
    let long = mailbox.replacing(
      "The second.", with: Array(repeating: "a line of it", count: 200).joined(separator: "\n"))
    let reading = try Reading(
      named: "a.mbox", Array(long.utf8), IngestOptions(maximumFileBytes: 1000))
    #expect(reading.paths == ["a.mbox#1@example.org", "a.mbox#4"])
    #expect(reading.codes.first == "a.mbox:11: too-large")
    let line = String(repeating: "x", count: 3000)
    let one = try Reading(
      named: "a.mbox", Array(mailbox.replacing("The first.", with: line).utf8),
      IngestOptions(maximumFileBytes: 1000))
    #expect(one.paths == ["a.mbox#2", "a.mbox#4"])
  }

  @Test func `an empty mailbox is empty`() throws {
    #expect(try Reading(named: "a.mbox", "\n\n").codes == ["a.mbox: empty"])
  }
}
