// Numbers with units: which are equal, and in which order they are.

import EvTestSupport
import Testing

@testable import EvAnalysis

@Suite struct QuantityTests {
  @Test(
    arguments: [
      (800, "v", ["800V", "800 V", "800 volts", "800-volt", "８００Ｖ"]),
      (1200, "km", ["1,200 km", "1200km", "1200 kilometres", "1\u{202F}200\u{A0}km", "1200公里"]),
      (35, "%", ["35%", "35 percent", "35 per cent", "３５％", "35 %", "35 Prozent"]),
      (309_000, "$", ["$309,000", "US$309,000", "309,000 dollars", "$309k", "$0.309 million"]),
      (20, "€", ["€20", "20 €", "20 euros", "€ 20"]), (3.5, "kg", ["3.5kg", "3,5 kg"]),
      (100, "km/h", ["100 km/h", "100 kph"]), (17, "kwh/100km", ["17 kWh/100 km", "17kWh/100km"]),
      (-5, "°c", ["-5 °C", "−5°C", "-5℃"]), (5e9, "yuan", ["50亿元", "5 billion yuan"]),
      (78, "kwh", ["78kWh", "78 kWh"]), (9, "hk$", ["HK$9"]), (2, "h", ["2 hours", "2時間", "2小时"]),
    ] as [(Double, String, [String])])
  func `spellings of a quantity are one`(value: Double, unit: String, spellings: [String]) {
    for spelling in spellings {
      #expect(Quantity.parse(spelling) == Quantity(value, unit: unit), "\(spelling)")
    }
  }

  @Test(arguments: [
    "35", "km", "", " ", "%", "1980s", "5G", "$", "1,2,3 km", "800 volts more", "a 800 V", "5 km2",
    "v1.2 km", "12 in the", "1e5 km", "99999999999999999999 km", "3 kmh2", "7M",
  ])
  func `other text is no quantity`(text: String) { #expect(Quantity.parse(text) == nil) }

  @Test func `a quantity in a text covers its number and its unit`() throws {
    let text = "It costs $309,000, has 800 V and 1,200 km; 35% of 20 in 2014 the 90s."
    let found = try analyze(text).words.filter { $0.kind == .quantity }
    let bytes = Array(text.utf8)
    #expect(
      found.map { String(decoding: bytes[$0.range], as: UTF8.self) } == [
        "$309,000", "800 V", "1,200 km", "35%",
      ])
    #expect(
      found.map(\.term)
        == ["$309,000", "800V", "1200km", "35 percent"].compactMap {
          Quantity.parse($0)?.term
        })
    #expect(found.map(\.position) == [2, 4, 7, 9])
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `terms are in the order of their values`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func value() -> Double {
      let power = Int.random(in: -6...15, using: &random)
      return (0..<abs(power)).reduce(Double.random(in: -10...10, using: &random)) { value, _ in
        power < 0 ? value / 10 : value * 10
      }
    }
    for _ in 0..<200 {
      let (first, second) = (value(), value())
      let isBelow = Quantity(first, unit: "km").termBytes
        .lexicographicallyPrecedes(Quantity(second, unit: "km").termBytes)
      #expect(isBelow == (first < second), "\(first) \(second)")
    }
    #expect(Quantity(0, unit: "km") == Quantity(-0.0, unit: "km"))
    #expect(Quantity(0, unit: "km").termBytes == Quantity(-0.0, unit: "km").termBytes)
    #expect(Quantity(1, unit: "km").termBytes == Array(Quantity(1, unit: "km").term.utf8))
  }

  @Test(
    arguments: [
      (">=600km", 600, .infinity), ("<= 600 km", -.infinity, 600),
      ("≥600 kilometers", 600, .infinity),
      (">600km", 600.0.nextUp, .infinity), ("500..700km", 500, 700),
      ("1,200 km..1,300 km", 1200, 1300),
    ] as [(String, Double, Double)])
  func `ranges are read`(text: String, lower: Double, upper: Double) throws {
    let range = try #require(QuantityRange.parse(text))
    #expect(range == QuantityRange(values: lower...upper, unit: "km"))
    for (value, isIn) in [
      (lower, true), (upper, true), (lower.nextDown, false), (upper.nextUp, false),
    ]
    where value.isFinite {
      let term = Quantity(value, unit: "km").termBytes
      let terms = range.termRange
      #expect(
        (!term.lexicographicallyPrecedes(terms.first)
          && !terms.last.lexicographicallyPrecedes(term))
          == isIn)
    }
  }

  @Test(arguments: [">=600", "700..500km", "..5km", "5km..", "a..5km", ">", "500mi..700km", "5..6"])
  func `other text is no range`(text: String) { #expect(QuantityRange.parse(text) == nil) }
}
