import EvBytes
import EvTestSupport
import Testing

@testable import EvIndex

/// Columns that wait beside the file that they will be part of.
struct SpilledColumnTests {
  @Test(arguments: [0, 1, 65_535, 65_536, 300_000])
  func `a column of any length becomes a section of its numbers`(count: Int) throws {
    let folder = try TemporaryDirectory()
    let numbers = (0..<UInt32(count)).map { $0 &* 2_654_435_761 }
    let output = try SegmentFileWriter(.norms, folder: folder.path)
    var column = SpilledColumn<UInt32>(path: folder.path("column"))
    var rest = numbers[...]
    var random = SplitMix64(seed: UInt64(count))
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...90_000, using: &random))
      try column.append(Array(piece))
      rest = rest.dropFirst(piece.count)
    }
    #expect(column.count == count)
    try column.writeSection(to: output)
    _ = try output.finish(SegmentID(rawValue: 1))

    #expect(try folderContents(folder.path).keys.sorted() == ["norms"])
    let reader = try SegmentFileReader(.norms, path: folder.path("norms"), sectionCount: 1)
    try reader.verify()
    let section = reader.section(0)
    #expect(section.byteCount == 4 * count)
    let read = (0..<count).map { section.load(UInt32.self, at: 4 * $0) }
    #expect(read == numbers.map(Optional.some))
  }

  @Test func `a column that is dropped leaves no file`() throws {
    let folder = try TemporaryDirectory()
    do {
      var column = SpilledColumn<UInt8>(path: folder.path("column"))
      try column.append([UInt8](repeating: 7, count: 1 << 20))
      #expect(try folderContents(folder.path).keys.sorted() == ["column"])
    }
    #expect(try folderContents(folder.path).isEmpty)
  }
}
