import EvSearch
import EvTerminal
import EvTestSupport
import Testing

@testable import EvCommandLine

@Suite struct TextRendererTests {
  private func renderer(
    _ layout: TextRenderer.Layout, columns: Int = 60, palette: Palette = .plain
  ) -> TextRenderer {
    TextRenderer(
      layout: layout, palette: palette, columns: columns,
      paths: DocumentPaths(root: "/home/me/seeds", workingFolder: "/home/me"))
  }

  private let hit = Fixtures.hit(
    1, "su7.md", title: "Xiaomi SU7 sells out", date: "2024-04-02", source: "Example News",
    [
      Fixtures.passage(
        "According to media statistics, the\nSU7 has a lock-in rate of 35% to 40%.",
        lit: ["lock-in rate"], line: 9)
    ])

  @Test func `a block has title, date and source, place, and the wrapped passage`() {
    #expect(
      renderer(.blocks).block(hit, digits: 2).map(\.plain) == [
        " 1  Xiaomi SU7 sells out            2024-04-02  Example News",
        "    seeds/su7.md:9",
        "    According to media statistics, the SU7 has a lock-in",
        "    rate of 35% to 40%.",
      ])
  }

  @Test func `what does not fit beside the title stands beside the place`() {
    #expect(
      renderer(.blocks, columns: 40).block(hit, digits: 1).map(\.plain).prefix(2) == [
        "1  Xiaomi SU7 sells out",
        "   seeds/su7.md:9  2024-04-02  Example News",
      ])
  }

  @Test func `a match is lit as one, also over the end of a line`() {
    let lines = renderer(.blocks).block(hit, digits: 2)
    #expect(lines.last?.runs.first { $0.role == .match }?.text == "rate")
    #expect(lines.flatMap(\.runs).filter { $0.role == .match }.map(\.text) == ["lock-in", "rate"])
  }

  @Test func `a heading above the passage is shown, but not the title again`() {
    let with = Fixtures.hit(
      1, "a.md", title: "T", [Fixtures.passage("x", lit: [], section: "Sales")])
    #expect(renderer(.blocks).block(with, digits: 1)[1].plain == "   seeds/a.md:1  § Sales")
    let same = Fixtures.hit(1, "a.md", title: "T", [Fixtures.passage("x", lit: [], section: "T")])
    #expect(renderer(.blocks).block(same, digits: 1)[1].plain == "   seeds/a.md:1")
  }

  @Test func `a document without a title begins with its path`() {
    let untitled = Fixtures.hit(1, "a.txt", title: "", [Fixtures.passage("rate", lit: ["rate"])])
    #expect(
      renderer(.blocks).block(untitled, digits: 1).map(\.plain) == ["1  seeds/a.txt:1", "   rate"])
  }

  @Test func `in a pipe a passage is a line with path and line number in front`() {
    let two = Fixtures.hit(
      1, "su7.md", title: "T", hit.passages + [Fixtures.passage("second\nrate", lit: [], line: 12)])
    #expect(
      renderer(.lines, columns: 20).lines(two).map(\.plain) == [
        "seeds/su7.md:9:According to media statistics, the SU7 has a lock-in rate of 35% to 40%.",
        "seeds/su7.md:12:second rate",
      ])
    #expect(
      renderer(.lines).lines(Fixtures.hit(1, "a.md", title: "A title", [])).map(\.plain)
        == ["seeds/a.md:1:A title"])
  }

  @Test func `a document cannot reach the terminal`() {
    let evil = "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m\u{202E}"
    let hit = Fixtures.hit(
      1, "evil\n\(evil).txt", title: "title \(evil)", date: evil, source: evil,
      [Fixtures.passage("a \(evil) b", lit: ["a", evil], section: evil)])
    for layout in [TextRenderer.Layout.blocks, .lines] {
      let recorded = RecordedConsole()
      renderer(layout).print(Fixtures.results([hit]), to: recorded.console.output)
      let text = recorded.output
      #expect(!text.isEmpty)
      #expect(
        !text.unicodeScalars.contains {
          $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.isBidiControl)
        })
    }
  }

  @Test(arguments: 0..<200)
  func `highlights that are out of place are cut short, and no text is lost`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let text = String(
      (0..<Int.random(in: 0...40, using: &random)).map { _ in
        ["a", "锁", "é", "🚗", "x"][Int.random(in: 0..<5, using: &random)] as Character
      })
    var passage = Fixtures.passage(text, lit: [])
    guard var light = Fixtures.passage("x", lit: ["x"]).highlights.first else { return }
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      let start = Int.random(in: -10...100, using: &random)
      light.range = start..<(start + Int.random(in: 0...50, using: &random))
      passage.highlights.append(light)
    }
    let shown = passage.lit().plain
    // A character may be cut in its middle, so count bytes of what is left whole.
    #expect(shown.count >= text.count)
  }

  @Test func `ranks are aligned`() {
    let hits = [9, 10].map { Fixtures.hit($0, "a.md", title: "T", []) }
    let recorded = RecordedConsole()
    renderer(.blocks).print(Fixtures.results(hits), to: recorded.console.output)
    #expect(recorded.output == " 9  T\n    seeds/a.md\n\n10  T\n    seeds/a.md\n")
  }

  @Test(arguments: [
    (0, 0, true, 0, "no hits"), (1, 1, true, 0, "1 hit"), (2, 2, true, 0, "2 hits"),
    (10, 57, true, 0, "1–10 of 57 hits"), (10, 1057, false, 10, "11–20 of at least 1,057 hits"),
    (1, 12, true, 11, "hit 12 of 12"), (0, 5, true, 5, "none of 5 hits"),
  ])
  func `the footer says how many`(
    shown: Int, total: Int, isExact: Bool, offset: Int, count: String
  ) {
    let hits = (0..<shown).map { Fixtures.hit(offset + $0 + 1, "a.md", title: "T", []) }
    let results = Fixtures.results(hits, total: total, isExact: isExact, offset: offset)
    let footer = results.footer(took: .microseconds(1300))
    #expect(footer.plain == "\(count) in 1.3 ms  searched: lock-in AND rate")
  }
}
