import EvTestSupport
import Glibc
import Testing

@testable import EvTerminal

@Suite struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("lock-in rate", 12), ("35 %", 4), ("锁单率", 6), ("テスラ", 6), ("ﾊﾞｯﾃﾘｰ", 6),
    ("한국어", 6), ("\u{1112}\u{1161}\u{11AB}", 2), ("ＦＦ９１", 8), ("café", 4),
    ("cafe\u{301}", 4), ("\u{301}", 0), ("a\u{200B}b", 2), ("🚗", 2), ("👩‍👩‍👧‍👦", 2), ("🇩🇪", 2),
    ("👍🏽", 2), ("❤️", 2), ("❤", 1), ("1️⃣", 2), ("ภาษาไทย", 7), ("น้ำ", 2), ("½", 1), ("…", 1),
    ("\u{1F468}\u{200D}\u{1F4BB}", 2), ("。", 2), ("Å", 1), ("\u{AD}", 1),
  ])
  func `a text takes the columns that terminals give it`(text: String, columns: Int) {
    #expect(text.columns == columns)
  }

  @Test func `libc agrees on every character that it knows`() throws {
    try #require(unsafe setlocale(LC_CTYPE, "C.UTF-8") != nil)
    // Swift's Glibc module leaves the function out; this is its declaration in POSIX.
    typealias Width = @convention(c) (Int32) -> Int32
    let symbol = unsafe try #require(unsafe dlsym(nil, "wcwidth"))
    let wcwidth = unsafe unsafeBitCast(symbol, to: Width.self)
    var differences: [String] = []
    for value in UInt32(0xA0)...0x10_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let expected = Int(wcwidth(Int32(value)))
      // Not known to this version of libc.
      guard expected >= 0, scalar.properties.generalCategory != .unassigned else { continue }
      if scalar.columns != expected { differences.append(String(value, radix: 16)) }
    }
    // Circled numbers, which Unicode calls ambiguous, and one sign of Ahom that takes a column in
    // Unicode 15 and none in libc.
    let known = (0x3248...0x324F).map { String($0, radix: 16) } + ["1171e"]
    #expect(differences == known)
  }

  @Test func `the wide ranges ascend and do not touch`() {
    for (left, right) in zip(EastAsianWidth.ranges, EastAsianWidth.ranges.dropFirst()) {
      #expect(left.upperBound + 1 < right.lowerBound)
    }
  }
}
