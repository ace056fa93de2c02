// Which files a person wants: patterns, links, sizes, and encodings that are known.

import EvIndex
import EvTestSupport
import Foundation
import Testing

@testable import EvIngest

@Suite struct SelectionTests {
  private func folder() throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    for name in ["a.md", "b.txt", "sub/c.md", "sub/deep/d.txt", ".h.md", ".hide/e.md", "made/f.md"]
    {
      try folder.write(name, "word")
    }
    try folder.write(".gitignore", "made/\nb.txt\n")
    return folder
  }

  @Test(
    arguments: [
      ([], ["a.md", "sub/c.md", "sub/deep/d.txt"]),
      (["*.md"], [".h.md", "a.md", "sub/c.md"]),
      (["*.txt"], ["b.txt", "sub/deep/d.txt"]),
      (["!*.md"], ["sub/deep/d.txt"]),
      (["sub/**"], ["sub/c.md", "sub/deep/d.txt"]),
      (["!sub/"], ["a.md"]),
      (["*.md", "!sub/"], [".h.md", "a.md"]),
      (["!*.md", "a.md"], ["a.md"]),
      (["/*.md"], [".h.md", "a.md"]),
      (["made/", "*.md"], [".h.md", "a.md", "made/f.md", "sub/c.md"]),
      (["["], []),
      (["*.{md}"], []),
    ] as [([String], [String])])
  func `patterns take files in and leave them out`(globs: [String], paths: [String]) throws {
    let folder = try folder()
    #expect(try Reading(folder.path, IngestOptions(globs: globs)).paths == paths)
  }

  @Test func `no pattern takes in what git or an index has for itself`() throws {
    let folder = try TemporaryDirectory()
    for name in [".git/a.md", ".evsearch/b.md", "c.md"] { try folder.write(name, "word") }
    let options = IngestOptions(includesHidden: true, globs: ["*.md"])
    #expect(try Reading(folder.path, options).paths == ["c.md"])
  }

  @Test func `links are followed on request, but never in circles`() throws {
    let folder = try TemporaryDirectory()
    let elsewhere = try TemporaryDirectory()
    try elsewhere.write("x/y.md", "word")
    try folder.write("dir/a.md", "word")
    let files = FileManager.default
    for (name, target) in [
      ("linked", elsewhere.path("x")), ("dir/loop", folder.path), ("dir/self", folder.path("dir")),
      ("file.md", elsewhere.path("x/y.md")), ("broken", "/nonexistent/z"), ("dir/dot", "."),
    ] {
      try files.createSymbolicLink(atPath: folder.path(name), withDestinationPath: target)
    }
    unsafe mkfifo(elsewhere.path("pipe"), 0o600)
    try files.createSymbolicLink(
      atPath: folder.path("pipe"), withDestinationPath: elsewhere.path("pipe"))
    let followed = try Reading(folder.path, IngestOptions(followsLinks: true))
    #expect(followed.paths == ["dir/a.md", "file.md", "linked/y.md"])
    #expect(
      Set(followed.codes) == [
        "broken: symbolic-link", "dir/dot: symbolic-link", "dir/loop: symbolic-link",
        "dir/self: symbolic-link", "pipe: fifo",
      ])
    #expect(try Reading(folder.path).paths == ["dir/a.md"])
  }

  @Test func `a tree of links that would be endless ends`() throws {
    let folder = try TemporaryDirectory()
    let files = FileManager.default
    for name in ["a", "b"] {
      try files.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    }
    try folder.write("a/x.md", "word")
    try folder.write("b/y.md", "word")
    try files.createSymbolicLink(atPath: folder.path("a/to-b"), withDestinationPath: "../b")
    try files.createSymbolicLink(atPath: folder.path("b/to-a"), withDestinationPath: "../a")
    let reading = try Reading(folder.path, IngestOptions(followsLinks: true))
    #expect(reading.paths == ["a/to-b/y.md", "a/x.md", "b/y.md"])
    #expect(reading.codes == ["a/to-b/to-a: symbolic-link", "b/to-a: symbolic-link"])
  }

  @Test func `the fingerprint says what documents depend on`() throws {
    func fingerprint(_ options: IngestOptions) -> String {
      FolderSource(root: "/", options: options).fingerprint
    }
    let none = IngestOptions(programFolders: [])
    #expect(fingerprint(none) == "\(FolderSource.version)")
    var others = none
    others.encodings = [try EncodingRule(parsing: "*.txt=GB18030")]
    others.includesHidden = true
    others.maximumFileBytes = 5
    #expect(
      fingerprint(others) == "\(FolderSource.version) hidden maximum=5 encoding=*.txt=GB18030")
    // Which files there are, the list of files says.
    var chosen = none
    chosen.globs = ["*.md"]
    #expect(fingerprint(chosen) == fingerprint(none))
  }
}

@Suite struct EncodingRuleTests {
  private let chinese: [UInt8] = [0xCB, 0xF8, 0xB5, 0xA5]

