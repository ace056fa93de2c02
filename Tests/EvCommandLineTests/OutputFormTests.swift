import EvIndex
import EvSearch
import EvTerminal
import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

/// Each form of output, on results that are as awkward as documents can be.
@Suite struct OutputFormTests {
  private let paths = DocumentPaths(root: "/home/me/T", workingFolder: "/home/me/T")
  private let evil = Fixtures.hit(
    1, "misc/evil one, \"x\".txt", title: "A <b>\u{1B}[2J</b>, \"title\"", date: "2024-05-01",
    source: "EV\tDaily",
    [
      Fixtures.passage(
        "lock-in rate \u{1B}]0;owned\u{7} <b>bold</b> & *end*\nnext",
        lit: ["lock-in rate", "bold"], line: 3)
    ])

  private func printed(_ renderer: some ResultRenderer, isTerminal: Bool = false) -> String {
    let recorded = RecordedConsole(isTerminal: isTerminal)
    renderer.print(Fixtures.results([evil]), to: recorded.console.output)
    return recorded.output
  }

  @Test func `comma separated fields are quoted where they have to be`() {
    let text = printed(SeparatedRenderer(kind: .commas, paths: paths))
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines[0] == "rank,score,path,line,column,title,date,source,lang,text")
    #expect(
      lines[1].hasPrefix(
        "1,7.412,\"misc/evil one, \"\"x\"\".txt\",3,1,\"A <b>\u{1B}[2J</b>, \"\"title\"\"\",2024-05-01,"
      ))
    #expect(lines[1].hasSuffix("& *end*\nnext\""))
    #expect(lines.count == 3)
  }

  @Test func `hits that are printed page by page are those that are printed at once`() throws {
    let folder = try TemporaryDirectory()
    let records = (1...620).map {
      "{\"text\":\"The rate is \($0). \(String(repeating: "rate ", count: $0 % 9))\"}\n"
    }
    try folder.write("a.jsonl", records.joined())
    func run(_ arguments: String...) -> RecordedConsole {
      let console = RecordedConsole(in: folder.path)
      #expect(EvSearchCommand.run(arguments, on: console.console) == .success)
      return console
    }
    _ = run("index", ".")
    let paths = run("-l", "-n", "0", "--no-collapse", "rate").output.split(separator: "\n")
    #expect(paths.count == 620)
    for limit in [0, 50, 51, 600] {
      let wanted = paths.prefix(limit == 0 ? 620 : limit)
      let lines = run("-n", "\(limit)", "--no-collapse", "rate")
      #expect(
        lines.output.split(separator: "\n").map { $0.split(separator: ":")[0] } == Array(wanted))
      #expect(lines.errors.hasPrefix(limit == 0 ? "620 hits" : "1–\(limit) of 620 hits"))
      let blocks = run("-n", "\(limit)", "--no-collapse", "--heading", "rate").output
        .components(separatedBy: "\n\n")
      #expect(blocks.count == wanted.count + 1)
      let digits = limit == 0 || limit > 99 ? "  1  " : " 1  "
      #expect(blocks.first?.hasPrefix(digits + "a.jsonl#") == true)
    }
  }

  @Test func `tab separated fields hold no tab and no line end`() {
    let lines = printed(SeparatedRenderer(kind: .tabs, paths: paths)).split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines {
      #expect(line.split(separator: "\t", omittingEmptySubsequences: false).count == 10)
    }
    #expect(lines[1].contains("EV\\tDaily"))
    #expect(lines[1].hasSuffix("*end*\\nnext"))
  }

  @Test func `a page of HTML has marks of its own and no tag of a document`() {
    let text = printed(HTMLRenderer(paths: paths, footer: "1 hit <x>"))
    #expect(text.contains("<mark>lock-in rate</mark>"))
    #expect(text.contains("&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; *end*"))
    #expect(!text.contains("<b>"))
    #expect(text.contains("<a href=\"./misc/evil%20one%2C%20%22x%22.txt\">"))
    #expect(text.contains("<footer>1 hit &lt;x&gt;</footer>"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test func `Markdown means the text and nothing else`() {
    let text = printed(MarkdownRenderer(paths: paths))
    #expect(text.contains("&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; \\*end\\*"))
    #expect(text.contains("<mark>lock\\-in rate</mark>"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test(arguments: [true, false])
  func `what is shown to a person sends nothing to the terminal`(isComma: Bool) {
    let renderer = SeparatedRenderer(kind: isComma ? .commas : .tabs, paths: paths)
    #expect(!printed(renderer, isTerminal: true).contains("\u{1B}"))
    #expect(printed(renderer).contains("\u{1B}"))
  }

  @Test func `marks stand around matches where they are asked for`() throws {
    let marks = try #require(MatchMarks("[,]"))
    #expect(evil.passages[0].lit(marks).plain.hasPrefix("[lock-in rate] ␛]0;owned␇"))
    #expect(evil.passages[0].lit().plain.hasPrefix("lock-in rate "))
    #expect(MatchMarks("none") == nil)
  }

  @Test func `lines around a passage are those of the document`() {
    let document = textDocument("one\ntwo\nthe rate rose. More.\nfour\n\nsix")
    let start = 8
    let context = PassageContext(
      of: document, around: start..<start + 14, ContextSize(before: 1, after: 2))
    #expect(context.before == [.init(number: 2, text: "two")])
    #expect(context.after == [.init(number: 4, text: "four"), .init(number: 5, text: "")])
    let all = PassageContext(of: document, around: 0..<3, ContextSize(before: 9, after: 9))
    #expect(all.before == [])
    #expect(all.after.map(\.number) == [2, 3, 4, 5, 6])
  }

  @Test func `a path is a link on a terminal with colour`() {
    var paths = paths
    paths.hyperlinks = .file
    var line = StyledText()
    line.append(paths.styled("a b;é.txt", line: 7))
    let palette = Palette(
      .auto, isTerminal: true, environment: Environment(["TERM": "xterm"]))
    let text = line.rendered(palette)
    #expect(text.hasPrefix("\u{1B}]8;;file://"))
    #expect(text.contains("/home/me/T/a%20b%3B%C3%A9.txt\u{1B}\\"))
    #expect(text.hasSuffix("\u{1B}]8;;\u{1B}\\"))
    #expect(line.rendered(.plain) == "a b;é.txt")
  }

  @Test func `a path is a link in Markdown, whatever is in it`() {
    #expect(MarkdownRenderer.target("a b.md") == "<a b.md>")
    #expect(MarkdownRenderer.target("a<b\u{202E}\n#.md") == "<a%3Cb%E2%80%AE%0A%23.md>")
  }
}

private func textDocument(_ text: String) -> Document { Document(path: "a.txt", text: text) }
