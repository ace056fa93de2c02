import EvAnalysis
import EvBytes
import EvIndex
import EvTestSupport
import Foundation
import Testing

/// Holds the worked example of `FileFormat.md` against the code, so that neither can drift from the
/// other: the bytes are those that are written now, and they say what the page says of them.
@Suite struct FormatExampleTests {
  /// The documents of the example, as the page has them.
  private static let documents = [
    Document(path: "a.txt", text: "lock-in rate"),
    Document(path: "b.txt", text: "Rate up, rate down"),
  ]

  /// The files of the example.
  private static let names = ["terms", "postings", "positions"]

  /// The version of ICU that the example holds for: the segment's id depends on it.
  private static let icuVersion = "72.1"

  @Test(
    .enabled(if: Analyzer.icuVersion == icuVersion, "the example is of ICU \(icuVersion)"),
    arguments: names)
  func `the page shows the bytes that are written now`(name: String) throws {
    let index = try TestIndex(Self.documents)
    let segment = try #require(try index.snapshot().segments.first)
    let file = try MappedFile(path: "\(segment.folder)/\(name)")
    let written = file.bytes.copied()
    let dump = try HexDump(FormatPage().block("hex \(name)"))
    let isSame = dump.bytes == written
    #expect(isSame, "the block of `\(name)` has to be\n\(dump.refreshed(with: written))")
    #expect(dump.offsetsAreRight, "an offset in the block of `\(name)` is wrong")
  }

  @Test func `the page's bytes hold the postings that the page says`() throws {
    let page = try FormatPage()
    let folder = try TemporaryDirectory()
    for name in Self.names {
      try folder.write(name, HexDump(page.block("hex \(name)")).bytes)
    }
    let terms = try TermDictionary(path: folder.path("terms"), count: 8)
    let postings = try PostingsFile(folder: folder.path, documentCount: Self.documents.count)
    for file in [terms.reader, postings.postings, postings.positions] { try file.verify() }

    var found: [String] = []
    var cursor = TermCursor(terms)
    var positions: [UInt32] = []
    while try cursor.next() {
      var list = PostingsCursor(postings, cursor.info)
      while try list.next() != PostingsCursor.end {
        try list.readPositions(into: &positions)
        var term = String(decoding: cursor.term, as: UTF8.self)
        if let (field, value) = FieldTerm.read(cursor.term) { term = "\(field.name):\(value)" }
        let places = positions.map(String.init).joined(separator: " ")
        found.append("\(term) \(list.document): \(places)")
      }
    }
    #expect(found == (try page.block("postings of the example")))
  }

  @Test func `the page's version is the code's`() throws {
    #expect(try FormatPage().text.contains("\nThe format has version \(SegmentFile.version). "))
  }
}

/// The specification, as it lies in the repository.
private struct FormatPage {
  let text: String

  init() throws {
    let path = "\(Repository.root)/Sources/EvIndex/EvIndex.docc/FileFormat.md"
    text = try String(contentsOfFile: path, encoding: .utf8)
  }

  /// The lines of the fenced block behind ```` ```NAME ````.
  func block(_ name: String) throws -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0 == "```\(name)" }, "there is no block \(name)")
    let end = try #require(lines[(start + 1)...].firstIndex { $0 == "```" })
    return lines[(start + 1)..<end].map(String.init)
  }
}

/// Lines of an offset, bytes in hexadecimal, and a remark; two spaces or more are between them.
///
/// `00 × 48` stands for 48 equal bytes.
private struct HexDump {
  private struct Line {
    var offset: Int
    var bytes: [UInt8]
    var remark: String
  }

  private let lines: [Line]

  init(_ text: [String]) throws {
    lines = try text.map { line in
      let parts = line.split(separator: "  ", maxSplits: 2).map {
        String($0.drop { $0 == " " })
      }
      let digits = try #require(parts.dropFirst().first, "no bytes in: \(line)")
      return Line(
        offset: try #require(Int(parts[0], radix: 16), "no offset in: \(line)"),
        bytes: try Self.bytes(digits), remark: parts.count > 2 ? parts[2] : "")
    }
  }

  /// All bytes.
  var bytes: [UInt8] { lines.flatMap(\.bytes) }

  /// Whether each line stands at the offset that it says.
  var offsetsAreRight: Bool {
    var offset = 0
    for line in lines {
      guard line.offset == offset else { return false }
      offset += line.bytes.count
    }
    return true
  }

  /// The lines with other bytes, cut as they are now: to be pasted into the page.
  func refreshed(with bytes: [UInt8]) -> String {
    var result: [String] = []
    var offset = 0
    func append(_ count: Int, _ remark: String) {
      let part = bytes[offset..<min(offset + count, bytes.count)]
      guard let first = part.first else { return }
      let isRun = part.count > 16 && part.allSatisfy { $0 == first }
      let digits =
        isRun ? "\(Self.hex(first)) × \(part.count)" : part.map(Self.hex).joined(separator: " ")
      let number = String(offset, radix: 16)
      let padding = String(repeating: "0", count: max(0, 4 - number.count))
      let line = "\(padding)\(number)  \(digits)"
      result.append(remark.isEmpty ? line : line + "  " + remark)
      offset += part.count
    }
    for line in lines { append(line.bytes.count, line.remark) }
    while offset < bytes.count { append(16, "") }
    return result.joined(separator: "\n")
  }

  private static func bytes(_ digits: String) throws -> [UInt8] {
    let words = digits.split(separator: " ")
    if words.count == 3, words[1] == "×" {
      let byte = try #require(UInt8(words[0], radix: 16), "no bytes: \(digits)")
      return [UInt8](repeating: byte, count: try #require(Int(words[2])))
    }
    return try words.map { try #require(UInt8($0, radix: 16), "no bytes: \(digits)") }
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }
}
