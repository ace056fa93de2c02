import EvBytes
import EvCodecs
import EvTestSupport
import Testing

/// A buffer to decode a block into.
private func decoded(
  _ body: (inout MutableSpan<UInt32>) throws -> Void
) rethrows -> [UInt32] {
  var values = [UInt32](repeating: 0xDEAD_BEEF, count: 128)
  var span = values.mutableSpan
  try body(&span)
  return values
}

@Suite struct PackedBlockTests {
  @Test(arguments: 0...32)
  func `unpacking restores what was packed`(width: Int) throws {
    var random = SplitMix64(seed: UInt64(width))
    let limit = width == 32 ? UInt32.max : (1 << UInt32(width)) - 1
    let original = (0..<128).map { _ in UInt32.random(in: 0...limit, using: &random) }

    var writer = ByteWriter()
    PackedBlock.pack(original.span, width: width, to: &writer)
    #expect(writer.count == PackedBlock.byteCount(width: width))
    let bytes = writer.bytes
    let values = try decoded {
      try PackedBlock.unpack(bytes.rawSpan, at: 0, width: width, into: &$0)
    }
    #expect(values == original)
  }

  @Test(arguments: 0...32)
  func `deltas add up over every fourth value`(width: Int) throws {
    var random = SplitMix64(seed: UInt64(100 + width))
    let limit = width == 32 ? UInt32.max : (1 << UInt32(width)) - 1
    let deltas = (0..<128).map { _ in UInt32.random(in: 0...limit, using: &random) }
    var expected = [UInt32](repeating: 7, count: 4)
    for delta in deltas { expected.append(expected[expected.count - 4] &+ delta) }

    var writer = ByteWriter()
    PackedBlock.pack(deltas.span, width: width, to: &writer)
    let bytes = writer.bytes
    var largest: UInt32 = 0
    let values = try decoded {
      largest = try PackedBlock.unpackDeltas(
        bytes.rawSpan, at: 0, width: width, base: 7, into: &$0)
    }
    #expect(values == Array(expected.dropFirst(4)))
    #expect(largest == values.max())
  }

  @Test func `a block cut short, or of a width above 32, is reported`() {
    let bytes = [UInt8](repeating: 0xFF, count: 16 * 5 - 1)
    #expect(throws: FormatError.truncated(offset: 79)) {
      _ = try decoded { try PackedBlock.unpack(bytes.rawSpan, at: 0, width: 5, into: &$0) }
    }
    #expect(throws: FormatError.invalidValue(field: "width", value: 33, offset: 0)) {
      _ = try decoded { try PackedBlock.unpack(bytes.rawSpan, at: 0, width: 33, into: &$0) }
    }
  }
}

@Suite struct PatchedBlockTests {
  @Test(arguments: 0..<60)
  func `decoding restores values with outliers`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let narrow = UInt32.random(in: 0...20, using: &random)
    let outliers = UInt32.random(in: 0...60, using: &random)
    let original = (0..<128).map { _ in
      UInt32.random(in: 0..<128, using: &random) < outliers
        ? UInt32.random(in: 0...UInt32.max, using: &random)
        : UInt32.random(in: 0...(1 << narrow) - 1, using: &random)
    }
    var writer = ByteWriter()
    PatchedBlock.encode(original.span, to: &writer)
    let bytes = writer.bytes
    var end = 0
    let values = try decoded { end = try PatchedBlock.decode(bytes.rawSpan, at: 0, into: &$0) }
    #expect(values == original)
    #expect(end == bytes.count)
    for place in original.indices {
      #expect(try PatchedBlock.value(bytes.rawSpan, at: 0, place: place) == original[place])
    }
    #expect(bytes.count <= 2 + PackedBlock.byteCount(width: PackedBlock.width(of: original.span)))
  }

  @Test(arguments: 0..<40)
  func `damaged bytes give an error or some values, and never trap`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let count = Int.random(in: 0...700, using: &random)
      var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      if count > 1 {
        bytes[0] %= 36
        bytes[1] %= 40
      }
      _ = try? decoded { _ = try PatchedBlock.decode(bytes.rawSpan, at: 0, into: &$0) }
      let place = Int.random(in: 0..<128, using: &random)
      _ = try? PatchedBlock.value(bytes.rawSpan, at: 0, place: place)
    }
  }
}

