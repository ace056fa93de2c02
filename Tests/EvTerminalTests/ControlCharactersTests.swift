import EvTerminal
import EvTestSupport
import Testing

@Suite struct ControlCharactersTests {
  @Test(arguments: 0...0x1F)
  func `a C0 control shows as its picture`(code: Int) throws {
    let control = try String(#require(Unicode.Scalar(code)))
    let picture = try String(#require(Unicode.Scalar(0x2400 + code)))
    #expect("a\(control)b".escapedForTerminal == "a\(picture)b")
  }

  @Test(arguments: Array(0x80...0x9F))
  func `a C1 control shows as its code point`(code: Int) throws {
    let control = try String(#require(Unicode.Scalar(code)))
    let digits = String(code, radix: 16, uppercase: true)
    #expect(control.escapedForTerminal == "<U+00\(digits)>")
  }

  @Test(arguments: [
    0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,
    0x2028, 0x2029,
  ])
  func `a bidirectional control or a separator shows as its code point`(code: Int) throws {
    let control = try String(#require(Unicode.Scalar(code)))
    let shown = "x\(control)y".escapedForTerminal
    #expect(!shown.unicodeScalars.contains { $0.value == code })
    #expect(shown.hasPrefix("x<U+"))
  }

  @Test func `delete shows as its picture`() {
    #expect("\u{7F}".escapedForTerminal == "␡")
  }

  @Test func `an escape sequence is shown and not sent`() {
    let text = "rate \u{1B}]0;owned\u{7}\u{1B}[2J end"
    #expect(text.escapedForTerminal == "rate ␛]0;owned␇␛[2J end")
  }

  @Test(arguments: ["plain", "锁单率 35 %", "naïve café", "👩‍👩‍👧‍👦 🇩🇪", "न्द्र", "שלום", ""])
  func `ordinary text stays as it is`(text: String) {
    #expect(text.escapedForTerminal == text)
  }

  @Test(arguments: 0..<200)
  func `random bytes print without a control but our own`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let bytes = (0..<200).map { _ in
      // Half of the bytes are controls or the first bytes of C1 and bidirectional controls.
      Bool.random(using: &random)
        ? UInt8.random(in: 0...255, using: &random)
        : [0x1B, 0x07, 0x0A, 0xC2, 0x9B, 0xE2, 0x80, 0xAE, 0x81, 0xA6][
          Int.random(in: 0..<10, using: &random)]
    }
    var text = StyledText(String(decoding: bytes, as: UTF8.self), .match)
    text.append(String(decoding: bytes.reversed(), as: UTF8.self), .path)
    text.append(String(decoding: bytes, as: UTF8.self))

    // By scalars: a mark after the `m` of a sequence is one character with it.
    var rest = Array(text.rendered(.standard).unicodeScalars)[...]
    var others: [Unicode.Scalar] = []
    let ours = ["\u{1B}[01;31m", "\u{1B}[35m", "\u{1B}[0m"].map { Array($0.unicodeScalars) }
    while let first = rest.first {
      if let sequence = ours.first(where: { rest.starts(with: $0) }) {
        rest = rest.dropFirst(sequence.count)
      } else {
        others.append(first)
        rest = rest.dropFirst()
      }
    }
    #expect(!others.contains(where: isControl))
    #expect(!text.plain.unicodeScalars.contains(where: isControl))
  }

  private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
  }

  @Test func `a long text is shortened by characters`() {
    #expect("锁单率".shortened(to: 2) == "锁单…")
    #expect("锁单率".shortened(to: 3) == "锁单率")
    #expect("".shortened(to: 0) == "")
    #expect("a".shortened(to: 0) == "…")
  }

  @Test func `white space and line ends become one space`() {
    #expect("a\nb \r\n\t c\u{2028}d  e".withSingleSpaces == "a b c d e")
    #expect("\n\na\n".withSingleSpaces == " a ")
    #expect("全角\u{3000}空白".withSingleSpaces == "全角\u{3000}空白")
  }
}
