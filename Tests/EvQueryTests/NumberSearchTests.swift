import EvIndex
import EvQuery
import EvTestSupport
import Testing

/// Numbers as people type them, and as texts have them.
@Suite struct NumberSearchTests {
  private static let texts = [
    "cold": "At -5 °C the range drops.", "frost": "At −30 °C nothing starts.",
    "warm": "At 5 °C it does.", "price": "It costs 35.50 € or 900 euros.",
    "share": "35 percent sold.",
    "span": "It took 20–35 percent.", "part": "Car 35 has no sign.", "far": "It goes 600 km.",
    "near": "It goes 50 km.",
    "version": "Firmware v1.2.3 is out.", "update": "Update 1.2.4 is not.",
    "model": "The iX3 drives.", "deutsch": "Der Wagen fährt 1.200 km weit.",
    "english": "The wire is 1.200 km long and it is thin.", "table": "Reichweite 1.200 km",
    "svenska": "Bilen kör 1 200 km och är ny.", "date": "Am 10.12.1948 und 192.168.0.1.",
    "code": "It takes EUR 950 and RMB 200,000.", "arabic": "السيارة ١٢٠٠ كم", "hindi": "गाड़ी १२०१ है।",
  ]

  @Test(
    arguments: [
      ("-5 °C|-5°C|\u{2212}5°C|range -5 °C|(-5 °C)^2", ["cold"]),
      ("<-10°C|< -10 °C|-40..-10 °C|-40°C..-10°C", ["frost"]),
      ("-40..0 °C|..0°C|<=0 °C", ["cold", "frost"]), ("-5°C..|>= -5 °C", ["cold", "warm"]),
      ("35 %|35%", ["share", "span"]), ("20-35 %|20–35%", ["span"]),
      ("35.50 €|35.50€|€ 35.50", ["price"]),
      ("€ 900|900 €", ["price"]),
      ("500km..|>= 500 km|> 500km|500.. km", ["far", "deutsch", "table", "svenska", "arabic"]),
      ("..100km|..100 km", ["near", "english", "table"]),
      ("50..600 km|50km..600km", ["far", "near"]), ("1.2.3|v1.2.3", ["version"]),
      ("v1.2.4|1.2.4", ["update"]), ("goes -50km|goes -50", ["far"]), ("iX 3", ["model"]),
      ("1200 km|1200km|1,200 km|>=1000km", ["deutsch", "table", "svenska", "arabic"]),
      ("1.2 km", ["english", "table"]), ("1 200 km", ["deutsch", "table", "svenska", "arabic"]),
      ("1948|10.12.1948|12.1948|10.12|10.12.|192.168", ["date"]), ("948|2.1948|8.0", []),
      ("950 €|€950|950 euros", ["code"]), ("EUR 900|EUR 35.50", ["price"]),
      ("200000 yuan|RMB 200,000", ["code"]), ("1201|१२०१", ["hindi"]),
      ("1200 كم|١٢٠٠ كم", ["deutsch", "table", "svenska", "arabic"]),
    ] as [(String, Set<String>)])
  func `each way to type a number finds the texts that say so`(
    typed: String, expected: Set<String>
  ) throws {
    let texts = Self.texts.sorted { $0.key < $1.key }
    let index = try TestIndex(texts.map { Document(path: $0.key, text: $0.value) })
    let snapshot = try index.snapshot()
    var parser = try QueryParser(snapshot)
    for text in typed.split(separator: "|").map(String.init) {
      let parsed = try parser.parse(text)
      let found = try Searcher(snapshot).search(parsed.query, limit: 20)
      #expect(Set(found.hits.map { texts[Int($0.document)].key }) == expected, "\(text)")
      #expect(found.hits.allSatisfy { $0.score > 0 }, "\(text)")
      #expect(parsed.notes.isEmpty, "\(text): \(parsed.notes)")
      #expect(try parser.parse(parsed.readAs).query == parsed.query, "\(parsed.readAs)")
    }
  }
}
