import EvBytes
import EvCodecs
import EvTestSupport

/// Blocks in a measurement: 64 Ki integers, so that the encoded bytes lie in the second-level cache.
private let blockCount = 512

/// The codecs of EvCodecs.
func measureCodecs(_ table: KernelTable) throws {
  for width in [1, 4, 8, 13] {
    let blocks = EncodedBlocks(seed: UInt64(width)) { random, _, writer in
      let values = (0..<128).map { _ in UInt32.random(in: 0..<1 << UInt32(width), using: &random) }
      PackedBlock.pack(values.span, width: width, to: &writer)
    }
    try measureUnpacking(table, blocks, width)
  }
  for share in [0, 4, 16] {
    let blocks = EncodedBlocks(seed: 100 + UInt64(share)) { random, _, writer in
      let values = (0..<128).map { place in
        UInt32.random(in: place < share ? 256..<100_000 : 0..<8, using: &random)
      }.shuffled(using: &random)
      PatchedBlock.encode(values.span, to: &writer)
    }
    try blocks.measure(table, "patched block, \(share) exceptions") { bytes, offset, values in
      try PatchedBlock.decode(bytes, at: offset, into: &values)
    } twin: { bytes, offset, values in
      try plainPatched(bytes, at: offset, into: &values)
    }
    // What a few values cost by themselves, and what the block costs that they are in.
    let name = "a value of a patched block, \(share) exceptions"
    try blocks.measureValue(table, name) { bytes, offset, place in
      try PatchedBlock.value(bytes, at: offset, place: place)
    } twin: { bytes, offset, values in
      _ = try PatchedBlock.decode(bytes, at: offset, into: &values)
    }
  }
  for gap in [2, 3] {
    try measureBits(table, gap: gap)
  }
}

private func measureUnpacking(_ table: KernelTable, _ blocks: EncodedBlocks, _ width: Int) throws {
  try blocks.measure(table, "unpack, \(width) bits") { bytes, offset, values in
    try PackedBlock.unpack(bytes, at: offset, width: width, into: &values)
    return Int(values[127])
  } twin: { bytes, offset, values in
    for index in 0..<128 {
      values[index] = plainUnpacked(bytes, at: offset, width: width, index: index)
    }
    return Int(values[127])
  }
  try blocks.measure(table, "unpack and add up, \(width) bits") { bytes, offset, values in
    Int(try PackedBlock.unpackDeltas(bytes, at: offset, width: width, base: 7, into: &values))
  } twin: { bytes, offset, values in
    var largest: UInt32 = 0
    for index in 0..<128 {
      let delta = plainUnpacked(bytes, at: offset, width: width, index: index)
      values[index] = delta &+ (index < 4 ? 7 : values[index - 4])
      largest = max(largest, values[index])
    }
    return Int(largest)
  }
}

/// Documents of a list that holds about every `gap`-th, as sets of bits.
private func measureBits(_ table: KernelTable, gap: Int) throws {
  var limits: [(base: UInt32, last: UInt32)] = []
  var encodings: [UInt8] = []
  let blocks = EncodedBlocks(seed: UInt64(1000 + gap)) { random, base, writer in
    var documents: [UInt32] = []
    var document = base
    while documents.count < 128 {
      document &+= 1
      if Int.random(in: 0..<gap, using: &random) == 0 { documents.append(document) }
    }
    limits.append((base, documents[127]))
    encodings.append(DocumentBlock.encode(documents.span, base: base, to: &writer))
    base = documents[127]
  }
  guard encodings.allSatisfy({ $0 == DocumentBlock.bitSet }) else {
    throw KernelTable.Mismatch(kernel: "sets of bits", call: 0)
  }
  // Each call is given the place of its block; the limits are found by it.
  let numbers = Dictionary(uniqueKeysWithValues: zip(blocks.offsets, 0...))
  try blocks.measure(table, "set of bits, every \(gap). document") { bytes, offset, values in
    let limit = limits[numbers[offset] ?? 0]
    return try DocumentBlock.decode(
      bytes, at: offset, encoding: DocumentBlock.bitSet, base: limit.base, last: limit.last,
      into: &values)
  } twin: { bytes, offset, values in
    let limit = limits[numbers[offset] ?? 0]
    let first = (limit.base &+ 1) / 64 * 64
    var count = 0
    for document in first...limit.last {
      let bit = Int(document - first)
      if (bytes.load(UInt8.self, at: offset + bit / 8) ?? 0) >> UInt8(bit % 8) & 1 == 1 {
        values[count] = document
        count += 1
      }
    }
    return offset + 8 * (Int(limit.last / 64) - Int(first / 64) + 1)
  }
}

