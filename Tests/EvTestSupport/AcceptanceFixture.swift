import Foundation
import Glibc

/// A folder of small files with every trap that search tools fall into, for the acceptance scenarios.
///
/// Articles in several languages and spellings, encodings, a record without text, links, a pipe, an ignored
/// folder, hostile text. It is written anew for each value.
public final class AcceptanceFixture: Sendable {
  /// The folder that all of it is in; one of its own is removed with the value.
  public let folder: TemporaryDirectory

  /// The path of the collection.
  public var root: String { folder.path("T") }

  /// Writes the files.
  public init(in folder: TemporaryDirectory? = nil) throws {
    self.folder = try folder ?? TemporaryDirectory()
    for (path, text) in Self.texts { try self.folder.write("T/" + path, text) }
    for (path, bytes) in Self.bytes { try self.folder.write("T/" + path, bytes) }
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: root + "/misc/loop", withDestinationPath: ".")
    try manager.createSymbolicLink(atPath: root + "/misc/broken", withDestinationPath: "/nowhere")
    // Safe: the path is read during the call.
    guard unsafe mkfifo(root + "/misc/pipe", 0o600) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  private static let lockIn = """
    # NIO says ES8 lock-in rate hits 35% as orders surge

    NIO said on Wednesday that the **lock-in rate** for the new ES8 reached 35% within 48 hours.
    Mr. Li expected 20–25%. A lock-in makes the deposit non-refundable.

    The rate of returns fell. Share lock-ups are unrelated.

    """

  private static let texts: [(path: String, text: String)] = [
    (
      "en/lock-in.md",
      """
      ---
      title: NIO says ES8 lock-in rate hits 35% as orders surge
      date: 2024-05-01
      source: EV Daily
      tags: [NIO, orders]
      ---

      """ + lockIn
    ),
    ("en/wire-copy.txt", lockIn.replacing("on Wednesday", with: "on Wed.")),
    (
      "en/ff91.txt",
      """
      Faraday Future delivers FF91 Futurist Alliance

      The FF 91, sold as the FF-91 in ads, went out on 14 August 2023. Range 381 miles (613 km), \
      price $309,000.
      Mail ir@ff.com or see https://www.ff.com/us/press-room/ff91-2-0

      """
    ),
    (
      "en/su7.txt",
      """
      Xiaomi SU7 orders pass 100,000

      The SU7 Max has an 800 V pack and 1,200 km range in the lab; the lock in rate was not disclosed.
      Firmware uses C++ and .NET, v1.2.3. AT&T. The naïve café driver drove a Škoda. CO₂ fell ½.

      """
    ),
    (
      "en/glossary.txt",
      """
      Lockin rate glossary

      Some write lockin rate. An 800V system needs care. We tested 650 km in summer.

      """
    ),
    (
      "zh/su7.txt",
      """
      小米SU7锁单量突破10万

      小米汽车表示，小米SU7上市后锁单率达到35%。比亚迪汽车销量领先，特斯拉Model 3降价。研究生命起源。

      """
    ),
    ("zh/hk.txt", "電動汽車鎖單率創新高，比亞迪表示。\n"),
    (
      "ja/leaf.txt",
      "日産自動車は電気自動車リーフを東京都で発表した。バッテリー容量は78kWh。テスラモデルＹも登場。\n"
    ),
    ("ja/half.txt", "ﾊﾞｯﾃﾘｰの残量。ガベージコレクションの話。\n"),
    (
      "de/vw.html",
      """
      <html><head><title>VW ID.4 &amp; ID.3: Stra&szlig;entest</title>\
      <meta name="date" content="2023-11-02"><script>var x="lock-in rate script";</script></head>\
      <body><h1>Straßentest</h1><p>Der ID.4 f&auml;hrt 500&nbsp;km. \
      Die Lock-in-Rate betr&auml;gt 12&#37;. <img src=x onerror=alert(1)></p></body></html>

      """
    ),
    (
      "misc/long.txt",
      String(repeating: "x y z ", count: 40_000) + "the lock-in rate sits here "
        + String(repeating: "q ", count: 9000)
    ),
    ("misc/evil.txt", "lock-in rate \u{1B}]0;owned\u{7}\u{1B}[2J<b>bold</b> end\n"),
    ("misc/empty.txt", ""),
    (".gitignore", "ignored/\n"),
    ("ignored/x.txt", "lock-in rate secret\n"),
  ]

  private static let bytes: [(path: String, bytes: [UInt8])] = [
    ("misc/gb.txt", simplifiedChinese), ("misc/sjis.txt", japanese),
    (
      "misc/utf16.txt",
      [0xFF, 0xFE]
        + "The lock-in rate in a UTF-16 file.\r\n".utf16.flatMap { unit in
          [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
        }
    ),
    (
      "misc/latin1.txt",
      Array("Caf".utf8) + [0xE9] + Array(" lock-in rate na".utf8) + [0xEF] + Array("ve".utf8)
    ),
    ("misc/bin.dat", [0, 1] + Array("lock-in rate".utf8) + [0, 0xFF]),
  ]

  /// 比亚迪汽车锁单率创新高，电动汽车销量增长。 in GB 18030.
  private static let simplifiedChinese: [UInt8] = [
    0xB1, 0xC8, 0xD1, 0xC7, 0xB5, 0xCF, 0xC6, 0xFB, 0xB3, 0xB5, 0xCB, 0xF8,
    0xB5, 0xA5, 0xC2, 0xCA, 0xB4, 0xB4, 0xD0, 0xC2, 0xB8, 0xDF, 0xA3, 0xAC,
    0xB5, 0xE7, 0xB6, 0xAF, 0xC6, 0xFB, 0xB3, 0xB5, 0xCF, 0xFA, 0xC1, 0xBF,
    0xD4, 0xF6, 0xB3, 0xA4, 0xA1, 0xA3,
  ]

  /// 電気自動車の販売台数が増加した。日産リーフ。 in Shift JIS.
  private static let japanese: [UInt8] = [
    0x93, 0x64, 0x8B, 0x43, 0x8E, 0xA9, 0x93, 0xAE, 0x8E, 0xD4, 0x82, 0xCC,
    0x94, 0xCC, 0x94, 0x84, 0x91, 0xE4, 0x90, 0x94, 0x82, 0xAA, 0x91, 0x9D,
    0x89, 0xC1, 0x82, 0xB5, 0x82, 0xBD, 0x81, 0x42, 0x93, 0xFA, 0x8E, 0x59,
    0x83, 0x8A, 0x81, 0x5B, 0x83, 0x74, 0x81, 0x42,
  ]
}
