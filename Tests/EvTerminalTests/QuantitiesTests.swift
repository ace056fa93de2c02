import EvTerminal
import EvTestSupport
import Foundation
import Testing

@Suite struct QuantitiesTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (5123, "5,123"), (1_234_567, "1,234,567"),
    (-1234, "-1,234"), (Int.max, "9,223,372,036,854,775,807"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func `thousands are grouped`(value: Int, text: String) {
    #expect(Quantities.grouped(value) == text)
  }

  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 KB"), (9940, "9.9 KB"),
    (9960, "10 KB"), (31_400, "31 KB"), (999_499, "999 KB"), (999_500, "1.0 MB"),
    (7_100_000, "7.1 MB"), (2_000_000_000, "2.0 GB"), (Int.max, "9,223,372 TB"),
  ])
  func `a size has two digits or three and its unit`(value: Int, text: String) {
    #expect(Quantities.bytes(value) == text)
  }

  @Test(arguments: [
    (0.0, "0.0 ms"), (0.0013, "1.3 ms"), (0.0994, "99.4 ms"), (0.0996, "100 ms"),
    (0.9994, "999 ms"), (1.0, "1.00 s"), (2.051, "2.05 s"), (59.99, "59.99 s"), (60.0, "1:00"),
    (187.2, "3:07"), (3723.0, "1:02:03"), (-1.0, "0.0 ms"),
  ])
  func `a time has the unit that suits it`(seconds: Double, text: String) {
    #expect(Quantities.time(.seconds(seconds)) == text)
  }

  @Test(arguments: 0..<200)
  func `fixed decimals are those of printf`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let value = Double.random(in: -100...100, using: &random)
    let decimals = Int.random(in: 0...6, using: &random)
    let expected = String(format: "%.\(decimals)f", value)
    // A value that rounds to nothing has no sign with us.
    let isZero = !expected.contains { ("1"..."9").contains($0) }
    let unsigned = isZero ? expected.replacingOccurrences(of: "-", with: "") : expected
    #expect(Quantities.fixed(value, decimals: decimals) == unsigned)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300])
  func `a number without digits does not trap`(value: Double) {
    #expect(!Quantities.fixed(value, decimals: 2).isEmpty)
  }

  @Test(arguments: [(1, "1 document"), (0, "0 documents"), (1200, "1,200 documents")])
  func `a noun agrees with its count`(value: Int, text: String) {
    #expect(Quantities.count(value, "document") == text)
  }
}