  private func texts(_ rules: [String]) throws -> [String: String] {
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", chinese)
    try folder.write("old/b.txt", chinese)
    try folder.write("old/c.csv", Array("title\n".utf8) + chinese)
    var options = IngestOptions()
    for rule in rules { options.encodings.append(try EncodingRule(parsing: rule)) }
    let reading = try Reading(folder.path, options)
    return Dictionary(uniqueKeysWithValues: reading.documents.map { ($0.path, $0.text) })
  }

  @Test func `the last rule for a file counts`() throws {
    let all = try texts(["GB18030"])
    #expect(all == ["a.txt": "锁单", "old/b.txt": "锁单", "old/c.csv#2": "锁单"])
    let some = try texts(["Shift_JIS", "old/=GB18030", "*.csv=windows-1252"])
    #expect(some["a.txt"] == "ﾋ\u{F8F1}ｵ･" || some["a.txt"]?.hasPrefix("ﾋ") == true)
    #expect(some["old/b.txt"] == "锁单")
    #expect(some["old/c.csv#2"] == "Ëøµ¥")
  }

  @Test func `auto takes a rule back`() throws {
    let bytes = Array("The lock-in rate: é".utf8)
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", bytes)
    let rules = [try EncodingRule(parsing: "windows-1252"), try EncodingRule(parsing: "auto")]
    let auto = try Reading(folder.path, IngestOptions(encodings: rules))
    #expect(auto.documents.first?.text == "The lock-in rate: é")
    let wrong = try Reading(folder.path, IngestOptions(encodings: [rules[0]]))
    #expect(wrong.documents.first?.text == "The lock-in rate: Ã©")
    #expect(wrong.documents.first?.metadata.encoding == "windows-1252")
  }

  @Test func `UTF-16 without a mark is read where it is known to be that`() throws {
    let bytes = "锁单率".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", bytes)
    try folder.write("b.txt", [0xFF, 0xFE] + bytes)
    let options = IngestOptions(encodings: [try EncodingRule(parsing: "utf-16le")])
    let reading = try Reading(folder.path, options)
    #expect(reading.documents.map(\.text) == ["锁单率", "锁单率"])
    #expect(reading.documents.last?.place(of: 0).byte == 2)
  }

  @Test func `what is binary stays so`() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a.txt", [0x61, 0, 1, 2])
    for name in ["utf-8", "GB18030"] {
      let options = IngestOptions(encodings: [try EncodingRule(parsing: name)])
      #expect(try Reading(folder.path, options).codes == ["a.txt: binary"])
    }
  }

  @Test(arguments: ["", "gb18031", "*.txt=", "*.txt=nonsense", "=GB18030", "!a=GB18030", "[=utf-8"])
  func `a rule that cannot be used says why in one line`(rule: String) {
    do throws(EncodingRule.Failure) {
      _ = try EncodingRule(parsing: rule)
      Issue.record("\(rule) was taken")
    } catch {
      #expect(!error.description.contains("\n"))
      #expect(
        error.description.contains("There is no encoding")
          || error.description.contains("is no pattern"))
    }
  }

  @Test func `how a file is read can be asked`() throws {
    let folder = try TemporaryDirectory()
    try folder.write(
      "gb.txt",
      [
        0xB1, 0xC8, 0xD1, 0xC7, 0xB5, 0xCF, 0xC6, 0xFB, 0xB3, 0xB5, 0xCB, 0xF8, 0xB5, 0xA5, 0xC2,
        0xCA, 0xB4, 0xB4, 0xD0, 0xC2, 0xB8, 0xDF, 0xA3, 0xAC, 0xB5, 0xE7, 0xB6, 0xAF, 0xC6, 0xFB,
        0xB3, 0xB5, 0xCF, 0xFA, 0xC1, 0xBF, 0xD4, 0xF6, 0xB3, 0xA4, 0xA1, 0xA3,
      ])
    try folder.write("plain.md", "# é")
    try folder.write("utf16.txt", [0xFF, 0xFE, 0x61, 0])
    try folder.write("given.html", [0xE9])
    try folder.write("book.epub", "x")
    try folder.write("zero.txt", [0x61, 0])
    let rule = try EncodingRule(parsing: "*.html=windows-1252")
    let source = FolderSource(root: folder.path, options: IngestOptions(encodings: [rule]))
    func described(_ name: String) throws(SkipReason) -> FileDescription {
      try source.describe(FileEntry(path: name, byteCount: 1))
    }
    let guess = try described("gb.txt")
    #expect(guess.encoding == "GB18030")
    #expect((1...100).contains(guess.confidence))
    #expect(
      try described("plain.md")
        == FileDescription(format: "Markdown", encoding: "UTF-8", confidence: 100, isGiven: false))
    #expect(
      try described("utf16.txt")
        == FileDescription(format: "text", encoding: "UTF-16LE", confidence: 100, isGiven: false))
    #expect(
      try described("given.html")
        == FileDescription(
          format: "HTML", encoding: "windows-1252", confidence: 100, isGiven: true))
    #expect(
      try described("book.epub")
        == FileDescription(format: "EPUB", encoding: nil, confidence: 100, isGiven: false))
    #expect(throws: SkipReason.binary) { try described("zero.txt") }
    #expect(throws: SkipReason.unreadable(2)) { try described("gone.txt") }
  }
}
