import EvTerminal
import EvTestSupport
import Testing

@Suite struct LineWrappingTests {
  private func lines(_ text: String, _ columns: Int) -> [String] {
    StyledText(text).wrapped(to: columns).map(\.plain)
  }

  @Test func `lines end at spaces`() {
    #expect(lines("the lock-in rate of 35 %", 10) == ["the", "lock-in", "rate of 35", "%"])
    #expect(lines("short", 10) == ["short"])
    #expect(lines("exactly te", 10) == ["exactly te"])
  }

  @Test func `a text without content is one empty line`() {
    #expect(lines("", 10) == [""])
  }

  @Test func `spaces hang over the end of a line`() {
    #expect(lines("aaaa      bbbb", 6) == ["aaaa", "bbbb"])
  }

  @Test func `a word that is longer than a line is cut`() {
    #expect(lines("see https://example.com/a/b", 8) == ["see", "https://", "example.", "com/a/b"])
  }

  @Test func `wide characters count two and break between any two`() {
    #expect(lines("小米汽车表示锁单率", 8) == ["小米汽车", "表示锁单", "率"])
    #expect(lines("小米SU7锁单量", 6) == ["小米", "SU7锁", "单量"])
  }

  @Test func `a closing mark does not start a line and an opening one does not end it`() {
    #expect(lines("小米汽车。表示", 8) == ["小米汽", "车。表示"])
    #expect(lines("小米车「表示」", 8) == ["小米车", "「表示」"])
  }

  @Test func `a character that is wider than the line has a line of its own`() {
    #expect(lines("小米", 1) == ["小", "米"])
  }

  @Test func `a match keeps its role across lines`() {
    var text = StyledText("the ")
    text.append("lock-in rate", .match)
    text.append(" rose")
    let wrapped = text.wrapped(to: 12)
    #expect(wrapped.map(\.plain) == ["the lock-in", "rate rose"])
    #expect(wrapped[0].runs.map(\.role) == [nil, .match])
    #expect(wrapped[1].runs.map(\.role) == [.match, nil])
    #expect(wrapped[1].runs[0].text == "rate")
  }

  @Test(arguments: 0..<200)
  func `wrapping keeps every character but spaces, and the width`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let alphabet = Array("ab cde  锁单率。「」🚗é👩‍👩‍👧‍👦\u{301}.-")
    var text = StyledText()
    for _ in 0..<30 {
      let piece = String(
        (0..<Int.random(in: 0...9, using: &random)).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        })
      text.append(piece, [nil, .match, .path][Int.random(in: 0..<3, using: &random)])
    }
    let width = Int.random(in: 2...40, using: &random)
    let wrapped = text.wrapped(to: width)

    func dense(_ text: String) -> String { text.split(separator: " ").joined() }
    let joined = wrapped.map(\.plain).joined(separator: " ")
    #expect(Array(dense(joined).unicodeScalars) == Array(dense(text.plain).unicodeScalars))
    for line in wrapped { #expect(line.columns <= width, "\(line.plain)") }
  }
}
