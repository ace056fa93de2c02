// Letters with and without marks, and Chinese characters of both kinds.

import Testing

@testable import EvAnalysis

@Suite struct LetterFormTests {
  @Test(arguments: [
    ("škoda", "skoda"), ("café", "cafe"), ("naïve", "naive"), ("łódź", "lodz"), ("größe", "große"),
    ("đường", "duong"), ("καφές", "καφες"), ("skoda", "skoda"), ("йод", "йод"), ("ёлка", "ёлка"),
    ("バッテリー", "バッテリー"), ("전기차", "전기차"), ("", ""), ("ff91", "ff91"),
    ("i\u{307}stanbul", "istanbul"), ("œuvres", "oeuvres"), ("encyclopædia", "encyclopaedia"),
    ("ǣ", "ae"),
    ("\u{307}", "\u{307}"), ("й\u{301}", "й\u{301}"),
  ])
  func `marks of Latin and Greek letters are removed, and no others`(term: String, plain: String) {
    #expect(Array(Diacritics.removed(from: term).unicodeScalars) == Array(plain.unicodeScalars))
  }

  @Test func `a letter without marks has none, and its bytes are those of the letter`() {
    for scalar in (UInt32(0x20)...0x2FFF).compactMap(Unicode.Scalar.init) {
      let plain = Diacritics.removed(from: String(scalar))
      #expect(Array(Diacritics.removed(from: plain).utf8) == Array(plain.utf8))
      #expect(Diacritics.removed(from: Array(String(scalar).utf8)) == Array(plain.utf8))
    }
  }

  @Test(arguments: [
    ("锁单率", ["鎖單率"]), ("鎖單率", ["锁单率"]), ("汽车", ["汽車"]), ("人", []), ("lock", []), ("", []),
    ("電动", ["电动", "電動"]), ("バッテリー", []), ("皇后", []), ("后来", ["後來"]),
    ("三只", ["三隻"]), ("只", []), ("周三", ["週三"]), ("一百二十余", ["一百二十餘"]), ("三出戏", ["三齣戲"]),
    ("昆仑山", ["崑崙山"]), ("理发", ["理髮"]), ("发现", ["發現"]), ("瞭望", ["了望"]), ("斗胆三斗", []),
    ("电动汽车锁单率", ["電動汽車鎖單率"]), (String(repeating: "车", count: 201), []),
  ])
  func `a text has its other characters`(text: String, others: [String]) {
    #expect(HanVariants.others(of: text) == others)
  }
}
