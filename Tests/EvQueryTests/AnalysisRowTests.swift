import EvIndex
import EvQuery
import EvTestSupport
import Testing

/// What ICU makes of words that people search for, mended: each is found in the text that holds it.
@Suite struct AnalysisRowTests {
  private static let texts = [
    "etron": "The Audi e-tron has Wi-Fi and a 50-kWh pack.",
    "id4": "VW ID.4 runs v1.2.3 in the U.S. now.",
    "site": "See evnews.example and snake_case and a:b here.",
    "mail": "Write to john.doe@example.com today.", "models": "FF91 SU7 i4 800V S3XY models.",
    "signs": "CO₂ m² ½ ① 🚗 C++ 35% C# tag.", "brands": "比亚迪蔚来小鹏极氪问界零跑法拉第未来锁单率。",
    "life": "研究生命起源。", "tesla": "テスラモデルＹも登場。",
    "kana": "ガベージコレクションとリポジトリとフォルクスワーゲン。", "half": "ﾊﾞｯﾃﾘｰ ＦＦ９２",
    "names": "イーロン・マスクと埃隆·马斯克", "turkish": "İzmir’de ve Ankara'nın",
    "french": "Aujourd’hui, don't!",
    "russian": "Синий трамвай стоит.", "korean": "전기차를 샀다.", "traditional": "電動汽車鎖單率",
  ]

  @Test(
    arguments: [
      ("e-tron|etron|e tron|wifi|wi fi|Wi-Fi|50kWh|50 kWh|50-kWh", ["etron"]),
      ("id4|id 4|ID.4|v1.2.3|US|U.S|U.S.", ["id4"]),
      ("evnews|evnews.example|snake|case|snake_case|a:b", ["site"]), ("example", ["site", "mail"]),
      ("john|doe|john.doe|john.doe@example.com|example.com", ["mail"]),
      ("ff91|ff 91|FF-91|su7|SU 7|i4|s3xy|800 V|800v", ["models"]),
      ("co2|CO₂|m2|m²|½|1/2|①|🚗|C++|C#|35%|35 percent", ["signs"]),
      ("比亚迪|蔚来|小鹏|极氪|问界|零跑|法拉第|法拉第未来|未来", ["brands"]),
      ("单率|锁单率|鎖單率", ["brands", "traditional"]), ("电动汽车", ["traditional"]),
      ("研究生|研究生命", ["life"]), ("テスラ|モデル|テスラモデルY", ["tesla"]),
      ("ガベージ|コレクション|リポジトリ|フォルクスワーゲン|ワーゲン", ["kana"]),
      ("イーロンマスク|イーロン・マスク|イーロン|マスク|ロン・マ|埃隆马斯克|埃隆·马斯克|埃隆|隆·马", ["names"]),
      ("izmir|İzmir|ankara|Ankara'nın", ["turkish"]), ("don't", ["french"]), ("don", []),
      ("バッテリー|ff92|ＦＦ９２", ["half"]), ("синий|трамвай", ["russian"]), ("전기차", ["korean"]),
      ("ハッテリー|синии|трамваи|c+", []),
    ] as [(String, Set<String>)])
  func `each way to type it finds the text`(typed: String, expected: Set<String>) throws {
    let texts = Self.texts.sorted { $0.key < $1.key }
    let index = try TestIndex(texts.map { Document(path: $0.key, text: $0.value) })
    let snapshot = try index.snapshot()
    var parser = try QueryParser(snapshot)
    for word in typed.split(separator: "|").map(String.init) {
      let found = try Searcher(snapshot).search(parser.parse(word).query, limit: 20)
      #expect(Set(found.hits.map { texts[Int($0.document)].key }) == expected, "\(word)")
    }
  }
}
