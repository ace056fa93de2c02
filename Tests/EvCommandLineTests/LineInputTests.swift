import EvTerminal
import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

@Suite struct LineInputTests {
  private func lines(_ text: String) -> [String] {
    let recorded = RecordedConsole(input: text)
    var input = LineInput(descriptor: recorded.console.input)
    var result: [String] = []
    while let line = input.next() { result.append(line) }
    return result
  }

  @Test func `lines come without their ends`() {
    #expect(lines("a\r\nb\n\nc") == ["a", "b", "", "c"])
    #expect(lines("a\n") == ["a"])
    #expect(lines("") == [])
    #expect(lines("\n") == [""])
  }

  @Test(arguments: 0..<20)
  func `lines of any length come whole`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let expected = (0..<Int.random(in: 1...40, using: &random)).map { index in
      "\(index)" + String(repeating: "率x", count: Int.random(in: 0...40_000, using: &random))
    }
    #expect(lines(expected.joined(separator: "\n") + "\n") == expected)
  }

  @Test func `bytes that are not UTF-8 become replacement characters`() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("input", [0xFF, 0x61, 0x0A, 0xE9, 0x8D])
    let descriptor = try #require(SystemCalls.open(path, O_RDONLY))
    defer { close(descriptor) }
    var input = LineInput(descriptor: descriptor)
    #expect(input.next() == "\u{FFFD}a")
    #expect(input.next()?.contains("\u{FFFD}") == true)
    #expect(input.next() == nil)
  }
}
