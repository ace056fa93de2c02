// The decoders of blocks: any bytes are an error, or numbers that are within their limits.

import EvBytes
import EvCodecs
import EvTestSupport

/// Decodes a block of any kind from bytes that may be none.
///
/// The first ten bytes of an input say what is decoded: the kind, a width, encoding or count, what stands
/// in front of the block, and what no document is above; the others are the block.
enum BlockDecoding {
  private enum Kind: UInt8, CaseIterable {
    case packed, deltas, patched, documents, tail, fields, numbers
  }

  private static let headBytes = 10

  /// Blocks of every kind, as they are written.
  static let seeds: [[UInt8]] = {
    var random = SplitMix64(seed: 128)
    var seeds: [[UInt8]] = []
    func add(_ kind: Kind, _ parameter: UInt8, base: UInt32, last: UInt32, _ writer: ByteWriter) {
      var head = ByteWriter()
      head.writeByte(kind.rawValue)
      head.writeByte(parameter)
      head.write(base)
      head.write(last)
      seeds.append(head.bytes + writer.bytes)
    }
    for step: UInt32 in [1, 2, 5, 40, 3000] {
      var documents: [UInt32] = []
      for _ in 0..<PackedBlock.count {
        documents.append((documents.last ?? 9) + UInt32.random(in: 1...step, using: &random))
      }
      let frequencies = documents.map { $0 % 7 == 0 ? $0 % 300 + 1 : 1 }
      let last = documents[PackedBlock.count - 1]
      var block = ByteWriter()
      let encoding = DocumentBlock.encode(documents.span, base: 9, to: &block)
      add(.documents, encoding, base: 9, last: last, block)
      if encoding != DocumentBlock.bitSet { add(.deltas, encoding, base: 9, last: last, block) }
      var patched = ByteWriter()
      PatchedBlock.encode(frequencies.span, to: &patched)
      add(.patched, 0, base: 0, last: 0, patched)
      var packed = ByteWriter()
      let width = PackedBlock.width(of: documents.span)
      PackedBlock.pack(documents.span, width: width, to: &packed)
      add(.packed, UInt8(width), base: 0, last: 0, packed)
      let titles = frequencies.map { $0 / 2 }
      var fields = ByteWriter()
      FieldBlock.encode(titles: titles.span, headings: titles.span, to: &fields)
      add(.fields, 0, base: 0, last: 0, fields)
      var tail = ByteWriter()
      TailBlock.encode(
        documents.span.extracting(first: 20), frequencies.span.extracting(first: 20),
        titles: titles.span.extracting(first: 20), headings: titles.span.extracting(first: 20),
        base: 9, to: &tail)
      add(.tail, 20, base: 9, last: last + 1, tail)
      var numbers = ByteWriter()
      for document in documents { numbers.writeVarint(UInt64(document) << (document % 40)) }
      add(.numbers, 0, base: 0, last: 0, numbers)
    }
    return seeds
  }()

  /// - Returns: What is wrong with what was decoded, or nil.
  static func problem(with input: [UInt8]) -> String? {
    guard input.count >= headBytes, let kind = Kind(rawValue: input[0] % 7) else { return nil }
    let parameter = input[1]
    let head = input.rawSpan
    let base = head.load(UInt32.self, at: 2) ?? 0
    let last = head.load(UInt32.self, at: 6) ?? 0
    let bytes = Array(input[headBytes...])
    do throws(FormatError) {
      return try problem(kind, parameter, base, last, bytes.rawSpan)
    } catch {
      // To be refused is right.
      return nil
    }
  }

  private static func problem(
    _ kind: Kind, _ parameter: UInt8, _ base: UInt32, _ last: UInt32, _ bytes: RawSpan
  ) throws(FormatError) -> String? {
    var storage = zeros
    var first = storage.mutableSpan
    switch kind {
    case .packed:
      try PackedBlock.unpack(bytes, at: 0, width: Int(parameter), into: &first)
    case .deltas:
      let largest = try PackedBlock.unpackDeltas(
        bytes, at: 0, width: Int(parameter), base: base, into: &first)
      let values = storage[..<PackedBlock.count]
      return values.max() == largest ? nil : "the largest of the values is not \(largest)"
    case .patched:
      let end = try PatchedBlock.decode(bytes, at: 0, into: &first)
      return try PatchedBlock.end(bytes, at: 0) == end ? nil : "two ends of a block"
    case .documents:
      _ = try DocumentBlock.decode(
        bytes, at: 0, encoding: parameter, base: base, last: last, into: &first)
      let values = storage[..<PackedBlock.count]
      return values.allSatisfy { $0 <= last } ? nil : "a document above the last"
    case .tail: return try tail(Int(parameter % 128), base, last, bytes)
    case .fields:
      var headings = zeros
      var second = headings.mutableSpan
      _ = try FieldBlock.decode(bytes, at: 0, titles: &first, headings: &second)
    case .numbers:
      var reader = ByteReader(bytes)
      while !reader.isAtEnd {
        let start = reader.offset
        let number = try reader.readVarint()
        let plain = varint(bytes, at: start)
        guard plain.number == number, plain.end == reader.offset else {
          return "a number of variable length that is another"
        }
      }
    }
    return nil
  }

  private static func tail(
    _ count: Int, _ base: UInt32, _ limit: UInt32, _ bytes: RawSpan
  ) throws(FormatError) -> String? {
    var (documents, frequencies) = (zeros, zeros)
    var (titles, headings) = (zeros, zeros)
    var first = documents.mutableSpan
    var second = frequencies.mutableSpan
    var third = titles.mutableSpan
    var fourth = headings.mutableSpan
    _ = try TailBlock.decode(
      bytes, at: 0, count: count, base: base, limit: limit, documents: &first,
      frequencies: &second, titles: &third, headings: &fourth)
    for place in 0..<count {
      guard documents[place] < limit else { return "a document at the limit" }
      guard place == 0 || documents[place - 1] < documents[place] else {
        return "documents that do not ascend"
      }
      guard titles[place] + headings[place] <= frequencies[place], frequencies[place] > 0 else {
        return "a frequency that is less than its parts"
      }
    }
    return nil
  }

  private static var zeros: [UInt32] { [UInt32](repeating: 0, count: PackedBlock.count) }

  /// The same number, a byte at a time.
  private static func varint(_ bytes: RawSpan, at start: Int) -> (number: UInt64, end: Int) {
    var (number, shift, end): (UInt64, UInt64, Int) = (0, 0, start)
    while let byte = bytes.load(UInt8.self, at: end) {
      end += 1
      number |= UInt64(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { break }
    }
    return (number, end)
  }
}
