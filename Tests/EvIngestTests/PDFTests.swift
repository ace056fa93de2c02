// Files of PDF, through a program that may be missing, hang, crash or print without end.

import EvIndex
import EvTestSupport
import Foundation
import Testing

@testable import EvIngest

@Suite struct PDFTests {
  /// A folder with programs of these names and scripts, and what comes of a file that they read.
  private func reading(
    _ file: String, named name: String = "a.pdf", _ programs: [String: String],
    maximumBytes: Int = 1 << 20, timeLimit: Duration = .seconds(60)
  ) throws -> Reading {
    let folder = try TemporaryDirectory()
    for (name, script) in programs {
      let path = try folder.write("bin/" + name, "#!/bin/sh\n\(script)\n")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    try folder.write("in/" + name, file)
    return try Reading(
      folder.path("in"),
      IngestOptions(
        maximumFileBytes: maximumBytes, programFolders: ["/nonexistent", folder.path("bin")],
        programTimeLimit: timeLimit))
  }

  @Test func `pages and properties come out`() throws {
    let info = """
      printf 'Title:          The lock-in rate\nAuthor:         Ann Li\nKeywords:       NIO, ES8\n'
      printf 'CreationDate:   2024-05-01T08:00:00+02\nPages:          3\n'
      """
    let reading = try reading(
      "\nThe rate of the\n\n\u{C}ES8 rose.\n\u{C}It fell\u{1} later.\n\n\u{C}",
      ["pdftotext": "cat /dev/fd/3", "pdfinfo": info])
    #expect(reading.skipped == [])
    let document = try #require(reading.documents.first)
    #expect(
      document.text
        == "The lock-in rate\n\nThe rate of the\n\u{C}ES8 rose.\n\n\u{C}It fell later.")
    #expect(document.titleText == "The lock-in rate")
    #expect(
      document.metadata
        == Document.Metadata(
          date: "2024-05-01T08:00:00+02", source: "Ann Li", tags: ["NIO", "ES8"]))
  }

  @Test func `without the program the reason names it`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.pdf", "%PDF")
    let reading = try Reading(folder.path, IngestOptions(programFolders: []))
    #expect(reading.codes == ["a.pdf: missing-program:pdftotext"])
    let reason = try #require(reading.skipped.first?.reason)
    #expect(reason.description == "needs pdftotext, which poppler-utils has")
    #expect(reason.summary(count: 2) == "2 need a program that is not installed")
    #expect(SkipReason(code: reason.code) == reason)
    #expect(
      HelperProgram("sh", in: ["bin", ".", ""]) == nil, "nothing of the working folder is run")
  }

  @Test(arguments: [
    ("exec sleep 1000", "damaged:pdftotext took more than 0 s"),
    ("exec >&-; exec sleep 1000", "damaged:pdftotext took more than 0 s"),
    ("exec yes", "too-large"), ("kill -SEGV $$", "damaged:pdftotext crashed on it"),
    ("exit 1", "damaged:pdftotext cannot read it; it may need a password"),
    ("exit 3", "damaged:its owner does not allow to copy text"), ("cat", "empty"),
    ("printf '\\f\\f\\f'", "empty"),
  ])
  func `a program that misbehaves stops nothing`(script: String, code: String) throws {
    let limit = script.contains("sleep") ? Duration.milliseconds(100) : .seconds(60)
    let reading = try reading(
      "%PDF", ["pdftotext": script], maximumBytes: 4 << 20, timeLimit: limit)
    #expect(reading.codes == ["a.pdf: \(code)"])
  }

  @Test func `no name of a file is read by a shell`() throws {
    let name = "$(exit 7) `x` ; -opt 'q' \"\n\u{1B}.pdf"
    let reading = try reading("text", named: name, ["pdftotext": "cat \"$6\"; echo \"$#\""])
    #expect(reading.documents.map(\.path) == [name])
    #expect(reading.documents.map(\.text) == ["text7"])
  }

  @Test func `inside an archive it is left out`() throws {
    let reading = try Reading(named: "a.zip", ZipBuilder.bytes(["b.pdf": "%PDF"]))
    #expect(reading.codes == ["a.zip!/b.pdf: not-supported:pdf in an archive"])
  }

  @Test(
    .enabled(if: HelperProgram("pdftotext", in: HelperProgram.searchPath) != nil, "needs pdftotext")
  )
  func `a real file is read`() throws {
    let content = "BT /F1 12 Tf 72 700 Td (The lock-in rate rose.) Tj ET"
    let objects = [
      "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        + "/Resources<</Font<</F1 5 0 R>>>>>>",
      "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream",
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    var file = "%PDF-1.4\n"
    var offsets: [Int] = []
    for (number, object) in objects.enumerated() {
      offsets.append(file.utf8.count)
      file += "\(number + 1) 0 obj\(object)endobj\n"
    }
    let start = file.utf8.count
    let entries = offsets.map { offset in
      String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n"
    }
    file +=
      "xref\n0 6\n0000000000 65535 f \n" + entries.joined()
      + "trailer<</Size 6/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n"
    let reading = try Reading(named: "a.pdf", file)
    #expect(
      reading.documents.map(\.text) == ["The lock-in rate rose.\n\n\u{C}The lock-in rate rose."])
  }
}