/// Blocks of 128 values behind each other.
private struct EncodedBlocks {
  /// Decodes the block at an offset, and returns some number that follows from it.
  typealias Decoder = (RawSpan, Int, inout MutableSpan<UInt32>) throws -> Int

  private let bytes: [UInt8]
  let offsets: [Int]

  /// Writes blocks; `write` is given the last document of the block in front.
  init(seed: UInt64, write: (inout SplitMix64, inout UInt32, inout ByteWriter) -> Void) {
    var random = SplitMix64(seed: seed)
    var writer = ByteWriter()
    var offsets: [Int] = []
    var base: UInt32 = 0
    for _ in 0..<blockCount {
      offsets.append(writer.count)
      write(&random, &base, &writer)
    }
    self.offsets = offsets
    bytes = writer.bytes
  }

  /// Times the reading of one value of each block, beside the decoding of the block.
  func measureValue(
    _ table: KernelTable, _ name: String,
    kernel: (RawSpan, Int, Int) throws -> UInt32,
    twin: (RawSpan, Int, inout MutableSpan<UInt32>) throws -> Void
  ) throws {
    var values = [UInt32](repeating: 0, count: 128)
    try table.measure(name, "value", items: 1, calls: blockCount) { call in
      Int(try kernel(bytes.rawSpan, offsets[call], call * 37 % 128))
    } twin: { call in
      var span = values.mutableSpan
      try twin(bytes.rawSpan, offsets[call], &span)
      return Int(values[call * 37 % 128])
    }
  }

  /// Times the decoding of all blocks.
  func measure(
    _ table: KernelTable, _ name: String, kernel: Decoder, twin: Decoder
  ) throws {
    var (values, plain) = ([UInt32](repeating: 0, count: 128), [UInt32](repeating: 0, count: 128))
    try table.measure(name, "integer", calls: blockCount) { call in
      var span = values.mutableSpan
      return try kernel(bytes.rawSpan, offsets[call], &span)
    } twin: { call in
      var span = plain.mutableSpan
      return try twin(bytes.rawSpan, offsets[call], &span)
    } same: {
      values == plain
    }
  }
}

/// One value of a packed block, from the description of the format alone.
private func plainUnpacked(_ bytes: RawSpan, at offset: Int, width: Int, index: Int) -> UInt32 {
  let bit = index / 4 * width
  let word = offset + 16 * (bit / 32) + 4 * (index % 4)
  let low = UInt64(bytes.load(UInt32.self, at: word) ?? 0)
  // The value may end in the lane's next word.
  let high = bit % 32 + width > 32 ? UInt64(bytes.load(UInt32.self, at: word + 16) ?? 0) : 0
  let mask = width == 32 ? UInt64(UInt32.max) : (1 << UInt64(width)) - 1
  return UInt32((low | high << 32) >> UInt64(bit % 32) & mask)
}

private func plainPatched(
  _ bytes: RawSpan, at offset: Int, into values: inout MutableSpan<UInt32>
) throws -> Int {
  let width = Int(bytes.load(UInt8.self, at: offset) ?? 0)
  let exceptions = Int(bytes.load(UInt8.self, at: offset + 1) ?? 0)
  // A third byte, the length of all exceptions, is there where there are any.
  let packed = offset + (exceptions > 0 ? 3 : 2)
  for index in 0..<128 {
    values[index] = plainUnpacked(bytes, at: packed, width: width, index: index)
  }
  let places = packed + 16 * width
  var reader = ByteReader(bytes, at: places + exceptions)
  for exception in 0..<exceptions {
    let place = Int(bytes.load(UInt8.self, at: places + exception) ?? 0)
    values[place] |= UInt32(truncatingIfNeeded: try reader.readVarint()) << UInt32(width)
  }
  return reader.offset
}
