// Encodings: which one a file is in, and that places in it are right all the same.

import EvIndex
import EvTestSupport
import Glibc
import Testing

@testable import EvIngest

@Suite struct EncodingTests {
  /// A text whose bytes the C library made, scalar by scalar, with the place of each scalar.
  private struct Encoded {
    var bytes: [UInt8]
    var places: [SourcePosition] = []

    init(_ text: String, _ encoding: String, mark: [UInt8] = []) throws {
      bytes = mark
      var position = SourcePosition.start
      if !mark.isEmpty { position = SourcePosition(byte: mark.count, utf16: 1, line: 1, column: 2) }
      for scalar in text.unicodeScalars {
        places.append(position)
        let own = try #require(Self.bytes(of: scalar, encoding), "\(scalar) has bytes")
        bytes += own
        position.byte = bytes.count
        position.utf16 += String(scalar).utf16.count
        position.column += 1
        if scalar == "\n" {
          position.line += 1
          position.column = 1
        }
      }
      places.append(position)
    }

    /// The bytes of a scalar; nil where the encoding has none for it.
    static func bytes(of scalar: Unicode.Scalar, _ encoding: String) -> [UInt8]? {
      let converter = unsafe iconv_open(encoding, "UTF-8")
      defer { unsafe _ = iconv_close(converter) }
      var input = Array(String(scalar).utf8).map { CChar(bitPattern: $0) }
      var output = [CChar](repeating: 0, count: 16)
      var inputCount = input.count
      var outputCount = output.count
      // Safe: both counts are those of the arrays, and the pointers stay in the closures.
      let status = unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
          var from = input.baseAddress
          var to = output.baseAddress
          return unsafe iconv(converter, &from, &inputCount, &to, &outputCount)
        }
      }
      guard status == 0 else { return nil }
      return output.dropLast(outputCount).map { UInt8(bitPattern: $0) }
    }
  }

  /// ICU's name, the C library's name, and a text.
  private static let samples: [(name: String, encoding: String, text: String)] = [
    (
      "GB18030", "GB18030",
      "比亚迪汽车锁单率创新高，电动汽车销量增长。\n\n蔚来 ES8 的 lock-in rate 为 35%。\r\n第二行 ½ 🚗 了。\n"
    ),
    ("Shift_JIS", "SHIFT_JIS", "電気自動車の販売台数が増加した。日産リーフ。\nﾊﾞｯﾃﾘｰ lock-in です。\n"),
    ("EUC-JP", "EUC-JP", "電気自動車の販売台数が増加した。\n日産リーフは東京都で発表された。78kWh\n"),
    (
      "ISO-8859-1", "CP1252",
      "Café lock-in rate naïve.\nDer ID.4 fährt über die Straße und lädt in der Nähe.\n"
    ),
    (
      "windows-1252", "CP1252",
      "“Der ID.4” fährt – so heißt es – über die Straße und kostet 40 000 €.\nSchön für Käufer…\n"
    ),
    (
      "windows-1251", "CP1251",
      "Электромобили стали дешевле, говорят продавцы в Москве.\nЗаказов больше, чем год назад.\n"
    ),
    ("EUC-KR", "EUC-KR", "전기차를 사는 사람이 늘었다.\n현대 아이오닉 5는 800 V 이다. 주문이 많다.\n"),
    ("Big5", "BIG5", "電動汽車鎖單率創新高，比亞迪表示。\n銷量比去年增加了，訂單也很多。\n"),
  ]

  @Test(arguments: samples.indices)
  func `an encoding is found, and every scalar leads back to its bytes`(index: Int) throws {
    let (name, encoding, text) = Self.samples[index]
    let encoded = try Encoded(text, encoding)
    let document = try #require(try Reading(named: "a.txt", encoded.bytes).documents.first)
    #expect(document.metadata.encoding == name)
    #expect(document.text == text)
    expectPlaces(document, encoded)
  }

  @Test(arguments: [
    ("UTF-16LE", [0xFF, 0xFE]), ("UTF-16BE", [0xFE, 0xFF]), ("UTF-32LE", [0xFF, 0xFE, 0, 0]),
    ("UTF-32BE", [0, 0, 0xFE, 0xFF]),
  ])
  func `a byte order mark is believed`(name: String, mark: [UInt8]) throws {
    let text = "Títle of 😀\r\n\r\nThe lock-in rate, 锁单率.\n"
    let encoded = try Encoded(text, name, mark: mark)
    let document = try #require(try Reading(named: "a.txt", encoded.bytes).documents.first)
    #expect(document.metadata.encoding == name)
    #expect(document.text == text)
    #expect(document.titleText == "Títle of 😀")
    expectPlaces(document, encoded)
  }

  @Test(arguments: ["UTF-16LE", "UTF-16BE"])
  func `UTF-16 without a mark is seen by its zeros`(name: String) throws {
    let encoded = try Encoded("A lock-in rate, 锁单率.\n", name)
    let document = try #require(try Reading(named: "a.txt", encoded.bytes).documents.first)
    #expect(document.metadata.encoding == name)
    expectPlaces(document, encoded)
  }

  @Test func `the escapes of Japanese mail are an encoding`() throws {
    let text = "電気自動車の販売台数が増加した。\nlock-in です。\n"
    // ESC $ B, the halves of JIS X 0208 as EUC-JP has them without the high bit, ESC ( B.
    var file: [UInt8] = []
    var isKanji = false
    for scalar in text.unicodeScalars {
      let own = try #require(Encoded.bytes(of: scalar, "EUC-JP"))
      if isKanji != (own.count == 2) {
        isKanji.toggle()
        file += isKanji ? [0x1B, 0x24, 0x42] : [0x1B, 0x28, 0x42]
      }
      file += own.map { $0 & 0x7F }
    }
    let document = try #require(try Reading(named: "a.txt", file).documents.first)
    #expect(document.metadata.encoding == "ISO-2022-JP")
    #expect(document.text == text)
  }

  @Test func `valid UTF-8 is never anything else`() throws {
    for text in ["plain", "é", "\u{1B}]0;owned\u{7}\u{1B}[2J end", "锁单率", "Ã©", "\u{80}\u{9F}"] {
      let document = try #require(try Reading(named: "a.txt", text).documents.first)
      #expect(document.text == text && document.metadata.encoding == nil)
    }
  }

  @Test func `UTF-8 with a few bad bytes stays UTF-8`() throws {
    let file = Array("锁单率 – “naïve” café, 比亚迪.".utf8) + [0xE9] + Array(" end".utf8)
    let document = try #require(try Reading(named: "a.txt", file).documents.first)
    #expect(document.text.hasSuffix("\u{FFFD} end") && document.metadata.encoding == nil)
    document.expectIsConsistent(with: file)
  }

  @Test func `an encoding far behind the start is found`() throws {
    let ascii = String(repeating: "The lock-in rate rose again this week.\n", count: 5000)
    let file = Array(ascii.utf8) + [0x43, 0x61, 0x66, 0xE9, 0x0A]
    let document = try #require(try Reading(named: "a.txt", file).documents.first)
    #expect(document.text == ascii + "Café\n")
    #expect(document.place(of: document.text.utf8.count).byte == file.count)
  }

  @Test(
    arguments: [
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 7, count: 40),
      Array(0x01...0xFF as ClosedRange<UInt8>), [0, 0, 0, 1, 0, 2, 0, 3, 0, 4], [0x61, 0, 0x62],
      [0xFF, 0xFE, 0x61, 0, 0, 0, 0x62, 0],
    ] as [[UInt8]])
  func `what is no text is binary`(file: [UInt8]) throws {
    #expect(try Reading(named: "a.dat", file).codes == ["a.dat: binary"])
  }

  @Test func `Markdown in another encoding leads back to its bytes`() throws {
    let encoded = try Encoded(
      "# 锁单率\n\n比亚迪**汽车** `x`\n\n| 一 | 二 |\n|--|--|\n| 三 | 四 |\n", "GB18030")
    let document = try #require(try Reading(named: "a.md", encoded.bytes).documents.first)
    #expect(document.text == "锁单率\n\n比亚迪汽车 x\n\n一\t二\n\n三\t四")
    let source = try DecodedText(file: encoded.bytes)
    let scalars = String(decoding: source.bytes, as: UTF8.self).unicodeScalars
    for (offset, scalar) in zip(scalars.indices, scalars) where scalar.value > 0x4000 {
      let index = scalars.distance(from: scalars.startIndex, to: offset)
      let found = try #require(document.text.unicodeScalars.firstIndex(of: scalar))
      let inText = document.text.utf8.distance(from: document.text.startIndex, to: found)
      guard scalars.firstIndex(of: scalar) == offset else { continue }
      #expect(document.place(of: inText) == encoded.places[index], "\(scalar)")
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a damaged text in any encoding does no harm`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for (_, encoding, text) in Self.samples {
      var file = try Encoded(String(repeating: text, count: 3), encoding).bytes
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        let place = Int.random(in: 0..<file.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: file[place] = UInt8.random(in: 1...255, using: &random)
        case 1: file.remove(at: place)
        default: file.removeSubrange(place..<min(file.count, place + 7))
        }
      }
      let reading = try Reading(named: "a.txt", file)
      #expect(reading.documents.count + reading.skipped.count == 1)
      guard let document = reading.documents.first else { continue }
      let runs = document.sourceMap.runs
      #expect(runs.allSatisfy { $0.source.byte <= file.count })
      #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.source.byte <= $1.source.byte })
      let end = document.place(of: document.text.utf8.count)
      #expect(end.byte == file.count)
      #expect(end.line == document.text.utf8.count { $0 == 10 } + 1)
    }
  }

  @Test func `of a text with very many anchors lines are exact`() throws {
    let word: [UInt8] = [0xE9, 0x74, 0xE9, 0x20]
    let line: [UInt8] = Array(repeatElement(word, count: 250).joined()) + [0x0A]
    let count = DecodedText.maximumAnchors / 500 + 100
    let text = try DecodedText(file: Array(repeatElement(line, count: count).joined()))
    #expect(text.anchors.count < DecodedText.maximumAnchors + 200)
    var mapped = MappedText(source: text.bytes)
    mapped.copy(0..<text.bytes.count)
    let map = mapped.sourceMap(text)
    let start = (count - 1) * 1501
    let (byte, column) = ((count - 1) * 1001, 1)
    #expect(
      map.position(of: start, in: text.bytes.span)
        == SourcePosition(byte: byte, utf16: byte, line: count, column: column))
    #expect(map.position(of: start + 12, in: text.bytes.span).column == 9)
  }

  /// Expects that each scalar of a document that is all of its file is where it was written.
  private func expectPlaces(
    _ document: Document, _ encoded: Encoded, _ location: SourceLocation = #_sourceLocation
  ) {
    var offset = 0
    for (index, scalar) in document.text.unicodeScalars.enumerated() {
      #expect(
        document.place(of: offset) == encoded.places[index], "\(scalar) at \(offset)",
        sourceLocation: location)
      offset += String(scalar).utf8.count
    }
    #expect(document.place(of: offset) == encoded.places.last, sourceLocation: location)
  }
}
