import Testing

@testable import EvTerminal

@Suite struct HyperlinkFormatTests {
  @Test(arguments: HyperlinkFormat.aliases.map(\.name))
  func `every name is a format that says where the file is`(name: String) throws {
    let format = try #require(HyperlinkFormat(name))
    let address = format.address(path: "/a/b c.txt", line: 3, column: 4)
    if name == "none" {
      #expect(address == nil)
    } else {
      #expect(try #require(address).contains("/a/b%20c.txt"))
    }
  }

  @Test func `a template of one's own has a scheme and the path`() {
    #expect(
      HyperlinkFormat("ide://open?f={path}&l={line}")?.address(path: "/x", line: 3, column: 1)
        == "ide://open?f=/x&l=3")
    for wrong in ["", "{path}", "file://", "x:{line}", "x:{path}{nosuch}", "1:{path}", "e:{path}}"]
    {
      #expect(HyperlinkFormat(wrong) == nil, "\(wrong)")
    }
  }

  @Test func `no path can end the sequence that it is in`() throws {
    let address = try #require(
      HyperlinkFormat.file.address(path: "/\u{1B}\\\u{7};\n{line}é", line: 1, column: 1))
    #expect(address.hasSuffix("/%1B%5C%07%3B%0A%7Bline%7D%C3%A9"))
  }
}

@Suite struct PagerTests {
  @Test func `the pager is the person's, and can be switched off`() {
    func pager(_ variables: [String: String]) -> String? {
      Pager(environment: Environment(variables))?.command
    }
    #expect(pager(["EVSEARCH_PAGER": "most", "PAGER": "more"]) == "most")
    #expect(pager(["PAGER": "more -s"]) == "more -s")
    for off in [["PAGER": "cat"], ["PAGER": ""], ["EVSEARCH_PAGER": "", "PAGER": "more"]] {
      #expect(pager(off) == nil)
    }
    #expect(pager(["PATH": "/nonexistent"]) == nil)
  }

  @Test func `rows are those of the screen, without escape sequences`() {
    #expect(Pager.rows(of: "", columns: 10) == 1)
    #expect(Pager.rows(of: "a\nb\n", columns: 10) == 2)
    #expect(Pager.rows(of: "0123456789a\n", columns: 10) == 2)
    #expect(Pager.rows(of: "\u{1B}[01;31m0123456789\u{1B}[0m\n", columns: 10) == 1)
    #expect(
      Pager.rows(of: "\u{1B}]8;;file:///x\u{1B}\\0123456789\u{1B}]8;;\u{1B}\\\n", columns: 10) == 1)
    #expect(Pager.rows(of: "锁单率锁单率\n", columns: 10) == 2)
  }

  @Test func `a program that is not there leaves the text to us`() {
    let pager = Pager(environment: Environment(["PAGER": "/nonexistent/pager"]))
    let none = Environment([:])
    #expect(pager?.show(environment: none) { $0.write("x\n") } == false)
    #expect(
      Pager(environment: Environment(["PAGER": "wc -l >/dev/null"]))?
        .show(environment: none) { $0.write("x\n") } == true)
  }

  @Test func `what is written ends when the person leaves`() throws {
    let pager = try #require(Pager(environment: Environment(["PAGER": "head -n 1 >/dev/null"])))
    var pages = 0
    let isShown = pager.show(environment: Environment([:])) { output in
      while !output.isClosed {
        output.write("line\n")
        output.flush()
        pages += 1
      }
    }
    #expect(isShown && pages > 0)
  }
}
