import EvTestSupport
import Foundation
import Testing

@testable import EvCommandLine

@Suite struct JSONValueTests {
  @Test(arguments: 0..<300)
  func `Foundation reads back what was written`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let value = Self.value(depth: 4, &random)
    let read = try JSONSerialization.jsonObject(
      with: Data(value.text.utf8), options: [.fragmentsAllowed])
    #expect(Self.isEqual(value, read), "\(value.text)")
  }

  @Test(arguments: 0..<100)
  func `the output is one line without a control character`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let text = Self.value(depth: 4, &random).text
    #expect(
      !text.unicodeScalars.contains {
        $0.properties.generalCategory == .control || $0.properties.isBidiControl
      })
  }

  @Test func `members keep their order`() {
    let value = JSONValue.object([
      .init("b", .integer(1)), .init("a", .array([.null, .bool(true)])),
    ])
    #expect(value.text == #"{"b":1,"a":[null,true]}"#)
  }

  @Test func `quotation marks, backslashes and controls are escaped`() {
    #expect(
      JSONValue.string("a\"b\\c\n\r\t\u{1B}\u{9B}\u{202E}").text
        == #""a\"b\\c\n\r\t\u001b\u009b\u202e""#)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a number that JSON cannot say is null`(value: Double) {
    #expect(JSONValue.number(value).text == "null")
  }

  private static func value(depth: Int, _ random: inout SplitMix64) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int.random(in: Int.min...Int.max, using: &random))
    case 3:
      return .number(Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random)))
    case 4: return .number(Double(Int.random(in: -1000...1000, using: &random)) / 8)
    case 5: return .string(string(&random))
    case 6:
      return .array(
        (0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1, &random) })
    default:
      return .object(
        (0..<Int.random(in: 0...4, using: &random)).map { index in
          .init("\(index)" + string(&random), value(depth: depth - 1, &random))
        })
    }
  }

  private static func string(_ random: inout SplitMix64) -> String {
    var result = ""
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let value =
        Bool.random(using: &random)
        ? UInt32.random(in: 0...0xFF, using: &random)
        : UInt32.random(in: 0...0x10FFFF, using: &random)
      result.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{2028}")
    }
    return result
  }

  private static func isEqual(_ value: JSONValue, _ read: Any) -> Bool {
    switch value {
    case .null: return read is NSNull
    case .bool(let expected): return (read as? Bool) == expected
    case .integer(let expected): return (read as? Int) == expected
    case .number(let expected):
      guard expected.isFinite else { return read is NSNull }
      // Foundation reads some numbers as decimals, whose last binary digits may then differ.
      guard let read = read as? Double else { return false }
      return abs(read - expected) <= 1e-12 * abs(expected) && Double(value.text) == expected
    case .string(let expected):
      // By scalars: two strings of the same canonical form are not the same bytes.
      return (read as? String).map { Array($0.unicodeScalars) } == Array(expected.unicodeScalars)
    case .array(let values):
      guard let read = read as? [Any], read.count == values.count else { return false }
      return zip(values, read).allSatisfy { isEqual($0, $1) }
    case .object(let members):
      guard let read = read as? [String: Any], read.count == members.count else { return false }
      return members.allSatisfy { member in
        read[member.name].map { isEqual(member.value, $0) } ?? false
      }
    }
  }
}