@Suite struct DocumentBlockTests {
  private static func ascending(_ seed: UInt64) -> (base: UInt32, documents: [UInt32]) {
    var random = SplitMix64(seed: seed)
    let gap = UInt32(1) << UInt32.random(in: 0...20, using: &random)
    let base =
      seed % 3 == 0 ? DocumentBlock.noBase : UInt32.random(in: 0...1_000_000, using: &random)
    var documents: [UInt32] = []
    var last = base
    for _ in 0..<128 {
      last = last &+ UInt32.random(in: 1...gap, using: &random)
      documents.append(last)
    }
    return (base, documents)
  }

  @Test(arguments: 0..<120)
  func `decoding restores ascending documents`(seed: UInt64) throws {
    let (base, documents) = Self.ascending(seed)
    var writer = ByteWriter()
    let encoding = DocumentBlock.encode(documents.span, base: base, to: &writer)
    let bytes = writer.bytes
    var end = 0
    let values = try decoded {
      end = try DocumentBlock.decode(
        bytes.rawSpan, at: 0, encoding: encoding, base: base, last: documents[127], into: &$0)
    }
    #expect(values == documents)
    #expect(end == bytes.count)
  }

  @Test func `a list of every document is a set of bits`() throws {
    let documents = Array(UInt32(0)..<128)
    var writer = ByteWriter()
    let encoding = DocumentBlock.encode(
      documents.span, base: DocumentBlock.noBase, to: &writer)
    #expect(encoding == DocumentBlock.bitSet)
    #expect(writer.count == 16)
  }

  @Test(arguments: 0..<60)
  func `no damage yields a document above the block's last`(seed: UInt64) throws {
    let (base, documents) = Self.ascending(seed)
    var writer = ByteWriter()
    let encoding = DocumentBlock.encode(documents.span, base: base, to: &writer)
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      var bytes = writer.bytes
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let cut = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
      for damaged in [bytes, cut] {
        let values = try? decoded {
          _ = try DocumentBlock.decode(
            damaged.rawSpan, at: 0, encoding: encoding, base: base, last: documents[127], into: &$0)
        }
        if let values { #expect(values.allSatisfy { $0 <= documents[127] }) }
      }
    }
  }
}

@Suite struct TailBlockTests {
  @Test(arguments: 0..<60)
  func `decoding restores postings`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let base = seed % 2 == 0 ? DocumentBlock.noBase : UInt32.random(in: 0...1000, using: &random)
    let count = Int.random(in: 0..<128, using: &random)
    var documents: [UInt32] = []
    var last = base
    for _ in 0..<count {
      last = last &+ UInt32.random(in: 1...5000, using: &random)
      documents.append(last)
    }
    let frequencies = documents.map { _ in UInt32.random(in: 1...4, using: &random) }
    // Of every third seed no occurrence is in a title or a heading.
    let hasFields = seed % 3 != 0
    let titles = frequencies.map { hasFields ? UInt32.random(in: 0...$0, using: &random) : 0 }
    let headings = zip(frequencies, titles).map {
      hasFields ? UInt32.random(in: 0...$0 - $1, using: &random) : 0
    }
    let isSparse = !hasFields && seed % 2 == 0
    let none: [UInt32] = []
    var writer = ByteWriter()
    TailBlock.encode(
      documents.span, frequencies.span, titles: isSparse ? none.span : titles.span,
      headings: isSparse ? none.span : headings.span, base: base, to: &writer)

    let bytes = writer.bytes
    let limit = (documents.last ?? 0) + 1
    var end = (end: 0, hasFields: false)
    var decodedFrequencies = [UInt32](repeating: 0, count: 128)
    var decodedTitles = [UInt32](repeating: 9, count: 128)
    var decodedHeadings = [UInt32](repeating: 9, count: 128)
    var frequencySpan = decodedFrequencies.mutableSpan
    var titleSpan = decodedTitles.mutableSpan
    var headingSpan = decodedHeadings.mutableSpan
    let values = try decoded {
      end = try TailBlock.decode(
        bytes.rawSpan, at: 0, count: count, base: base, limit: limit, documents: &$0,
        frequencies: &frequencySpan, titles: &titleSpan, headings: &headingSpan)
    }
    // Nothing is written where there is nothing to tell.
    let nines = [UInt32](repeating: 9, count: count)
    #expect(Array(decodedTitles.prefix(count)) == (end.hasFields ? titles : nines))
    #expect(Array(decodedHeadings.prefix(count)) == (end.hasFields ? headings : nines))
    #expect(end.hasFields == (titles + headings).contains { $0 > 0 })
    #expect(Array(values.prefix(count)) == documents)
    #expect(Array(decodedFrequencies.prefix(count)) == frequencies)
    #expect(end.end == bytes.count)
  }

  @Test(arguments: 0..<40)
  func `random bytes give ascending postings below the limit, or an error`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let count = Int.random(in: 1...127, using: &random)
      var frequencies = [UInt32](repeating: 0, count: 128)
      var frequencySpan = frequencies.mutableSpan
      var titles = [UInt32](repeating: 0, count: 128)
      var titleSpan = titles.mutableSpan
      var headings = [UInt32](repeating: 0, count: 128)
      var headingSpan = headings.mutableSpan
      let documents = try? decoded {
        _ = try TailBlock.decode(
          bytes.rawSpan, at: 0, count: count, base: DocumentBlock.noBase, limit: 100_000,
          documents: &$0, frequencies: &frequencySpan, titles: &titleSpan,
          headings: &headingSpan)
      }
      guard let documents = documents?.prefix(count) else { continue }
      #expect(zip(documents, documents.dropFirst()).allSatisfy { $0 < $1 })
      #expect(documents.allSatisfy { $0 < 100_000 })
    }
  }
}

@Suite struct FieldBlockTests {
  @Test(arguments: 0..<24)
  func `decoding restores the numbers, and says where there are none`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func values(_ isThere: Bool) -> [UInt32] {
      (0..<128).map { _ in
        isThere && Int.random(in: 0..<4, using: &random) == 0
          ? UInt32.random(in: 1...9, using: &random) : 0
      }
    }
    let titles = values(seed & 1 != 0)
    let headings = values(seed & 2 != 0)
    let none: [UInt32] = []
    let isEmpty = seed & 3 == 0 && seed & 4 != 0
    var writer = ByteWriter()
    FieldBlock.encode(
      titles: isEmpty ? none.span : titles.span, headings: isEmpty ? none.span : headings.span,
      to: &writer)
    let bytes = writer.bytes
    #expect(seed & 3 != 0 || bytes == [0])

    for length in 0...bytes.count {
      var decodedTitles = [UInt32](repeating: 7, count: 128)
      var decodedHeadings = [UInt32](repeating: 7, count: 128)
      var titleSpan = decodedTitles.mutableSpan
      var headingSpan = decodedHeadings.mutableSpan
      let cut = bytes.rawSpan.extracting(0..<length)
      guard length == bytes.count else {
        #expect(throws: FormatError.self) {
          _ = try FieldBlock.decode(cut, at: 0, titles: &titleSpan, headings: &headingSpan)
        }
        continue
      }
      let isThere = try FieldBlock.decode(
        cut, at: 0, titles: &titleSpan, headings: &headingSpan)
      #expect(isThere == (seed & 3 != 0))
      guard isThere else { continue }
      #expect(decodedTitles == titles)
      #expect(decodedHeadings == headings)
    }
  }
}
